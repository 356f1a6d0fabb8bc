"""Two answers side by side as JSON."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.inquiry.difference import difference, place
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.render.formats.json_parts import DIGITS, SCHEMA_VERSION, knowledge_base, question


def data(before: Advice, after: Advice) -> dict[str, Any]:
    """Every option with its place in both answers and the points each criterion gained or lost."""
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(after.kb),
        "before": question(before),
        "after": question(after),
        "moves": [
            {
                "id": move.id,
                "moved": move.moved,
                "rank_before": place(move.before),
                "rank_after": place(move.after),
                "score_before": round(move.before.score, DIGITS) if isinstance(move.before, Ranked) else None,
                "score_after": round(move.after.score, DIGITS) if isinstance(move.after, Ranked) else None,
                "gaps": [{"criterion": gap.criterion, "points": round(gap.points, DIGITS)} for gap in move.gaps],
            }
            for move in difference(before, after)
        ],
    }
