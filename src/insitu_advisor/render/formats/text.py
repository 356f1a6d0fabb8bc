"""A document as text: unwrapped for a pipe, wrapped to a width, or in colour on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import (
    Block,
    Bullets,
    Cited,
    CitedTable,
    Code,
    Document,
    Heading,
    Labelled,
    Numbering,
    Paragraph,
    Picture,
    Ranking,
    RankRow,
    References,
    Table,
    basis_mark,
)

if TYPE_CHECKING:
    from rich.console import Console

READING_WIDTH = 120
BAR_WIDTH = 20
GAP = 2
# A line is a row of pieces, each with the style it has on a terminal.
Line = list[tuple[str, str]]


def render(document: Document, kb: KnowledgeBase, width: int | None = None) -> str:
    """Plain text of a document, ending in a line break; lines are wrapped only when a width is given."""
    return "\n".join("".join(text for text, _ in line).rstrip() for line in lines(document, kb, width)) + "\n"


def show(document: Document, kb: KnowledgeBase, console: Console) -> None:
    """Print a document to a Rich console; nothing in it is read as markup."""
    from rich.text import Text

    for line in lines(document, kb, min(console.width, READING_WIDTH)):
        console.print(Text.assemble(*line), soft_wrap=True)


def lines(document: Document, kb: KnowledgeBase, width: int | None) -> Iterator[Line]:
    """A document line by line; an empty line between blocks."""
    writer = _Writer(kb, width, sourced=not document.short)
    for index, block in enumerate(document.shown(kb.laboratory)):
        if index:
            yield []
        yield from writer.block(block.flat(writer.numbering) if isinstance(block, CitedTable) else block)


def bar(score: float, width: int = BAR_WIDTH) -> str:
    """A score of 0-100 as a bar of blocks."""
    filled = round(score / 100 * width)
    return "█" * filled + "░" * (width - filled)


def wrapped(pieces: Iterable[tuple[str, str]], width: int | None, lead: str = "", lead_style: str = "") -> list[Line]:
    """Pieces of text filled into lines of a width at most, hanging from a lead; words are never cut."""
    filled: list[Line] = [[(lead, lead_style)]]
    used = len(lead)
    for word, style in _words(pieces):
        space = int(used > len(lead))
        if width is not None and space and used + space + len(word) > width:
            filled.append([(" " * len(lead), "")])
            used, space = len(lead), 0
        filled[-1].append((" " * space + word, style))
        used += space + len(word)
    return filled


def _words(pieces: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return ((word, style) for text, style in pieces for word in text.split())


class _Writer:
    def __init__(self, kb: KnowledgeBase, width: int | None, *, sourced: bool) -> None:
        self.kb, self.width, self.sourced, self.numbering = kb, width, sourced, Numbering()

    def block(self, block: Block) -> Iterator[Line]:
        match block:
            case Heading():
                yield from wrapped([(block.text, "bold cyan" if block.level > 1 else "bold")], self.width)
                if self.width is None:
                    yield [(("=" if block.level == 1 else "-") * len(block.text), "")]
            case Paragraph():
                yield from wrapped(self._cited(block.content, "bold" if block.lead else ""), self.width)
            case Bullets() | Labelled():
                yield from self._items(block)
            case Table() | Picture():
                yield from self._table(block)
            case Ranking():
                longest = max(len(row.name) for row in block.rows)
                yield from chain.from_iterable(self._rank_row(row, longest) for row in block.rows)
            case Code():
                yield from ([("    " + line, "green")] for line in block.lines)
            case References():
                for key, number in self.numbering.numbers.items():
                    yield from wrapped([(bibliography.entry(self.kb.references[key]), "")], self.width, f"[{number}] ")

    def _items(self, block: Bullets | Labelled) -> Iterator[Line]:
        if isinstance(block, Bullets):
            for item in block.items:
                yield from wrapped(self._cited(item), self.width, "[ ] " if block.boxes else "- ")
            return
        margin = max(len(label) for label, _ in block.items) + GAP
        for label, item in block.items:
            yield from wrapped(self._cited(item), self.width, label.ljust(margin), "bold cyan")

    def _cited(self, cited: Cited, style: str = "") -> Line:
        mark = basis_mark(cited, self.numbering.of(cited.sources)) if self.sourced else ""
        return [(cited.strong or "", "bold"), (cited.text, style), (mark, "dim")]

    def _rank_row(self, row: RankRow, longest: int) -> Iterator[Line]:
        tiers = f"cost {row.cost}, preparation {row.preparation}"
        line = [
            (f"{row.rank:>2}  ", ""),
            (f"{row.name:<{longest}} ", "bold"),
            (f"{row.score:3.0f} ", ""),
            (bar(row.score), "cyan"),
            (f"  {tiers}", ""),
        ]
        if self.width is None or sum(len(text) for text, _ in line) <= self.width:
            yield line
        else:
            pieces = [(row.name, "bold"), (f"{row.score:.0f}", ""), (tiers, "")]
            yield from wrapped(pieces, self.width, f"{row.rank:>2}  ")
        yield from wrapped([(f"{row.why}. Needs {row.needs}.", "")], self.width, "    ")

    def _table(self, table: Table | Picture) -> Iterator[Line]:
        widths = column_widths(table, self.width)
        if widths is None:
            yield from chain.from_iterable(self._stacked(table.headers, row) for row in table.rows)
        else:
            rows = [table.headers, *table.rows]
            for index, row in enumerate(rows):
                yield from _table_row(row, widths, table.right, "bold" if index == 0 else "")
        if table.note:
            yield from wrapped([(table.note, "dim")], self.width)

    def _stacked(self, headers: tuple[str, ...], row: tuple[str, ...]) -> Iterator[Line]:
        """A row of a table too wide for the page, cell under cell, so that no cell is cut."""
        yield from wrapped([(row[0], "bold")], self.width)
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if cell:
                yield from wrapped([(f"{header}:", "dim"), (cell, "")], self.width, "    ")


def _table_row(row: tuple[str, ...], widths: list[int], right: frozenset[int], style: str) -> Iterator[Line]:
    """One row of a table, each cell filled into its column."""
    cells = [
        ["".join(text for text, _ in line) for line in wrapped([(cell, "")], width)]
        for cell, width in zip(row, widths, strict=True)
    ]
    for index in range(max(map(len, cells))):
        parts = [cell[index] if index < len(cell) else "" for cell in cells]
        aligned = [
            part.rjust(width) if column in right else part.ljust(width)
            for column, (part, width) in enumerate(zip(parts, widths, strict=True))
        ]
        yield [((" " * GAP).join(aligned).rstrip(), style)]


def column_widths(table: Table | Picture, width: int | None) -> list[int] | None:
    """Width of each column so that no word is cut; None where a table does not fit. Room left goes to wide columns."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    most = [max(map(len, column)) for column in columns]
    if width is None:
        return most
    least = [max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns]
    room = width - GAP * (len(columns) - 1) - sum(least)
    if room < 0:
        return None
    while room and (short := [index for index in range(len(columns)) if least[index] < most[index]]):
        for index in sorted(short, key=lambda index: least[index] / most[index])[:room]:
            least[index] += 1
            room -= 1
    return least
