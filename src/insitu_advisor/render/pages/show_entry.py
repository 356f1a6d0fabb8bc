"""Everything known about one word: a target, a material, an instrument, a rule, a reference or a conflict."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.literature import Conflict
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.technique import RATING_WORDS, Technique
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.report import conflict_items
from insitu_advisor.render.pages.show import section


def target_page(kb: KnowledgeBase, target_id: str) -> Document:
    """A target and which technique sees it how well."""
    target = kb.targets[target_id]
    rated = sorted(kb.techniques.items(), key=lambda item: -_best_rating(item[1], target_id))
    rows = tuple(
        (technique.short, RATING_WORDS[_best_rating(technique, target_id)], _best_sight(technique, target_id))
        for _, technique in rated
    )
    return Document(
        (
            Heading(f"{target.name} ({target_id})", 1),
            Paragraph(Cited(target.definition)),
            Paragraph(Cited(f"Also understood: {', '.join(target.aliases)}.")),
            Heading("Who sees it"),
            Table(("technique", "at best", "what it sees, or why not"), rows),
        )
    )


def material_page(kb: KnowledgeBase, material_id: str) -> Document:
    """A material: how it is treated, its traits and its cautions."""
    material = kb.materials[material_id]
    traits = [Cited(kb.traits[trait], "judgement", strong=f"{trait}:") for trait in material.traits]
    traits += [
        Cited(kb.traits[trait], "judgement", strong=f"{trait} (with {ion}):")
        for ion, names in material.traits_with.items()
        for trait in names
    ]
    items = [
        Cited(caution.says, caution.basis, caution.sources, strong=f"{', '.join(caution.ions)}:")
        for caution in material.cautions
    ]
    return Document(
        (
            Heading(f"{material.name} ({material_id})", 1),
            Paragraph(Cited(f"Treated as {material.type}: {material.because}", "judgement")),
            *([Paragraph(Cited(f"Also understood: {', '.join(material.aliases)}."))] if material.aliases else []),
            *section("Traits", traits and Bullets(tuple(traits))),
            *section("Cautions", items and Bullets(tuple(items))),
            Heading("Sources"),
            References(),
        )
    )


def facility_page(kb: KnowledgeBase, facility_id: str) -> Document:
    """An instrument, or a preset with its instruments, and what can be done there."""
    if facility_id in kb.presets:
        preset = kb.presets[facility_id]
        names = tuple(
            Cited(kb.facilities[f].access, strong=f"{kb.facilities[f].name} ({f}):") for f in preset.facilities
        )
        return Document((Heading(f"{preset.name} ({facility_id})", 1), Paragraph(Cited(preset.means)), Bullets(names)))
    facility = kb.facilities[facility_id]
    ways = tuple(
        Cited(variant.name, strong=f"{technique.short}:")
        for technique in kb.techniques.values()
        for variant in technique.variants.values()
        if facility_id in variant.facilities
    )
    return Document(
        (
            Heading(f"{facility.name} ({facility_id})", 1),
            Paragraph(Cited(facility.access, "judgement")),
            *([Paragraph(Cited(f"Also understood: {', '.join(facility.aliases)}."))] if facility.aliases else []),
            *section("What can be done on it", ways and Bullets(ways)),
        )
    )


def rule_page(kb: KnowledgeBase, rule_id: str) -> Document:
    """A rule: what it does, when, and on what ground."""
    rule = kb.rules[rule_id]
    return Document(
        (
            Heading(f"Rule {rule_id}", 1),
            Paragraph(Cited(rule.sentence, rule.basis, rule.sources), lead=True),
            Bullets(tuple(_rule_facts(kb, rule))),
            Heading("Sources"),
            References(),
        )
    )


def reference_page(kb: KnowledgeBase, key: str) -> Document:
    """A reference and where in the knowledge base it is used."""
    used = [" > ".join(str(step) for step in loc) for loc, claim in claims(kb) if key in claim.sources]
    reference = kb.references[key]
    return Document(
        (
            Heading(key, 1),
            Paragraph(Cited(bibliography.entry(reference))),
            *([Paragraph(Cited(reference.note, strong="Note:"))] if reference.note else []),
            Heading("Claims that rest on it"),
            Bullets(tuple(Cited(place) for place in used) or (Cited("None; it stands in the review's own list."),)),
        )
    )


def conflict_page(kb: KnowledgeBase, conflict_id: str) -> Document:
    """A disagreement between sources."""
    conflict: Conflict = kb.conflicts[conflict_id]
    return Document((Heading(conflict.topic, 1), conflict_items(conflict), Heading("Sources"), References()))


def _rule_facts(kb: KnowledgeBase, rule: Rule) -> Iterator[Cited]:
    yield Cited(rule.kind, strong="Kind:")
    variants = f" ({listed(rule.variants)})" if rule.variants else ""
    yield Cited(kb.name(rule.technique) + variants, strong="Technique:")
    if rule.targets:
        yield Cited(f"{listed(target_names(kb, rule.targets))}: rating {rule.rating}", strong="Effect on:")
    when = rule.when.model_dump(exclude_defaults=True)
    conditions = "; ".join(f"{field}: {listed(v) if isinstance(v, tuple) else v}" for field, v in when.items())
    yield Cited(conditions or "always", strong="When:")


def _best_rating(technique: Technique, target: str) -> int:
    own = technique.information.get(target)
    variants = (
        variant.information[target].rating for variant in technique.variants.values() if target in variant.information
    )
    return max([own.rating if own else 0, *variants])


def _best_sight(technique: Technique, target: str) -> str:
    own = technique.information.get(target)
    best, text = (own.rating, own.sees) if own else (0, technique.blind_to.get(target, ""))
    for variant in technique.variants.values():
        sight = variant.information.get(target)
        if sight and sight.rating > best:
            best, text = sight.rating, f"{sight.sees} ({variant.name})"
    return text
