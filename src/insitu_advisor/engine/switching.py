"""Exact switch points: how far each weight can move before the first place changes hands.

The score of a route is linear in the share of one criterion when the others keep their ratio, so the best option over
that share is the upper envelope of straight lines, and its corners are found in closed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from insitu_advisor.engine.arithmetic import UNKNOWN_VALUE
from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.constraints import passes
from insitu_advisor.engine.criteria import value_of
from insitu_advisor.engine.reading import SystemReading
from insitu_advisor.knowledge.vocabulary import Criterion

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Line:
    """Score (0-100) of one route as a function of the share t of one criterion: `at_zero` + `slope` x t."""

    option: str
    at_zero: float
    slope: float

    def score(self, share: float) -> float:
        """Score at a share between 0 and 1."""
        return self.at_zero + self.slope * share


@dataclass(frozen=True, slots=True)
class Switch:
    """How far the share of one criterion can move, the others keeping their ratio.

    `down_to` and `up_to` are shares in 0-1 between which the first place holds; `below` and `above` name who takes over
    there, or are None where nobody does.
    """

    criterion: Criterion
    share: float
    down_to: float
    below: str | None
    up_to: float
    above: str | None


def switches(system: SystemReading, asked: Asked, first: str) -> tuple[Switch, ...]:
    """Switch points of every criterion that takes part; none where a single criterion decides alone."""
    if len(asked.shares) < 2:
        return ()
    rows = route_values(system, asked)
    return tuple(_switch(rows, asked, index, first) for index in range(len(asked.shares)))


def route_values(system: SystemReading, asked: Asked) -> list[tuple[str, tuple[float, ...]]]:
    """Option and values of every route that passes, with the midpoint where a value cannot be judged."""
    return [
        (option, tuple(_known(value_of(criterion, route, asked)) for criterion, _ in asked.shares))
        for option, routes in system.routes.items()
        for route in routes
        if passes(route, asked)
    ]


def _known(value: float | None) -> float:
    return UNKNOWN_VALUE if value is None else value


def lines(rows: Sequence[tuple[str, tuple[float, ...]]], shares: Sequence[float], index: int) -> list[Line]:
    """Every route as a line over the share of one criterion; the others keep their ratio (even shares if all are 0)."""
    rest = sum(shares) - shares[index]
    even = 1.0 / (len(shares) - 1)
    ratio = [share / rest if rest > TOLERANCE else even for share in shares]
    made = []
    for option, values in rows:
        others = 100.0 * sum(ratio[i] * value for i, value in enumerate(values) if i != index)
        made.append(Line(option, others, 100.0 * values[index] - others))
    return made


def _switch(rows: list[tuple[str, tuple[float, ...]]], asked: Asked, index: int, first: str) -> Switch:
    shares = [share for _, share in asked.shares]
    drawn = lines(rows, shares, index)
    now = shares[index]
    up_to, above = hold(drawn, first, now)
    mirrored = [Line(line.option, line.at_zero + line.slope, -line.slope) for line in drawn]
    down_from, below = hold(mirrored, first, 1.0 - now)
    return Switch(asked.shares[index][0], now, 1.0 - down_from, below, up_to, above)


def hold(drawn: Sequence[Line], first: str, start: float) -> tuple[float, str | None]:
    """The share up to which an option stays first when its share grows from `start`, and who overtakes it there.

    Returns (1, None) when nobody does. An option level with the first at the start overtakes at once if it rises
    faster.
    """
    share, end = start, 1.0
    own = max((line for line in drawn if line.option == first), key=lambda line: (line.score(share), line.slope))
    while True:
        crossing, rival = end, None
        for line in drawn:
            if line.slope > own.slope + TOLERANCE:
                meets = max(share, (own.at_zero - line.at_zero) / (line.slope - own.slope))
                if meets < crossing - TOLERANCE or (
                    meets < crossing + TOLERANCE and rival is not None and line.slope > rival.slope + TOLERANCE
                ):
                    crossing, rival = meets, line
        if rival is None:
            return end, None
        if rival.option != first:
            return crossing, rival.option
        share, own = crossing, rival
