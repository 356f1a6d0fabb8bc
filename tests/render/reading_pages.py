"""What a reader must find in a page, and how a page is read back."""

import io
import re
from collections import Counter

from markdown_it import MarkdownIt
from rich.console import Console

from insitu_advisor.render.formats import text as screen
from insitu_advisor.render.pages.document import (
    Bullets,
    CitedTable,
    Code,
    Heading,
    Labelled,
    Numbering,
    Paragraph,
    Picture,
    Ranking,
    Table,
    cites,
)


def squeezed(text):
    return "".join(text.split())


def texts(block):
    """What a reader must find of a block, piece by piece."""
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [block.content.text]
        case Bullets():
            return [text for item in block.items for text in (item.strong, item.text) if text]
        case Labelled():
            return [text for label, item in block.items for text in (label, item.text)]
        case CitedTable():
            return [*block.headers, *(cell.text for row in block.rows for cell in row if cell.text)]
        case Table() | Picture():
            return [cell for row in (block.headers, *block.rows) for cell in row]
        case Ranking():
            return [text for row in block.rows for text in (row.name, f"{row.score:.0f}", row.cost, row.why, row.needs)]
        case Code():
            return list(block.lines)
    return []


def on_terminal(document, kb, width):
    console = Console(
        file=io.StringIO(), width=width, height=50, force_terminal=True, color_system=None, highlight=False
    )
    screen.show(document, kb, console)
    return re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())


def ink(text):
    """How often each visible character stands in a text, the lines of a table left out."""
    return Counter(re.sub(r"[\s─━╶╴]", "", text))


def missing(document, rendered):
    """Texts outside tables that a rendering lost, whatever its line breaks."""
    whole = squeezed(rendered)
    blocks = [block for block in document.shown() if not isinstance(block, Table | Picture | CitedTable)]
    return [text for block in blocks for text in texts(block) if squeezed(text) not in whole]


def rows_of(html):
    """The rows of the tables of a Markdown rendering as texts of cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]


READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def to_html(text):
    return READER.render(text)


def read(text):
    """A Markdown text read once: every token, those inside lines included, and its HTML."""
    blocks = READER.parse(text)
    tokens = [token for block in blocks for token in (block, *(block.children or ()))]
    return tokens, READER.renderer.render(blocks, READER.options, {})


def tokens_of(text):
    return read(text)[0]


def as_shown(html):
    """The text a browser shows."""
    text = re.sub(r"<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def cells(block):
    if isinstance(block, Table | Picture):
        return [block.headers, *block.rows]
    head = ("Rank", "Option", "Score", "Cost", "Preparation", "What it does for the question", "Needs")
    rows = [(r.rank, r.name, f"{r.score:.0f}", r.cost, r.preparation, r.why, r.needs) for r in block.rows]
    return [head, *rows]


def numbers(page):
    """Source keys in order of first citation."""
    return list(dict.fromkeys(key for block in page.shown() for key in cites(block)))


def tables_of(page):
    """The tables of a page as rows of texts, cited ones with their marks."""
    numbering = Numbering()
    numbering.of(tuple(numbers(page)))
    for block in page.shown():
        if isinstance(block, CitedTable):
            yield cells(block.flat(numbering))
        elif isinstance(block, Table | Picture | Ranking):
            yield cells(block)
