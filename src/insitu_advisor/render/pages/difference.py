"""Two answers side by side as a document."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.inquiry.difference import Move, difference
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.cautions import new_cautions
from insitu_advisor.engine.words.reasons import sighting_reasons
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.why import gap_text


def page(before: Advice, after: Advice, changed: str) -> Document:
    """Which places change from one question to another, what changed them, and what is new to heed."""
    moves = difference(before, after)
    kb = after.kb
    rows = tuple((kb.name(move.id), _place(move.before), _place(move.after), _score(move)) for move in moves)
    blocks: list[Block] = [
        Heading(f"What changes: {changed}", 1),
        Paragraph(Cited(f"Before: {wording.headline(before)}")),
        Paragraph(Cited(f"After: {wording.headline(after)}"), lead=True),
        *_cautions(before, after),
        Table(("option", "before", "after", "points"), rows, frozenset({1, 2, 3})),
    ]
    items = tuple(item for move in moves if move.moved for item in _why(before, after, move))
    blocks += [Heading("What moved them"), Bullets(items)] if items else [Paragraph(Cited("No place changes."))]
    return Document((*blocks, Heading("Sources"), References()))


def _cautions(before: Advice, after: Advice) -> list[Block]:
    """A change of question brings warnings even where no place changes: silicon takes up next to no potassium."""
    found = new_cautions(before, after)
    return [Heading("Mind with the changed question"), Bullets(tuple(map(Cited.from_reason, found)))] if found else []


def _place(outcome: Ranked | Excluded) -> str:
    return str(outcome.rank) if isinstance(outcome, Ranked) else "out"


def _score(move: Move) -> str:
    if isinstance(move.before, Ranked) and isinstance(move.after, Ranked):
        return f"{round(move.after.score) - round(move.before.score):+d}"
    return ""


def _why(before: Advice, after: Advice, move: Move) -> Iterator[Cited]:
    name = f"{after.kb.name(move.id)}:"
    if isinstance(move.after, Excluded):
        reason = wording.exclusion_reason(after, move.after)
        yield Cited(f"is out now. {reason.text}", reason.basis, reason.sources, name)
    elif isinstance(move.before, Excluded):
        reason = wording.exclusion_reason(before, move.before)
        yield Cited(f"is ranked now. Before: {reason.text}", reason.basis, reason.sources, name)
    else:
        told = list(_moved(before, after, move, name))
        yield from told or [Cited("moved because others did.", strong=name)]


def _moved(before: Advice, after: Advice, move: Move, name: str) -> Iterator[Cited]:
    if any(round(gap.points) for gap in move.gaps):
        yield Cited(f"{gap_text(move.gaps)}.", strong=name)
    old = {each.goal: each.rating for each in seen(move.before.route, before.problem)}
    for each in seen(move.after.route, after.problem):
        if each.goal in old and old[each.goal] != each.rating:
            words = f"{RATING_WORDS[each.rating]} instead of {RATING_WORDS[old[each.goal]]}"
            reason = next(sighting_reasons(after, each))
            text = f"{after.kb.goals[each.goal].name} {words}. {reason.text}"
            yield Cited(text, reason.basis, reason.sources, name)
