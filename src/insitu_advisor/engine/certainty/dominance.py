"""Which routes of a technique can be its best, whatever the weights and however the ordinal words are read."""

from __future__ import annotations

import operator
from collections.abc import Sequence

from insitu_advisor.engine.method.arithmetic import REACH_VALUES, follow_value, points_per_half_cycle
from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.system import Route, Way


def undominated(routes: Sequence[Route], asked: Asked) -> list[Route]:
    """Routes of one technique that some weighting or reading could make its best for this question.

    Of two that are equal in everything asked about, the first listed is kept.
    """
    kept: list[Route] = []
    for route in routes:
        if not any(_at_least(other, route, asked) for other in kept):
            kept = [other for other in kept if not _at_least(route, other, asked)]
            kept.append(route)
    return kept


def _at_least(one: Route, other: Route, asked: Asked) -> bool:
    """At least as good in cost, preparation, every rating and every part of resolution that was asked about."""
    sharp, blunt = _sharpness(one.ways[0], asked), _sharpness(other.ways[0], asked)
    return all(map(operator.ge, _marks(one, asked), _marks(other, asked))) and all(
        a is not None and b is not None and a >= b for a, b in zip(sharp, blunt, strict=True)
    )


def _marks(route: Route, asked: Asked) -> tuple[float, ...]:
    """Places and ratings, higher is better; the routes of one technique do not differ in standing."""
    ratings = (route.ratings[target] for target, _ in asked.targets)
    return (-route.cost_place, -route.preparation_place, *ratings)


def _sharpness(way: Way, asked: Asked) -> tuple[float | None, ...]:
    """Reach of the scale, points per half-cycle and ability to watch a cell; None where it cannot be judged."""
    marks: list[float | None] = []
    if asked.scale is not None:
        reading = way.scales.get(asked.scale)
        marks.append(None if reading is None else REACH_VALUES[reading.reach])
    if asked.c_rate is not None:
        points = None if way.seconds is None else follow_value(points_per_half_cycle(way.seconds, asked.c_rate))
        marks += [points, 1.0 if way.follows is None else way.follows]
    return tuple(marks)
