"""Which experiments, in which order: each the one that adds most to those before it, valued as options are."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.criteria import ANSWERS, Sighting, information, seen
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.method.ranking import scored
from insitu_advisor.engine.method.system import Route, Way, make_route
from insitu_advisor.engine.shown import Shown

MOST_EXPERIMENTS = 3
# A further experiment is worth its trouble if the question is answered better by this many points of a hundred.
WORTH_IT = 5.0


@by_identity
class Experiment(NamedTuple):
    """One experiment of a plan: its way, and the sightings in which it is better than those before it."""

    way: Way
    adds: tuple[Sighting, ...]


@by_identity
class Stage(NamedTuple):
    """The best set of one size.

    `score` is valued as that of any option (0-100); `told` is how much of the question it answers (0-100) and `gain`
    what it answers more than the best smaller set. `documented` names the pairing it is, if it is one.
    """

    route: Route
    experiments: tuple[Experiment, ...]
    score: float
    told: float
    gain: float
    documented: str | None
    unanswered: tuple[str, ...]

    @property
    def pays(self) -> bool:
        """Whether it answers noticeably more than the best smaller set."""
        return self.gain >= WORTH_IT


class Confirmed(NamedTuple):
    """Goals that a further experiment shows again; `wider` on the whole electrode instead of single objects."""

    goals: tuple[str, ...]
    wider: bool


class _Plan(NamedTuple):
    advice: Advice
    stages: tuple[Stage, ...]


@by_identity
class Plan(Shown, _Plan):
    """The best set of every size up to the limit."""

    __slots__ = ()

    @property
    def best(self) -> Stage | None:
        """The largest set reached by steps that each pay; the single experiment at least. None if nothing passes."""
        paying = list(itertools.takewhile(lambda stage: stage.pays, self.stages[1:]))
        return paying[-1] if paying else self.stages[0] if self.stages else None


def plan(advice: Advice, most: int = MOST_EXPERIMENTS) -> Plan:
    """The best single technique, then the best second one beside it, up to `most` experiments within the constraints.

    Each technique is carried out the way the answer shows it, and a set is valued by the very function that ranks
    single techniques and pairings. The first experiment is thus the best single technique of the ranking, and a plan
    can be followed step by step and left after any.
    """
    left = {option.id: option.route.ways[0] for option in advice.ranking if option.kind == "technique"}
    stages: list[Stage] = []
    done: tuple[Way, ...] = ()
    while left and len(stages) < most:
        sets = [_valued(advice, (*done, way)) for way in left.values()]
        best = max(sets, key=lambda one: round(one.score, 9))
        done = best.ways
        del left[done[-1].technique_id]
        stages.append(_stage(advice, best, stages[-1].told if stages else 0.0))
    return Plan(advice, tuple(stages))


def two_hints(advice: Advice, stage: Stage) -> tuple[str, ...]:
    """Goals that several experiments of a set hint at and none answers: hints that agree are more than one alone."""
    routes = [make_route((way,)) for way in stage.route.ways]
    sightings = [seen(route, advice.problem) for route in routes]
    return tuple(
        goal
        for place, goal in enumerate(advice.goals)
        if sum(bool(each[place].value()) for each in sightings) > 1
        and all(float(each[place].value()) < ANSWERS for each in sightings)  # type: ignore[arg-type]
    )


def confirms(advice: Advice, stage: Stage, way: Way) -> Confirmed:
    """The goals that a set answers and one more way answers too, by a principle of its own.

    That counts where it is rated for them as high as the set is, and where the set sees single objects and it the whole
    electrode. The latter matters only where no scale was asked: there both count alike, yet one object need not stand
    for the electrode.
    """
    best = {each.goal: each for each in seen(stage.route, advice.problem)}
    again = [
        (each, best[each.goal])
        for each in seen(make_route((way,)), advice.problem)
        if _value(each) >= ANSWERS and _value(best[each.goal]) >= ANSWERS
    ]
    wider = tuple(
        each.goal
        for each, first in again
        if advice.problem.scale is None and electrode_reach(each.way) == "full" and electrode_reach(first.way) == "none"
    )
    as_well = tuple(each.goal for each, first in again if each.rating >= first.rating)
    return Confirmed(wider or as_well, bool(wider))


def independent(found: Plan, stage: Stage) -> tuple[Way, Confirmed] | None:
    """Who shows again what a stage answers: the next experiment of the plan some of it, else another technique all."""
    for one in found.stages[len(stage.experiments) :][:1]:
        way = one.experiments[-1].way
        if (again := confirms(found.advice, stage, way)).goals:
            return way, again
    used = {way.technique_id for way in stage.route.ways}
    answered = set(found.advice.goals) - set(stage.unanswered)
    for option in found.advice.ranking:
        way = option.route.ways[0]
        if option.kind == "technique" and way.technique_id not in used:
            again = confirms(found.advice, stage, way)
            if answered and answered <= set(again.goals):
                return way, again
    return None


def electrode_reach(way: Way) -> str | None:
    """How far a way stands for the whole electrode."""
    written = way.scales.get("electrode")
    return written.reach if written else None


@by_identity
class _Valued(NamedTuple):
    ways: tuple[Way, ...]
    route: Route
    pairing: str | None
    score: float


def _valued(advice: Advice, ways: tuple[Way, ...]) -> _Valued:
    pairing = _pairing(advice, ways)
    route = advice.route_of(pairing, ways) if pairing else make_route(ways)
    return _Valued(ways, route, pairing, scored("", route, advice.problem).score)


def _pairing(advice: Advice, ways: tuple[Way, ...]) -> str | None:
    """The documented pairing these ways belong to, or None."""
    members = frozenset(way.technique_id for way in ways)
    found = (key for key, item in advice.kb.combinations.items() if frozenset(item.members) == members)
    return next(found, None)


def _stage(advice: Advice, best: _Valued, before: float) -> Stage:
    problem = advice.problem
    told = 100.0 * float(information(best.route, problem))  # type: ignore[arg-type]
    experiments, reached = [], dict.fromkeys(advice.goals, 0.0)
    for way in best.ways:
        adds = tuple(each for each in seen(make_route((way,)), problem) if _value(each) > reached[each.goal])
        reached.update({each.goal: _value(each) for each in adds})
        experiments.append(Experiment(way, adds))
    return Stage(
        route=best.route,
        experiments=tuple(experiments),
        score=best.score,
        told=told,
        gain=told - before,
        documented=best.pairing,
        unanswered=tuple(goal for goal, value in reached.items() if value < ANSWERS),
    )


def _value(sighting: Sighting) -> float:
    return float(sighting.value())  # type: ignore[arg-type]
