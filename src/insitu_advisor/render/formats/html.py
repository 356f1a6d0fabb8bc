"""A document as one self-contained HTML page: no network, and no script but the one that ranks again."""

from __future__ import annotations

import base64
import hashlib
import itertools
import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Reference
from insitu_advisor.render.formats import figures, svg
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
    Live,
    Numbering,
    Paragraph,
    Picture,
    Ranking,
    References,
    Table,
    basis_mark,
)

ENOUGH_SECTIONS = 4
# From so many columns of numbers on a table is read across, and stays a table on a phone.
MANY_NUMBERS = 4
SIGNS = {"+++": 3, "++": 2, "+": 1, "-": 0, "(+++)": 1, "(++)": 1}


def render(document: Document, kb: KnowledgeBase) -> str:
    """A whole page; every word of the knowledge base is escaped."""
    blocks = list(document.shown(kb.laboratory))
    title = next((block.text for block in blocks if isinstance(block, Heading)), "insitu-advisor")
    style = _file("page.css") + f"@media screen and (prefers-color-scheme: dark) {{{svg.dark_rules()}}}\n"
    script = _file("live.js") if any(isinstance(block, Live) for block in blocks) else ""
    run = f"<script>{script}</script>\n" if script else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(script)}">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{_sections(_Html(kb, sourced=not document.short), blocks)}\n</main>\n{run}</body>\n</html>\n"
    )


def body(document: Document, kb: KnowledgeBase) -> str:
    """The blocks of a document as a fragment, one below the other."""
    page = _Html(kb, sourced=not document.short)
    return "\n".join(page.block(block) for block in document.shown(kb.laboratory))


def slug(text: str) -> str:
    """A heading as the end of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


def _file(name: str) -> str:
    return files("insitu_advisor.render.formats").joinpath(name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """What the page may do: its own styles, its own script letter by letter, and nothing else."""
    allowed = ["default-src 'none'", "style-src 'unsafe-inline'"]
    if script:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        allowed.append(f"script-src 'sha256-{digest}'")
    return "; ".join([*allowed, "base-uri 'none'", "form-action 'none'"])


def _sections(page: _Html, blocks: list[Block]) -> str:
    """The page in sections, those that may be folded folded, with a list of contents where there are many."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Live) or (isinstance(block, Heading) and block.level == 2):
            parts.append([])
        parts[-1].append(block)
    # First, as sources are numbered in the order in which they are met.
    opening = "\n".join(page.block(block) for block in parts[0])
    names = [_name(part[0]) for part in parts[1:]]
    ids = _unique([slug(name) for name in names])
    made = [_section(page, part, name) for part, name in zip(parts[1:], ids, strict=True)]
    lives = [isinstance(part[0], Live) for part in parts[1:]]
    contents = _contents(list(zip(ids, names, lives, strict=True))) if len(ids) >= ENOUGH_SECTIONS else ""
    return "\n".join(part for part in (f"<header>\n{opening}\n</header>" if opening else "", contents, *made) if part)


def _name(block: Block) -> str:
    """The name of the section a block opens."""
    if isinstance(block, Live):
        return str(block.data["words"]["title"])
    return block.text if isinstance(block, Heading) else ""


def _contents(entries: list[tuple[str, str, bool]]) -> str:
    items = "\n".join(
        f'<li{" data-live hidden" if live else ""}><a href="#{name}">{escape(title)}</a></li>'
        for name, title, live in entries
    )
    return f'<nav aria-label="Contents">\n<ul>\n{items}\n</ul>\n</nav>'


def _section(page: _Html, blocks: list[Block], name: str) -> str:
    head, *rest = blocks
    if isinstance(head, Live):
        inner = "\n".join(page.block(block) for block in blocks)
        return f'<section id="{name}" class="live" data-live hidden>\n{inner}\n</section>'
    inner, title = "\n".join(page.block(block) for block in rest), page.block(head)
    if isinstance(head, Heading) and head.folded:
        # The address is inside, so that a link to it opens the section.
        return f'<details class="fold">\n<summary>{title}</summary>\n<div id="{name}">\n{inner}\n</div>\n</details>'
    return f'<section id="{name}">\n{title}\n{inner}\n</section>'


def _unique(names: list[str]) -> list[str]:
    counts: dict[str, Iterator[int]] = {}
    made = []
    for name in names:
        number = next(counts.setdefault(name, itertools.count(1)))
        made.append(name if number == 1 else f"{name}-{number}")
    return made


class _Html:
    def __init__(self, kb: KnowledgeBase, *, sourced: bool) -> None:
        self.kb, self.sourced, self.numbering = kb, sourced, Numbering()

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
            case Labelled():
                items = "\n".join(
                    f"<dt>{escape(label)}</dt>\n<dd>{self._cited(item)}</dd>" for label, item in block.items
                )
                return f"<dl>\n{items}\n</dl>"
            case Picture():
                return self._figure(block)
            case CitedTable():
                rows = [[self._cell(cell) for cell in row] for row in block.rows]
                return _table(block.headers, rows, frozenset()) + _note(block.note)
            case Table():
                rows = [[escape(cell) for cell in row] for row in block.rows]
                return _table(block.headers, rows, block.right) + _note(block.note)
            case Live():
                return _live(block)
            case Ranking():
                return self._ranking(block)
            case Code():
                return f"<pre><code>{escape(chr(10).join(block.lines))}</code></pre>"
            case References():
                return f'<ol class="references">\n{chr(10).join(self._references())}\n</ol>'
        raise TypeError(f"unknown block {block!r}")

    def _figure(self, picture: Picture) -> str:
        """A picture with its caption and its table twin."""
        twin = _table(picture.headers, [[escape(cell) for cell in row] for row in picture.rows], picture.right)
        return (
            f'<figure><div class="drawing" tabindex="0">{figures.draw(picture)}</div>'
            f"<figcaption><strong>{escape(picture.title)}.</strong> {escape(picture.note)}</figcaption>"
            f'<details class="twin"><summary>The same as a table</summary>{twin}</details></figure>'
        )

    def _references(self) -> Iterator[str]:
        for key, number in self.numbering.numbers.items():
            yield f'<li id="ref-{number}">{_linked(self.kb.references[key])}</li>'

    def _cited(self, cited: Cited) -> str:
        numbers = self.numbering.of(cited.sources) if self.sourced else []
        mark = escape(basis_mark(cited, numbers)) if self.sourced else ""
        for number in numbers:
            mark = re.sub(rf"(?<=[\s\[]){number}(?=[,\]])", f'<a href="#ref-{number}">{number}</a>', mark, count=1)
        strong = f"<strong>{escape(cited.strong)}</strong>" if cited.strong else ""
        shown = f'<span class="mark">{mark}</span>' if mark else ""
        return " ".join(part for part in (strong, escape(cited.text), shown) if part)

    def _cell(self, cited: Cited) -> str:
        """A statement as the one thing in its cell."""
        return f"<span>{self._cited(cited)}</span>" if cited.text or cited.sources else ""

    def _ranking(self, ranking: Ranking) -> str:
        headers = ("Rank", "Option", "Score", "Cost", "Preparation", "What it does for the question", "Needs")
        rows = [
            [
                escape(row.rank),
                f"<strong>{escape(row.name)}</strong>",
                f"{row.score:.0f}",
                *(escape(cell) for cell in (row.cost, row.preparation, row.why, row.needs)),
            ]
            for row in ranking.rows
        ]
        return _table(headers, rows, frozenset({0, 2}))


def _live(block: Live) -> str:
    """The place for the list that follows the reader, with what it is made of; empty until the script fills it."""
    words = block.data["words"]
    data = json.dumps(block.data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f"<h2>{escape(words['title'])}</h2>\n<p>{escape(words['says'])} {escape(block.data['certainty'])}</p>\n"
        f'<div id="live"></div>\n<script type="application/json" id="live-data">{data}</script>'
    )


def _table(headers: Sequence[str], rows: list[list[str]], right: frozenset[int]) -> str:
    css = ["right" if column in right else "left" for column in range(len(headers))]
    names = [escape(header) for header in headers]
    head = "".join(f'<th class="{side}">{name}</th>' for side, name in zip(css, names, strict=True))
    lines = "\n".join(f"<tr>{''.join(map(_cell, css, names, row))}</tr>" for row in rows)
    kept = len(right) >= MANY_NUMBERS or any(cell in SIGNS for row in rows for cell in row)
    signed = ' class="matrix"' if kept else ""
    inner = f"<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}\n</tbody>"
    return f'<div class="scroll"><table{signed}>\n{inner}</table></div>'


def _cell(side: str, name: str, content: str) -> str:
    """A cell that carries its column's name, for narrow screens where the header row is gone."""
    css = f"sign s{SIGNS[content]}" if content in SIGNS else side
    return f'<td class="{css}" data-label="{name}">{content}</td>'


def _note(text: str) -> str:
    return f'\n<p class="note">{escape(text)}</p>' if text else ""


def _linked(reference: Reference) -> str:
    """A reference with its address as a link, everything escaped."""
    found = bibliography.item(reference)
    label = "search for it" if found.searched else escape(found.address)
    note = f' <span class="mark">({escape(found.note)})</span>' if found.note else ""
    return f'{escape(found.text)} <a href="{escape(found.address)}">{label}</a>{note}'
