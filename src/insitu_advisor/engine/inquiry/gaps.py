"""What nobody within reach answers, and what would."""

from __future__ import annotations

from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Change
from insitu_advisor.engine.method.constraints import failures
from insitu_advisor.engine.method.criteria import ANSWERS, Sighting, best_sighting, sight
from insitu_advisor.engine.method.ranking import scored
from insitu_advisor.engine.method.remedy import remedy
from insitu_advisor.engine.method.system import Route


class Unanswered(NamedTuple):
    """A goal that no option within the limits answers.

    `hint` is the best there is within the limits, or None where nothing sees it; `route` is what would answer it: of
    the ways that need the fewest `changes` the one with the highest score; None where none of the techniques does.
    `barred` is then what would answer it, had a rule not excluded it that knows a remedy: the nearest way out.
    """

    goal: str
    hint: Sighting | None
    route: Route | None
    changes: tuple[Change, ...]
    barred: Route | None = None


def unanswered(advice: Advice) -> tuple[Unanswered, ...]:
    """The goals asked that no option within the limits answers at the asked scale and rate, in the order asked."""
    return tuple(_gap(advice, goal) for goal in advice.goals if not _answered(advice, goal))


def nothing_answers(advice: Advice) -> bool:
    """Whether no option within the limits answers any goal, so that the best there is is a hint."""
    return not any(_answered(advice, goal) for goal in advice.goals)


def _answered(advice: Advice, goal: str) -> bool:
    return any(_value(best_sighting(option.route, goal, advice.problem)) >= ANSWERS for option in advice.ranking)


def _gap(advice: Advice, goal: str) -> Unanswered:
    sightings = [best_sighting(option.route, goal, advice.problem) for option in advice.ranking]
    hint = max((each for each in sightings if each.value()), key=_value, default=None)
    able = [
        (changes, route)
        for technique in advice.kb.techniques
        for route in advice.system.routes[technique]
        if _value(sight(route.ways[0], goal, advice.problem)) >= ANSWERS
        and (changes := remedy(advice.kb, route, advice.question, advice.problem))
    ]
    if not able:
        return Unanswered(goal, hint, None, (), _barred(advice, goal))
    changes, route = min(able, key=lambda pair: (len(pair[0]), -scored("", pair[1], advice.problem).score))
    return Unanswered(goal, hint, route, changes)


def _barred(advice: Advice, goal: str) -> Route | None:
    """Of the ways that answer a goal and that only rules with a remedy exclude, the one with the highest score."""
    routes = [
        route
        for technique in advice.kb.techniques
        for route in advice.system.routes[technique]
        if failures(route, advice.problem) == ("physics",)
        and all(advice.kb.rules[rule].remedy for rule in route.excluded_by)
        and _value(sight(route.ways[0], goal, advice.problem)) >= ANSWERS
    ]
    return max(routes, key=lambda route: scored("", route, advice.problem).score, default=None)


def _value(sighting: Sighting) -> float:
    return float(sighting.value())  # type: ignore[arg-type]
