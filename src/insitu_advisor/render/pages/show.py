"""What is known about one technique or pairing: the essentials, or everything with its sources."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.method.at_best import at_best
from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Statement
from insitu_advisor.knowledge.literature import Conflict
from insitu_advisor.knowledge.technique import (
    RATING_WORDS,
    STANDING_WORDS,
    BlindSpot,
    Graded,
    IonStanding,
    Role,
    Technique,
    Variant,
)
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.figure import figure_item

CHAMEO = "https://w3id.org/emmo/domain/characterisation-methodology/chameo#"
CHMO = "http://purl.obolibrary.org/obo/CHMO_"
PANET = "http://purl.org/pan-science/PaNET/PaNET"


MOST_PITFALLS = 3
AT_BEST = "At best: with the ion, anode and cell that suit it best."


def technique_page(kb: KnowledgeBase, technique_id: str, full: bool) -> Document:
    """One technique: what it sees and is blind to, cost, ways and worst pitfalls; in full everything there is."""
    technique = kb.techniques[technique_id]
    start = (Heading(f"{technique.short}: {technique.name}", 1), Paragraph(Cited(technique.what)))
    if not full:
        return Document((*start, *_essentials(kb, technique_id, technique)), short=True)
    return Document((*start, *_everything(kb, technique_id, technique), Heading("Sources"), References()))


def _essentials(kb: KnowledgeBase, technique_id: str, technique: Technique) -> Iterator[Block]:
    rows = []
    for goal, item in kb.goals.items():
        best, where, _ = at_best(kb, technique_id, goal)
        if best:
            rows.append((best, item.name, RATING_WORDS[best], where))
    table = tuple(row[1:] for row in sorted(rows, key=lambda row: -row[0]))
    yield Table(("goal", "at best", "done as"), table, note=AT_BEST)
    blind = [kb.goals[goal].name for goal in kb.goals if not at_best(kb, technique_id, goal).rating]
    if blind:
        yield Paragraph(Cited(f"{listed(blind, 'or')}.", strong="Blind to:"))
    yield Bullets(
        (
            Cited(f"{technique.cost.tier}. {technique.cost.says}", strong="Cost:"),
            Cited(f"{technique.preparation.tier}. {technique.preparation.says}", strong="Preparation:"),
            *(
                Cited(f"{variant.name}, on {_where(kb, variant)}", strong=f"{key}:")
                for key, variant in technique.variants.items()
            ),
        )
    )
    if technique.blind_spots:
        yield Heading("Pitfalls")
        yield Bullets(tuple(_spot(spot) for spot in technique.blind_spots[:MOST_PITFALLS]))
    yield Paragraph(
        Cited(f"--full shows everything, with sources; 'show studies --technique {technique_id}' who used it.")
    )


def _everything(kb: KnowledgeBase, technique_id: str, technique: Technique) -> Iterator[Block]:
    yield Heading("What it sees")
    yield Bullets(tuple(_sights(kb, technique)))
    yield Heading("What it is blind to")
    blind = technique.blind_to.items()
    yield Bullets(tuple(Cited(why, "judgement", strong=f"{target_names(kb, [t])[0]}:") for t, why in blind))
    yield Heading("Cost and preparation")
    yield Bullets((_graded("Testing cost", technique.cost), _graded("Preparation", technique.preparation)))
    yield Heading("Ways to do it")
    for variant in technique.variants.values():
        yield from _variant(kb, variant)
    yield Heading("Anode types")
    yield Bullets(tuple(role_item(role, f"{anode}:") for anode, role in technique.roles.items()))
    yield Heading("Ions")
    yield Bullets(tuple(role_item(ion, f"{symbol}:") for symbol, ion in technique.ions.items()))
    yield from _practice(technique)
    yield from _rules(kb, technique_id)
    yield from _example(technique)
    yield from _conflicts(kb, technique_id)
    yield from _terms(technique)


def role_item(role: Role | IonStanding, strong: str) -> Cited:
    """What is said of a technique on an anode type or with an ion."""
    words = role.role if isinstance(role, Role) else role.why
    known = f"{STANDING_WORDS[role.standing].capitalize()}. " if role.standing is not None else ""
    return Cited(f"{known}{words}", role.basis, role.sources, strong)


def pairing_page(kb: KnowledgeBase, pairing_id: str, full: bool) -> Document:
    """One pairing: what each member adds and when it is not worth it; in full with cases and sources."""
    combination = kb.combinations[pairing_id]
    start = (
        Heading(combination.name, 1),
        Paragraph(Cited(combination.idea, combination.basis, combination.sources)),
        Heading("What each adds"),
        Bullets(tuple(Cited(text, strong=f"{kb.name(member)}:") for member, text in combination.adds.items())),
    )
    not_worth_it = section("When it is not worth it", *map(_said, combination.not_worth_it))
    if not full:
        return Document((*start, *not_worth_it, Paragraph(Cited("--full shows the documented cases."))), short=True)
    cases: list[Block] = []
    for case in combination.cases:
        saw = tuple(Cited(text, case.basis, case.sources, strong=f"{kb.name(m)} saw:") for m, text in case.saw.items())
        caution = (Cited(case.caution, strong="Caution:"),) if case.caution else ()
        cases += [
            Heading(f"{case.ion}, {case.anode} anode ({case.confirmed})", 3),
            Bullets((Cited(case.says, case.basis, case.sources), *saw, *caution)),
        ]
    together = [Cited(combination.together, "judgement")] if combination.together else []
    return Document(
        (
            *start,
            Paragraph(Cited(f"Bridges the scales {listed(combination.bridges)}.", "judgement")),
            Heading("Documented cases"),
            *cases,
            *not_worth_it,
            *section("Together", *together),
            Heading("Sources"),
            References(),
        )
    )


def section(title: str, *items: Cited) -> list[Block]:
    """A heading with a list below it, or nothing where there is nothing to list."""
    return [Heading(title), Bullets(items)] if items else []


def conflict_items(conflict: Conflict) -> Bullets:
    """Both sides of a conflict and how to live with it."""
    return Bullets(
        (
            _said(conflict.one_side, "One side:"),
            _said(conflict.other_side, "The other:"),
            Cited(conflict.advice, strong="Advice:"),
        )
    )


def _sights(kb: KnowledgeBase, technique: Technique) -> Iterator[Cited]:
    for target, sight in technique.information.items():
        label = f"{target_names(kb, [target])[0]}, {RATING_WORDS[sight.rating]}:"
        yield Cited(sight.sees, sight.basis, sight.sources, strong=label)


def _graded(label: str, graded: Graded) -> Cited:
    return Cited(graded.says, graded.basis, graded.sources, strong=f"{label} {graded.tier}:")


def _where(kb: KnowledgeBase, variant: Variant) -> str:
    return listed((kb.facilities[facility].name for facility in variant.facilities), "or")


def _variant(kb: KnowledgeBase, variant: Variant) -> Iterator[Block]:
    yield Heading(variant.name, 3)
    items = [Cited(_where(kb, variant), strong="Done on:")]
    for target, sight in variant.information.items():
        label = f"{target_names(kb, [target])[0]}, here {RATING_WORDS[sight.rating]}:"
        items.append(Cited(sight.sees, sight.basis, sight.sources, strong=label))
    items += [
        Cited(why, "judgement", strong=f"{target_names(kb, [target])[0]}, here blind:")
        for target, why in variant.blind_to.items()
    ]
    items += [_graded("Testing cost here", variant.cost)] if variant.cost else []
    items += [_graded("Preparation here", variant.preparation)] if variant.preparation else []
    items += [figure_item(figure) for figure in variant.resolution]
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
