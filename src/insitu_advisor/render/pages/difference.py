"""Two answers side by side as a document."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.difference import Move, difference
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import sight
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.why import gap_text


def page(before: Advice, after: Advice, changed: str) -> Document:
    """Which places change from one question to another, and which criteria and rules changed them."""
    moves = difference(before, after)
    kb = after.kb
    rows = tuple((kb.name(move.id), _place(move.before), _place(move.after), _score(move)) for move in moves)
    blocks: list[Block] = [
        Heading(f"What changes: {changed}", 1),
        Paragraph(Cited(f"Before: {wording.headline(before)}")),
        Paragraph(Cited(f"After: {wording.headline(after)}"), lead=True),
        Table(("option", "before", "after", "points"), rows, frozenset({1, 2, 3})),
    ]
    moved = [move for move in moves if move.moved]
    if moved:
        items = [item for move in moved for item in _why(before, after, move)]
        blocks += [Heading("What moved them"), Bullets(tuple(items)), Heading("Sources"), References()]
    else:
        blocks.append(Paragraph(Cited("No place changes.")))
    return Document(tuple(blocks))


def _place(outcome: Ranked | Excluded) -> str:
    return str(outcome.rank) if isinstance(outcome, Ranked) else "out"


def _score(move: Move) -> str:
    if isinstance(move.before, Ranked) and isinstance(move.after, Ranked):
        return f"{move.after.score - move.before.score:+.1f}"
    return ""


def _why(before: Advice, after: Advice, move: Move) -> list[Cited]:
    kb = after.kb
    name = f"{kb.name(move.id)}:"
    if isinstance(move.after, Excluded):
        reason = wording.exclusion_reason(after, move.after)
        return [Cited(f"is out now. {reason.text}", reason.basis, reason.sources, name)]
    if isinstance(move.before, Excluded):
        reason = wording.exclusion_reason(before, move.before)
        return [Cited(f"comes in. Before: {reason.text}", reason.basis, reason.sources, name)]
    items = [Cited(f"{gap_text(move.gaps)}.", strong=name)] if any(gap.points for gap in move.gaps) else []
    old, new = move.before.route.ratings, move.after.route.ratings
    for target in after.question.target_ids:
        if old[target] != new[target]:
            text = f"{kb.targets[target].name} rated {new[target]} instead of {old[target]} of 3"
            reason = next(iter(sight(after, move.after.route, target)))
            items.append(Cited(f"{text}. {reason.text}", reason.basis, reason.sources, name))
    return items or [Cited("moved because others did.", strong=name)]
