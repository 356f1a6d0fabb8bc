"""A comparison as a document."""

from __future__ import annotations

from collections.abc import Callable

from insitu_advisor.engine.inquiry.compare import Comparison, Side, best_ratings
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.inquiries import when_to_take
from insitu_advisor.knowledge.technique import RATING_WORDS, Figure
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table


def page(comparison: Comparison) -> Document:
    """Options side by side on every criterion, then resolution with its meaning, then when to take which."""
    names = [comparison.kb.name(side.id) for side in comparison.sides]
    blocks: list[Block] = [
        Heading(f"{wording.listed(names)} side by side", 1),
        Bullets(tuple(Cited(when_to_take(comparison, side)) for side in comparison.sides)),
        *_scores(comparison),
        Heading("What each sees"),
        _sights(comparison),
        *_exclusive(comparison),
        Heading("Cost, preparation and access"),
        _practice(comparison),
        Heading("Documented use"),
        Bullets(tuple(item for side in comparison.sides for item in _use(comparison, side))),
        Heading("Resolution, each figure with its meaning"),
        Paragraph(
            Cited(
                "Figures of different techniques mean different things; hold each against your question, not the other."
            )
        ),
        *_resolution(comparison),
        Heading("Sources"),
        References(),
    ]
    return Document(tuple(blocks))


def _row(label: str, comparison: Comparison, cell: Callable[[Side], str]) -> tuple[str, ...]:
    return (label, *(cell(side) for side in comparison.sides))


def _headers(comparison: Comparison, first: str) -> tuple[str, ...]:
    return (first, *(comparison.kb.name(side.id) for side in comparison.sides))


def _scores(comparison: Comparison) -> list[Block]:
    if comparison.advice is None:
        return []
    rows = [
        _row(
            "rank", comparison, lambda side: str(side.outcome.rank) if isinstance(side.outcome, Ranked) else "excluded"
        )
    ]
    for index, criterion in enumerate(comparison.advice.shares):
        rows.append(_row(criterion, comparison, lambda side, index=index: _points(side, index)))  # type: ignore[misc]
    rows.append(
        _row("score", comparison, lambda side: f"{side.outcome.score:.1f}" if isinstance(side.outcome, Ranked) else "-")
    )
    right = frozenset(range(1, len(comparison.sides) + 1))
    return [Heading("Points for your question"), Table(_headers(comparison, "criterion"), tuple(rows), right)]


def _points(side: Side, index: int) -> str:
    if not isinstance(side.outcome, Ranked):
        return "-"
    return f"{rounded_parts([part.points for part in side.outcome.parts])[index]:.1f}"


def _sights(comparison: Comparison) -> Table:
    kb = comparison.kb
    ratings = {side.id: best_ratings(kb, comparison.system, side.id) for side in comparison.sides}
    asked = comparison.advice.question.target_ids if comparison.advice else ()
    targets = [*asked, *(target for target in kb.targets if target not in asked)]
    rows = [
        _row(
            kb.targets[target].name + (" *" if target in asked else ""),
            comparison,
            lambda side, target=target: RATING_WORDS[ratings[side.id][target]],  # type: ignore[misc]
        )
        for target in targets
        if any(ratings[side.id][target] for side in comparison.sides)
    ]
    return Table(_headers(comparison, "target (* asked)" if asked else "target"), tuple(rows))


def _exclusive(comparison: Comparison) -> list[Block]:
    kb = comparison.kb
    items = tuple(
        Cited(wording.listed(wording.target_names(kb, side.only)), strong=f"Only {kb.name(side.id)} sees:")
        for side in comparison.sides
        if side.only
    )
    return [Bullets(items)] if items else []


def _practice(comparison: Comparison) -> Table:
    rows = (
        _row("testing cost", comparison, lambda side: wording.cost_word(side.route)),
        _row("preparation", comparison, lambda side: wording.preparation_word(side.route)),
        _row("needs", comparison, lambda side: wording.needs(comparison.kb, side.route)),
        _row("carried out as", comparison, lambda side: " + ".join(way.variant.name for way in side.route.ways)),
    )
    return Table(_headers(comparison, "practice"), rows)


def _use(comparison: Comparison, side: Side) -> list[Cited]:
    anode, ion = comparison.system.anode, comparison.system.ion
    items = []
    for way in side.route.ways:
        short = way.technique.short
        for anode_type, role in way.technique.roles.items():
            if anode in (None, anode_type):
                items.append(Cited(role.role, role.basis, role.sources, strong=f"{short}, {anode_type}:"))
        for one_ion, standing in way.technique.ions.items():
            if ion in (None, one_ion):
                items.append(Cited(standing.why, standing.basis, standing.sources, strong=f"{short}, {one_ion}:"))
    return items


def _resolution(comparison: Comparison) -> list[Block]:
    blocks: list[Block] = []
    shown: set[str] = set()
    for side in comparison.sides:
        for member in comparison.kb.options[side.id]:
            if member in shown:
                continue
            shown.add(member)
            technique = comparison.kb.techniques[member]
            items: list[Cited] = []
            for variant in technique.variants.values():
                items += [figure_item(figure, variant.name) for figure in variant.resolution]
                items += [Cited(gap, strong=f"{variant.name}, not known:") for gap in variant.unknown]
            blocks += [Heading(technique.short, 3), Bullets(tuple(items))]
    return blocks


def figure_item(figure: Figure, variant: str) -> Cited:
    """A figure with unit, meaning, basis and sources."""
    label = f"{variant}, {figure.quantity.replace('-', ' ')}{f' ({figure.of})' if figure.of else ''}:"
    return Cited(f"{amount(figure)}. {figure.means}", figure.basis, figure.sources, strong=label)


def amount(figure: Figure) -> str:
    """A value or a range with its unit."""
    if figure.low == figure.high:
        return f"{figure.low:g} {figure.unit}"
    return f"{figure.low:g} to {figure.high:g} {figure.unit}"
