"""The pieces every JSON answer is made of: knowledge base, question, options, reasons, references."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic.fields import FieldInfo

from insitu_advisor.engine.method.advice import Advice, Excluded, Part, Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.pace import Pace, table
from insitu_advisor.engine.method.system import Route, SystemReading
from insitu_advisor.engine.question import replay
from insitu_advisor.engine.question.question import Question
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import Reason, reasons
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Entry
from insitu_advisor.knowledge.literature import Reference

SCHEMA_VERSION = "2.0"
DIGITS = 6


def dump(data: Any) -> str:
    """JSON, indented, with every letter as it is, ending in a line break. Refuses NaN and infinity (ValueError)."""
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def head(kb: KnowledgeBase, asked: Question | None = None) -> dict[str, Any]:
    """What every object begins with: version of the form, the knowledge behind it, and the question if there is one."""
    start = {"schema_version": SCHEMA_VERSION, "knowledge_base": knowledge_base(kb)}
    return start | ({"question": replay.plain(asked)} if asked else {})


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
        "ratings": ratings(advice, route),
        "sees": {each.goal: number(float(each.value())) for each in seen(route, advice.problem)},  # type: ignore[arg-type]
        "parts": [_part(advice, option, part) for part in option.parts],
        "cautions": [reason(item) for item in cautions.cautions(advice, route)],
        "tied_with": list(option.tied_with),
    }


def ratings(advice: Advice, route: Route) -> dict[str, int]:
    """How a route sees each goal asked, 0-3, carried out the way in use."""
    return {each.goal: each.rating for each in seen(route, advice.problem)}


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
    """One reference as plain data."""
    return {"key": key} | known_fields(entry)


def known_fields(entry: Entry) -> dict[str, Any]:
    """An entry of the knowledge base as plain data; what is not known is left out."""
    return {
        field: _plain(value)
        for field, info in type(entry).model_fields.items()
        if (value := getattr(entry, field)) is not None and value != _unsaid(info)
    }


def _unsaid(info: FieldInfo) -> Any:
    """What a field holds where nothing is written; `get_default` of pydantic 2.10 calls no factory."""
    return info.default_factory() if info.default_factory is not None else info.default  # type: ignore[call-arg]


def _plain(value: Any) -> Any:
    """A value as JSON knows it: frozen lists and maps as ordinary ones."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def paces(system: SystemReading, rates: Sequence[float]) -> list[dict[str, Any]]:
    """One row per way of measuring, with what is printed of its time per point and its pace at each rate."""
    return [
        {
            "technique": way.technique_id,
            "variant": way.variant_id,
            "seconds": [way.figure.low, way.figure.high] if way.figure else None,
            "means": way.figure.means if way.figure else None,
            "basis": way.figure.basis if way.figure else "judgement" if way.tempo else None,
            "sources": list(way.figure.sources) if way.figure else [],
            "tempo": way.tempo.tempo if way.tempo else None,
            "pace": [_pace(pace) for pace in kept],
        }
        for way, kept in table(system, rates)
    ]


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "c_rate": pace.c_rate,
        "points": None if pace.fewest is None or pace.most is None else [number(pace.fewest), number(pace.most)],
        "order_of_magnitude": None if pace.order is None else number(pace.order),
        "verdict": pace.verdict,
    }


def number(value: float) -> float:
    """A number as JSON answers print it, to six digits."""
    return round(value, DIGITS)
