"""Time per data point turned into data points per half-cycle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from insitu_advisor.engine.method.arithmetic import ENOUGH_POINTS, points_per_half_cycle
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.method.system import SystemReading, Way

# Usual C-rates from slow to fast, wherever some have to be tried or shown.
RATES = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
FEWEST_POINTS = 3
Verdict = Literal["follows", "few points", "cannot follow", "cannot be judged"]


@by_identity
class Pace(NamedTuple):
    """How one way of measuring keeps up with one rate.

    `fewest` and `most` are points per half-cycle at the slow and the fast end of the practised time per point; both are
    None where no time is printed. `order` is the order of magnitude where only a tempo class stands (a judgement).
    """

    way: Way
    c_rate: float
    fewest: float | None
    most: float | None
    order: float | None

    @property
    def verdict(self) -> Verdict:
        """Whether it can follow: 30 points per half-cycle or more, 3 or more, fewer, or unknown."""
        if own_clock(self.way):
            return "cannot follow"
        if self.fewest is None:
            return "cannot be judged"
        if self.fewest >= ENOUGH_POINTS:
            return "follows"
        return "few points" if self.fewest >= FEWEST_POINTS else "cannot follow"


def own_clock(way: Way) -> bool:
    """Whether a way cannot watch a cell cycle at a realistic rate, whatever its time per point."""
    follows = way.variant.follows_cycling
    return follows is not None and follows.answer == "none"


def pace(way: Way, c_rate: float) -> Pace:
    """Points per half-cycle of one way at a C-rate in 1/h."""
    if way.figure is not None:
        fewest = points_per_half_cycle(way.figure.high, c_rate)
        return Pace(way, c_rate, fewest, points_per_half_cycle(way.figure.low, c_rate), None)
    order = points_per_half_cycle(way.seconds, c_rate) if way.seconds is not None else None
    return Pace(way, c_rate, None, None, order)


def table(system: SystemReading, rates: Sequence[float] = RATES) -> tuple[tuple[Way, tuple[Pace, ...]], ...]:
    """Every way of every technique with its pace at each rate, in the order of the knowledge base."""
    return tuple((way, tuple(pace(way, rate) for rate in rates)) for ways in system.ways.values() for way in ways)
