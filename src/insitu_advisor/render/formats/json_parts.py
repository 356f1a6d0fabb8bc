"""The pieces every JSON answer is made of: knowledge base, question, options, reasons, references."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from insitu_advisor.engine.method.advice import Advice, Excluded, Part, Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.question import replay
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import Reason, reasons
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference

SCHEMA_VERSION = "1.0"
DIGITS = 6


def knowledge_base(kb: KnowledgeBase) -> dict[str, Any]:
    """Version and content hash of the knowledge the answer rests on."""
    return {"version": kb.about.version, "sha256": kb.sha256, "overlays": list(kb.overlays), "lab": kb.lab or None}


def question(advice: Advice) -> dict[str, Any]:
    """Each answer of the question with value and source."""
    return replay.plain(advice.question)


def ranked(advice: Advice, option: Ranked) -> dict[str, Any]:
    """One ranked option with its parts and reasons."""
    route = option.route
    return {
        "rank": option.rank,
        "id": option.id,
        "kind": option.kind,
        "name": advice.kb.name(option.id),
        "score": number(option.score),
        "variants": {way.technique_id: way.variant_id for way in route.ways},
        "needs": [list(way.variant.facilities) for way in route.ways],
        "cost": wording.cost_word(route),
        "preparation": wording.preparation_word(route),
        "ratings": {each.goal: each.rating for each in seen(route, advice.problem)},
        "sees": {each.goal: number(float(each.value())) for each in seen(route, advice.problem)},  # type: ignore[arg-type]
        "parts": [_part(advice, option, part) for part in option.parts],
        "cautions": [reason(item) for item in cautions.cautions(advice, route)],
        "tied_with": list(option.tied_with),
    }


def _part(advice: Advice, option: Ranked, part: Part) -> dict[str, Any]:
    return {
        "criterion": part.criterion,
        "weight": number(part.weight),
        "value": number(part.value),
        "points": number(part.points),
        "max_points": number(part.max_points),
        "reasons": [reason(item) for item in reasons(advice, option, part.criterion)],
    }


def excluded(advice: Advice, option: Excluded) -> dict[str, Any]:
    """One excluded option with reason and remedy."""
    why = wording.exclusion_reason(advice, option)
    return {
        "id": option.id,
        "kind": option.kind,
        "name": advice.kb.name(option.id),
        "rule": option.rule,
        "reason": why.text,
        "basis": why.basis,
        "remedy": wording.remedy_text(advice.kb, option),
        "sources": list(why.sources),
    }


def reason(item: Reason) -> dict[str, Any]:
    """One reason with basis and sources."""
    return {"text": item.text, "basis": item.basis, "sources": list(item.sources)}


def references(kb: KnowledgeBase, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The references cited, each with its key and everything known of it."""
    return [reference(key, kb.references[key]) for key in keys]


def reference(key: str, entry: Reference) -> dict[str, Any]:
    """One reference as plain data; what is not known is left out."""
    known = entry.model_dump(exclude_none=True, exclude_defaults=True)
    return {"key": key} | {field: list(value) if isinstance(value, tuple) else value for field, value in known.items()}


def number(value: float) -> float:
    """A number as JSON answers print it, to six digits."""
    return round(value, DIGITS)
