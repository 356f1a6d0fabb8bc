"""The score of a route per draw: the criteria once more, with words read as the draw reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial, reduce

from insitu_advisor.engine.method.arithmetic import UNKNOWN_VALUE, follow_value, points_per_half_cycle
from insitu_advisor.engine.method.columns import Column, capped, higher, lower, middle, plus, times
from insitu_advisor.engine.method.criteria import informants
from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.sampling import Sample
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.knowledge.claim import Scale
from insitu_advisor.knowledge.tier import HALF_STEP

Reading = tuple[object, Callable[[], Column]]
REACHES = ("none", "partly", "full")


def score(route: Route, asked: Asked, sample: Sample) -> Column:
    """Weighted sum per draw.

    The criteria in which routes are most often alike come first, so that routes share the beginnings of their sums.
    Columns live as long as the sample, so their identities can name a sum.
    """
    weights = dict(zip((criterion for criterion, _ in asked.shares), sample.weights, strict=True))
    total: Column = sample.same(0.0)
    summed: tuple[int, ...] = ()
    for criterion in (key for key in _PARTS if key in weights):
        parts = _PARTS[criterion](route, asked, sample)
        weight = weights[criterion]
        if len(parts) > 1:
            weight = sample.once((criterion, len(parts)), partial(times, 1 / len(parts), weight))
        for values in parts:
            summed = (*summed, id(weight), id(values))
            total = sample.once(summed, partial(plus, total, weight, values))
    return total


def _cost(route: Route, asked: Asked, sample: Sample) -> list[Column]:
    del asked
    return [sample.tiers[round(route.cost_place / HALF_STEP)]]


def _preparation(route: Route, asked: Asked, sample: Sample) -> list[Column]:
    del asked
    return [sample.tiers[round(route.preparation_place / HALF_STEP)]]


def _system(route: Route, asked: Asked, sample: Sample) -> list[Column]:
    del asked
    if route.documented_counts:
        return [sample.same(1.0)]
    if route.system_value is None:
        return [sample.same(UNKNOWN_VALUE)]
    standings = tuple(sorted({way.standings for way in route.ways}))
    return [sample.once(standings, lambda: reduce(lower, [_established(each, sample) for each in standings]))]


def _established(standings: tuple[int, ...], sample: Sample) -> Column:
    """Standing for the anode type, for the ion, or the mean of both."""
    columns = [sample.standings[standing] for standing in standings]
    return columns[0] if len(columns) == 1 else sample.once(("standing", standings), partial(middle, *columns))


def _information(route: Route, asked: Asked, sample: Sample) -> list[Column]:
    weight = [0.0, 0.0, 0.0, 0.0]
    for target, share in asked.targets:
        weight[route.ratings[target]] += share
    _, one, two, three = (share / sum(weight) for share in weight)
    _, indirect, good, _ = sample.ratings
    return [
        sample.once(
            ("information", one, two, three),
            lambda: [one * low + two * high + three for low, high in zip(indirect, good, strict=True)],
        )
    ]


def _resolution(route: Route, asked: Asked, sample: Sample) -> list[Column]:
    """The parts asked for, which weigh the same; in each, those who inform on a target count for it."""
    readers: list[tuple[str, Callable[[Way], Reading | None]]] = []
    if asked.scale is not None:
        readers.append(("scale", partial(_scale, scale=asked.scale, sample=sample)))
    if asked.c_rate is not None:
        readers.append(("pace", partial(_pace, c_rate=asked.c_rate, sample=sample)))
    informing = informants(route, asked)
    return [
        _blend([(_sharpest(part, ways, map(read, ways), sample), share) for ways, share in informing], sample)
        for part, read in readers
    ]


def _blend(columns: list[tuple[Column, float]], sample: Sample) -> Column:
    """The mean of columns with shares that sum to 1."""
    if len(columns) == 1:
        return columns[0][0]
    name = ("blend", *((id(column), share) for column, share in columns))
    return sample.once(
        name,
        lambda: reduce(lambda total, part: plus(total, sample.same(part[1]), part[0]), columns, sample.same(0.0)),
    )


def _sharpest(part: str, ways: tuple[Way, ...], readings: Iterable[Reading | None], sample: Sample) -> Column:
    """The better member per draw; what nobody can judge may be anything and is drawn afresh for each route."""
    known = dict(reading for reading in readings if reading is not None)
    if known:
        return sample.once((part, frozenset(known)), lambda: reduce(higher, [read() for read in known.values()]))
    return sample.once((part, *((way.technique_id, way.variant_id) for way in ways)), sample.anything)


def _scale(way: Way, scale: Scale, sample: Sample) -> Reading | None:
    """A name for what is read of a way and how to get its column; None where nothing is known."""
    reading = way.scales.get(scale)
    return None if reading is None else (reading.reach, lambda: sample.reaches[REACHES.index(reading.reach)])


def _pace(way: Way, c_rate: float, sample: Sample) -> Reading | None:
    """As `_scale`, for how well a way follows a C-rate."""
    if way.seconds is None:
        return (0.0, partial(sample.same, 0.0)) if way.follows == 0.0 else None
    followed = follow_value(points_per_half_cycle(way.seconds, c_rate))
    reach = 2 if way.follows is None else round(2 * way.follows)
    return (followed, reach), partial(capped, followed, sample.reaches[reach])


_PARTS = {
    "cost": _cost,
    "preparation": _preparation,
    "system": _system,
    "information": _information,
    "resolution": _resolution,
}
