"""Rank acceptability in the sense of SMAA: the share of weightings and readings in which each option takes each rank.

Weights are drawn uniformly from all weightings; ordinal words (ratings, standings, tiers, reach) are read as any
increasing numbers with fixed ends, drawn uniformly too. Lahdelma & Salminen, Operations Research 2001, 49, 444-454.
"""

from __future__ import annotations

import functools
import itertools
import operator
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.constraints import candidates, sees_something
from insitu_advisor.engine.dominance import contenders, undominated
from insitu_advisor.engine.reading import Route, SystemReading
from insitu_advisor.engine.sampling import DRAWS, Column, Sample
from insitu_advisor.engine.valuing import best, score
from insitu_advisor.knowledge.vocabulary import Criterion

SEED = 20260109


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Scores of every option over all draws, and what follows from them, worked out when it is asked for.

    `columns` holds the scores of an option per draw, `weights` the drawn share of each criterion. Only the `contenders`
    can be first; the others are beaten in every draw.
    """

    draws: int
    columns: Mapping[str, Column] = field(repr=False)
    contenders: tuple[str, ...]
    weights: list[Column] = field(repr=False)
    criteria: tuple[Criterion, ...]

    def first(self, option: str) -> float:
        """Share of draws in which an option is first; options with the same scores share evenly."""
        return len(self._won.get(option, ())) / (self.draws * self._sharing.get(option, 1))

    @cached_property
    def ranks(self) -> dict[str, tuple[float, ...]]:
        """For every option the share of draws in which it takes each rank, the first rank first."""
        names = list(self.columns)
        columns = [self.columns[name] for name in names]
        indices = range(len(names))
        orders = Counter(
            tuple(sorted(indices, key=row.__getitem__, reverse=True)) for row in zip(*columns, strict=True)
        )
        counts = {name: [0] * len(names) for name in names}
        for order, times in orders.items():
            for rank, index in enumerate(order):
                counts[names[index]][rank] += times
        shares = {name: tuple(times / self.draws for times in counts[name]) for name in names}
        for group in _alike(self.columns):
            together = [sum(counts[name][rank] for name in group) for rank in indices]
            even = tuple(times / (self.draws * len(group)) for times in together)
            shares.update(dict.fromkeys(group, even))
        return shares

    @cached_property
    def central(self) -> dict[str, dict[Criterion, float]]:
        """Mean weights of the draws in which an option is first, for each option that ever is."""
        return {
            name: {
                criterion: sum(map(column.__getitem__, won)) / len(won)
                for criterion, column in zip(self.criteria, self.weights, strict=True)
            }
            for name, won in self._won.items()
            if won
        }

    @cached_property
    def _won(self) -> dict[str, list[int]]:
        columns = [self.columns[name] for name in self.contenders]
        top = best(columns)
        return {
            name: [draw for draw, tops in enumerate(map(operator.eq, column, top)) if tops]
            for name, column in zip(self.contenders, columns, strict=True)
        }

    @cached_property
    def _sharing(self) -> dict[str, int]:
        """How many options share the very same scores, for those that do."""
        found = _alike({name: self.columns[name] for name in self.contenders})
        return {name: len(group) for group in found for name in group}


def acceptability(system: SystemReading, asked: Asked, draws: int = DRAWS, seed: int = SEED) -> Acceptability:
    """Rank acceptability of every option that passes. `draws` is at least 1; the same seed gives the same shares."""
    sample = Sample(draws, len(asked.shares), seed)
    routes = {key: undominated(candidates(system.routes[key], asked), asked) for key in system.ways}
    found: dict[str, list[Route]] = {}
    for option, members in system.kb.options.items():
        if option in system.ways:
            found[option] = routes[option]
        elif all(routes[member] for member in members):
            paired = _paired(system.pairings[option], [routes[member] for member in members])
            found[option] = list(paired.values())
    found = {option: ways for option, ways in found.items() if any(sees_something(route, asked) for route in ways)}
    return Acceptability(
        draws=draws,
        columns=_Scores(system, asked, sample, routes, tuple(found)),
        contenders=contenders(found, asked),
        weights=sample.weights,
        criteria=tuple(criterion for criterion, _ in asked.shares),
    )


class _Scores(Mapping[str, Column]):
    """Scores of the options per draw, each worked out when it is first looked at."""

    def __init__(
        self,
        system: SystemReading,
        asked: Asked,
        sample: Sample,
        routes: Mapping[str, list[Route]],
        options: tuple[str, ...],
    ) -> None:
        self._system, self._asked, self._sample = system, asked, sample
        self._routes, self._options = routes, options

    def __getitem__(self, option: str) -> Column:
        if option not in self._options:
            raise KeyError(option)
        return self._sample.once(("option", option), lambda: self._column(option))

    def __iter__(self) -> Iterator[str]:
        return iter(self._options)

    def __len__(self) -> int:
        return len(self._options)

    def _column(self, option: str) -> Column:
        if option in self._routes:
            return best(self._of_routes(option))
        members = self._system.kb.options[option]
        paired = _paired(self._system.pairings[option], [self._routes[member] for member in members])
        columns = {places: score(route, self._asked, self._sample) for places, route in paired.items()}
        if len(columns) == 1:
            return next(iter(columns.values()))
        chosen = zip(*(_places(self._of_routes(member)) for member in members), strict=True)
        return [columns[places][draw] for draw, places in enumerate(chosen)]

    def _of_routes(self, technique: str) -> list[Column]:
        """Scores of every route of a technique that could be its best."""
        return [
            self._sample.once(("route", technique, place), functools.partial(score, route, self._asked, self._sample))
            for place, route in enumerate(self._routes[technique])
        ]


def tally(columns: Mapping[str, Column], weights: list[Column], criteria: Sequence[Criterion]) -> Acceptability:
    """Rank acceptability of given scores: one column of scores per option, one column of shares per criterion."""
    return Acceptability(len(weights[0]), columns, tuple(columns), weights, tuple(criteria))


def _paired(pairings: Mapping[tuple[str, ...], Route], members: list[list[Route]]) -> dict[tuple[int, ...], Route]:
    """The routes of a pairing, by the place of the route each member uses."""
    return {
        places: pairings[tuple(routes[place].ways[0].variant_id for routes, place in zip(members, places, strict=True))]
        for places in itertools.product(*(range(len(routes)) for routes in members))
    }


def _places(columns: list[Column]) -> list[int]:
    """Per draw, which of the columns is highest; the first of equals."""
    if len(columns) == 1:
        return [0] * len(columns[0])
    return [row.index(max(row)) for row in zip(*columns, strict=True)]


def _alike(columns: Mapping[str, Column]) -> list[list[str]]:
    """Groups of options whose scores are the same in every draw."""
    groups: dict[tuple[float, ...], list[str]] = {}
    for name, column in columns.items():
        groups.setdefault(tuple(column), []).append(name)
    return [group for group in groups.values() if len(group) > 1]
