"""What nobody within reach answers, and what lies outside the eight techniques."""

from __future__ import annotations

from collections.abc import Collection

from insitu_advisor.engine.inquiry.gaps import Unanswered
from insitu_advisor.engine.inquiry.outside import Outside, outside, usual_for
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words.reasons import Reason
from insitu_advisor.engine.words.sentences import goal_names, listed, options_of, route_name, some

_MOST_NAMED = 2


def gap_text(advice: Advice, missing: tuple[Unanswered, ...]) -> str:
    """The goals asked that nobody within reach answers, with what would, those with the same remedy together."""
    groups: dict[str, list[Unanswered]] = {}
    for gap in missing:
        groups.setdefault(_answer(advice, gap), []).append(gap)
    return " ".join(_sentence(advice, gaps, answer) for answer, gaps in groups.items())


def _sentence(advice: Advice, gaps: list[Unanswered], answer: str) -> str:
    names = some(goal_names(advice.kb, (gap.goal for gap in gaps)))
    limits = " within your limits" if advice.problem.limited else ""
    if any(gap.hint for gap in gaps):
        return f"On {names} there are only hints{limits}{answer}."
    return f"Nothing{limits} sees {names}{answer}."


def _answer(advice: Advice, gap: Unanswered) -> str:
    """What would answer a goal, with the options that bring it within the limits."""
    if gap.route is None:
        other = usual_for(advice, gap.goal)
        does = f", {advice.kb.outside[other].name} does" if other else ""
        return f"; none of the eight would answer it{does}"
    return f"; {route_name(gap.route)} would answer it ({options_of(gap.changes)})"


def outside_note(advice: Advice, missing: Collection[Unanswered]) -> Reason | None:
    """The techniques outside the eight that the question calls for, but for those that the gaps name; two at most."""
    told = {gap.goal for gap in missing if gap.route is None}
    found = [each for each in outside(advice) if not each.goals or not told.issuperset(each.goals)][:_MOST_NAMED]
    if not found:
        return None
    sources = tuple(dict.fromkeys(source for each in found for source in each.item.sources))
    return Reason(
        f"Outside the eight: {'; '.join(_usual(advice, each) for each in found)}.", found[0].item.basis, sources
    )


def _usual(advice: Advice, each: Outside) -> str:
    name = each.item.name
    if each.goals:
        return f"{name} is the usual answer for {listed(goal_names(advice.kb, each.goals))}"
    return f"{name} shows {each.item.answers}"
