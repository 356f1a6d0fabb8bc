"""The criteria: what each is worth for a route under a question, in any reading of the words, and what it stands on.

Each criterion is a value from 0 to 1 on an absolute scale, so that adding or removing an option never changes the
value of another. The score is the value in the neutral reading; the draws of the certainty put columns in the place of
numbers; the evidence and the reasons look at the same sightings, records and tiers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from insitu_advisor.engine.method.arithmetic import UNKNOWN_VALUE, follow_value, points_per_half_cycle
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.readings import NEUTRAL, UNKNOWN, Reading, Value
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.knowledge.claim import BasisKind
from insitu_advisor.knowledge.vocabulary import Criterion

# A goal counts as answered from here on: a good answer at full reach (0.67) does, a primary one at partial reach (0.5)
# just does, a good one at partial reach (0.33) or a hint (0.1) does not.
ANSWERS = 0.5
# A way that runs by a clock of its own, like an open TEM cell, still shows the mechanism, if not at the asked rate.
OWN_CLOCK: Mapping[str, float] = {"full": 1.0, "partly": 0.75, "none": 0.5}
# Below this pace a sighting is held back; a little less than thirty points per half-cycle is not worth a word.
NOTABLY_SLOW = 0.75


class Sighting(NamedTuple):
    """How one way sees one goal under a question: its rating 0-3, its reach at the asked scale, its pace 0-1."""

    way: Way
    goal: str
    rating: int
    reach: str
    pace: float

    @property
    def slow(self) -> bool:
        """Whether the asked rate takes a notable part of what is seen in general."""
        return self.pace < NOTABLY_SLOW

    @property
    def held_back(self) -> bool:
        """Whether the asked scale or rate does: what every page brackets, and says in words."""
        return self.slow or self.reach != "full"

    def value(self, reading: Reading = NEUTRAL) -> Value:
        """What the sighting is worth: rating times reach times pace."""
        return reading.ratings[self.rating] * reading.reaches[self.reach] * self.pace


def reach(way: Way, goal: str, problem: Problem) -> str:
    """The word for how a way resolves the asked scale: full where none was asked, unknown where nothing is written.

    What is written of the goal itself goes before what is written of the way.
    """
    if problem.scale is None:
        return "full"
    claim = way.sights.get(goal)
    written = (claim.scales.get(problem.scale) if claim else None) or way.scales.get(problem.scale)
    return UNKNOWN if written is None else written.reach


def pace_value(way: Way, c_rate: float | None) -> float:
    """How well a way keeps up with a C-rate (0-1): enough points per half-cycle, in a cell that cycles as asked."""
    if c_rate is None:
        return 1.0
    follows, clock = way.variant.follows_cycling, _clock(way)
    if follows is not None and follows.answer == "none":
        return clock
    points = UNKNOWN_VALUE if way.seconds is None else follow_value(points_per_half_cycle(way.seconds, c_rate))
    return min(clock, points)


def pace_for(way: Way, goal: str, c_rate: float | None) -> float:
    """How well a way keeps up with a C-rate for one goal (0-1); where a study answered it, points were enough."""
    if c_rate is not None and goal in way.shown and way.shown[goal].covers(c_rate):
        return _clock(way)
    return pace_value(way, c_rate)


def _clock(way: Way) -> float:
    follows = way.variant.follows_cycling
    return UNKNOWN_VALUE if follows is None else OWN_CLOCK[follows.answer]


def sighting_of(way: Way, goal: str, problem: Problem) -> Sighting:
    """How one way sees any goal, asked or not, at the asked scale and rate."""
    return Sighting(way, goal, way.ratings[goal], reach(way, goal, problem), pace_for(way, goal, problem.c_rate))


def look(way: Way, problem: Problem) -> tuple[Sighting, ...]:
    """How one way sees each goal, in the order of the question; worked out once for a problem."""
    found: tuple[Sighting, ...] | None = problem.looked.get(way)
    if found is None:
        if way.shown or problem.scale is not None:
            found = tuple([sighting_of(way, goal, problem) for goal, _ in problem.goals])
        else:
            pace, ratings = pace_value(way, problem.c_rate), way.ratings
            found = tuple([Sighting(way, goal, ratings[goal], "full", pace) for goal, _ in problem.goals])
        problem.looked[way] = found
    return found


def sight(way: Way, goal: str, problem: Problem) -> Sighting:
    """How one way sees one of the goals asked."""
    return next(each for each in look(way, problem) if each.goal == goal)


def seen(route: Route, problem: Problem) -> tuple[Sighting, ...]:
    """How a route sees each goal, by the member that sees it best, the first of equals."""
    if len(route.ways) == 1:
        return look(route.ways[0], problem)
    return tuple([max(each, key=_worth) for each in zip(*[look(way, problem) for way in route.ways], strict=True)])


def best_sighting(route: Route, goal: str, problem: Problem) -> Sighting:
    """The sighting of one of the goals asked by the member that sees it best, the first of equals."""
    return next(each for each in seen(route, problem) if each.goal == goal)


def _worth(sighting: Sighting) -> tuple[Value, int]:
    return sighting.value(), sighting.rating


def sees(route: Route, problem: Problem) -> bool:
    """Whether a route sees anything of what is asked, at the asked scale and rate."""
    for way in route.ways:
        for _, _, rating, _, pace in look(way, problem):
            if rating and pace:
                return True
    return False


def information(route: Route, problem: Problem, reading: Reading = NEUTRAL) -> Value:
    """How much of the question is answered: the weighted mean of what the sightings are worth."""
    total: Value = 0.0
    for sighting, (_, share) in zip(seen(route, problem), problem.goals, strict=True):
        total = total + sighting.value(reading) * share
    return total


def track_record(route: Route, problem: Problem, reading: Reading = NEUTRAL) -> Value:
    """How established a route is on such an anode: a set as its least established member, 1 for a documented set."""
    del problem
    if route.documented_counts:
        return 1.0
    record = least_established(route).record
    return reading.standings[record.standing] if record else UNKNOWN_VALUE


def least_established(route: Route) -> Way:
    """The member with the lowest standing; the first of equals."""
    if len(route.ways) == 1:
        return route.ways[0]
    return min(route.ways, key=lambda way: way.record.standing if way.record else 0)


def cost(route: Route, problem: Problem, reading: Reading = NEUTRAL) -> Value:
    """1 at `low`, in equal steps to 0 half a step above the dearest tier."""
    del problem
    return reading.tiers[route.cost_place]


def preparation(route: Route, problem: Problem, reading: Reading = NEUTRAL) -> Value:
    """As for cost."""
    del problem
    return reading.tiers[route.preparation_place]


VALUES: Mapping[Criterion, Callable[[Route, Problem, Reading], Value]] = {
    "information": information,
    "track-record": track_record,
    "cost": cost,
    "preparation": preparation,
}


def values(route: Route, problem: Problem, reading: Reading = NEUTRAL) -> tuple[Value, ...]:
    """The value of each criterion that takes part, in the order of the problem's shares."""
    return tuple([VALUES[criterion](route, problem, reading) for criterion, _ in problem.shares])


def grounds(criterion: Criterion, route: Route, problem: Problem) -> Iterator[tuple[BasisKind, float]]:
    """What the value of a criterion stands on: the basis of each claim behind it, and how much of the value is its."""
    match criterion:
        case "information":
            for sighting, (_, share) in zip(seen(route, problem), problem.goals, strict=True):
                yield _basis(sighting), share * float(sighting.value())  # type: ignore[arg-type]
        case "track-record":
            yield from _record_grounds(route)
        case "cost":
            yield from ((way.cost.basis_kind, 1.0) for way in route.ways)
        case "preparation":
            yield from ((way.preparation.basis_kind, 1.0) for way in route.ways)


def _basis(sighting: Sighting) -> BasisKind:
    way, goal = sighting.way, sighting.goal
    if rules := way.steered.get(goal):
        return rules[-1].rule.basis_kind
    claim = way.sights.get(goal)
    return claim.basis_kind if claim else "judgement"


def _record_grounds(route: Route) -> Iterator[tuple[BasisKind, float]]:
    if route.documented is not None and route.documented_counts:
        yield route.documented.basis_kind, 1.0
        return
    record = least_established(route).record
    if record is not None:
        yield record.basis, float(record.standing)
