"""A document on a terminal, in colour where the terminal has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.formats import plain
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

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod, RenderableType
    from rich.text import Text

READING_WIDTH = 120
GAP = 3


def show(document: Document, kb: KnowledgeBase, console: Console) -> None:
    """Print a document to a Rich console; nothing in it is read as markup."""
    from rich.padding import Padding

    page = _Terminal(kb, min(console.width, READING_WIDTH))
    for index, block in enumerate(document.blocks):
        if index:
            console.print()
        for item in page.block(block):
            if isinstance(block, Code):
                console.print(item, soft_wrap=True)
            else:
                console.print(Padding(item, (0, 0)), width=page.width, soft_wrap=False)


class _Terminal:
    def __init__(self, kb: KnowledgeBase, width: int) -> None:
        self.kb, self.width, self.numbering = kb, width, Numbering()

    def block(self, block: object) -> list[RenderableType]:
        from rich.text import Text

        match block:
            case Heading():
                return [Text(block.text, style="bold cyan" if block.level > 1 else "bold")]
            case Paragraph():
                return [self._cited(block.content, "bold" if block.lead else "")]
            case Bullets():
                return [self._hanging("☐ " if block.boxes else "• ", self._cited(item)) for item in block.items]
            case Table():
                return self._table(block)
            case Ranking():
                rows = [line for row in block.rows for line in self._rank_row(row)]
                return [Text(plain.RANKING_HEADER, style="dim"), *rows]
            case Code():
                return [Text("  " + line, style="green") for line in block.lines]
            case References():
                return [
                    self._hanging(f"[{number}] ", Text(bibliography.entry(self.kb.references[key])))
                    for key, number in self.numbering.numbers.items()
                ]
        raise TypeError(f"unknown block {block!r}")

    def _cited(self, cited: Cited, style: str = "") -> Text:
        from rich.text import Text

        text = Text(style=style)
        if cited.strong:
            text.append(cited.strong + " ", style="bold")
        text.append(cited.text)
        if mark := basis_mark(cited, self.numbering.of(cited.sources)):
            text.append(" " + mark, style="dim")
        return text

    def _hanging(self, lead: str, content: Text, style: str = "") -> RenderableType:
        from rich.table import Table as Grid
        from rich.text import Text

        grid = Grid.grid(padding=0)
        grid.add_column(width=len(lead), no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_row(Text(lead, style=style), content)
        return grid

    def _rank_row(self, row: RankRow) -> list[RenderableType]:
        from rich.text import Text

        head = Text.assemble(
            (f"{row.name:<11} ", "bold"),
            f"{row.score:5.1f} ",
            (plain.bar(row.score), "cyan"),
            f"  {row.cost:<10} {row.preparation}",
        )
        why = Text.assemble(f"{row.why}. ", ("Needs ", "dim"), f"{row.needs}.")
        return [self._hanging(f"{row.rank:>2}  ", head), self._hanging("    ", why)]

    def _table(self, table: Table) -> list[RenderableType]:
        from rich import box
        from rich.table import Table as Grid
        from rich.text import Text

        widths = column_widths(table, self.width)
        if widths is None:
            return [self._stacked(table.headers, row) for row in table.rows]
        grid = Grid(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, show_edge=False)
        for column, header in enumerate(table.headers):
            side: JustifyMethod = "right" if column in table.right else "left"
            grid.add_column(Text(header), justify=side, overflow="fold", width=widths[column])
        for row in table.rows:
            grid.add_row(*(Text(cell) for cell in row))
        return [grid]

    def _stacked(self, headers: tuple[str, ...], row: tuple[str, ...]) -> RenderableType:
        """A row of a table too wide for the screen, cell under cell, so that no cell is cut."""
        from rich.text import Text

        text = Text(row[0], style="bold")
        for header, cell in zip(headers[1:], row[1:], strict=True):
            if cell:
                text.append(f"\n  {header}: ", style="dim").append(cell, style="not bold")
        return text


def column_widths(table: Table, width: int) -> list[int] | None:
    """Width of each column so that no word is cut; None where a table does not fit. Room left goes to wide columns."""
    columns = list(zip(table.headers, *table.rows, strict=True))
    least = [max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns]
    most = [max(map(len, column)) for column in columns]
    room = width - GAP * (len(columns) - 1) - sum(least)
    if room < 0:
        return None
    while room and (short := [index for index in range(len(columns)) if least[index] < most[index]]):
        for index in sorted(short, key=lambda index: least[index] / most[index])[:room]:
            least[index] += 1
            room -= 1
    return least
