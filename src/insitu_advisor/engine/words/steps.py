"""What to do and why: the plan in two sentences."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.plan import Plan, Stage, confirms, two_hints
from insitu_advisor.engine.method.advice import Advice, Excluded
from insitu_advisor.engine.method.criteria import Sighting, seen
from insitu_advisor.engine.method.system import Way, make_route
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import capital, exclusion_reason, goal_names, listed, shortfall, some

# About three lines of a screen of eighty columns.
THREE_LINES = 222
_DOES = {3: "is best for", 2: "is good for", 1: "only hints at"}
_ORDINALS = ("a second", "a third", "a fourth", "a fifth", "a sixth", "a seventh", "an eighth")


def do(found: Plan) -> str:
    """What to measure first, what it leaves open, whether another experiment pays, and when to stop."""
    best = found.best
    if best is None:
        return "Nothing within your limits can answer this."
    names = [way_name(each.way) for each in best.experiments]
    if set(best.unanswered) == set(found.advice.goals):
        verb = "give" if len(names) > 1 else "gives"
        nothing = "Nothing within your limits" if found.advice.problem.limited else "None of the eight"
        return f"{nothing} answers this; {listed(names)} {verb} the best hint."
    if len(names) == 1:
        return capital(f"{names[0]}. {_stop(found, best)}").rstrip()
    steps = [f"{names[0]} first"]
    for number, experiment in enumerate(best.experiments[1:], 1):
        goals = some(goal_names(found.advice.kb, (each.goal for each in experiment.adds)))
        steps.append(f"then {names[number]} for {goals} (+{found.stages[number].gain:.0f} of 100)")
    return f"{', '.join(steps)}. {_stop(found, best)}"


def _stop(found: Plan, best: Stage) -> str:
    """Why not one more, or when to stop."""
    size = len(best.experiments)
    if size == len(found.stages):
        return "Stop when your question is answered." if size > 1 else ""
    following = found.stages[size]
    name = way_name(following.experiments[-1].way)
    start = f"{capital(_ORDINALS[size - 1])} experiment ({name})"
    if goals := confirms(found.advice, best, following):
        seen_by = some(goal_names(found.advice.kb, goals))
        return f"{start} answers no more, but shows {seen_by} on the whole electrode and not on one object."
    gain = f"adds {following.gain:.0f} of 100" if round(following.gain) > 0 else "adds nothing"
    return f"{start} {gain}: not worth it."


def why(found: Plan) -> str:
    """What the experiments of the plan see and do not see; without a plan, what stands in the way."""
    advice, best = found.advice, found.best
    if best is None:
        return " ".join(dict.fromkeys(exclusion_reason(advice, out).text for out in most_telling(advice)[:2]))
    told = [f"{way_name(each.way)} {strengths(advice, each.way)}." for each in best.experiments[:2]]
    if len(" ".join(told)) > THREE_LINES:
        told = told[:1]
    if hints := two_hints(advice, best):
        told.append(f"On {some(goal_names(advice.kb, hints))} hints that agree are worth more than one.")
    return " ".join(told)


def most_telling(advice: Advice) -> list[Excluded]:
    """The excluded options, first those that would say most about the goals."""

    def told(out: Excluded) -> int:
        return sum(sighting.rating for sighting in seen(out.route, advice.problem))

    return sorted(advice.excluded, key=told, reverse=True)


def strengths(advice: Advice, way: Way) -> str:
    """What one way does for the goals asked, best first, with what limits it at the asked scale and rate.

    Hints are named only where there is nothing better to name.
    """
    sightings = [each for each in seen(make_route((way,)), advice.problem) if each.value()]
    told: list[str] = []
    for rating in (3, 2, 1):
        same = [each for each in sightings if each.rating == rating]
        if same and (rating > 1 or not told):
            told.append(f"{_DOES[rating]} {_goals(advice, same)}{_limits(advice, same)}")
    if blind := [goal for goal in advice.goals if goal not in {each.goal for each in sightings}]:
        told.append(f"is blind to {some(goal_names(advice.kb, blind), 'or')}")
    return ", ".join(told)


def _goals(advice: Advice, sightings: list[Sighting]) -> str:
    return some(goal_names(advice.kb, (each.goal for each in sightings)))


def _limits(advice: Advice, sightings: list[Sighting]) -> str:
    limits = dict.fromkeys(filter(None, (shortfall(advice, each) for each in sightings)))
    return f" ({listed(limits)})" if limits else ""
