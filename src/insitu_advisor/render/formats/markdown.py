"""A document as GitHub Markdown that reads well as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import (
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
    References,
    Table,
    basis_mark,
)

# Only what Markdown would read as markup where it stands; a bracket alone, such as [5], is none.
_SPECIAL = re.compile(
    r"""
    [`*|]                          # code, emphasis, a cell of a table
    | \\(?=[!-/:-@\[-`{-~])        # a backslash before a sign
    | (?<!\w)_ | _(?!\w)           # emphasis at the edge of a word
    | \](?=[(\[:])                 # the end of the text of a link, or of its definition
    | <(?=[A-Za-z/!?])             # a tag
    | &(?=\#?\w+;)                 # an entity
    | ~(?=~|.*~) | (?<=~)~         # struck out
    | \$(?=.*\$) | (?<=\$)\$       # a formula
    """,
    re.VERBOSE,
)
_AT_START = re.compile(
    r"""
    ^[#>](?=\s|\#|$|>) | ^[-+=](?=\s|[-=]|$)     # a heading, a quote, a list, a rule
    | ^\[(?=[ xX]\]\s)                           # a box to tick
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_CLOSING = re.compile(r"#(?=#*\s*$)")


def render(document: Document, kb: KnowledgeBase) -> str:
    """Markdown of a document; whatever the knowledge base holds is escaped and stays text."""
    page, blocks = _Markdown(kb, sourced=not document.short), document.shown(kb.laboratory)
    return "\n".join(line for block in blocks for line in (*page.block(block), "")).rstrip() + "\n"


def escape(text: str) -> str:
    """Text with every character escaped that Markdown would read as markup within a line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def at_start(text: str) -> str:
    """The same for a text that opens a line."""
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\g<0>", escape(text)))


class _Markdown:
    def __init__(self, kb: KnowledgeBase, *, sourced: bool) -> None:
        self.kb, self.sourced, self.numbering = kb, sourced, Numbering()

    def block(self, block: object) -> Iterator[str]:
        match block:
            case Heading():
                yield "#" * block.level + " " + _CLOSING.sub(r"\\#", escape(block.text))
            case Paragraph():
                text = self._cited(block.content)
                yield f"**{text}**" if block.lead else text
            case Bullets():
                for item in block.items:
                    yield f"- {'[ ] ' if block.boxes else ''}{self._cited(item)}"
            case Labelled():
                for label, item in block.items:
                    yield f"- **{escape(label)}:** {self._cited(item)}"
            case CitedTable():
                yield from self._table(block.flat(self.numbering))
            case Table() | Picture():
                yield from self._table(block)
            case Ranking():
                headers = ("Rank", "Option", "Score", "Cost", "Preparation", "What it does for the question", "Needs")
                rows = tuple(
                    (row.rank, row.name, f"{row.score:.0f}", row.cost, row.preparation, row.why, row.needs)
                    for row in block.rows
                )
                yield from self._table(Table(headers, rows, frozenset({0, 2})))
            case Code():
                yield "```sh"
                yield from block.lines
                yield "```"
            case References():
                for key, number in self.numbering.numbers.items():
                    yield f"{number}. {_linked(self.kb.references[key])}"

    def _cited(self, cited: Cited) -> str:
        mark = basis_mark(cited, self.numbering.of(cited.sources)) if self.sourced else ""
        strong = f"**{escape(cited.strong)}**" if cited.strong else ""
        text = escape(cited.text) if strong else at_start(cited.text)
        return " ".join(part for part in (strong, text, mark) if part)

    def _table(self, table: Table | Picture) -> Iterator[str]:
        yield f"| {' | '.join(escape(header) for header in table.headers)} |"
        rule = ("--:" if column in table.right else ":--" for column in range(len(table.headers)))
        yield f"| {' | '.join(rule)} |"
        for row in table.rows:
            yield f"| {' | '.join(escape(cell) for cell in row)} |"
        if table.note:
            yield from ("", at_start(table.note))


def _linked(reference: Reference) -> str:
    """A reference with its address as a link; the rest escaped."""
    found = bibliography.item(reference)
    link = f"[search for it](<{found.address}>)" if found.searched else f"<{found.address}>"
    return f"{at_start(found.text)} {link}{f' ({escape(found.note)})' if found.note else ''}"
