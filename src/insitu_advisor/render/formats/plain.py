"""A document as plain text: unwrapped for a pipe, or wrapped to a width."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import (
    Bullets,
    Cited,
    Code,
    Document,
    Heading,
    Numbering,
    Paragraph,
    Ranking,
    RankRow,
    References,
    Table,
    basis_mark,
)

BAR_WIDTH = 20
RANKING_HEADER = f"    {'option':<11} score{'':<{BAR_WIDTH + 3}}{'cost':<10} preparation"


def render(document: Document, kb: KnowledgeBase, width: int | None = None) -> str:
    """Plain text of a document, ending in a line break; lines are wrapped only when a width is given."""
    return "\n".join(_Plain(kb, width).lines(document)) + "\n"


def bar(score: float, width: int = BAR_WIDTH) -> str:
    """A score of 0-100 as a bar of blocks."""
    filled = round(score / 100 * width)
    return "█" * filled + "░" * (width - filled)


class _Plain:
    def __init__(self, kb: KnowledgeBase, width: int | None) -> None:
        self.kb, self.width, self.numbering = kb, width, Numbering()

    def lines(self, document: Document) -> Iterator[str]:
        for index, block in enumerate(document.blocks):
            if index:
                yield ""
            match block:
                case Heading():
                    yield block.text
                    yield ("=" if block.level == 1 else "-") * len(block.text)
                case Paragraph():
                    yield from self._wrapped(self._cited(block.content))
                case Bullets():
                    for item in block.items:
                        yield from self._wrapped(self._cited(item), "[ ] " if block.boxes else "- ")
                case Table():
                    yield from self._table(block)
                case Ranking():
                    yield RANKING_HEADER
                    for row in block.rows:
                        yield from self._rank_row(row)
                case Code():
                    yield from (f"    {line}" for line in block.lines)
                case References():
                    for key, number in self.numbering.numbers.items():
                        yield from self._wrapped(bibliography.entry(self.kb.references[key]), f"[{number}] ")

    def _cited(self, cited: Cited) -> str:
        mark = basis_mark(cited, self.numbering.of(cited.sources))
        return " ".join(part for part in (cited.strong, cited.text, mark) if part)

    def _wrapped(self, text: str, lead: str = "") -> list[str]:
        indent = " " * len(lead)
        if self.width is None:
            return [lead + text]
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_on_hyphens=False,
            break_long_words=False,
        ) or [lead]

    def _rank_row(self, row: RankRow) -> Iterator[str]:
        yield f"{row.rank:>2}  {row.name:<11} {row.score:5.1f} {bar(row.score)}  {row.cost:<10} {row.preparation}"
        yield from self._wrapped(f"{row.why}. Needs {row.needs}.", "    ")

    def _table(self, table: Table) -> Iterator[str]:
        rows = [table.headers, *table.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(table.headers))]
        total = sum(widths) + 2 * (len(widths) - 1)
        if self.width is not None and total > self.width:
            yield from self._stacked(table)
            return
        for index, row in enumerate(rows):
            cells = [
                cell.rjust(width) if column in table.right else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            yield "  ".join(cells).rstrip()
            if index == 0:
                yield "  ".join("-" * width for width in widths)

    def _stacked(self, table: Table) -> Iterator[str]:
        """A table too wide for the page, one row after the other, so that no cell is cut."""
        for row in table.rows:
            yield from self._wrapped(row[0])
            for header, cell in zip(table.headers[1:], row[1:], strict=True):
                if cell:
                    yield from self._wrapped(f"{header}: {cell}", "    ")
