"""Arithmetic on columns: one number for each draw, all draws of a block at once."""

from __future__ import annotations

from collections.abc import Sequence

Column = list[float]


def plus(total: Column, weights: Column, values: Column) -> Column:
    """A weighted sum with one more summand."""
    return [before + weight * value for before, weight, value in zip(total, weights, values, strict=True)]


def times(factor: float, column: Column) -> Column:
    """Every number multiplied by the same factor."""
    return [factor * value for value in column]


def middle(one: Column, other: Column) -> Column:
    """The mean of two."""
    return [(a + b) / 2 for a, b in zip(one, other, strict=True)]


def higher(one: Column, other: Column) -> Column:
    """The higher of two."""
    return [a if a > b else b for a, b in zip(one, other, strict=True)]


def lower(one: Column, other: Column) -> Column:
    """The lower of two."""
    return [a if a < b else b for a, b in zip(one, other, strict=True)]


def capped(value: float, caps: Column) -> Column:
    """One value, or the cap where that is lower."""
    return [value if value < cap else cap for cap in caps]


def highest_place(columns: Sequence[Column]) -> list[int]:
    """Which of the columns is highest; the first of equals."""
    top, places = columns[0], [0] * len(columns[0])
    for place, column in enumerate(columns[1:], 1):
        places = [place if new > old else before for new, old, before in zip(column, top, places, strict=True)]
        top = higher(top, column)
    return places
