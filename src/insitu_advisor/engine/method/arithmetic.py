"""The arithmetic of the method: bare functions of numbers, no knowledge and no wording."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from insitu_advisor.knowledge.tier import HALF_STEP, TOP

ENOUGH_POINTS = 30
SECONDS_PER_HOUR = 3600.0
UNKNOWN_VALUE = 0.5


def set_place(places: Sequence[float]) -> float:
    """Ordinal place of cost or effort of a set of experiments: half a tier above the dearest if there are several."""
    return places[0] if len(places) == 1 else min(max(places) + HALF_STEP, TOP)


def points_per_half_cycle(seconds: float, c_rate: float) -> float:
    """Data points in one half-cycle: (3600 s / C) / seconds per point. A half-cycle at 1C lasts one hour."""
    return SECONDS_PER_HOUR / (c_rate * seconds)


def follow_value(points: float) -> float:
    """How well a number of points follows a half-cycle: 0 at one point or fewer, 1 at 30, logarithmic between.

    One point shows no change; thirty give each of three successive steps ten points.
    """
    if points <= 1.0:
        return 0.0
    return min(1.0, math.log10(points) / math.log10(ENOUGH_POINTS))


def shares(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights scaled to sum to 1. Raises ZeroDivisionError when all are zero."""
    total = sum(weights.values())
    return {criterion: weight / total for criterion, weight in weights.items()}


def rounded_parts(parts: Sequence[float], digits: int = 1) -> list[float]:
    """Parts rounded so that they add up to their rounded total (largest remainder), for printing."""
    unit = 10**digits
    scaled = [part * unit for part in parts]
    floors = [math.floor(value + 1e-9) for value in scaled]
    missing = round(sum(scaled)) - sum(floors)
    order = sorted(range(len(parts)), key=lambda index: (floors[index] - scaled[index], index))
    for index in order[:missing]:
        floors[index] += 1
    return [value / unit for value in floors]
