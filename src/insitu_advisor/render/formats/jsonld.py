"""An answer as JSON-LD with terms of CHAMEO, CHMO, PaNET and BattINFO; the context is inline, so nothing is fetched."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.technique import Technique
from insitu_advisor.render.formats.json_parts import DIGITS, dump
from insitu_advisor.render.pages.show import CHAMEO, CHMO, PANET

BATTINFO = "https://w3id.org/emmo/domain/battery#battery_"
BATTERIES = {
    "Li": "96addc62_ea04_449a_8237_4cd541dd8e5f",
    "Na": "42329a95_03fe_4ec1_83cb_b7e8ed52f68a",
    "K": "22cd1325_5cbb_4fb3_b6a6_ae7aab5554a5",
}
CONTEXT: dict[str, Any] = {
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "chameo": CHAMEO,
    "advisor": "urn:insitu-advisor:",
    "name": "schema:name",
    "description": "schema:description",
    "about": {"@id": "schema:about", "@type": "@id"},
    "citation": {"@id": "schema:citation", "@type": "@id"},
    "version": "schema:version",
    "position": "schema:position",
    "itemListElement": {"@id": "schema:itemListElement", "@container": "@list"},
    "item": "schema:item",
    "exactMatch": {"@id": "skos:exactMatch", "@type": "@id"},
    "closeMatch": {"@id": "skos:closeMatch", "@type": "@id"},
    "broadMatch": {"@id": "skos:broadMatch", "@type": "@id"},
    "score": "advisor:score",
    "inSitu": "advisor:inSitu",
    "hasPart": {"@id": "schema:hasPart"},
    "excluded": {"@id": "advisor:excluded", "@container": "@set"},
}


def render(advice: Advice) -> str:
    """The ranking as a linked list of techniques, each matched to public terms; in situ is our own flag."""
    question = advice.question
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "schema:ItemList",
        "name": wording.headline(advice),
        "version": f"{advice.kb.about.version} {advice.kb.sha256}",
        **({"description": f"Laboratory: {advice.kb.laboratory}."} if advice.kb.lab else {}),
        "citation": advice.kb.about.review.url,
        "itemListElement": [_item(advice, option) for option in advice.ranking],
        "excluded": [_excluded(advice, option) for option in advice.excluded],
    }
    if question.ion.value:
        data["about"] = f"{BATTINFO}{BATTERIES[question.ion.value]}"
    return dump(data)


def _item(advice: Advice, option: Ranked) -> dict[str, Any]:
    return {
        "@type": "schema:ListItem",
        "position": option.rank,
        "score": round(option.score, DIGITS),
        "description": wording.sees(advice, option.route),
        "item": _subject(advice, option.id, option.route),
    }


def _excluded(advice: Advice, option: Excluded) -> dict[str, Any]:
    reason = wording.exclusion_reason(advice, option).text
    return {"@type": "schema:ListItem", "description": reason, "item": _subject(advice, option.id, option.route)}


def _subject(advice: Advice, option: str, route: Route) -> dict[str, Any]:
    parts = [_technique(way.technique_id, way.technique) for way in route.ways]
    if len(parts) == 1:
        return parts[0]
    return {"@id": f"advisor:{option}", "name": advice.kb.name(option), "hasPart": parts}


def _technique(technique_id: str, technique: Technique) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": f"advisor:{technique_id}", "name": technique.name, "inSitu": True}
    terms = technique.ontology
    if terms is None:
        return node
    node[f"{terms.match}Match"] = [f"{CHAMEO}{terms.chameo}"]
    others = [f"{CHMO}{terms.chmo}"] if terms.chmo else []
    others += [f"{PANET}{terms.panet}"] if terms.panet else []
    node["exactMatch"] = [*node.get("exactMatch", []), *others]
    return node
