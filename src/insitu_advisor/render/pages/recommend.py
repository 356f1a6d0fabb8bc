"""The first screen: one sentence, the ranking, what is out, how sure, what was assumed, what to try next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry import usual_questions
from insitu_advisor.engine.inquiry.precedents import of_winner
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.plainer import plainer
from insitu_advisor.engine.question.command import reproduce
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages import precedents as precedent_list
from insitu_advisor.render.pages.document import (
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

if TYPE_CHECKING:
    from insitu_advisor.lab.finding import FoundLab

SHOWN_CAUTIONS = 5
SHOWN_SPOTS = 2


def page(advice: Advice, certificate: Certificate | None, lab: FoundLab | None = None) -> Document:
    """The answer to a question on one or two screens."""
    return Document(
        (
            Paragraph(Cited(wording.headline(advice)), lead=True),
            *in_doubt(advice),
            *left_out(advice),
            *surety.proviso(advice, certificate),
            *([Ranking(tuple(rank_row(advice, option) for option in advice.ranking))] if advice.ranking else []),
            *excluded_blocks(advice),
            *_ladder(advice, lab),
            *(surety.short(advice, certificate) if certificate else []),
            *_beware(advice),
            *winner_precedents(advice),
            Heading("What was understood and assumed"),
            understood(advice),
            *_sources(),
            *surety.reproduced(advice, certificate),
            Heading("Next"),
            Code((*_asked_in_studies(advice), *wording.next_steps(advice))),
        )
    )


def in_doubt(advice: Advice) -> list[Block]:
    """What to say below the headline where the material takes up next to nothing of the ion."""
    return [Paragraph(Cited.from_reason(reason)) for reason in cautions.hardly_reacts(advice)]


def left_out(advice: Advice) -> list[Block]:
    """What to say below the headline where studies of the material usually ask something else than was assumed."""
    usual = usual_questions.usual_questions(advice)
    return [Paragraph(Cited(usual_questions.sentence(advice, usual)))] if usual else []


def _ladder(advice: Advice, lab: FoundLab | None) -> list[Block]:
    if lab is None:
        return []
    from insitu_advisor.render.pages import lab as lab_pages

    return lab_pages.ladder_blocks(advice, lab)


def _asked_in_studies(advice: Advice) -> list[str]:
    """The command that asks what studies of the material asked."""
    usual = usual_questions.usual_questions(advice)
    if usual is None:
        return []
    asked = advice.question.with_answer("targets", tuple((target, 1.0) for target, _ in usual.targets))
    return [reproduce(asked, advice.kb)]


def rank_row(advice: Advice, option: Ranked) -> RankRow:
    """One option as a row of the ranking."""
    route, c_rate = option.route, advice.question.c_rate.value
    why = [_capital(wording.top_reason(advice, route))] + ([wording.pace_text(route, c_rate)] if c_rate else [])
    if ordinary := plainer(advice, option):
        why.append(f"As {ordinary.way.variant.name} instead: {ordinary.score:.1f} points")
    return RankRow(
        rank=f"{option.rank}=" if option.tied_with else str(option.rank),
        name=advice.kb.name(option.id),
        score=option.score,
        cost=wording.cost_word(route),
        preparation=wording.preparation_word(route),
        needs=wording.needs(advice.kb, route),
        why=". ".join(why),
    )


def excluded_blocks(advice: Advice) -> list[Block]:
    """The excluded options with reason and remedy; nothing when none is excluded."""
    if not advice.excluded:
        return []
    return [Heading("Excluded"), Bullets(tuple(excluded_item(advice, excluded) for excluded in advice.excluded))]


def excluded_item(advice: Advice, excluded: Excluded) -> Cited:
    """One excluded option with its reason and its remedy."""
    reason = wording.exclusion_reason(advice, excluded)
    only_access = excluded.failed == ("facility",)
    remedy = "Access would let it in." if only_access else wording.remedy_text(advice.kb, excluded)
    text = f"{reason.text} {remedy}"
    return Cited(text, reason.basis, reason.sources, strong=f"{advice.kb.name(excluded.id)}:")


def understood(advice: Advice) -> Bullets:
    """Every answer of the question with its source."""
    return Bullets(tuple(_understood_item(line) for line in wording.question_lines(advice)))


def _understood_item(line: wording.Line) -> Cited:
    note = f". {wording.as_sentence(line.note)}" if line.note else "."
    return Cited(f"{line.value} ({line.source}){note}", strong=f"{line.label}:")


def _beware(advice: Advice) -> list[Block]:
    best = advice.best
    if best is None:
        return []
    spots = sorted(cautions.blind_spots(advice, best.route), key=lambda spot: spot.rule is None)
    shown = spots[: SHOWN_SPOTS + sum(spot.rule is not None for spot in spots)]
    items = warnings(advice, best)[:SHOWN_CAUTIONS]
    items += [blind_spot_item(spot) for spot in shown]
    if len(spots) > len(shown):
        more = len(spots) - len(shown)
        items.append(Cited(f"{more} more blind spot{'s stand' if more > 1 else ' stands'} in the report."))
    return [Heading(f"Beware with {advice.kb.name(best.id)}"), Bullets(tuple(items))] if items else []


def warnings(advice: Advice, option: Ranked) -> list[Cited]:
    """What to heed with the material, then with the option, but for what its blind spots say at length."""
    material = advice.question.material.value
    label = f"{advice.kb.materials[material].name}:" if material else None
    items = [Cited.from_reason(reason, label) for reason in cautions.material_cautions(advice, option.route)]
    said_at_length = {spot.rule for spot in cautions.blind_spots(advice, option.route)}
    return items + [Cited.from_reason(reason) for reason in cautions.cautions(advice, option.route, said_at_length)]


def blind_spot_item(spot: cautions.Blindness) -> Cited:
    """A blind spot with its cheapest check."""
    return Cited(
        f"{spot.says.text} Check: {spot.check}", spot.says.basis, spot.says.sources, strong=f"{spot.technique}:"
    )


def winner_precedents(advice: Advice) -> list[Block]:
    """Published studies of the winner on this ion and anode type; of its members where there is none of a pairing."""
    return [block for wanted in of_winner(advice) for block in precedent_list.blocks(advice.kb, wanted)]


def _sources() -> list[Block]:
    return [Heading("Sources"), References()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
