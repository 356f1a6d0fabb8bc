"""Rank acceptability in the sense of SMAA: the share of weightings and readings in which each option takes each rank.

Weights are drawn uniformly from all weightings; ordinal words (ratings, standings, tiers, reach) are read as any
increasing numbers with fixed ends, drawn uniformly too. Lahdelma & Salminen, Operations Research 2001, 49, 444-454.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from insitu_advisor.engine.arithmetic import UNKNOWN_VALUE, follow_value, points_per_half_cycle
from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.constraints import candidates, sees_something
from insitu_advisor.engine.reading import Route, SystemReading, Way
from insitu_advisor.knowledge.tier import HALF_STEP, TOP
from insitu_advisor.knowledge.vocabulary import Criterion

Column = list[float]
SEED = 20260109
DRAWS = 10_000
TIER_STEPS = round(TOP / HALF_STEP)


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Shares of draws: `ranks[option][r]` with the option at rank r + 1; `central` mean weights when it is first."""

    draws: int
    ranks: dict[str, tuple[float, ...]]
    central: dict[str, dict[Criterion, float]]

    def first(self, option: str) -> float:
        """Share of draws in which an option is first."""
        return self.ranks[option][0]


def acceptability(system: SystemReading, asked: Asked, draws: int = DRAWS, seed: int = SEED) -> Acceptability:
    """Rank acceptability of every option that passes. `draws` is at least 1; the same seed gives the same shares."""
    sample = Sample(draws, len(asked.shares), seed)
    routes = {key: undominated(candidates(system.routes[key], asked), asked) for key in system.ways}
    columns = {key: [_score(route, asked, sample) for route in found] for key, found in routes.items()}
    scores = {key: _best(columns[key]) for key, found in routes.items() if any(sees_something(r, asked) for r in found)}
    for option, members in system.kb.options.items():
        if option not in system.ways and all(routes[member] for member in members):
            paired = _paired(system.pairings[option], [routes[member] for member in members])
            if any(sees_something(route, asked) for route in paired.values()):
                scores[option] = _together(paired, [columns[member] for member in members], asked, sample)
    return tally(scores, sample.weights, tuple(criterion for criterion, _ in asked.shares))


def _paired(pairings: Mapping[tuple[str, ...], Route], members: list[list[Route]]) -> dict[tuple[int, ...], Route]:
    """The routes of a pairing, by the place of the route each member uses."""
    return {
        places: pairings[tuple(routes[place].ways[0].variant_id for routes, place in zip(members, places, strict=True))]
        for places in itertools.product(*(range(len(routes)) for routes in members))
    }


def _together(
    paired: Mapping[tuple[int, ...], Route], members: list[list[Column]], asked: Asked, sample: Sample
) -> Column:
    """Score of a pairing per draw: in each draw its members use the variants that are best for them alone."""
    columns = {places: _score(route, asked, sample) for places, route in paired.items()}
    if len(columns) == 1:
        return next(iter(columns.values()))
    chosen = zip(*(_places(routes) for routes in members), strict=True)
    return [columns[places][draw] for draw, places in enumerate(chosen)]


def _places(columns: list[Column]) -> list[int]:
    """Per draw, which of the columns is highest; the first of equals."""
    if len(columns) == 1:
        return [0] * len(columns[0])
    return [row.index(max(row)) for row in zip(*columns, strict=True)]


def tally(columns: dict[str, Column], weights: list[Column], criteria: Sequence[Criterion]) -> Acceptability:
    """Count ranks over draws. `columns` holds the score of each option per draw, `weights` each criterion's share.

    Options with the very same scores in all draws share their ranks evenly.
    """
    names = list(columns)
    draws = len(weights[0])
    orders = Counter(_orders(list(columns.values())))
    counts = {name: [0.0] * len(names) for name in names}
    for order, times in orders.items():
        for rank, index in enumerate(order):
            counts[names[index]][rank] += times
    _share_ties(columns, counts)
    return Acceptability(
        draws=draws,
        ranks={name: tuple(count / draws for count in counts[name]) for name in names},
        central=_central(columns, weights, criteria),
    )


def _orders(columns: list[Column]) -> list[tuple[int, ...]]:
    indices = range(len(columns))
    return [tuple(sorted(indices, key=row.__getitem__, reverse=True)) for row in zip(*columns, strict=True)]


def _share_ties(columns: dict[str, Column], counts: dict[str, list[float]]) -> None:
    alike: dict[tuple[float, ...], list[str]] = {}
    for name, column in columns.items():
        alike.setdefault(tuple(column), []).append(name)
    for group in alike.values():
        if len(group) > 1:
            mean = [sum(counts[name][rank] for name in group) / len(group) for rank in range(len(columns))]
            for name in group:
                counts[name] = mean


def _central(
    columns: dict[str, Column], weights: list[Column], criteria: Sequence[Criterion]
) -> dict[str, dict[Criterion, float]]:
    """Mean weights of the draws in which an option is first, for each option that ever is."""
    names = list(columns)
    best = list(map(max, zip(*columns.values(), strict=True)))
    central: dict[str, dict[Criterion, float]] = {}
    for name in names:
        won = [draw for draw, (own, top) in enumerate(zip(columns[name], best, strict=True)) if own == top]
        if won:
            central[name] = {
                criterion: sum(map(column.__getitem__, won)) / len(won)
                for criterion, column in zip(criteria, weights, strict=True)
            }
    return central


class Sample:
    """Seeded draws, one column per quantity: weights uniform on the simplex, readings uniform among increasing ones."""

    def __init__(self, draws: int, criteria: int, seed: int) -> None:
        self.draws = draws
        self._random = random.Random(seed)
        self._made: dict[Hashable, Column] = {}
        self.weights = self._simplex(criteria)

    @cached_property
    def ratings(self) -> list[Column]:
        """Values of the ratings 0 to 3; the ends are 0 and 1."""
        return self._increasing(2)

    @cached_property
    def standings(self) -> list[Column]:
        """Values of the standings 0 to 3; the ends are 0 and 1."""
        return self._increasing(2)

    @cached_property
    def reaches(self) -> list[Column]:
        """Values of none, partly and full; the ends are 0 and 1."""
        return self._increasing(1)

    @cached_property
    def tiers(self) -> list[Column]:
        """Values of the half-steps of cost and effort, from `low` at 1 down to half a step above the top at 0."""
        return self._increasing(TIER_STEPS - 1)[::-1]

    def once(self, key: Hashable, make: Callable[[], Column]) -> Column:
        """A column made once and kept, since many routes share their readings."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    def anything(self) -> Column:
        """Values of a part nobody can judge: anything from 0 to 1."""
        return [self._random.random() for _ in range(self.draws)]

    def _increasing(self, inner: int) -> list[Column]:
        draw = self._random.random
        rows = [sorted([draw() for _ in range(inner)]) for _ in range(self.draws)]
        columns = [list(column) for column in zip(*rows, strict=True)]
        return [[0.0] * self.draws, *columns, [1.0] * self.draws]

    def _simplex(self, criteria: int) -> list[Column]:
        if criteria == 1:
            return [[1.0] * self.draws]
        cuts = self._increasing(criteria - 1)
        return [
            [high - low for low, high in zip(lower, upper, strict=True)] for lower, upper in itertools.pairwise(cuts)
        ]


def undominated(routes: Sequence[Route], asked: Asked) -> list[Route]:
    """Routes of one option that some weighting or reading could make its best for this question."""
    kept: list[Route] = []
    for route in routes:
        if not any(_dominates(other, route, asked) for other in kept):
            kept = [other for other in kept if not _dominates(route, other, asked)]
            kept.append(route)
    return kept


def _dominates(one: Route, other: Route, asked: Asked) -> bool:
    """At least as good in every ordinal word and number that was asked about."""
    return (
        one.cost_place <= other.cost_place
        and one.preparation_place <= other.preparation_place
        and all(one.ratings[target] >= other.ratings[target] for target, _ in asked.targets)
        and all(_as_sharp(mine, theirs, asked) for mine, theirs in zip(one.ways, other.ways, strict=True))
    )


def _as_sharp(one: Way, other: Way, asked: Asked) -> bool:
    return (asked.scale is None or one.scales.get(asked.scale) == other.scales.get(asked.scale)) and (
        asked.c_rate is None or (one.seconds == other.seconds and one.follows == other.follows)
    )


def _best(columns: list[Column]) -> Column:
    return columns[0] if len(columns) == 1 else list(map(max, *columns))


def _score(route: Route, asked: Asked, sample: Sample) -> Column:
    columns = [_VALUES[criterion](route, asked, sample) for criterion, _ in asked.shares]
    first, *others = zip(sample.weights, columns, strict=True)
    total = [weight * value for weight, value in zip(*first, strict=True)]
    for weights, values in others:
        total = [sofar + weight * value for sofar, weight, value in zip(total, weights, values, strict=True)]
    return total


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
    return [sum(values) / len(values) for values in zip(*columns, strict=True)]


def _resolution(route: Route, asked: Asked, sample: Sample) -> Column:
    parts: list[Column] = []
    if asked.scale is not None:
        parts.append(_best_known([_scale(way, asked, sample) for way in route.ways], sample))
    if asked.c_rate is not None:
        parts.append(_best_known([_rate(way, asked.c_rate, sample) for way in route.ways], sample))
    return [sum(values) / len(values) for values in zip(*parts, strict=True)]


def _best_known(columns: list[Column | None], sample: Sample) -> Column:
    """The best member; a part nobody can judge may be anything and is drawn afresh."""
    known = [column for column in columns if column is not None]
    return _best(known) if known else sample.anything()


def _scale(way: Way, asked: Asked, sample: Sample) -> Column | None:
    reading = way.scales.get(asked.scale) if asked.scale else None
    return None if reading is None else sample.reaches[("none", "partly", "full").index(reading.reach)]


def _rate(way: Way, c_rate: float, sample: Sample) -> Column | None:
    if way.seconds is None:
        return sample.once(("rate", 0.0), lambda: [0.0] * sample.draws) if way.follows == 0.0 else None
    followed = follow_value(points_per_half_cycle(way.seconds, c_rate))
    reach = 2 if way.follows is None else round(2 * way.follows)
    return sample.once(("rate", followed, reach), lambda: [min(followed, cap) for cap in sample.reaches[reach]])


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
