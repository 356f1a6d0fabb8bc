"""Which routes and options can be best at all, whatever the weights and however the ordinal words are read."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence

from insitu_advisor.engine.arithmetic import REACH_VALUES, follow_value, points_per_half_cycle
from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.reading import Route, Way

Marks = tuple[float, ...]


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


def contenders(found: Mapping[str, list[Route]], asked: Asked) -> tuple[str, ...]:
    """The options that no other option beats in every weighting and reading."""
    return tuple(
        option
        for option, routes in found.items()
        if not any(
            all(any(_beats(rival, route, asked) for rival in rivals) for route in routes)
            for other, rivals in found.items()
            if other != option
        )
    )


def _beats(one: Route, other: Route, asked: Asked) -> bool:
    """At least as good in everything asked about, and better in something that every reading tells apart."""
    return (
        _at_least(one, other, asked)
        and _at_least_as_established(one, other)
        and _plain_marks(one, asked) != _plain_marks(other, asked)
    )


def _at_least(one: Route, other: Route, asked: Asked) -> bool:
    """At least as good in cost, preparation, every rating and every part of resolution that was asked about."""
    return all(map(operator.ge, _plain_marks(one, asked), _plain_marks(other, asked))) and _as_sharp(one, other, asked)


def _plain_marks(route: Route, asked: Asked) -> Marks:
    """Places and ratings, higher is better."""
    ratings = (route.ratings[target] for target, _ in asked.targets)
    return (-route.cost_place, -route.preparation_place, *ratings)


def _at_least_as_established(one: Route, other: Route) -> bool:
    """Whether the least established member of one is so at least as well as that of the other, in any reading."""
    if one.documented_counts or other.documented_counts:
        return one.documented_counts
    return all(any(all(map(operator.ge, way.standings, rival.standings)) for rival in other.ways) for way in one.ways)


def _as_sharp(one: Route, other: Route, asked: Asked) -> bool:
    """Whether, for every member of the other, some member of one resolves at least as well all that was asked."""
    if asked.scale is None and asked.c_rate is None:
        return True
    mine = [_sharpness(way, asked) for way in one.ways]
    theirs = [_sharpness(way, asked) for way in other.ways]
    return all(any(_covers(sharp, blunt) for sharp in mine) for blunt in theirs)


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


def _covers(sharp: tuple[float | None, ...], blunt: tuple[float | None, ...]) -> bool:
    """Known everywhere on both sides, and nowhere lower."""
    return all(a is not None and b is not None and a >= b for a, b in zip(sharp, blunt, strict=True))
