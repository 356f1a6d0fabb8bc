"""A document as one self-contained HTML page: no network, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.formats.figures import Drawing
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
    References,
    Table,
    basis_mark,
)

PICTURES = "Pictures"


def render(document: Document, kb: KnowledgeBase, drawings: Sequence[Drawing] = ()) -> str:
    """A whole page; every word of the knowledge base is escaped."""
    title = next((block.text for block in document.shown() if isinstance(block, Heading)), "insitu-advisor")
    style = files("insitu_advisor.render.formats").joinpath("page.css").read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{body(document, kb, drawings)}\n</main>\n</body>\n</html>\n"
    )


def body(document: Document, kb: KnowledgeBase, drawings: Sequence[Drawing] = ()) -> str:
    """The blocks of a document, with the pictures after the ranking."""
    page = _Html(kb)
    parts = []
    for block in document.shown():
        parts.append(page.block(block))
        if isinstance(block, Ranking):
            parts += [page.figure(drawing) for drawing in drawings]
    return "\n".join(parts)


class _Html:
    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb, self.numbering = kb, Numbering()

    def block(self, block: object) -> str:
        match block:
            case Heading():
                return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
            case Paragraph():
                css = ' class="lead"' if block.lead else ""
                return f"<p{css}>{self._cited(block.content)}</p>"
            case Bullets():
                items = "\n".join(f"<li>{self._cited(item)}</li>" for item in block.items)
                css = ' class="boxes"' if block.boxes else ""
                return f"<ul{css}>\n{items}\n</ul>"
            case Table():
                return self._table(block.headers, [[escape(cell) for cell in row] for row in block.rows], block.right)
            case Ranking():
                return self._ranking(block)
            case Code():
                return f"<pre><code>{escape(chr(10).join(block.lines))}</code></pre>"
            case References():
                return f"<ol>\n{chr(10).join(self._references())}\n</ol>"
        raise TypeError(f"unknown block {block!r}")

    def figure(self, drawing: Drawing) -> str:
        """A picture with its caption and its table twin."""
        twin = self._table(
            drawing.twin.headers, [[escape(c) for c in row] for row in drawing.twin.rows], drawing.twin.right
        )
        return (
            f'<figure><div class="drawing">{drawing.image}</div><figcaption><strong>{escape(drawing.title)}.</strong> '
            f"{escape(drawing.description)}</figcaption>"
            f"<details><summary>The same as a table</summary>{twin}</details></figure>"
        )

    def _references(self) -> Iterator[str]:
        for key, number in self.numbering.numbers.items():
            yield f'<li id="ref-{number}">{_linked(bibliography.entry(self.kb.references[key]))}</li>'

    def _cited(self, cited: Cited) -> str:
        numbers = self.numbering.of(cited.sources)
        mark = escape(basis_mark(cited, numbers))
        for number in numbers:
            mark = re.sub(rf"(?<=[\s\[]){number}(?=[,\]])", f'<a href="#ref-{number}">{number}</a>', mark, count=1)
        strong = f"<strong>{escape(cited.strong)}</strong>" if cited.strong else ""
        shown = f'<span class="mark">{mark}</span>' if mark else ""
        return " ".join(part for part in (strong, escape(cited.text), shown) if part)

    def _ranking(self, ranking: Ranking) -> str:
        headers = ("Rank", "Option", "Score", "", "Cost", "Preparation", "What it does for the question", "Needs")
        rows = [
            [
                escape(row.rank),
                f"<strong>{escape(row.name)}</strong>",
                f"{row.score:.1f}",
                f'<span class="bar"><i style="width:{row.score:.1f}%"></i></span>',
                *(escape(cell) for cell in (row.cost, row.preparation, row.why, row.needs)),
            ]
            for row in ranking.rows
        ]
        return self._table(headers, rows, frozenset({0, 2}))

    def _table(self, headers: Sequence[str], rows: list[list[str]], right: frozenset[int]) -> str:
        css = ["right" if column in right else "left" for column in range(len(headers))]
        names = [escape(header) for header in headers]
        head = "".join(f'<th class="{side}">{name}</th>' for side, name in zip(css, names, strict=True))
        lines = "\n".join(f"<tr>{''.join(map(_cell, css, names, row))}</tr>" for row in rows)
        return f'<div class="scroll"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody></table></div>'


def _cell(side: str, name: str, content: str) -> str:
    """A cell that carries its column's name, for narrow screens where the header row is gone."""
    return f'<td class="{side}" data-label="{name}">{content}</td>'


def _linked(text: str) -> str:
    """A reference with its address as a link, everything escaped."""
    match = re.search(r"https?://[^\s<>\"]+?(?=\.?(?:[\s<>\"]|$))", text)
    if not match:
        return escape(text)
    address = escape(match[0])
    return f'{escape(text[: match.start()])}<a href="{address}">{address}</a>{escape(text[match.end() :])}'
