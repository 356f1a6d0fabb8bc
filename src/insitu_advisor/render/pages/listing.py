"""Lists of what the knowledge base holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from insitu_advisor.engine.method.arithmetic import pairing_place
from insitu_advisor.engine.words.sentences import listed
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.pages.document import Cited, Document, Heading, Paragraph, Table


def options(kb: KnowledgeBase) -> Document:
    """The techniques and pairings with cost, preparation and facilities."""
    singles = tuple(
        (
            key,
            technique.name,
            technique.cost.tier,
            technique.preparation.tier,
            listed(dict.fromkeys(f for variant in technique.variants.values() for f in variant.facilities), "or"),
        )
        for key, technique in kb.techniques.items()
    )
    pairs = tuple(
        (key, combination.name, tier.name(_pair(kb, key, "cost")), tier.name(_pair(kb, key, "preparation")), "both")
        for key, combination in kb.combinations.items()
    )
    headers = ("id", "option", "testing cost", "preparation", "facility")
    return Document((Heading("Options", 1), Table(headers, singles + pairs)))


def targets(kb: KnowledgeBase) -> Document:
    """All targets with definition and the words that are understood."""
    rows = tuple((key, target.definition, ", ".join(target.aliases)) for key, target in kb.targets.items())
    return Document((Heading("Targets", 1), Table(("id", "meaning", "also understood"), rows)))


def materials(kb: KnowledgeBase) -> Document:
    """All materials with the anode type they are treated as."""
    rows = tuple((key, item.name, item.type, ", ".join(item.aliases)) for key, item in kb.materials.items())
    return Document((Heading("Materials", 1), Table(("id", "material", "treated as", "also understood"), rows)))


def facilities(kb: KnowledgeBase) -> Document:
    """All instruments and presets."""
    rows = tuple((key, item.name, item.access) for key, item in kb.facilities.items())
    presets = tuple((key, item.name, ", ".join(item.facilities)) for key, item in kb.presets.items())
    return Document(
        (
            Heading("Facilities", 1),
            Table(("id", "instrument", "access"), rows),
            Heading("Presets"),
            Table(("id", "preset", "stands for"), presets),
        )
    )


def rules(kb: KnowledgeBase) -> Document:
    """All rules with kind, technique and sentence."""
    rows = tuple((key, rule.kind, rule.technique, rule.sentence) for key, rule in kb.rules.items())
    return Document((Heading("Rules", 1), Table(("id", "kind", "technique", "sentence"), rows)))


def profiles(kb: KnowledgeBase) -> Document:
    """All weight profiles."""
    rows = tuple(
        (key, ", ".join(f"{criterion} {weight:g}" for criterion, weight in item.weights.items()), item.means)
        for key, item in kb.profiles.items()
    )
    return Document((Heading("Weight profiles", 1), Table(("id", "weights", "meaning"), rows)))


def conflicts(kb: KnowledgeBase) -> Document:
    """All disagreements between sources."""
    rows = tuple((key, conflict.topic, conflict.advice) for key, conflict in kb.conflicts.items())
    return Document((Heading("Where sources disagree", 1), Table(("id", "topic", "advice"), rows)))


def references(kb: KnowledgeBase) -> Document:
    """All references by key."""
    rows = tuple((key, str(item.year or ""), item.title or item.about or "") for key, item in kb.references.items())
    return Document(
        (
            Heading("References", 1),
            Paragraph(Cited("'insitu-advisor show KEY' gives one in full, with the claims that rest on it.")),
            Table(("key", "year", "title"), rows),
        )
    )


LISTS: Mapping[str, Callable[[KnowledgeBase], Document]] = {
    "options": options,
    "targets": targets,
    "materials": materials,
    "facilities": facilities,
    "rules": rules,
    "profiles": profiles,
    "conflicts": conflicts,
    "references": references,
}


def _pair(kb: KnowledgeBase, pairing: str, field: str) -> float:
    return pairing_place([tier.position(getattr(kb.techniques[m], field).tier) for m in kb.options[pairing]])
