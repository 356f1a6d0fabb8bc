"""The answer to a question: in brief, on one screen, and in full."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry import usual_questions
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.plan import plan
from insitu_advisor.engine.inquiry.precedents import of_winner
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.plainer import plainer
from insitu_advisor.engine.question.command import reproduce
from insitu_advisor.engine.question.question import Goal
from insitu_advisor.engine.words import asked, cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.brief import Brief, brief
from insitu_advisor.engine.words.inquiries import usually_asked
from insitu_advisor.engine.words.keeping_up import pace_text
from insitu_advisor.engine.words.matrix import Matrix, matrix
from insitu_advisor.engine.words.reach import MOST_NAMED, outside_note
from insitu_advisor.engine.words.steps import why
from insitu_advisor.engine.words.watch import TWO_LINES, watch
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages import precedents as precedent_list
from insitu_advisor.render.pages.document import (
    Block,
    Bullets,
    Cited,
    Code,
    Document,
    Heading,
    Labelled,
    Paragraph,
    Ranking,
    RankRow,
    References,
    Table,
)

if TYPE_CHECKING:
    from insitu_advisor.lab.finding import FoundLab


# The answer fits a screen of this size, with a line left for the next prompt.
COLUMNS, SCREEN = 80, 23
LABELS = 7


def page(advice: Advice, certificate: Certificate | None) -> Document:
    """The answer on one screen: what was understood, what to do, why, how sure, what next."""
    blocks: tuple[Block, ...] = ()
    for short in _shorter_and_shorter(advice, certificate):
        blocks = _blocks(short, advice.kb.laboratory)
        if _height(blocks) <= SCREEN:
            break
    return Document(blocks, short=True)


def _shorter_and_shorter(advice: Advice, certificate: Certificate | None) -> Iterator[Brief]:
    """The brief with more and more left out, the least urgent first; why it is so is kept nearly to the end."""
    short = brief(advice, certificate, outside=MOST_NAMED)
    yield short
    for part, cut in _cuts(advice):
        short = short._replace(**{part: cut()})  # type: ignore[arg-type]
        yield short


def _cuts(advice: Advice) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is cut from a brief for want of room, one part after another."""
    yield "matrix", lambda: matrix(advice, 4)
    yield "matrix", lambda: matrix(advice, 3)
    yield "watch", lambda: watch(plan(advice), pressing=True)
    yield "seen", lambda: None
    yield "note", lambda: outside_note(advice, unanswered(advice), 1)
    yield "watch", lambda: watch(plan(advice), TWO_LINES, pressing=True)
    yield "why", lambda: why(plan(advice), 1)
    yield "watch", lambda: None
    yield "note", lambda: None
    yield "matrix", lambda: matrix(advice, 2)
    yield "why", str
    # Where the table has to go, there is room for the sentence again.
    yield "why", lambda: why(plan(advice), 1)
    yield "matrix", lambda: None


def _blocks(short: Brief, laboratory: str) -> tuple[Block, ...]:
    return (*_opening(short, laboratory), *answer_blocks(short), *_matrix(short.matrix), *_closing(short))


def _height(blocks: tuple[Block, ...]) -> int:
    """Lines on a screen of eighty columns, the empty ones between blocks counted."""
    return sum(map(_lines, blocks)) + len(blocks) - 1


def _lines(block: Block) -> int:
    match block:
        case Paragraph():
            return len(textwrap.wrap(block.content.text, COLUMNS))
        case Labelled():
            return sum(len(textwrap.wrap(item.text, COLUMNS - LABELS)) for _, item in block.items)
        case Table():
            return 1 + len(block.rows) + len(textwrap.wrap(block.note, COLUMNS))
        case _:
            return 1


def full_page(advice: Advice, certificate: Certificate | None, lab: FoundLab | None = None) -> Document:
    """The same answer with everything behind it: ranking, exclusions, certainty, warnings, precedents, assumptions."""
    short = brief(advice, certificate)
    return Document(
        (
            *_opening(short, advice.kb.laboratory),
            *answer_blocks(short),
            *in_doubt(advice),
            *left_out(advice),
            *([Ranking(tuple(rank_row(advice, option) for option in advice.ranking))] if advice.ranking else []),
            *excluded_blocks(advice),
            *_ladder(advice, lab),
            *(surety.full(advice, certificate) if certificate else []),
            *_pitfalls(advice),
            *winner_precedents(advice),
            Heading("What was understood and assumed"),
            understood(advice),
            Heading("Sources"),
            References(),
            *surety.reproduced(advice, certificate),
            Heading("Next"),
            Code((*_asked_in_studies(advice), *wording.next_steps(advice))),
        )
    )


def answer_blocks(short: Brief) -> list[Block]:
    """DO, WHY, SURE, and what nobody reaches or what lies outside, where there is something to say."""
    said = (("DO", short.do), ("WHY", short.why), ("SURE", short.sure), ("GAP", short.gap))
    items = [(label, Cited(text)) for label, text in said if text]
    return [Labelled((*items, *([("NOTE", Cited.from_reason(short.note))] if short.note else [])))]


def _opening(short: Brief, laboratory: str) -> list[Block]:
    said = (f"{short.system}.", f"{short.goals}.", short.read, f"Laboratory: {laboratory}." if laboratory else "")
    return [Paragraph(Cited(" ".join(filter(None, said))), lead=True)]


def _matrix(matrix: Matrix | None) -> list[Block]:
    """The goals against the first options, and how to read the signs."""
    if matrix is None:
        return []
    return [Table(("", "score", *matrix.goals, "cost"), matrix.rows, frozenset({1}), note=matrix.legend)]


def _closing(short: Brief) -> list[Block]:
    items = [("WATCH", Cited.from_reason(short.watch))] if short.watch else []
    items += [("SEEN", Cited.from_reason(short.seen))] if short.seen else []
    return [Labelled((*items, ("NEXT", Cited(short.next))))]


def in_doubt(advice: Advice) -> list[Block]:
    """What to say below the headline where the material takes up next to nothing of the ion."""
    return [Paragraph(Cited.from_reason(reason)) for reason in cautions.hardly_reacts(advice)]


def left_out(advice: Advice) -> list[Block]:
    """What to say below the headline where studies of the material usually ask something else than was assumed."""
    usual = usual_questions.usual_questions(advice)
    return [Paragraph(Cited(usually_asked(advice, usual)))] if usual else []


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
    asked = advice.question.with_answer("targets", tuple(Goal(target) for target, _ in usual.targets))
    return [reproduce(asked, advice.kb)]


def rank_row(advice: Advice, option: Ranked) -> RankRow:
    """One option as a row of the ranking."""
    route, c_rate = option.route, advice.question.c_rate.value
    why = [wording.capital(wording.sees(advice, route))] + ([pace_text(route, c_rate, advice.goals)] if c_rate else [])
    if ordinary := plainer(advice, option):
        why.append(f"{ordinary.score:.0f} with {ordinary.way.variant.name}")
    return RankRow(
        rank=f"{option.rank}=" if option.tied_with else str(option.rank),
        name=wording.option_name(option),
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
    text = f"{reason.text} {wording.remedy_text(advice.kb, excluded)}"
    return Cited(text, reason.basis, reason.sources, strong=f"{advice.kb.name(excluded.id)}:")


def understood(advice: Advice) -> Bullets:
    """Every answer of the question with its source."""
    return Bullets(tuple(_understood_item(line) for line in asked.question_lines(advice)))


def _understood_item(line: asked.Line) -> Cited:
    note = f". {wording.as_sentence(line.note)}" if line.note else "."
    source = f"{line.source} from {wording.quoted(line.words)}" if line.words else line.source
    return Cited(f"{line.value} ({source}){note}", strong=f"{line.label}:")


def _pitfalls(advice: Advice) -> list[Block]:
    best = advice.best
    if best is None:
        return []
    items = [*warnings(advice, best), *(blind_spot_item(spot) for spot in cautions.blind_spots(advice, best.route))]
    return [Heading(f"Pitfalls of {wording.option_name(best)}"), Bullets(tuple(items))] if items else []


def warnings(advice: Advice, option: Ranked) -> list[Cited]:
    """What to heed with the material, then with the option, but for what its blind spots say at length."""
    material, anode = advice.question.material, advice.question.anode.value
    relative = " (a relative)" if anode and anode.borrowed else ""
    label = f"{advice.kb.materials[material].name}{relative}:" if material else None
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
