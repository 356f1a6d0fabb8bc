"""What to do and why: the plan in two sentences."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.inquiry.plan import Plan, Stage, independent, two_hints
from insitu_advisor.engine.method.advice import Advice, Excluded
from insitu_advisor.engine.method.criteria import Sighting, seen
from insitu_advisor.engine.method.system import Way, make_route
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import (
    capital,
    exclusion_reason,
    goal_names,
    listed,
    some,
    unseen,
    with_limits,
)

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
    if nothing_answers(found.advice):
        verb = "give" if len(names) > 1 else "gives"
        return f"{nobody(found.advice)} answers this; {listed(names)} {verb} the best hint{_cells(found, best)}."
    if len(names) == 1:
        return capital(f"{names[0]}{_cells(found, best)}. {_stop(found, best)}").rstrip()
    steps = [f"{names[0]} first"]
    for number, experiment in enumerate(best.experiments[1:], 1):
        goals = some(goal_names(found.advice.kb, (each.goal for each in experiment.adds)))
        steps.append(f"then {names[number]} for {goals} (+{_more(found, number)} of 100)")
    return f"{', '.join(steps)}{_cells(found, best)}. {_stop(found, best)}"


def nobody(advice: Advice) -> str:
    """Who does not answer a question that nothing answers."""
    return "Nothing within your limits" if advice.problem.limited else "None of the eight"


def _more(found: Plan, number: int) -> int:
    """Points that the experiment of this number adds, as the printed points of the plan differ."""
    return round(found.stages[number].told) - round(found.stages[number - 1].told)


def _cells(found: Plan, best: Stage) -> str:
    """Which experiments of a plan do not take the cell that was named."""
    own = [way_name(each.way) for each in best.experiments if cautions.stands_in(found.advice, each.way)]
    if not own:
        return ""
    asked = f"not in your {listed(cautions.casings(found.advice), 'or')} cell"
    if len(best.experiments) == 1:
        return f", in a cell of its own and {asked}"
    return f". {listed(own)} {'runs in a cell of its own' if len(own) == 1 else 'run in cells of their own'}, {asked}"


def _stop(found: Plan, best: Stage) -> str:
    """Why not one more, or when to stop."""
    size = len(best.experiments)
    if size == len(found.stages):
        return "Stop when your question is answered." if size > 1 else ""
    following, number, again = found.stages[size].experiments[-1].way, _ORDINALS[size - 1], independent(found, best)
    start, more = f"{capital(number)} experiment, {way_name(following)},", _more(found, size)
    if again is None or (again[0] is not following and more > 0):
        return f"{start} {f'adds {more} of 100' if more > 0 else 'adds nothing'}: not worth it."
    way, shown = again
    how = "on the whole electrode and not on one object" if shown.wider else "independently"
    shows = f"shows {some(goal_names(found.advice.kb, shown.goals))} {how}"
    if way is not following:
        return f"{start} adds nothing; {way_name(way)} adds no more either, but {shows}."
    return f"{start} {f'adds {more} of 100 and' if more > 0 else 'answers no more, but'} {shows}."


def why(found: Plan, most: int = 2) -> str:
    """What the first experiments of the plan see and do not see; without a plan, what stands in the way."""
    advice, best = found.advice, found.best
    if best is None:
        return " ".join(dict.fromkeys(_excluded(advice, out) for out in most_telling(advice)[:most]))
    told = [f"{way_name(each.way)} {strengths(advice, each.way)}." for each in best.experiments[:most]]
    if len(" ".join(told)) > THREE_LINES:
        told = told[:1]
    if hints := two_hints(advice, best):
        told.append(f"On {some(goal_names(advice.kb, hints))} hints that agree are worth more than one.")
    return " ".join(told)


def most_telling(advice: Advice) -> list[Excluded]:
    """The excluded options that would say something about the goals, if any would; first those that would most."""

    def told(out: Excluded) -> int:
        return sum(sighting.rating for sighting in seen(out.route, advice.problem))

    telling = [out for out in advice.excluded if told(out)]
    return sorted(telling, key=told, reverse=True) or list(advice.excluded)


def _excluded(advice: Advice, out: Excluded) -> str:
    """Why an option is out, in a sentence that says which option it speaks of."""
    text, names = exclusion_reason(advice, out).text, [way.technique.short for way in out.route.ways]
    return text if any(name in text for name in names) else f"{advice.kb.name(out.id)}: {text}"


def strengths(advice: Advice, way: Way) -> str:
    """What one way does for the goals asked, best first, with what limits it at the asked scale and rate.

    Hints are named only where there is nothing better to name.
    """
    asked = seen(make_route((way,)), advice.problem)
    sightings = [each for each in asked if each.value()]
    phrases: list[tuple[str, list[Sighting]]] = []
    for rating in (3, 2, 1):
        same = [each for each in sightings if each.rating == rating]
        if same and (rating > 1 or not phrases):
            phrases.append((f"{_DOES[rating]} {some(goal_names(advice.kb, (each.goal for each in same)))}", same))
    told = with_limits(advice, phrases)
    told += [f"is {each}" for each in unseen(advice, asked, some)]
    return ", ".join(told)
