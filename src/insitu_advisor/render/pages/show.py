"""Everything known about one entry of the knowledge base, with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Statement
from insitu_advisor.knowledge.combination import Combination
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.technique import RATING_WORDS, STANDING_WORDS, BlindSpot, Technique, Variant
from insitu_advisor.render.pages.compare import figure_item
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References
from insitu_advisor.render.pages.report import conflict_items

CHAMEO = "https://w3id.org/emmo/domain/characterisation-methodology/chameo#"
CHMO = "http://purl.obolibrary.org/obo/CHMO_"
PANET = "http://purl.org/pan-science/PaNET/PaNET"


def technique_page(kb: KnowledgeBase, technique_id: str) -> Document:
    """Everything known about one technique."""
    technique = kb.techniques[technique_id]
    return Document(
        (
            Heading(f"{technique.short}: {technique.name}", 1),
            Paragraph(Cited(technique.what)),
            Heading("What it sees"),
            Bullets(tuple(_sights(kb, technique))),
            Heading("What it is blind to"),
            Bullets(
                tuple(Cited(why, "judgement", strong=f"{kb.targets[t].name}:") for t, why in technique.blind_to.items())
            ),
            Heading("Cost and preparation"),
            Bullets((_graded("Testing cost", technique.cost), _graded("Preparation", technique.preparation))),
            Heading("Ways to do it"),
            *(block for variant in technique.variants.values() for block in _variant(kb, variant)),
            Heading("Anode types"),
            Bullets(
                tuple(
                    Cited(f"{STANDING_WORDS[role.standing]}. {role.role}", role.basis, role.sources, strong=f"{anode}:")
                    for anode, role in technique.roles.items()
                )
            ),
            Heading("Ions"),
            Bullets(
                tuple(
                    Cited(f"{STANDING_WORDS[ion.standing]}. {ion.why}", ion.basis, ion.sources, strong=f"{symbol}:")
                    for symbol, ion in technique.ions.items()
                )
            ),
            *_practice(technique),
            *_rules(kb, technique_id),
            *_example(technique),
            *_conflicts(kb, technique_id),
            *_terms(technique),
            Heading("Sources"),
            References(),
        )
    )


def pairing_page(kb: KnowledgeBase, pairing_id: str) -> Document:
    """Everything known about one pairing."""
    combination: Combination = kb.combinations[pairing_id]
    cases: list[Block] = []
    for case in combination.cases:
        saw = tuple(Cited(text, case.basis, case.sources, strong=f"{kb.name(m)} saw:") for m, text in case.saw.items())
        caution = (Cited(case.caution, strong="Caution:"),) if case.caution else ()
        cases += [
            Heading(f"{case.ion}, {case.anode} anode ({case.confirmed})", 3),
            Bullets((Cited(case.says, case.basis, case.sources), *saw, *caution)),
        ]
    return Document(
        (
            Heading(combination.name, 1),
            Paragraph(Cited(combination.idea, combination.basis, combination.sources)),
            Heading("What each adds"),
            Bullets(tuple(Cited(text, strong=f"{kb.name(member)}:") for member, text in combination.adds.items())),
            Paragraph(Cited(f"Bridges the scales {listed(combination.bridges)}.", "judgement")),
            Heading("Documented cases"),
            *cases,
            Heading("When it is not worth it"),
            Bullets(tuple(_said(statement) for statement in combination.not_worth_it)),
            *section("Together", combination.together and Paragraph(Cited(combination.together, "judgement"))),
            Heading("Sources"),
            References(),
        )
    )


def study_item(kb: KnowledgeBase, study: Study) -> Cited:
    """A published study as one statement."""
    asked = f" Asked about {listed(target_names(kb, study.asked))}." if study.asked else ""
    saw = f" {study.saw}" if study.saw else ""
    note = f" ({study.note})" if study.note else ""
    techniques = " + ".join(kb.techniques[technique].short for technique in study.techniques)
    strong = f"{techniques}, {'/'.join(study.ions)}, {study.material}:"
    text = f"Confirmed by {study.confirmed_by}.{asked}{saw}{note}"
    return Cited(text, "literature", (study.reference,), strong)


def section(title: str, block: Block | object) -> Iterator[Block]:
    """A heading with its block, or nothing where there is no block."""
    if isinstance(block, Bullets | Paragraph):
        yield Heading(title)
        yield block


def _sights(kb: KnowledgeBase, technique: Technique) -> Iterator[Cited]:
    for target, sight in technique.information.items():
        label = f"{kb.targets[target].name}, {RATING_WORDS[sight.rating]}:"
        yield Cited(sight.sees, sight.basis, sight.sources, strong=label)


def _graded(label: str, graded: Statement) -> Cited:
    tier: str = getattr(graded, "tier")  # noqa: B009
    return Cited(graded.says, graded.basis, graded.sources, strong=f"{label} {tier}:")


def _variant(kb: KnowledgeBase, variant: Variant) -> Iterator[Block]:
    yield Heading(variant.name, 3)
    where = listed((kb.facilities[facility].name for facility in variant.facilities), "or")
    items = [Cited(where, strong="Done on:")]
    for target, sight in variant.information.items():
        label = f"{kb.targets[target].name}, here {RATING_WORDS[sight.rating]}:"
        items.append(Cited(sight.sees, sight.basis, sight.sources, strong=label))
    items += [
        Cited(why, "judgement", strong=f"{kb.targets[target].name}, here none:")
        for target, why in variant.blind_to.items()
    ]
    items += [_graded("Testing cost here", variant.cost)] if variant.cost else []
    items += [_graded("Preparation here", variant.preparation)] if variant.preparation else []
    items += [figure_item(figure, variant.name) for figure in variant.resolution]
    if variant.tempo:
        items.append(
            Cited(variant.tempo.because, "judgement", strong=f"time per point, order of {variant.tempo.tempo}:")
        )
    items += [
        Cited(reading.because, reading.basis, reading.sources, strong=f"{scale} scale, {reading.reach}:")
        for scale, reading in variant.scales.items()
    ]
    if variant.follows_cycling:
        follows = variant.follows_cycling
        items.append(
            Cited(follows.because, follows.basis, follows.sources, strong=f"follows cycling, {follows.answer}:")
        )
    items += [Cited(gap, strong="Not known:") for gap in variant.unknown]
    yield Bullets(tuple(items))


def _practice(technique: Technique) -> Iterator[Block]:
    if technique.set_up:
        yield Heading("Cell, window, sample, isotopes, electrolyte")
        fields = ("cell", "window", "sample", "isotopes", "electrolyte")
        yield Bullets(tuple(_said(getattr(technique.set_up, field), f"{field}:") for field in fields))
    if technique.blind_spots:
        yield Heading("Blind spots and artefacts")
        yield Bullets(tuple(_spot(spot) for spot in technique.blind_spots))
    if technique.checklist:
        yield Heading("Preparation checklist")
        yield Bullets(tuple(Cited(step.do, step.basis, step.sources) for step in technique.checklist), boxes=True)


def _spot(spot: BlindSpot) -> Cited:
    only = [word for field in type(spot.when).model_fields for word in getattr(spot.when, field)]
    where = f" (for {listed(only, 'or')})" if only else ""
    return Cited(f"{spot.says}{where} Check: {spot.check}", spot.basis, spot.sources)


def _rules(kb: KnowledgeBase, technique_id: str) -> Iterator[Block]:
    rules = [(key, rule) for key, rule in kb.rules.items() if rule.technique == technique_id]
    if rules:
        yield Heading("Rules that depend on the question")
        items = (Cited(rule.sentence, rule.basis, rule.sources, strong=f"{key} ({rule.kind}):") for key, rule in rules)
        yield Bullets(tuple(items))


def _example(technique: Technique) -> Iterator[Block]:
    if technique.example:
        example = technique.example
        yield Heading(f"The review's example ({example.ion}, {example.anode})")
        yield Paragraph(_said(example))
        if example.caution:
            yield Paragraph(Cited(example.caution, strong="Caution:"))


def _conflicts(kb: KnowledgeBase, technique_id: str) -> Iterator[Block]:
    found = [conflict for conflict in kb.conflicts.values() if technique_id in conflict.techniques]
    if found:
        yield Heading("Where sources disagree")
        for conflict in found:
            yield Heading(conflict.topic, 3)
            yield conflict_items(conflict)


def _terms(technique: Technique) -> Iterator[Block]:
    terms = technique.ontology
    if terms is None:
        return
    items = [Cited(f"{CHAMEO}{terms.chameo} ({terms.match} match)", strong="CHAMEO:")]
    items += [Cited(f"{CHMO}{terms.chmo}", strong="CHMO:")] if terms.chmo else []
    items += [Cited(f"{PANET}{terms.panet}", strong="PaNET:")] if terms.panet else []
    items += [Cited(terms.note, strong="Note:")] if terms.note else []
    yield Heading("Ontology terms")
    yield Bullets(tuple(items))


def _said(statement: Statement, strong: str | None = None) -> Cited:
    return Cited(statement.says, statement.basis, statement.sources, strong)
