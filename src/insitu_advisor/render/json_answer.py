"""The answer as JSON: the contract other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from insitu_advisor.engine import cautions, wording
from insitu_advisor.engine.advice import Advice, Excluded, Part, Ranked
from insitu_advisor.engine.command import reproduce
from insitu_advisor.engine.evidence import evidence
from insitu_advisor.engine.reasons import Reason, reasons
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference

SCHEMA_VERSION = "1.0"
DIGITS = 6


def render(advice: Advice) -> str:
    """One JSON object, indented, ending in a line break."""
    return dump(answer(advice))


def dump(data: Any) -> str:
    """JSON as it is printed everywhere: indented, with every letter as it is."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def answer(advice: Advice) -> dict[str, Any]:
    """The answer as plain data; numbers are rounded to six digits."""
    ranking = [_ranked(advice, option) for option in advice.ranking]
    excluded = [_excluded(advice, option) for option in advice.excluded]
    return {
        "schema_version": SCHEMA_VERSION,
        "headline": wording.headline(advice),
        "question": question(advice),
        "knowledge_base": knowledge_base(advice.kb),
        "ranking": ranking,
        "excluded": excluded,
        "robustness": robustness(advice),
        "references": references(advice.kb, _keys([ranking, excluded])),
        "reproduce": reproduce(advice.question, advice.kb.overlays),
    }


def knowledge_base(kb: KnowledgeBase) -> dict[str, Any]:
    """Version and content hash of the knowledge the answer rests on."""
    return {"version": kb.about.version, "sha256": kb.sha256, "overlays": list(kb.overlays)}


def question(advice: Advice) -> dict[str, Any]:
    """Each answer of the question with value and source."""
    asked = advice.question
    plain: dict[str, Any] = {
        "anode": asked.anode.value,
        "material": asked.material.value,
        "ion": asked.ion.value,
        "targets": [{"id": target, "weight": weight} for target, weight in asked.targets.value],
        "budget": asked.budget.value,
        "max_preparation": asked.max_preparation.value,
        "facilities": None if asked.facilities.value is None else list(asked.facilities.value),
        "scale": asked.scale.value,
        "c_rate": asked.c_rate.value,
        "weights": dict(asked.weights.value),
        "profile": asked.profile.value,
    }
    return {
        field: {"value": value, "source": getattr(asked, field).source, "note": getattr(asked, field).note}
        for field, value in plain.items()
    }


def robustness(advice: Advice) -> dict[str, Any]:
    """How sure the first place is."""
    best = advice.best
    if best is None:
        return {"first": [], "lead": None, "evidence": {}}
    follower = next((option for option in advice.ranking if option.rank > 1), None)
    return {
        "first": [option.id for option in advice.ranking if option.rank == 1],
        "lead": None if follower is None else _number(best.score - follower.score),
        "evidence": {basis: _number(points) for basis, points in evidence(advice, best).items()},
    }


def references(kb: KnowledgeBase, keys: list[str]) -> list[dict[str, Any]]:
    """The references cited, each with its key and everything known of it."""
    return [reference(key, kb.references[key]) for key in keys]


def reference(key: str, entry: Reference) -> dict[str, Any]:
    """One reference as plain data; what is not known is left out."""
    known = entry.model_dump(exclude_none=True, exclude_defaults=True)
    return {"key": key} | {field: list(value) if isinstance(value, tuple) else value for field, value in known.items()}


def reason(item: Reason) -> dict[str, Any]:
    """One reason with basis and sources."""
    return {"text": item.text, "basis": item.basis, "sources": list(item.sources)}


def _ranked(advice: Advice, option: Ranked) -> dict[str, Any]:
    route = option.route
    return {
        "rank": option.rank,
        "id": option.id,
        "kind": option.kind,
        "name": advice.kb.name(option.id),
        "score": _number(option.score),
        "variants": {way.technique_id: way.variant_id for way in route.ways},
        "needs": [list(way.variant.facilities) for way in route.ways],
        "cost": wording.cost_word(route),
        "preparation": wording.preparation_word(route),
        "ratings": {target: route.ratings[target] for target in advice.question.target_ids},
        "parts": [_part(advice, option, part) for part in option.parts],
        "cautions": [reason(item) for item in cautions.cautions(advice, route)],
        "tied_with": list(option.tied_with),
    }


def _part(advice: Advice, option: Ranked, part: Part) -> dict[str, Any]:
    return {
        "criterion": part.criterion,
        "weight": _number(part.weight),
        "value": _number(part.value) if part.known else None,
        "points": _number(part.points),
        "max_points": _number(part.max_points),
        "reasons": [reason(item) for item in reasons(advice, option, part.criterion)],
    }


def _excluded(advice: Advice, option: Excluded) -> dict[str, Any]:
    why = wording.exclusion_reason(advice, option)
    return {
        "id": option.id,
        "kind": option.kind,
        "name": advice.kb.name(option.id),
        "rule": option.rule,
        "reason": why.text,
        "basis": why.basis,
        "remedy": wording.remedy_text(option),
        "sources": list(why.sources),
    }


def _keys(data: Any) -> list[str]:
    return list(dict.fromkeys(_sources(data)))


def _sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "sources":
                yield from value
            else:
                yield from _sources(value)
    elif isinstance(data, list):
        for item in data:
            yield from _sources(item)


def _number(value: float) -> float:
    return round(value, DIGITS)
