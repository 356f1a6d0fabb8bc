"""What the ordinal words are worth: once as numbers for the score, and once as columns of draws for the certainty.

A rating, a standing, a tier and a reach are words in an order. A *reading* gives each a value from 0 to 1. The neutral
reading is the one the score is computed with; a drawn reading holds a column, one number per draw, for each word, and
the criteria compute with either.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias, Union

from insitu_advisor.knowledge.tier import HALF_STEP, TOP

# A hint that another method has to confirm is worth little; a good answer, with its limit, two thirds of the best one.
# What a way sees without resolving the asked scale (an average over the electrode, or one particle out of millions) is
# a hint too, however well it sees it.
HINT, GOOD = 0.1, 2 / 3
UNKNOWN = "unknown"
TIER_PLACES = tuple(step * HALF_STEP for step in range(round(TOP / HALF_STEP) + 1))


class Column:
    """One number per draw, added and multiplied draw by draw."""

    __slots__ = ("values",)

    def __init__(self, values: list[float]) -> None:
        self.values = values

    def __add__(self, other: Value) -> Column:
        if isinstance(other, Column):
            return Column([a + b for a, b in zip(self.values, other.values, strict=True)])
        return Column([a + other for a in self.values])

    def __mul__(self, other: Value) -> Column:
        if isinstance(other, Column):
            return Column([a * b for a, b in zip(self.values, other.values, strict=True)])
        return Column([a * other for a in self.values])

    __radd__ = __add__
    __rmul__ = __mul__


Value: TypeAlias = Union[float, Column]  # noqa: UP007 (a class that is not yet complete cannot stand in `|`)


class Reading(NamedTuple):
    """The value (0-1) of each rating 0-3, standing 0-3, reach, and place of cost or effort."""

    ratings: tuple[Value, Value, Value, Value]
    standings: tuple[Value, Value, Value, Value]
    reaches: Mapping[str, Value]
    tiers: Mapping[float, Value]


NEUTRAL = Reading(
    ratings=(0.0, HINT, GOOD, 1.0),
    standings=(0.0, 1 / 3, 2 / 3, 1.0),
    reaches={"none": HINT, UNKNOWN: 0.5, "partly": 0.5, "full": 1.0},
    tiers={place: 1.0 - place / TOP for place in TIER_PLACES},
)


def drawn(draws: int, chance: random.Random) -> Reading:
    """The words read otherwise in each draw, in their order and with the ends 0 and 1.

    A hint is worth anything up to twice its neutral value, and so is what a way sees at a scale it does not resolve; a
    good answer is worth anything from a third to all, `partly` what lies between, and what is unknown anything at all;
    standings and tiers are any increasing numbers. The neutral values are the means.
    """

    def between(low: float, high: float) -> Column:
        width, random = high - low, chance.random
        return Column([low + width * random() for _ in range(draws)])

    def increasing(inner: int) -> list[Column]:
        return columns(sorted(chance.random() for _ in range(inner)) for _ in range(draws))

    isolated, several = increasing(2)
    none = between(0.0, 2 * HINT)
    return Reading(
        ratings=(0.0, between(0.0, 2 * HINT), between(2 * GOOD - 1.0, 1.0), 1.0),
        standings=(0.0, isolated, several, 1.0),
        reaches={"none": none, UNKNOWN: between(0.0, 1.0), "partly": between(2 * HINT, 1.0 - 2 * HINT), "full": 1.0},
        tiers=dict(zip(TIER_PLACES, (1.0, *reversed(increasing(len(TIER_PLACES) - 2)), 0.0), strict=True)),
    )


def columns(rows: Iterable[Iterable[float]]) -> list[Column]:
    """Columns from rows, one row per draw."""
    return [Column(list(column)) for column in zip(*rows, strict=True)]
