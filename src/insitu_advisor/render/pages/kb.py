"""Lint, statistics and changes of knowledge as documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from insitu_advisor.curation.changes import Effect, Fact
from insitu_advisor.curation.lint import Remark
from insitu_advisor.knowledge.claim import BASES, BasisKind, Entry
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, Table

LONGEST_VALUE = 160
RIGHT = frozenset((1, 2))


def checked(files: Sequence[str], remarks: Sequence[Remark], filled: Mapping[str, int], references: int) -> Document:
    """The result of a check that found no fault, and how many of the references have each field."""
    names = ", ".join(files) or "The shipped knowledge base"
    blocks: list[Block] = [Paragraph(Cited(f"{names}: valid."), lead=True)]
    if remarks:
        items = tuple(Cited(remark.what, strong=f"{remark.where}:") for remark in remarks)
        blocks += [Heading("Worth a look"), Bullets(items)]
    rows = tuple((name, f"{count:,}", f"{count / max(references, 1):.0%}") for name, count in filled.items())
    blocks += [Heading(f"Fields of the {references:,} references"), Table(("field", "known", "share"), rows, RIGHT)]
    return Document(tuple(blocks))


def stats(counts: dict[str, dict[BasisKind, int]]) -> Document:
    """Claims by section and basis."""
    rows = tuple(
        (section, *(str(row[basis]) for basis in BASES), str(sum(row.values()))) for section, row in counts.items()
    )
    headers = ("section", *BASES, "all")
    return Document((Heading("Claims by basis", 1), Table(headers, rows, frozenset(range(1, len(headers))))))


def no_change() -> Document:
    """That nothing differs."""
    return Document((Paragraph(Cited("No fact differs."), lead=True),))


def changes(facts: Sequence[Fact], effect: Effect) -> Document:
    """Changed facts and the answers they change."""
    rows = tuple((fact.where, shown(fact.before), shown(fact.after)) for fact in facts)
    text = (
        f"Of {effect.asked:,} questions (ion, anode type, target, budget, facilities, profile), {effect.moved:,} are "
        f"answered in another order and {effect.new_first:,} have another first place."
    )
    blocks: list[Block] = [
        Heading(f"{len(facts):,} changed facts", 1),
        Table(("where", "before", "now"), rows),
        Heading("Answers that change"),
        Paragraph(Cited(text)),
    ]
    if effect.examples:
        blocks.append(Bullets(tuple(Cited(example) for example in effect.examples)))
    return Document(tuple(blocks))


def shown(value: Any) -> str:
    """A value on one line, cut when it is long."""
    if value is None:
        return "-"
    if isinstance(value, Entry):
        value = value.model_dump(exclude_defaults=True, warnings=False)
    text = str(dict(value)) if hasattr(value, "keys") else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} ..."
