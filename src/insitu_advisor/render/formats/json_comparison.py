"""A comparison as JSON."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.inquiry.compare import Comparison, Side, best_ratings
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.inquiries import when_to_take
from insitu_advisor.render.formats.json_parts import DIGITS, SCHEMA_VERSION, knowledge_base, question


def data(comparison: Comparison) -> dict[str, Any]:
    """The options side by side as plain data."""
    advice = comparison.advice
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(comparison.kb),
        "question": question(advice) if advice else None,
        "options": [_side(comparison, side) for side in comparison.sides],
    }


def _side(comparison: Comparison, side: Side) -> dict[str, Any]:
    kb, outcome = comparison.kb, side.outcome
    ranked = isinstance(outcome, Ranked)
    return {
        "id": side.id,
        "name": kb.name(side.id),
        "score": round(outcome.score, DIGITS) if isinstance(outcome, Ranked) else None,
        "rank": outcome.rank if isinstance(outcome, Ranked) else None,
        "excluded": outcome is not None and not ranked,
        "ratings": best_ratings(kb, comparison.system, side.id),
        "only_it_sees": list(side.only),
        "sees_better": list(side.better),
        "cost": wording.cost_word(side.route),
        "preparation": wording.preparation_word(side.route),
        "needs": [list(way.variant.facilities) for way in side.route.ways],
        "resolution": [
            {"technique": member, "variant": variant_id}
            | figure.model_dump(exclude_none=True, exclude_defaults=True)
            | {"basis": figure.basis, "sources": list(figure.sources)}
            for member in kb.options[side.id]
            for variant_id, variant in kb.techniques[member].variants.items()
            for figure in variant.resolution
        ],
        "when_to_take": when_to_take(comparison, side),
    }
