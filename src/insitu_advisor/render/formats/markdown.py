"""A document as GitHub Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages.document import (
    Bullets,
    Cited,
    Code,
    Document,
    Heading,
    Labelled,
    Numbering,
    Paragraph,
    Ranking,
    References,
    Table,
    basis_mark,
)

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~$&])")


def render(document: Document, kb: KnowledgeBase) -> str:
    """Markdown of a document; whatever the knowledge base holds is escaped and stays text."""
    page = _Markdown(kb)
    return "\n".join(line for block in document.shown() for line in (*page.block(block), "")).rstrip() + "\n"


def escape(text: str) -> str:
    """Text with every character that Markdown could read as markup escaped."""
    return _SPECIAL.sub(r"\\\1", text)


class _Markdown:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.numbering = kb, Numbering()

    def block(self, block: object) -> Iterator[str]:
        match block:
            case Heading():
                yield f"{'#' * block.level} {escape(block.text)}"
            case Paragraph():
                text = self._cited(block.content)
                yield f"**{text}**" if block.lead else text
            case Bullets():
                for item in block.items:
                    yield f"- {'[ ] ' if block.boxes else ''}{self._cited(item)}"
            case Labelled():
                yield from self._table(Table(("", ""), tuple((label, item.text) for label, item in block.items)))
            case Table():
                yield from self._table(block)
                if block.note:
                    yield from ("", escape(block.note))
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
                    yield f"{number}. {_linked(bibliography.entry(self.kb.references[key]))}"

    def _cited(self, cited: Cited) -> str:
        mark = basis_mark(cited, self.numbering.of(cited.sources))
        strong = f"**{escape(cited.strong)}**" if cited.strong else ""
        return " ".join(part for part in (strong, escape(cited.text), escape(mark)) if part)

    def _table(self, table: Table) -> Iterator[str]:
        yield f"| {' | '.join(escape(header) for header in table.headers)} |"
        rule = ("--:" if column in table.right else ":--" for column in range(len(table.headers)))
        yield f"| {' | '.join(rule)} |"
        for row in table.rows:
            yield f"| {' | '.join(escape(cell) for cell in row)} |"


def _linked(text: str) -> str:
    """A reference with its address as a link; the rest escaped."""
    match = re.search(r"https?://[^\s<>\"]+?(?=\.?(?:[\s<>\"]|$))", text)
    if not match:
        return escape(text)
    return f"{escape(text[: match.start()])}<{match[0]}>{escape(text[match.end() :])}"
