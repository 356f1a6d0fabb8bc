"""What nobody within reach answers, and what lies outside the eight techniques."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.gaps import Unanswered
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words.sentences import goal_names, options_of, route_name, some


def gap_text(advice: Advice, missing: tuple[Unanswered, ...]) -> str:
    """The goals asked that nobody within reach answers, with what would, those with the same remedy together."""
    groups: dict[str, list[Unanswered]] = {}
    for gap in missing:
        groups.setdefault(_answer(gap), []).append(gap)
    return " ".join(_sentence(advice, gaps, answer) for answer, gaps in groups.items())


def _sentence(advice: Advice, gaps: list[Unanswered], answer: str) -> str:
    names = some(goal_names(advice.kb, (gap.goal for gap in gaps)))
    if any(gap.hint for gap in gaps):
        return f"On {names} there are only hints within your limits{answer}."
    return f"Nothing within your limits sees {names}{answer}."


def _answer(gap: Unanswered) -> str:
    """What would answer a goal, with the options that bring it within the limits."""
    if gap.route is None:
        return "; none of the eight would answer it"
    return f"; {route_name(gap.route)} would answer it ({options_of(gap.changes)})"
