"""The five criteria: what each is worth for one route under one question, on an absolute scale from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from insitu_advisor.engine.method.arithmetic import (
    REACH_VALUES,
    UNKNOWN_VALUE,
    follow_value,
    information_value,
    points_per_half_cycle,
    tier_value,
)
from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.system import Route, Way
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
    """Mean of what was asked: the scale, and the C-rate. Of a pairing, those who inform on a target count for it.

    What cannot be judged counts as the midpoint; None when nothing can be judged.
    """
    readings: list[Callable[[Way], float | None]] = []
    if asked.scale is not None:
        readings.append(partial(scale_value, scale=asked.scale))
    if asked.c_rate is not None:
        readings.append(partial(rate_value, c_rate=asked.c_rate))
    informing = informants(route, asked)
    read = [(_best([reading(way) for way in ways]), share) for reading in readings for ways, share in informing]
    if all(value is None for value, _ in read):
        return None
    return sum(share * (UNKNOWN_VALUE if value is None else value) for value, share in read) / len(readings)


def informants(route: Route, asked: Asked) -> list[tuple[tuple[Way, ...], float]]:
    """Which members of a route see the targets best, and on what share of them (the shares sum to 1).

    Targets that no member sees are left out; members that see a target alike stand together.
    """
    if len(route.ways) == 1:
        return [(route.ways, 1.0)]
    weights: dict[tuple[Way, ...], float] = {}
    for target, weight in asked.targets:
        if top := route.ratings[target]:
            best = tuple(way for way in route.ways if way.ratings[target] == top)
            weights[best] = weights.get(best, 0.0) + weight
    total = sum(weights.values())
    return [(ways, weight / total) for ways, weight in weights.items()] or [(route.ways, 1.0)]


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
