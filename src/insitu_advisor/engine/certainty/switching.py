"""Exact switch points: how far each weight can move before the first place changes hands.

The score of a route is linear in the share of one criterion when the others keep their ratio. Between the shares at
which some technique changes its best variant every option is one straight line, so every crossing is found in closed
form.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.constraints import candidates
from insitu_advisor.engine.method.criteria import information, values
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route, SystemReading
from insitu_advisor.knowledge.vocabulary import Criterion

TOLERANCE = 1e-9
LEVEL = 1e-7


class Line(NamedTuple):
    """Score (0-100) of one route as a function of the share t of one criterion: `at_zero` + `slope` x t."""

    at_zero: float
    slope: float

    def score(self, share: float) -> float:
        """Score at a share between 0 and 1."""
        return self.at_zero + self.slope * share


class Switch(NamedTuple):
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


class Stretch(NamedTuple):
    """Shares between `start` and `end` over which every option keeps its variants, and so is one straight line."""

    start: float
    end: float
    lines: Mapping[str, Line]

    def only(self, options: Collection[str]) -> Stretch:
        """The same for a few of the options."""
        return Stretch(self.start, self.end, {key: line for key, line in self.lines.items() if key in options})


def switches(
    paths: Sequence[list[Stretch]], problem: Problem, first: str, among: Collection[str]
) -> tuple[Switch, ...]:
    """Switch points of every criterion on its path, for the option that is first of those that compete."""
    return tuple(_switch(path, share, first, among) for path, share in zip(paths, problem.shares, strict=False))


def paths_of(system: SystemReading, problem: Problem) -> list[list[Stretch]]:
    """The stretches of every criterion that takes part; no path where a single criterion decides alone."""
    several = len(problem.shares) > 1
    return [stretches(system, problem, index) for index in range(len(problem.shares)) if several]


def stretches(system: SystemReading, problem: Problem, index: int) -> list[Stretch]:
    """The shares of one criterion from 0 to 1, cut where some technique changes its best variant.

    The other criteria keep their ratio (even shares if all are 0). A pairing uses the variants its members use alone.
    """
    to_line = _line_maker(problem, index)
    drawn = {key: [(route, to_line(route)) for route in candidates(system.routes[key], problem)] for key in system.ways}
    cuts = {0.0, 1.0}
    for rows in drawn.values():
        for (_, one), (_, other) in itertools.combinations(rows, 2):
            if abs(one.slope - other.slope) > TOLERANCE:
                cuts.add(min(1.0, max(0.0, (other.at_zero - one.at_zero) / (one.slope - other.slope))))
    made = []
    for start, end in itertools.pairwise(_apart(cuts)):
        middle = (start + end) / 2
        best = {key: max(rows, key=lambda row: row[1].score(middle))[0] for key, rows in drawn.items() if rows}
        chosen = {option: route for option, route in _routes(system, best) if information(route, problem)}
        made.append(Stretch(start, end, {option: to_line(route) for option, route in chosen.items()}))
    return made


def _apart(cuts: set[float]) -> list[float]:
    """Cuts in order, without those that only rounding tells from the one before."""
    kept = [0.0]
    for cut in sorted(cuts):
        if cut - kept[-1] > TOLERANCE and 1.0 - cut > TOLERANCE:
            kept.append(cut)
    return [*kept, 1.0]


def _routes(system: SystemReading, best: Mapping[str, Route]) -> Iterator[tuple[str, Route]]:
    """The best route of every technique, and of every pairing of them."""
    yield from best.items()
    for option, by_variants in system.pairings.items():
        members = system.kb.options[option]
        if all(member in best for member in members):
            yield option, by_variants[tuple(best[member].ways[0].variant_id for member in members)]


def _line_maker(problem: Problem, index: int) -> Callable[[Route], Line]:
    """How a route becomes a line over the share of one criterion, the others in fixed ratio."""
    shares = [share for _, share in problem.shares]
    rest = sum(shares) - shares[index]
    mix = [share / rest if rest > TOLERANCE else 1.0 / (len(shares) - 1) for share in shares]

    def to_line(route: Route) -> Line:
        known: tuple[float, ...] = values(route, problem)  # type: ignore[assignment]
        others = 100.0 * sum(mix[i] * value for i, value in enumerate(known) if i != index)
        return Line(others, 100.0 * known[index] - others)

    return to_line


def _switch(path: list[Stretch], share: tuple[Criterion, float], first: str, among: Collection[str]) -> Switch:
    criterion, now = share
    upward = [stretch.only(among) for stretch in path]
    up_to, above = hold(upward, first, now)
    down_from, below = hold([_mirrored(stretch) for stretch in reversed(upward)], first, 1.0 - now)
    return Switch(criterion, now, 1.0 - down_from, below, up_to, above)


def _mirrored(stretch: Stretch) -> Stretch:
    """A stretch read from the other end, in shares counted down from 1."""
    lines = {option: Line(line.at_zero + line.slope, -line.slope) for option, line in stretch.lines.items()}
    return Stretch(1.0 - stretch.end, 1.0 - stretch.start, lines)


def hold(path: Sequence[Stretch], first: str, now: float) -> tuple[float, str | None]:
    """The share up to which an option stays first as its share grows from `now`, and who overtakes it there.

    Returns (1, None) when nobody does. An option level with the first overtakes at once if it rises faster.
    """
    for stretch in path:
        if stretch.end <= now + TOLERANCE and stretch.end < 1.0:
            continue
        share, rival = _overtaken(stretch, first, max(now, stretch.start))
        if rival is not None:
            return share, rival
    return 1.0, None


def _overtaken(stretch: Stretch, first: str, start: float) -> tuple[float, str | None]:
    """Where in a stretch another option passes the first; (its end, None) where none does."""
    own = stretch.lines[first]
    crossing, rival, highest = stretch.end, None, (own.score(start), own.slope)
    for option, line in stretch.lines.items():
        ahead = line.score(start) - own.score(start)
        if ahead > LEVEL:
            meets = start
        elif line.slope > own.slope + TOLERANCE:
            meets = max(start, (own.at_zero - line.at_zero) / (line.slope - own.slope))
        else:
            continue
        height = (round(line.score(meets), 9), line.slope)
        earlier = meets < crossing - TOLERANCE
        level = meets < crossing + TOLERANCE and rival is not None and height > highest
        if earlier or level:
            crossing, rival, highest = meets, option, height
    return crossing, rival
