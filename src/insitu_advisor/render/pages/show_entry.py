"""What is known about one word: a goal, ion, anode type, material, instrument, rule, source or conflict."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from insitu_advisor.engine.method.at_best import at_best
from insitu_advisor.engine.words.certainty import NAMES
from insitu_advisor.engine.words.sentences import ANODE_NAMES, ION_NAMES, capital, listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import cited
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.technique import RATING_WORDS, Technique
from insitu_advisor.knowledge.vocabulary import TargetPart
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.precedents import item as study_item
from insitu_advisor.render.pages.show import AT_BEST, conflict_items, role_item, section

MOST_CLAIMS = 12


def goal_page(kb: KnowledgeBase, goal_id: str, full: bool) -> Document:
    """A goal and which technique sees it how well; one with parts shows each of them."""
    whole: TargetPart = kb.targets.get(goal_id) or kb.goals[goal_id]
    blocks: list[Block] = [
        Heading(f"{whole.name} ({goal_id})", 1),
        Paragraph(Cited(whole.definition)),
        *_aliases(whole),
    ]
    narrower = kb.targets[goal_id].narrower if goal_id in kb.targets else ()
    for goal in (*kb.goals_of(goal_id), *narrower):
        part = kb.goals[goal]
        if goal != goal_id:
            blocks += [Heading(f"{part.name} ({goal})"), Paragraph(Cited(part.definition)), *_aliases(part)]
        blocks.append(_who_sees(kb, goal, full))
    return Document(tuple(blocks))


def _aliases(entry: TargetPart) -> list[Block]:
    return [Paragraph(Cited(f"Also understood: {', '.join(entry.aliases)}."))] if entry.aliases else []


def _who_sees(kb: KnowledgeBase, goal: str, full: bool) -> Table:
    rows: list[tuple[int, tuple[str, ...]]] = []
    for technique_id, technique in kb.techniques.items():
        best, way, sees = at_best(kb, technique_id, goal)
        told = sees or _blindness(kb, technique, goal)
        rows.append((best, (technique.short, RATING_WORDS[best], way, told)))
    rows.sort(key=lambda row: -row[0])
    headers = ("technique", "at best", "done as", "what it sees, or why not")
    columns = 4 if full else 3
    note = AT_BEST if full else f"{AT_BEST} --full says what each sees, or why not."
    return Table(headers[:columns], tuple(row[:columns] for _, row in rows), note=note)


def _blindness(kb: KnowledgeBase, technique: Technique, goal: str) -> str:
    return next((technique.blind_to[key] for key in (goal, kb.whole[goal]) if key in technique.blind_to), "")


def ion_page(kb: KnowledgeBase, word: str, full: bool) -> Document:
    """An ion: what holds each technique back or helps it, and how many studies there are."""
    ion = cast(Ion, word)
    said = tuple(role_item(technique.ions[ion], f"{technique.short}:") for technique in kb.techniques.values())
    studies = sum(ion in study.ions for study in kb.studies.values())
    blocks = (Heading(f"{capital(ION_NAMES[ion])} ({ion})", 1), Bullets(said), _studies(kb, studies, f"--ion {ion}"))
    return _told(blocks, full)


def anode_page(kb: KnowledgeBase, word: str, full: bool) -> Document:
    """An anode type: its materials, and what each technique is used for on it."""
    anode = cast(AnodeType, word)
    said = [
        role_item(role, f"{technique.short}:")
        for technique in kb.techniques.values()
        if (role := technique.roles.get(anode)) is not None
    ]
    names = [item.name for item in kb.materials.values() if item.type == anode]
    said += [Cited(f"{listed(names)}.", strong="Materials:")] if names else []
    studies = sum(anode in study.anode for study in kb.studies.values())
    blocks = (
        Heading(f"{capital(ANODE_NAMES[anode])}s ({anode})", 1),
        Bullets(tuple(said)),
        _studies(kb, studies, f"--anode {anode}"),
    )
    return _told(blocks, full)


def _studies(kb: KnowledgeBase, count: int, option: str) -> Paragraph:
    """How many studies there are, and the command that lists them."""
    return Paragraph(Cited(f"{count} of our {len(kb.studies)} studies: 'insitu-advisor show studies {option}'."))


def _told(blocks: tuple[Block, ...], full: bool) -> Document:
    """A page, in full with its sources."""
    return Document((*blocks, Heading("Sources"), References()) if full else blocks, short=not full)


def preset_page(kb: KnowledgeBase, preset_id: str, full: bool) -> Document:
    """A set of instruments, and how people get at each of them."""
    preset = kb.presets[preset_id]
    names = tuple(
        Cited(kb.facilities[f].access if full else kb.facilities[f].name, strong=f"{f}:") for f in preset.facilities
    )
    return Document((Heading(f"{preset.name} ({preset_id})", 1), Paragraph(Cited(preset.means)), Bullets(names)))


def profile_page(kb: KnowledgeBase, profile_id: str, full: bool) -> Document:
    """A set of weights."""
    profile = kb.profiles[profile_id]
    rows = tuple(
        (NAMES[criterion] if not full else criterion, f"{weight:g}") for criterion, weight in profile.weights.items()
    )
    table = Table(("criterion", "weight"), rows, frozenset({1}))
    return Document((Heading(f"{profile.name} ({profile_id})", 1), Paragraph(Cited(profile.means)), table))


def material_page(kb: KnowledgeBase, material_id: str, full: bool) -> Document:
    """A material: how it is treated and its cautions; in full with the traits that rules look at, and sources."""
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
    named = sum(material_id in study.materials for study in kb.studies.values())
    blocks: list[Block] = [
        Heading(f"{material.name} ({material_id})", 1),
        Paragraph(Cited(f"Treated as {material.type}: {material.because}", "judgement")),
        *([Paragraph(Cited(f"Also understood: {', '.join(material.aliases)}."))] if material.aliases else []),
        *section("Cautions", *items),
        _studies(kb, named, f"--anode {material_id}"),
        *(section("Traits", *traits) if full else []),
    ]
    return _told(tuple(blocks), full)


def instrument_page(kb: KnowledgeBase, facility_id: str, full: bool) -> Document:
    """An instrument and what can be done on it."""
    facility = kb.facilities[facility_id]
    ways = tuple(
        Cited(variant.name, strong=f"{technique.short}:")
        for technique in kb.techniques.values()
        for variant in technique.variants.values()
        if facility_id in variant.facilities
    )
    also = [Paragraph(Cited(f"Also understood: {', '.join(facility.aliases)}."))] if facility.aliases else []
    blocks = (
        Heading(f"{facility.name} ({facility_id})", 1),
        Paragraph(Cited(facility.access, "judgement")),
        *also,
        *section("What can be done on it", *ways),
    )
    return Document(blocks, short=not full)


def rule_page(kb: KnowledgeBase, rule_id: str, full: bool) -> Document:
    """A rule: what it does, when, and on what ground."""
    rule = kb.rules[rule_id]
    start = (
        Heading(f"Rule {rule_id}", 1),
        Paragraph(Cited(rule.sentence, rule.basis, rule.sources), lead=True),
        Bullets(tuple(_rule_facts(kb, rule))),
    )
    return _told(start, full)


def study_page(kb: KnowledgeBase, key: str, full: bool) -> Document:
    """A published study, its reference, and what else rests on that."""
    study = kb.studies[key]
    return Document(
        (Heading(key, 1), Bullets((study_item(kb, study),)), *_source(kb, study.reference, full)), short=True
    )


def source_page(kb: KnowledgeBase, key: str, full: bool) -> Document:
    """A reference and where in the knowledge base it is used."""
    return Document((Heading(key, 1), *_source(kb, key, full)), short=True)


def _source(kb: KnowledgeBase, key: str, full: bool) -> list[Block]:
    reference = kb.references[key]
    used = [" > ".join(str(step) for step in loc) for loc in cited(kb).get(key, ())]
    used += [f"studies > {study_id}" for study_id, study in kb.studies.items() if study.reference == key]
    shown = used if full else used[:MOST_CLAIMS]
    left = [f"{len(used) - len(shown)} more (--full)"] if len(shown) < len(used) else []
    nothing = ["None; it stands in the review's own list."] if reference.review_number else ["None."]
    return [
        Paragraph(Cited(bibliography.entry(reference))),
        *([Paragraph(Cited(reference.note, strong="Note:"))] if reference.note else []),
        Heading("Facts that rest on it"),
        Bullets(tuple(Cited(place) for place in (*shown, *left) or nothing)),
    ]


def conflict_page(kb: KnowledgeBase, conflict_id: str, full: bool) -> Document:
    """A disagreement between sources."""
    conflict = kb.conflicts[conflict_id]
    start = (Heading(conflict.topic, 1), conflict_items(conflict))
    return _told(start, full)


def _rule_facts(kb: KnowledgeBase, rule: Rule) -> Iterator[Cited]:
    yield Cited(rule.kind, strong="Kind:")
    variants = f" ({listed(rule.variants)})" if rule.variants else ""
    yield Cited(kb.name(rule.technique) + variants, strong="Technique:")
    if rule.targets:
        yield Cited(f"{listed(target_names(kb, rule.targets))}: {RATING_WORDS[rule.rating or 0]}", strong="Effect on:")
    if rule.scale:
        yield Cited(f"{rule.scale} scale: {rule.reach}", strong="Effect on:")
    when = rule.when.model_dump(exclude_defaults=True)
    conditions = "; ".join(f"{field}: {listed(v) if isinstance(v, tuple) else v}" for field, v in when.items())
    yield Cited(conditions or "always", strong="When:")
