"""A document as blocks, before any format: what is said and in which order, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from insitu_advisor.engine.words.reasons import Reason


class Cited(NamedTuple):
    """A text with the basis and the source keys it rests on; `strong` starts it with words in bold."""

    text: str
    basis: str | None = None
    sources: tuple[str, ...] = ()
    strong: str | None = None

    @classmethod
    def from_reason(cls, reason: Reason, strong: str | None = None) -> Cited:
        """A reason of the engine, as it stands."""
        return cls(reason.text, reason.basis, reason.sources, strong)


class Heading(NamedTuple):
    """A heading; level 1 is the title. A `folded` one opens a section that a screen may show closed at first."""

    text: str
    level: int = 2
    folded: bool = False


class Paragraph(NamedTuple):
    """One paragraph; `lead` marks the sentence a reader must not miss."""

    content: Cited
    lead: bool = False


class Bullets(NamedTuple):
    """A list of statements; `boxes` makes it a checklist."""

    items: tuple[Cited, ...]
    boxes: bool = False


class Labelled(NamedTuple):
    """Statements behind short labels, such as DO and WHY."""

    items: tuple[tuple[str, Cited], ...]


class Table(NamedTuple):
    """A table of plain cells; `right` names the columns that hold numbers, `note` says below how to read it."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    note: str = ""


class Picture(NamedTuple):
    """A table that a page which can draw shows as a picture: its name, title, and what to draw."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()
    note: str = ""
    name: str = ""
    title: str = ""
    drawing: Any = None


class CitedTable(NamedTuple):
    """A table whose cells are statements, each with the sources it rests on."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Cited, ...], ...]
    note: str = ""

    def flat(self, numbering: Numbering) -> Table:
        """The same with the marks written into the cells."""
        rows = tuple(tuple(_flat(cell, numbering) for cell in row) for row in self.rows)
        return Table(self.headers, rows, note=self.note)


class Live(NamedTuple):
    """Stands where a page that can compute lets the reader try other weights and limits; other formats leave it out."""

    data: Mapping[str, Any]


class RankRow(NamedTuple):
    """One option of a ranking as it is shown."""

    rank: str
    name: str
    score: float
    cost: str
    preparation: str
    needs: str
    why: str


class Ranking(NamedTuple):
    """The ranking, best first."""

    rows: tuple[RankRow, ...]


class Code(NamedTuple):
    """A command to be typed as it stands."""

    lines: tuple[str, ...]


class References(NamedTuple):
    """Stands where the numbered list of all sources cited so far belongs."""


Block = Heading | Paragraph | Bullets | Labelled | Table | Picture | CitedTable | Live | Ranking | Code | References


class Document(NamedTuple):
    """Blocks in reading order. A `short` one has to fit a screen, so it names no basis and no source."""

    blocks: tuple[Block, ...]
    short: bool = False

    def shown(self, laboratory: str = "") -> Iterator[Block]:
        """The blocks as they are shown.

        Where nothing is cited, the list of sources is left out, heading and all. A `laboratory` that counted is named
        below the title, unless the first words name it already.
        """
        blocks = _with_first(self.blocks, f"Laboratory: {laboratory}.") if laboratory else self.blocks
        cited = any(cites(block) for block in blocks)
        for block, following in zip(blocks, (*blocks[1:], None), strict=True):
            if cited or not (isinstance(block, References) or isinstance(following, References)):
                yield block


def _with_first(blocks: tuple[Block, ...], said: str) -> tuple[Block, ...]:
    """The blocks with a paragraph below the title, or as the first where there is none."""
    titled = int(bool(blocks) and isinstance(blocks[0], Heading) and blocks[0].level == 1)
    first = blocks[titled] if len(blocks) > titled else None
    if isinstance(first, Paragraph) and said in first.content.text:
        return blocks
    return (*blocks[:titled], Paragraph(Cited(said)), *blocks[titled:])


def cites(block: Block) -> tuple[str, ...]:
    """The source keys a block cites, in order."""
    if isinstance(block, Paragraph):
        return block.content.sources
    if isinstance(block, Bullets):
        return tuple(key for item in block.items for key in item.sources)
    if isinstance(block, Labelled):
        return tuple(key for _, item in block.items for key in item.sources)
    if isinstance(block, CitedTable):
        return tuple(key for row in block.rows for item in row for key in item.sources)
    return ()


class Numbering:
    """Numbers for source keys, in order of first use."""

    __slots__ = ("numbers",)

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, keys: tuple[str, ...]) -> list[int]:
        """Numbers of these keys, new ones where a key is cited for the first time."""
        return [self.numbers.setdefault(key, len(self.numbers) + 1) for key in keys]


def basis_mark(cited: Cited, numbers: list[int]) -> str:
    """What stands behind a statement: `[review 2.1; 3, 4]`, `[5]`, `[judgement]`; empty for our own connecting text."""
    if cited.basis is None:
        return ""
    kind = cited.basis.split(" ", 1)[0]
    words = "" if kind in {"literature", "facility"} else cited.basis
    cited_numbers = ", ".join(str(number) for number in numbers)
    told = "; ".join(part for part in (words, cited_numbers) if part)
    return f"[{told}]" if told else ""


def _flat(cell: Cited, numbering: Numbering) -> str:
    mark = basis_mark(cell, numbering.of(cell.sources))
    return " ".join(part for part in (cell.strong, cell.text, mark) if part)
