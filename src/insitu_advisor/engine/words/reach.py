"""What nobody within reach answers, and what lies outside the eight techniques."""

from __future__ import annotations

from collections.abc import Collection

from insitu_advisor.engine.inquiry.gaps import Unanswered
from insitu_advisor.engine.inquiry.outside import Outside, outside, usual_for
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words.reasons import Reason, way_name
from insitu_advisor.engine.words.sentences import goal_names, listed, options_of, route_name, sight_words, some

_MOST_NAMED = 2


def gap_text(advice: Advice, missing: tuple[Unanswered, ...]) -> str:
    """The goals asked that nobody within reach answers, with what would, those with the same remedy together."""
    groups: dict[tuple[str | None, str], list[str]] = {}
    for gap in missing:
        groups.setdefault((_best(advice, gap), _answer(advice, gap)), []).append(gap.goal)
    return " ".join(f"{_there_is(advice, goals, best)}{answer}." for (best, answer), goals in groups.items())


def _best(advice: Advice, gap: Unanswered) -> str | None:
    """The best there is within reach where scale or rate holds it back; empty for a hint, None for nothing."""
    hint = gap.hint
    if hint is None:
        return None
    return f"{way_name(hint.way)}: {sight_words(advice, hint)}" if hint.rating > 1 else ""


def _there_is(advice: Advice, goals: list[str], best: str | None) -> str:
    limits = " within your limits" if advice.problem.limited else ""
    names = goal_names(advice.kb, goals)
    if best is None:
        return f"Nothing{limits} sees {some(names, 'or')}"
    return (
        f"Nothing{limits} answers {some(names, 'or')} as you asked ({best})"
        if best
        else (f"On {some(names)} there are only hints{limits}")
    )


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
