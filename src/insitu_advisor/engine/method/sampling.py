"""Seeded draws: weights uniform over all weightings, ordinal words read as any increasing numbers."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property

from insitu_advisor.engine.method.columns import Column, higher, lower
from insitu_advisor.knowledge.tier import HALF_STEP, TOP

BLOCK = 500
TIER_STEPS = round(TOP / HALF_STEP)


def samples(draws: int, criteria: int, seed: int) -> Iterator[Sample]:
    """Draws in blocks small enough for a processor's cache, each forgotten before the next; the same for a seed."""
    seeds = random.Random(seed)
    for start in range(0, draws, BLOCK):
        yield Sample(min(BLOCK, draws - start), criteria, seeds.getrandbits(64))


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

    def same(self, value: float) -> Column:
        """One value in every draw."""
        return self.once(("same", value), lambda: [value] * self.draws)

    def anything(self) -> Column:
        """Values of a part nobody can judge: anything from 0 to 1."""
        draw = self._random.random
        return [draw() for _ in range(self.draws)]

    def _increasing(self, inner: int) -> list[Column]:
        """Columns that rise from 0 to 1 in every draw, `inner` of them uniform in between."""
        drawn = [self.anything() for _ in range(inner)]
        if inner == 2:
            drawn = [lower(*drawn), higher(*drawn)]
        elif inner > 2:
            drawn = [list(column) for column in zip(*map(sorted, zip(*drawn, strict=True)), strict=True)]
        return [self.same(0.0), *drawn, self.same(1.0)]

    def _simplex(self, criteria: int) -> list[Column]:
        if criteria == 1:
            return [self.same(1.0)]
        cuts = self._increasing(criteria - 1)
        return [
            [high - low for low, high in zip(lower_cut, upper_cut, strict=True)]
            for lower_cut, upper_cut in itertools.pairwise(cuts)
        ]
