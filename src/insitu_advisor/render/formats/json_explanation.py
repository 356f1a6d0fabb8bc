"""Why and why not as JSON."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.inquiry.search import Search
from insitu_advisor.engine.inquiry.why import Gap, Why, WhyNot, gaps
from insitu_advisor.engine.method.advice import Advice, Change, Ranked
from insitu_advisor.render.formats.json_parts import DIGITS, SCHEMA_VERSION, excluded, knowledge_base, question, ranked


def why(answer: Why) -> dict[str, Any]:
    """A ranked option with its parts, and its differences to the one above and the one below."""
    return _head(answer.advice) | {
        "option": ranked(answer.advice, answer.option),
        "above": _neighbour(answer.option, answer.above),
        "below": _neighbour(answer.option, answer.below),
    }


def why_not(answer: WhyNot) -> dict[str, Any]:
    """What keeps an option out or down, with the changes the search found."""
    advice, outcome = answer.advice, answer.outcome
    first = advice.best
    is_in = isinstance(outcome, Ranked)
    return _head(advice) | {
        "option": ranked(advice, outcome) if isinstance(outcome, Ranked) else excluded(advice, outcome),
        "against_first": _neighbour(outcome, first) if isinstance(outcome, Ranked) and outcome is not first else None,
        "ranked": is_in,
        "bring_in": _search(answer.into),
        "bring_first": _search(answer.first),
    }


def change(item: Change) -> dict[str, Any]:
    """One changed answer."""
    return {"field": item.field, "value": item.value, "text": item.text}


def _head(advice: Advice) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(advice.kb),
        "question": question(advice),
    }


def _neighbour(option: Ranked, other: Ranked | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {
        "id": other.id,
        "difference": round(option.score - other.score, DIGITS),
        "gaps": [_gap(gap) for gap in gaps(option, other)],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"criterion": gap.criterion, "points": round(gap.points, DIGITS)}


def _search(search: Search | None) -> dict[str, Any] | None:
    if search is None:
        return None
    return {
        "answers_changed": search.size,
        "questions_tried": search.tried,
        "changes": [[change(item) for item in changes] for changes in search.changes],
    }
