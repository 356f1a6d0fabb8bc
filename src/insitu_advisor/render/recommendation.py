"""The first screen: one sentence, the ranking, what is out, how sure, what was assumed, what to try next."""

from __future__ import annotations

from insitu_advisor.engine import cautions, wording
from insitu_advisor.engine.advice import Advice, Excluded, Ranked
from insitu_advisor.render.document import (
    Block,
    Bullets,
    Cited,
    Code,
    Document,
    Heading,
    Paragraph,
    Ranking,
    RankRow,
    References,
)

SHOWN_CAUTIONS = 5


def page(advice: Advice) -> Document:
    """The answer to a question on one or two screens."""
    return Document(
        (
            Paragraph(Cited(wording.headline(advice)), lead=True),
            *([Ranking(tuple(rank_row(advice, option) for option in advice.ranking))] if advice.ranking else []),
            *excluded_blocks(advice),
            *_beware(advice),
            Heading("What was understood and assumed"),
            understood(advice),
            *_sources(),
            Heading("Next"),
            Code(wording.next_steps(advice)),
        )
    )


def rank_row(advice: Advice, option: Ranked) -> RankRow:
    """One option as a row of the ranking."""
    route = option.route
    return RankRow(
        rank=f"{option.rank}=" if option.tied_with else str(option.rank),
        name=advice.kb.name(option.id),
        score=option.score,
        cost=wording.cost_word(route),
        preparation=wording.preparation_word(route),
        needs=wording.needs(advice.kb, route),
        why=_capital(wording.top_reason(advice, route)),
    )


def excluded_blocks(advice: Advice) -> list[Block]:
    """The excluded options with reason and remedy; nothing when none is excluded."""
    if not advice.excluded:
        return []
    return [Heading("Excluded"), Bullets(tuple(excluded_item(advice, excluded) for excluded in advice.excluded))]


def excluded_item(advice: Advice, excluded: Excluded) -> Cited:
    """One excluded option with its reason and its remedy."""
    reason = wording.exclusion_reason(advice, excluded)
    text = f"{reason.text} {wording.remedy_text(excluded)}"
    return Cited(text, reason.basis, reason.sources, strong=f"{advice.kb.name(excluded.id)}:")


def understood(advice: Advice) -> Bullets:
    """Every answer of the question with its source."""
    return Bullets(tuple(_understood_item(line) for line in wording.question_lines(advice)))


def _understood_item(line: wording.Line) -> Cited:
    note = f". {_capital(line.note)}" if line.note else ""
    return Cited(f"{line.value} ({line.source}){note}", strong=f"{line.label}:")


def _beware(advice: Advice) -> list[Block]:
    best = advice.best
    if best is None:
        return []
    warnings = [*cautions.material_cautions(advice), *cautions.cautions(advice, best.route)]
    if not warnings:
        return []
    shown = tuple(Cited.from_reason(reason) for reason in warnings[:SHOWN_CAUTIONS])
    return [Heading(f"Beware with {advice.kb.name(best.id)}"), Bullets(shown)]


def _sources() -> list[Block]:
    return [Heading("Sources"), References()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
