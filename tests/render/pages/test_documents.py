"""Every page in every format: nothing is lost, every table is whole, every number leads to a source."""

import io
import json
import re
from collections import Counter

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from cli.running import invoke
from insitu_advisor import ask, compare, recommend
from insitu_advisor.engine.words.sentences import needs, route_name
from insitu_advisor.render.formats import markdown
from insitu_advisor.render.formats import text as screen
from insitu_advisor.render.formats.text import column_widths
from insitu_advisor.render.pages import bibliography
from insitu_advisor.render.pages import compare as side_by_side
from insitu_advisor.render.pages.document import (
    Bullets,
    CitedTable,
    Code,
    Document,
    Heading,
    Labelled,
    Picture,
    References,
    Table,
)
from render.every_page import LISTED, SHOWN, every_page
from render.reading_pages import (
    as_shown,
    ink,
    missing,
    numbers,
    on_terminal,
    rows_of,
    squeezed,
    tables_of,
    texts,
    to_html,
)

WIDTHS = (40, 80, 120)
COMMANDS = (
    ("recommend", "--anode", "alloy", "--ion", "K"),
    ("recommend", "--anode", "silicon", "--ion", "Li", "--scale", "particle", "--c-rate", "C/10", "--full"),
    ("recommend", "--anode", "alloy", "--ion", "K", "--versus-ion", "Li"),
    ("report", "--anode", "graphite", "--ion", "K", "--facility", "bench", "--samples", "500"),
    ("compare", "xrd", "tem", "xrd+tem", "--ion", "Li"),
    ("compare", "nmr", "raman", "--anode", "alloy", "--ion", "K"),
    ("why", "xrd", "--anode", "alloy", "--ion", "K"),
    ("why", "nmr", "--anode", "alloy", "--ion", "K"),
    ("plan", "--anode", "silicon", "--ion", "Li"),
    ("show", "speeds"),
    ("show", "studies", "--ion", "K", "--technique", "xrd"),
    ("show", "raman"),
    ("show", "xrd+tem"),
    ("show", "fracture"),
    *(("show", what) for what in LISTED),
)


@pytest.fixture(scope="module")
def pages(kb):
    """Every page of the shipped base."""
    return every_page(kb)


def test_every_page_has_a_name(kb, pages):
    """Every id of every section, every list, every option of two questions has its page."""
    sizes = sum(len(getattr(kb, name)) for name in SHOWN)
    assert sizes == sum(name.startswith("show ") for name in pages)
    assert len(LISTED) == sum(name.startswith("list ") for name in pages)
    for question in ("full", "nothing"):
        assert all(f"why {option} {question}" in pages for option in kb.options)
    assert all(isinstance(page, Document) and page.blocks for page in pages.values())


def test_plain_loses_nothing(kb, pages):
    """Unwrapped plain text holds every text as one piece, every cell of every table included."""
    for name, page in pages.items():
        text = screen.render(page, kb)
        for block in page.shown():
            for piece in texts(block) if not isinstance(block, CitedTable) else ():
                assert piece in text, (name, piece)


@pytest.mark.parametrize("width", WIDTHS)
def test_wrapped_plain_loses_nothing(kb, pages, width):
    """Wrapped plain text holds every word of every text; lines are longer only where one word is."""
    for name, page in pages.items():
        text = screen.render(page, kb, width)
        assert [] == missing(page, text), name
        words = set(text.split())
        for block in page.shown():
            if isinstance(block, Table | Picture):
                assert set(" ".join(cell for row in block.rows for cell in row).split()) <= words, name


@pytest.mark.parametrize("width", [40, 100])
def test_terminal_loses_nothing(kb, pages, width):
    """The terminal shows every text; nothing but a command, to be copied whole, or one long word is wider than it."""
    for name, page in pages.items():
        text = on_terminal(page, kb, width)
        assert [] == missing(page, text), name
        commands = {f"    {line}" for block in page.shown() if isinstance(block, Code) for line in block.lines}
        lines = {line.rstrip() for line in text.splitlines()}
        assert [] == [line for line in lines - commands if len(line) > width and len(line.split()) > 1], name
        assert commands <= lines, name


def _stacked(block):
    """The texts of a table whose rows are set cell under cell, each with its header but the first."""
    for row in block.rows:
        yield row[0]
        yield from (f"{header}:{cell}" for header, cell in zip(block.headers[1:], row[1:], strict=True) if cell)


@pytest.mark.parametrize("width", WIDTHS)
def test_terminal_tables_lose_nothing(kb, pages, width):
    """Every character of every cell of every table is on the screen, in columns or cell under cell."""
    ways = Counter()
    for name, page in pages.items():
        for block in page.shown():
            if isinstance(block, Table | Picture):
                shown = ink(on_terminal(Document((block._replace(note=""),)), kb, width))
                columns, stack = ink("".join(texts(block))), ink("".join(_stacked(block)))
                assert shown in (columns, stack), name
                ways["columns" if shown == columns else "stack"] += 1
    assert ways["columns"]
    assert ways["stack"]


@pytest.mark.parametrize("width", WIDTHS)
def test_terminal_tables_keep_words_whole(kb, pages, width):
    """A word or a number of a cell is never broken over two lines, so that 300-480 does not read as 300."""
    for name, page in pages.items():
        for block in page.shown():
            if isinstance(block, Table | Picture):
                words = set(" ".join(cell for row in block.rows for cell in row).split())
                assert words <= set(on_terminal(Document((block,)), kb, width).split()), name


def test_no_colour_where_colour_is_off(kb, pages):
    """With colour off the terminal gets no code of a colour."""
    console = Console(file=io.StringIO(), width=80, height=50, force_terminal=True, no_color=True, highlight=False)
    screen.show(pages["report full"], kb, console)
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d)(?:;\d+)*m", console.file.getvalue())


def test_markdown_tables_are_whole(kb, pages):
    """Every row of every table has as many cells as its head, each with the text it was given."""
    for name, page in pages.items():
        text = markdown.render(page, kb)
        lines = [line for line in text.splitlines() if line.startswith("|")]
        tables = list(tables_of(page))
        expected = [tuple(row) for table in tables for row in table]
        assert expected == [tuple(as_shown(cell) for cell in row) for row in rows_of(to_html(text))], name
        assert len(expected) + len(tables) == len(lines), name
        pipes = [len(re.findall(r"(?<!\\)\|", line)) - 1 for line in lines]
        assert [len(row) for table in tables for row in (table[0], *table)] == pipes, name


def test_markdown_holds_no_raw_html_and_loses_nothing(kb, pages):
    """Markdown has no HTML of its own, links lead to the web only, and a browser shows every text."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    for name, page in pages.items():
        text = markdown.render(page, kb)
        tokens = [token for block in reader.parse(text) for token in (block, *(block.children or ()))]
        assert not [token.content for token in tokens if token.type in {"html_block", "html_inline", "image"}], name
        assert all(
            token.attrs["href"].startswith(("https://", "http://")) for token in tokens if token.type == "link_open"
        )
        shown = squeezed(as_shown(reader.render(text)))
        for block in page.shown():
            for piece in texts(block):
                assert squeezed(piece) in shown, (name, piece)


def test_headings_and_lists_stay_what_they_are(kb, pages):
    """Markdown has as many headings, list items and code blocks as the document, and no quotes or rules."""
    reader = MarkdownIt("commonmark").enable("table")
    for name, page in pages.items():
        kinds = Counter(token.type for token in reader.parse(markdown.render(page, kb)))
        bullets = sum(len(block.items) for block in page.shown() if isinstance(block, Bullets | Labelled))
        cited = len(numbers(page)) if any(isinstance(block, References) for block in page.shown()) else 0
        assert sum(isinstance(block, Heading) for block in page.shown()) == kinds["heading_open"], name
        assert bullets + cited == kinds["list_item_open"], name
        assert sum(isinstance(block, Code) for block in page.shown()) == kinds["fence"], name
        assert 0 == kinds["blockquote_open"] + kinds["hr"] + kinds["code_block"], name


def test_no_list_of_sources_without_a_source(kb, pages):
    """A page that cites nothing has no heading for its sources."""
    for name, page in pages.items():
        if not numbers(page):
            assert not any(isinstance(block, References) for block in page.shown()), name


def test_every_number_leads_to_a_source(kb, pages):
    """Cited sources are numbered from 1 in order of first use, and each stands under its number in the list."""
    cited = 0
    for name, page in pages.items():
        if page.short:
            continue
        keys = numbers(page)
        assert not keys or any(isinstance(block, References) for block in page.shown()), name
        listed = re.findall(r"^\[(\d+)\] (.*)$", screen.render(page, kb), re.M)
        assert [str(number) for number in range(1, len(keys) + 1)] == [number for number, _ in listed], name
        tail = markdown.render(page, kb)
        for number, (key, (_, entry)) in enumerate(zip(keys, listed, strict=True), 1):
            found = bibliography.item(kb.references[key])
            assert entry == bibliography.entry(kb.references[key]), (name, key)
            assert f"\n{number}. {markdown.at_start(found.text)}" in tail
            assert f"<{found.address}>" in tail
        cited += len(keys)
    assert cited > 700


def test_marks_in_the_text_are_in_the_list(kb, pages):
    """Each number in a mark such as [review 2.1; 3, 4] or [5] is one of the list of sources, and a screen has none."""
    for name, page in pages.items():
        text = screen.render(page, kb)
        listed = set(re.findall(r"^\[(\d+)\] ", text, re.M))
        marks = re.findall(r" \[((?:review [\d.-]+|derived|judgement)?(?:; )?(?:\d+(?:, \d+)*)?)\](?=$| )", text, re.M)
        used = {number for mark in marks for number in re.split(r"; |, ", mark) if number.isdigit()}
        assert used - {"5"} == listed - {"5"}, name
        assert not (page.short and used), name


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_json_of_every_command(words):
    """The JSON of every command parses, carries its schema version and comes out the same twice, to the byte."""
    one, other = (invoke(*words, "--format", "json") for _ in range(2))
    assert 0 == one.exit_code, one.output
    assert one.stdout_bytes == other.stdout_bytes
    assert re.fullmatch(r"\d+\.\d+", json.loads(one.stdout)["schema_version"])
    assert one.stdout_bytes.endswith(b"}\n")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_of_every_command(words, form):
    """Every command prints text and Markdown, without a code of the terminal."""
    done = invoke(*words, "--format", form)
    assert 0 == done.exit_code, done.output
    assert done.stdout_bytes.strip()
    assert b"\x1b" not in done.stdout_bytes


@pytest.mark.parametrize("words", {words[0]: words for words in COMMANDS}.values(), ids=" ".join)
def test_same_text_twice(words):
    """The Markdown of each command comes out the same twice, to the byte."""
    one, other = (invoke(*words, "--format", "markdown").stdout_bytes for _ in range(2))
    assert one == other


def test_bars_of_a_ranking_stand_below_each_other(kb, pages):
    """Scores and bars of a ranking begin in the same column, however long the name of an option is."""
    for name in ("full recommendation plain", "full recommendation full"):
        found = [line for line in screen.render(pages[name], kb).splitlines() if "█" in line or "░" in line]
        assert len(found) > 3
        assert 1 == len({line.index(next(sign for sign in line if sign in "█░")) for line in found}), name


def test_many_options_fit_a_screen_side_by_side(kb):
    """More options than fit side by side at 80 columns stand in rows of one table, each with what it needs below."""
    advice = recommend(ask(kb, ion="Na", anode="Sn", targets=("crystalline-phase", "fracture"), c_rate="1C"), kb)
    for count in (2, 4, 5):
        options = ("tem", "xrd", "raman", "nmr", "eis")[:count]
        page = side_by_side.page(compare(advice, options))
        (table,) = [block for block in page.blocks if isinstance(block, Table | Picture)]
        assert column_widths(table, 80) is not None
        names = table.headers[1:] if count < 4 else [row[0] for row in table.rows]
        assert [route_name(advice.option(option).route) for option in options] == list(names)
        shown = screen.render(page, kb, 80)
        assert all(needs(kb, advice.option(option).route).split()[0] in shown for option in options)
