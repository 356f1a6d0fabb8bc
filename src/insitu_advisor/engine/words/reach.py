"""What nobody within reach answers, and what lies outside the eight techniques."""

from __future__ import annotations

from collections.abc import Collection

from insitu_advisor.engine.inquiry.gaps import Unanswered
from insitu_advisor.engine.inquiry.outside import Outside, outside, usual_for
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words.reasons import Reason, way_name
from insitu_advisor.engine.words.sentences import goal_names, listed, options_of, route_name, sight_words, some

# Techniques outside the eight that a screen has room for.
MOST_NAMED = 2


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
        if other:
            return f"; none of the eight would answer it, {advice.kb.outside[other].name} does"
        return f"; none of the eight would answer it{_way_out(advice, gap)}"
    return f"; {route_name(gap.route)} would answer it ({options_of(gap.changes)})"


def _way_out(advice: Advice, gap: Unanswered) -> str:
    """What a rule that bars the best technique advises instead."""
    if gap.barred is None:
        return ""
    advised = advice.kb.rules[gap.barred.excluded_by[0]].remedy or ""
    return f" as it is. The nearest way out is {route_name(gap.barred)}: {advised[:1].lower()}{advised[1:].rstrip('.')}"


def outside_note(advice: Advice, missing: Collection[Unanswered], most: int | None = None) -> Reason | None:
    """The techniques outside the eight that the question calls for, but for those that the gaps name.

    With `most` no more than so many, and how many there are besides.
    """
    told = {gap.goal for gap in missing if gap.route is None}
    every = [each for each in outside(advice) if not each.goals or not told.issuperset(each.goals)]
    found = every[:most]
    if not found:
        return None
    sources = tuple(dict.fromkeys(source for each in found for source in each.item.sources))
    more = f"; {len(every) - len(found)} more: --full" if len(every) > len(found) else ""
    text = f"Outside the eight: {'; '.join(_usual(advice, each) for each in found)}{more}."
    return Reason(text, found[0].item.basis, sources)


def _usual(advice: Advice, each: Outside) -> str:
    name = each.item.name
    if each.goals:
        return f"{name} is the usual answer for {listed(goal_names(advice.kb, each.goals))}"
    return f"{name} shows {each.item.answers}"
