"""Everything known about one entry of the knowledge base, with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.wording import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Statement
from insitu_advisor.knowledge.combination import Combination
from insitu_advisor.knowledge.literature import Conflict, Study
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.technique import RATING_WORDS, STANDING_WORDS, BlindSpot, Technique, Variant
from insitu_advisor.render import bibliography
from insitu_advisor.render.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.report import conflict_items
from insitu_advisor.render.side_by_side import figure_item

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
            *_section("Together", combination.together and Paragraph(Cited(combination.together, "judgement"))),
            Heading("Sources"),
            References(),
        )
    )


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
            *_section("Traits", traits and Bullets(tuple(traits))),
            *_section("Cautions", items and Bullets(tuple(items))),
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
            *_section("What can be done on it", ways and Bullets(ways)),
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
    from insitu_advisor.knowledge.check import claims

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


def study_item(kb: KnowledgeBase, study: Study) -> Cited:
    """A published study as one statement."""
    asked = f" Asked about {listed(target_names(kb, study.asked))}." if study.asked else ""
    saw = f" {study.saw}" if study.saw else ""
    note = f" ({study.note})" if study.note else ""
    techniques = " + ".join(kb.techniques[technique].short for technique in study.techniques)
    strong = f"{techniques}, {'/'.join(study.ions)}, {study.material}:"
    text = f"Confirmed by {study.confirmed_by}.{asked}{saw}{note}"
    return Cited(text, "literature", (study.reference,), strong)


def _section(title: str, block: Block | object) -> Iterator[Block]:
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


def _rule_facts(kb: KnowledgeBase, rule: Rule) -> Iterator[Cited]:
    yield Cited(rule.kind, strong="Kind:")
    variants = f" ({listed(rule.variants)})" if rule.variants else ""
    yield Cited(kb.name(rule.technique) + variants, strong="Technique:")
    if rule.targets:
        yield Cited(f"{listed(target_names(kb, rule.targets))}: rating {rule.rating}", strong="Effect on:")
    when = rule.when.model_dump(exclude_defaults=True)
    conditions = "; ".join(f"{field}: {listed(v) if isinstance(v, tuple) else v}" for field, v in when.items())
    yield Cited(conditions or "always", strong="When:")


def _said(statement: Statement, strong: str | None = None) -> Cited:
    return Cited(statement.says, statement.basis, statement.sources, strong)


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
