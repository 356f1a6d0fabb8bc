"""The answer as JSON: the contract other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from insitu_advisor.engine import cautions, wording
from insitu_advisor.engine.advice import Advice, Excluded, Part, Ranked
from insitu_advisor.engine.certificate import Certificate, sentence
from insitu_advisor.engine.command import reproduce
from insitu_advisor.engine.precedents import Wanted, precedents
from insitu_advisor.engine.reasons import Reason, reasons
from insitu_advisor.engine.sampling import DRAWS
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference
from insitu_advisor.render.json_text import dump

SCHEMA_VERSION = "1.0"
DIGITS = 6


def render(advice: Advice, certificate: Certificate | None) -> str:
    """One JSON object, indented, ending in a line break."""
    return dump(answer(advice, certificate))


def answer(advice: Advice, certificate: Certificate | None) -> dict[str, Any]:
    """The answer as plain data; numbers are rounded to six digits."""
    spots, studies, paces = blind_spots(advice), winner_studies(advice), timing(advice)
    ranking = [ranked(advice, option) for option in advice.ranking]
    out = [excluded(advice, option) for option in advice.excluded]
    return {
        "schema_version": SCHEMA_VERSION,
        "headline": wording.headline(advice),
        "question": question(advice),
        "knowledge_base": knowledge_base(advice.kb),
        "ranking": ranking,
        "excluded": out,
        "robustness": robustness(advice, certificate),
        "blind_spots": spots,
        "precedents": studies,
        "timing": paces,
        "references": references(advice.kb, _keys([ranking, out, spots, paces]) | _studied(studies)),
        "reproduce": reproduce(advice.question, advice.kb, draws=draws_of(certificate)),
    }


def draws_of(certificate: Certificate | None) -> int:
    """How many draws a certificate rests on; the default where there is none."""
    return certificate.acceptability.draws if certificate else DRAWS


def knowledge_base(kb: KnowledgeBase) -> dict[str, Any]:
    """Version and content hash of the knowledge the answer rests on."""
    return {"version": kb.about.version, "sha256": kb.sha256, "overlays": list(kb.overlays), "lab": kb.lab or None}


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


def robustness(advice: Advice, certificate: Certificate | None) -> dict[str, Any]:
    """How sure the first place is: lead, switch points, rank acceptability and the evidence behind its points."""
    best = advice.best
    if best is None or certificate is None:
        return {
            "first": [],
            "lead": None,
            "sentence": None,
            "switch_points": [],
            "rank_acceptability": {},
            "evidence": {},
        }
    follower = next((option for option in advice.ranking if option.rank > 1), None)
    shares = certificate.acceptability
    return {
        "first": [option.id for option in advice.ranking if option.rank == 1],
        "lead": None if follower is None else _number(best.score - follower.score),
        "sentence": sentence(advice, certificate),
        "switch_points": [
            {
                "criterion": switch.criterion,
                "weight": _number(switch.share),
                "down_to": _number(switch.down_to),
                "below": switch.below,
                "up_to": _number(switch.up_to),
                "above": switch.above,
            }
            for switch in certificate.switches
        ],
        "draws": shares.draws,
        "rank_acceptability": {option: [_number(share) for share in ranks] for option, ranks in shares.ranks.items()},
        "central_weights": {
            option: {criterion: _number(weight) for criterion, weight in weights.items()}
            for option, weights in shares.central.items()
        },
        "evidence": {basis: _number(points) for basis, points in certificate.evidence.items()},
    }


def blind_spots(advice: Advice) -> list[dict[str, Any]]:
    """What the recommended option cannot see or what misleads, each with its cheapest check."""
    if advice.best is None:
        return []
    return [
        {"technique": spot.technique, **reason(spot.says), "check": spot.check}
        for spot in cautions.blind_spots(advice, advice.best.route)
    ]


def winner_studies(advice: Advice) -> list[dict[str, Any]]:
    """Published studies that used the recommended option on this ion and anode type."""
    if advice.best is None:
        return []
    question, members = advice.question, advice.kb.options[advice.best.id]
    found = precedents(advice.kb, Wanted(question.ion.value, question.anode.value, members))
    return [
        {"id": key, "reference": study.reference, "material": study.material, "confirmed_by": study.confirmed_by}
        for key, study in found
    ]


def timing(advice: Advice) -> list[dict[str, Any]]:
    """Points per half-cycle of every variant at the C-rate asked for; empty without one."""
    from insitu_advisor.render import json_timing

    rate = advice.question.c_rate.value
    return [] if rate is None else json_timing.rows(advice.system, (rate,))


def references(kb: KnowledgeBase, keys: Iterable[str]) -> list[dict[str, Any]]:
    """The references cited, each with its key and everything known of it."""
    return [reference(key, kb.references[key]) for key in keys]


def reference(key: str, entry: Reference) -> dict[str, Any]:
    """One reference as plain data; what is not known is left out."""
    known = entry.model_dump(exclude_none=True, exclude_defaults=True)
    return {"key": key} | {field: list(value) if isinstance(value, tuple) else value for field, value in known.items()}


def reason(item: Reason) -> dict[str, Any]:
    """One reason with basis and sources."""
    return {"text": item.text, "basis": item.basis, "sources": list(item.sources)}


def ranked(advice: Advice, option: Ranked) -> dict[str, Any]:
    """One ranked option with its parts and reasons."""
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


def _keys(data: Any) -> dict[str, None]:
    return dict.fromkeys(_sources(data))


def _studied(studies: list[dict[str, Any]]) -> dict[str, None]:
    return dict.fromkeys(study["reference"] for study in studies)


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
