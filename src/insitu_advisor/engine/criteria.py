"""The five criteria: what each is worth for one route under one question, on an absolute scale from 0 to 1."""

from __future__ import annotations

from insitu_advisor.engine.arithmetic import (
    REACH_VALUES,
    UNKNOWN_VALUE,
    follow_value,
    information_value,
    points_per_half_cycle,
    tier_value,
)
from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.reading import Route, Way
from insitu_advisor.knowledge.claim import Scale
from insitu_advisor.knowledge.vocabulary import Criterion


def information(route: Route, asked: Asked) -> float:
    """How well the route answers the targets, weighted."""
    ratings = route.ratings
    return information_value([ratings[target] for target, _ in asked.targets], [weight for _, weight in asked.targets])


def value_of(criterion: Criterion, route: Route, asked: Asked) -> float | None:
    """Value of one criterion; None where it cannot be judged."""
    match criterion:
        case "information":
            return information(route, asked)
        case "system":
            return route.system_value
        case "resolution":
            return resolution(route, asked)
        case "cost":
            return tier_value(route.cost_place)
        case "preparation":
            return tier_value(route.preparation_place)


def resolution(route: Route, asked: Asked) -> float | None:
    """Mean of what was asked: the scale, and the C-rate. The better member of a pairing counts for each.

    A part that cannot be judged counts as the midpoint; None when no part can be judged.
    """
    parts: list[float | None] = []
    if asked.scale is not None:
        parts.append(_best([scale_value(way, asked.scale) for way in route.ways]))
    if asked.c_rate is not None:
        parts.append(_best([rate_value(way, asked.c_rate) for way in route.ways]))
    if all(part is None for part in parts):
        return None
    return sum(UNKNOWN_VALUE if part is None else part for part in parts) / len(parts)


def scale_value(way: Way, scale: Scale) -> float | None:
    """1 full, 0.5 partly, 0 none; None where nothing is written."""
    reading = way.scales.get(scale)
    return None if reading is None else REACH_VALUES[reading.reach]


def rate_value(way: Way, c_rate: float) -> float | None:
    """Enough points per half-cycle, and no more than its ability to watch a realistic cell allows; None if unknown."""
    if way.seconds is None:
        return 0.0 if way.follows == 0.0 else None
    followed = follow_value(points_per_half_cycle(way.seconds, c_rate))
    return followed if way.follows is None else min(followed, way.follows)


def _best(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return max(known) if known else None
