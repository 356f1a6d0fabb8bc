"""The value of every criterion per draw: the criteria once more, with words read as the draw reads them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from insitu_advisor.engine.arithmetic import UNKNOWN_VALUE, follow_value, points_per_half_cycle
from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.reading import Route, Way
from insitu_advisor.engine.sampling import Column, Sample
from insitu_advisor.knowledge.claim import Scale
from insitu_advisor.knowledge.tier import HALF_STEP


def score(route: Route, asked: Asked, sample: Sample) -> Column:
    """Weighted sum per draw. Columns of values live as long as the sample, so their identity can key a product."""
    total: Column | None = None
    for place, (criterion, _) in enumerate(asked.shares):
        values = _VALUES[criterion](route, asked, sample)
        weighted = sample.once(("weighted", criterion, id(values)), _product(sample.weights[place], values))
        total = weighted if total is None else list(map(operator.add, total, weighted))
    return total or []


def _product(weights: Column, values: Column) -> Callable[[], Column]:
    return lambda: list(map(operator.mul, weights, values))


def _information(route: Route, asked: Asked, sample: Sample) -> Column:
    weight = [0.0, 0.0, 0.0, 0.0]
    for target, share in asked.targets:
        weight[route.ratings[target]] += share
    _, one, two, three = (share / sum(weight) for share in weight)
    _, indirect, good, _ = sample.ratings
    return sample.once(
        ("information", one, two, three),
        lambda: [one * low + two * high + three for low, high in zip(indirect, good, strict=True)],
    )


def _system(route: Route, asked: Asked, sample: Sample) -> Column:
    del asked
    if route.system_value is None or route.documented_counts:
        value = UNKNOWN_VALUE if route.system_value is None else route.system_value
        return sample.once(("system", value), lambda: [value] * sample.draws)
    standings = tuple(sorted({way.standings for way in route.ways}))
    return sample.once(("system", standings), lambda: _weakest([_mean(each, sample) for each in standings]))


def _weakest(columns: list[Column]) -> Column:
    return columns[0] if len(columns) == 1 else list(map(min, *columns))


def _mean(standings: tuple[int, ...], sample: Sample) -> Column:
    columns = [sample.standings[standing] for standing in standings]
    return sample.once(("standing", standings), lambda: _average(columns))


def _average(columns: list[Column]) -> Column:
    if len(columns) == 1:
        return columns[0]
    total, count = columns[0], len(columns)
    for column in columns[1:]:
        total = list(map(operator.add, total, column))
    return [value / count for value in total]


def _resolution(route: Route, asked: Asked, sample: Sample) -> Column:
    """The mean of the parts asked for, each that of the better member; routes that read alike share a column."""
    parts: list[dict[object, Callable[[], Column]]] = []
    if asked.scale is not None:
        parts.append(dict(_scale(way, asked.scale, sample) for way in route.ways))
    if asked.c_rate is not None:
        parts.append(dict(_rate(way, asked.c_rate, sample) for way in route.ways))
    known = [{name: make for name, make in part.items() if name is not None} for part in parts]
    names: list[object] = [frozenset(part) for part in known]
    if not all(known):
        # What nobody can judge may be anything and is drawn afresh for each route.
        names += [(way.technique_id, way.variant_id) for way in route.ways]
    return sample.once(("resolution", *names), lambda: _average([_best_known(part, sample) for part in known]))


def _best_known(part: Mapping[object, Callable[[], Column]], sample: Sample) -> Column:
    return best([make() for make in part.values()]) if part else sample.anything()


def _scale(way: Way, scale: Scale, sample: Sample) -> tuple[object, Callable[[], Column]]:
    """A name for what is read of a way, None where nothing is known, and how to get its column."""
    reading = way.scales.get(scale)
    if reading is None:
        return None, list
    place = ("none", "partly", "full").index(reading.reach)
    return place, lambda: sample.reaches[place]


def _rate(way: Way, c_rate: float, sample: Sample) -> tuple[object, Callable[[], Column]]:
    """As `_scale`, for the pace at a C-rate."""
    if way.seconds is None:
        return (0.0, lambda: [0.0] * sample.draws) if way.follows == 0.0 else (None, list)
    followed = follow_value(points_per_half_cycle(way.seconds, c_rate))
    reach = 2 if way.follows is None else round(2 * way.follows)
    return (followed, reach), lambda: sample.once(
        ("rate", followed, reach), lambda: [min(followed, cap) for cap in sample.reaches[reach]]
    )


def _cost(route: Route, asked: Asked, sample: Sample) -> Column:
    del asked
    return sample.tiers[round(route.cost_place / HALF_STEP)]


def _preparation(route: Route, asked: Asked, sample: Sample) -> Column:
    del asked
    return sample.tiers[round(route.preparation_place / HALF_STEP)]


_VALUES = {
    "information": _information,
    "system": _system,
    "resolution": _resolution,
    "cost": _cost,
    "preparation": _preparation,
}


def best(columns: list[Column]) -> Column:
    """The highest value per draw."""
    return columns[0] if len(columns) == 1 else list(map(max, *columns))
