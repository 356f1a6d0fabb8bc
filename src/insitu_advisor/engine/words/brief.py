"""The answer in brief: what to do, why, how sure, what next, and what nobody reaches. One wording for every format."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry.gaps import Unanswered, unanswered
from insitu_advisor.engine.inquiry.plan import Plan, Stage, plan, two_hints
from insitu_advisor.engine.inquiry.precedents import of_winner, precedents
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.question.command import rate_word, reproduce
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.certainty import sure
from insitu_advisor.engine.words.reasons import Reason, way_name
from insitu_advisor.engine.words.sentences import (
    ANODE_NAMES,
    anode_name,
    answered,
    capital,
    goal_names,
    listed,
    options_of,
    route_name,
    shortfall,
    system_name,
    target_names,
)
from insitu_advisor.knowledge.technique import RATING_WORDS

SIGNS = ("-", "+", "++", "+++")
LEGEND = "+++ best  ++ good  + hint only  - blind"
MOST_OPTIONS, MOST_GOALS = 5, 4


@dataclass(frozen=True, slots=True)
class Matrix:
    """The asked goals against the first options: a sign per cell, then cost and what it needs."""

    goals: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more_goals: int
    more_options: int
    excluded: int


@dataclass(frozen=True, slots=True)
class Brief:
    """The short answer. A part that has nothing to say is empty."""

    system: str
    goals: str
    do: str
    why: str
    sure: str
    gap: str
    note: str
    watch: Reason | None
    seen: Reason | None
    next: str
    matrix: Matrix | None


def brief(advice: Advice, certificate: Certificate | None) -> Brief:
    """The short answer to a question."""
    missing = unanswered(advice)
    doubt = cautions.hardly_reacts(advice)
    found = plan(advice)
    return Brief(
        system=_system(advice),
        goals=_goals(advice),
        do=do(found),
        why=_why(advice, found),
        sure=sure(advice, certificate) if certificate else "",
        gap=gap_text(advice, missing),
        note=" ".join(outside_text(advice)),
        watch=doubt[0] if doubt else _watch(advice),
        seen=_seen(advice),
        next=_next(advice),
        matrix=_matrix(advice) if advice.ranking else None,
    )


def do(found: Plan) -> str:
    """The plan in one or two sentences: what first, what it leaves open, whether another pays, and when to stop."""
    advice, best = found.advice, found.best
    if best is None:
        return "Nothing within your limits can answer this."
    first = best.experiments[0]
    steps = [f"{way_name(first.way)} first"]
    for number, experiment in enumerate(best.experiments[1:], 1):
        stage = found.stages[number]
        goals = listed(goal_names(advice.kb, (each.goal for each in experiment.adds)))
        steps.append(f"then {way_name(experiment.way)} for {goals} (+{stage.gain:.0f})")
    text = f"{', '.join(steps)}." if len(steps) > 1 else f"In situ {steps[0].removesuffix(' first')}."
    return f"{text} {_stop(found, best)}".rstrip()


def _stop(found: Plan, best: Stage) -> str:
    size = len(best.experiments)
    if size < len(found.stages):
        nextup = found.stages[size]
        name = way_name(nextup.experiments[-1].way)
        ordinal = ("A second", "A third", "A fourth")[size - 1]
        gain = f"adds {nextup.gain:.0f} of 100" if round(nextup.gain) > 0 else "adds nothing"
        return f"{ordinal} experiment ({name}) {gain}: not worth it."
    return "Stop when your question is answered." if size > 1 else ""


def _why(advice: Advice, found: Plan) -> str:
    best = found.best
    if best is None:
        return "; ".join(
            dict.fromkeys(f"{advice.kb.name(out.id)}: {', '.join(out.failed)}" for out in advice.excluded[:3])
        )
    parts = [f"{way_name(each.way)} is {_strengths(advice, each.way)}" for each in best.experiments[:2]]
    hints = two_hints(advice, best)
    agree = (
        f" On {listed(goal_names(advice.kb, hints))} they only hint; two hints that agree count for more."
        if hints
        else ""
    )
    return f"{'; '.join(parts)}.{agree}"


def _strengths(advice: Advice, way: object) -> str:
    from insitu_advisor.engine.method.system import make_route

    sightings = seen(make_route((way,)), advice.problem)  # type: ignore[arg-type]
    told = []
    for rating in (3, 2, 1):
        goals = [each for each in sightings if each.rating == rating and each.value()]
        if goals:
            limits = dict.fromkeys(filter(None, (shortfall(advice, each) for each in goals)))
            limit = f" ({listed(limits)})" if limits else ""
            told.append(f"{RATING_WORDS[rating]} for {listed(goal_names(advice.kb, (g.goal for g in goals)))}{limit}")
    if blind := [each.goal for each in sightings if not each.value()]:
        told.append(f"blind to {listed(goal_names(advice.kb, blind), 'or')}")
    return ", ".join(told)


def _system(advice: Advice) -> str:
    question = advice.question
    anode, ion, rate = question.anode.value, question.ion.value, question.c_rate.value
    if anode is None:
        what = "any anode"
    elif anode.material is None and not anode.traits:
        what = ANODE_NAMES[anode.type]
    else:
        what = anode_name(advice.kb, anode)
    words = [what, f"{ion}-ion" if ion else "any ion"]
    words += [rate_word(rate)] if rate else []
    words += [f"{question.scale.value} scale"] if question.scale.value else []
    return ", ".join(words)


def _goals(advice: Advice) -> str:
    answer = advice.question.targets
    names = []
    for goal in answer.value:
        name = target_names(advice.kb, (goal.id,))[0]
        names.append(name if goal.weight == 1 else f"{name} (x{goal.weight:g})")
    if answer.source == "assumed":
        return f"You named no goal; assumed: {', '.join(names)} (--target sets it)"
    return f"Goals: {', '.join(names)}" + (f" ({answer.note})" if answer.note else "")


def gap_text(advice: Advice, missing: tuple[Unanswered, ...]) -> str:
    """What nobody within reach answers, and what would."""
    told = []
    for gap in missing:
        name = advice.kb.goals[gap.goal].name
        hint = f"only hints at {name}" if gap.hint else f"sees {name}"
        start = f"Everything you can reach {hint}" if gap.hint else f"Nothing you can reach {hint}"
        if gap.route is not None:
            told.append(f"{start}; {route_name(gap.route)} would answer it ({options_of(gap.changes)}).")
        else:
            told.append(f"{start}; none of the eight answers it better.")
    return " ".join(told)


def outside_text(advice: Advice) -> list[str]:
    """The usual answer outside the eight, for the goals that have one."""
    return []


def _watch(advice: Advice) -> Reason | None:
    """The one pitfall that matters most here."""
    if advice.best is None:
        return None
    spots = cautions.blind_spots(advice, advice.best.route)
    if spots:
        spot = spots[0]
        return Reason(f"{spot.technique}: {spot.says.text}", spot.says.basis, spot.says.sources)
    found = cautions.cautions(advice, advice.best.route)
    return found[0] if found else None


def _seen(advice: Advice) -> Reason | None:
    """The nearest published study of the first place."""
    for wanted in of_winner(advice):
        for _, study in precedents(advice.kb, wanted):
            reference = advice.kb.references[study.reference]
            names = " + ".join(advice.kb.techniques[technique].short for technique in study.techniques)
            year = f" {reference.year}" if reference.year else ""
            who = (reference.authors or "").split(",")[0]
            text = (
                f"{study.material} with {'/'.join(study.ions)} by {names} ({f'{who}{year}'.strip() or study.reference})"
            )
            return Reason(capital(text), "literature", (study.reference,))
    return None


def _next(advice: Advice) -> str:
    if advice.best is None:
        return reproduce(advice.question, advice.kb, "why", advice.excluded[0].id)
    return f"{reproduce(advice.question, advice.kb, 'report')} -o report.html"


def _matrix(advice: Advice) -> Matrix:
    goals = advice.goals[:MOST_GOALS]
    rows = []
    for option in advice.ranking[:MOST_OPTIONS]:
        signs = {
            each.goal: SIGNS[each.rating] if each.value() else SIGNS[0] for each in seen(option.route, advice.problem)
        }
        marks = {
            each.goal: f"({signs[each.goal]})"
            if each.rating > 1 and not answered(each) and each.value()
            else signs[each.goal]
            for each in seen(option.route, advice.problem)
        }
        rows.append(
            (route_name(option.route), f"{option.score:.0f}", *(marks[goal] for goal in goals), _cost(option.route))
        )
    return Matrix(
        goals=tuple(advice.kb.goals[goal].short or advice.kb.goals[goal].name for goal in goals),
        rows=tuple(rows),
        more_goals=len(advice.goals) - len(goals),
        more_options=len(advice.ranking) - len(rows),
        excluded=len(advice.excluded),
    )


def _cost(route: Route) -> str:
    from insitu_advisor.engine.words.sentences import cost_word

    return cost_word(route)


__all__ = ["Brief", "Matrix", "brief", "do", "gap_text", "system_name"]
