"""Every page in every format: nothing is lost, nothing turns into markup, every number leads to a source."""

import io
import json
import re
from collections import Counter

import pytest
from markdown_it import MarkdownIt
from rich.console import Console
from typer.testing import CliRunner

from insitu_advisor import Wanted, ask, certify, compare, plan, recommend, why, why_not
from insitu_advisor.cli.main import app
from insitu_advisor.engine.reading import read_system
from insitu_advisor.engine.timing import RATES
from insitu_advisor.render import (
    differing,
    explaining,
    markdown,
    plain,
    planning,
    precedent_list,
    recommendation,
    report,
    showing,
    side_by_side,
    terminal,
    timetable,
)
from insitu_advisor.render.document import Bullets, Code, Document, Heading, Paragraph, Ranking, References, Table
from insitu_advisor.render.listing import LISTS

WIDTHS = (40, 80, 120)
FULL = {"ion": "Li", "anode": "silicon", "scale": "particle", "c_rate": "C/10", "budget": "high"}
TIGHT = {"ion": "K", "anode": "graphite", "targets": ("ion-environment", "sei-growth=2"), "facilities": ("bench",)}
NOTHING = {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)}
SHOWN = {
    "techniques": showing.technique_page,
    "combinations": showing.pairing_page,
    "targets": showing.target_page,
    "materials": showing.material_page,
    "facilities": showing.facility_page,
    "presets": showing.facility_page,
    "rules": showing.rule_page,
    "conflicts": showing.conflict_page,
    "references": showing.reference_page,
}
COMMANDS = (
    ("recommend", "--anode", "alloy", "--ion", "K"),
    ("recommend", "--anode", "silicon", "--ion", "Li", "--scale", "particle", "--c-rate", "C/10", "--samples", "500"),
    ("recommend", "--anode", "alloy", "--ion", "K", "--versus-ion", "Li"),
    ("report", "--anode", "graphite", "--ion", "K", "--facility", "bench", "--samples", "500"),
    ("compare", "xrd", "tem", "xrd+tem"),
    ("compare", "nmr", "raman", "--anode", "alloy", "--ion", "K"),
    ("why", "xrd", "--anode", "alloy", "--ion", "K"),
    ("why", "nmr", "--anode", "alloy", "--ion", "K"),
    ("why-not", "sans", "--anode", "alloy", "--ion", "Na"),
    ("why-not", "nmr", "--anode", "alloy", "--ion", "K", "--any-ion"),
    ("plan", "--anode", "silicon", "--ion", "Li", "--max", "4"),
    ("timing", "C/20", "1C"),
    ("precedents", "--ion", "K", "--technique", "xrd"),
    ("precedents", "--ion", "K", "--technique", "nmr"),
    ("show", "raman"),
    ("show", "xrd+tem"),
    ("show", "fracture"),
    *(("list", what) for what in LISTS),
    ("targets",),
)


def _answers(kb):
    """Pages that answer a question, by name."""
    pages = {}
    for name, words in {"plain": {}, "full": FULL, "tight": TIGHT, "nothing": NOTHING}.items():
        advice = recommend(ask(kb, **words), kb)
        certificate = certify(advice, 200)
        pages[f"recommendation {name}"] = recommendation.page(advice, certificate)
        pages[f"report {name}"] = report.page(advice, certificate, generated="2026-01-09")
        pages[f"plan {name}"] = planning.page(plan(advice, 4))
        pages[f"compare {name}"] = side_by_side.page(compare(kb, advice.system, ("xrd", "tem+eis", "nmr"), advice))
        for option in kb.options:
            pages[f"why not {option} {name}"] = explaining.why_not_page(why_not(advice, option))
        for option in advice.ranking:
            pages[f"why {option.id} {name}"] = explaining.why_page(why(advice, option.id))
    return pages


def _pages(kb):
    """Every page the advisor can make of this knowledge base, by name."""
    system = read_system(kb, None, None, None)
    lithium, potassium = (recommend(ask(kb, ion=ion, anode="alloy"), kb) for ion in ("Li", "K"))
    return (
        _answers(kb)
        | {f"list {name}": page(kb) for name, page in LISTS.items()}
        | {f"show {name} {key}": page(kb, key) for name, page in SHOWN.items() for key in getattr(kb, name)}
        | {
            "compare without a question": side_by_side.page(compare(kb, system, tuple(kb.options), None)),
            "timing": timetable.page(system, RATES),
            "precedents": precedent_list.page(kb, Wanted()),
            "precedents none": precedent_list.page(kb, Wanted("K", "alloy", ("nmr",), "fracture")),
            "difference": differing.page(potassium, lithium, "K against Li"),
            "no difference": differing.page(potassium, potassium, "nothing"),
        }
    )


@pytest.fixture(scope="module")
def pages(kb):
    """Every page of the shipped base."""
    return _pages(kb)


def _squeezed(text):
    return "".join(text.split())


def _texts(block):
    """What a reader must find of a block, piece by piece."""
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [block.content.text]
        case Bullets():
            return [text for item in block.items for text in (item.strong, item.text) if text]
        case Table():
            return [cell for row in (block.headers, *block.rows) for cell in row]
        case Ranking():
            return [text for row in block.rows for text in (row.name, f"{row.score:.1f}", row.cost, row.why, row.needs)]
        case Code():
            return list(block.lines)
    return []


def _on_terminal(document, kb, width):
    console = Console(
        file=io.StringIO(), width=width, height=50, force_terminal=True, color_system=None, highlight=False
    )
    terminal.show(document, kb, console)
    return re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())


def _ink(text):
    """How often each visible character stands in a text, the lines of a table left out."""
    return Counter(re.sub(r"[\s─━╶╴]", "", text))


def _missing(document, rendered):
    """Texts outside tables that a rendering lost, whatever its line breaks."""
    whole = _squeezed(rendered)
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    return [text for block in blocks for text in _texts(block) if _squeezed(text) not in whole]


def _rows(html):
    """The rows of the tables of a Markdown rendering as texts of cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]


def _html(text):
    return MarkdownIt("commonmark", {"html": True}).enable("table").render(text)


def _shown(html):
    """The text a browser shows."""
    text = re.sub(r"<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def test_every_page_has_a_name(kb, pages):
    """Every id of every section, every list, every option of every question has its page."""
    sizes = sum(len(getattr(kb, name)) for name in SHOWN)
    assert sizes == sum(name.startswith("show ") for name in pages)
    assert len(LISTS) == sum(name.startswith("list ") for name in pages)
    assert 4 * len(kb.options) == sum(name.startswith("why not ") for name in pages)
    assert all(isinstance(page, Document) and page.blocks for page in pages.values())


def test_plain_loses_nothing(kb, pages):
    """Unwrapped plain text holds every text as one piece, every cell of every table included."""
    for name, page in pages.items():
        text = plain.render(page, kb)
        for block in page.blocks:
            for piece in _texts(block):
                assert piece in text, (name, piece)


@pytest.mark.parametrize("width", WIDTHS)
def test_wrapped_plain_loses_nothing(kb, pages, width):
    """Wrapped plain text holds every word of every text; lines are longer only where one word is."""
    for name, page in pages.items():
        text = plain.render(page, kb, width)
        assert [] == _missing(page, text), name
        words = set(text.split())
        for block in page.blocks:
            if isinstance(block, Table):
                cells = " ".join(cell for row in block.rows for cell in row).split()
                assert set(cells) <= words, name


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_terminal_loses_nothing(kb, pages, width):
    """The terminal shows every text in reading order, and nothing is wider than the screen."""
    for name, page in pages.items():
        text = _on_terminal(page, kb, width)
        assert [] == _missing(page, text), name
        assert max(map(len, text.splitlines())) <= width, name


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_terminal_tables_lose_nothing(kb, pages, width):
    """Every character of every cell of every table is on the screen, however narrow."""
    for name, page in pages.items():
        for block in page.blocks:
            if isinstance(block, Table):
                assert _ink("".join(_texts(block))) == _ink(_on_terminal(Document((block,)), kb, width)), name


def test_no_colour_where_colour_is_off(kb, pages):
    """With colour off the terminal gets no code of a colour."""
    console = Console(file=io.StringIO(), width=80, height=50, force_terminal=True, no_color=True, highlight=False)
    terminal.show(pages["report full"], kb, console)
    assert not re.search(r"\x1b\[(?:\d+;)*(?:3\d|4\d|9\d)(?:;\d+)*m", console.file.getvalue())


def test_markdown_tables_are_whole(kb, pages):
    """Every row of every table has as many cells as its head, each with the text it was given."""
    for name, page in pages.items():
        text = markdown.render(page, kb)
        lines = [line for line in text.splitlines() if line.startswith("|")]
        rows = _rows(_html(text))
        tables = [block for block in page.blocks if isinstance(block, Table | Ranking)]
        expected = [row for block in tables for row in _cells(block)]
        assert expected == [tuple(_shown(cell) for cell in row) for row in rows], name
        assert len(expected) + len(tables) == len(lines), name
        pipes = [len(re.findall(r"(?<!\\)\|", line)) - 1 for line in lines]
        assert [len(row) for block in tables for row in (_cells(block)[0], *_cells(block))] == pipes, name


def _cells(block):
    if isinstance(block, Table):
        return [block.headers, *block.rows]
    head = ("Rank", "Option", "Score", "Cost", "Preparation", "What it does for the question", "Needs")
    rows = [(r.rank, r.name, f"{r.score:.1f}", r.cost, r.preparation, r.why, r.needs) for r in block.rows]
    return [head, *rows]


def _is_link(html, start):
    return html.startswith(("<https://", "<http://"), start)


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
        shown = _squeezed(_shown(reader.render(text)))
        for block in page.blocks:
            for piece in _texts(block):
                assert _squeezed(piece) in shown, (name, piece)


def test_headings_and_lists_stay_what_they_are(kb, pages):
    """Markdown has as many headings, list items and code blocks as the document, and no quotes or rules."""
    reader = MarkdownIt("commonmark").enable("table")
    for name, page in pages.items():
        kinds = Counter(token.type for token in reader.parse(markdown.render(page, kb)))
        bullets = sum(len(block.items) for block in page.blocks if isinstance(block, Bullets))
        cited = len(_numbers(page)) if any(isinstance(block, References) for block in page.blocks) else 0
        assert sum(isinstance(block, Heading) for block in page.blocks) == kinds["heading_open"], name
        assert bullets + cited == kinds["list_item_open"], name
        assert sum(isinstance(block, Code) for block in page.blocks) == kinds["fence"], name
        assert 0 == kinds["blockquote_open"] + kinds["hr"] + kinds["code_block"], name


def _numbers(page):
    """Source keys in order of first citation."""
    keys = {}
    for block in page.blocks:
        cited = [block.content] if isinstance(block, Paragraph) else block.items if isinstance(block, Bullets) else ()
        keys.update(dict.fromkeys(key for item in cited for key in item.sources))
    return list(keys)


def test_every_number_leads_to_a_source(kb, pages):
    """Cited sources are numbered from 1 in order of first use, and each stands under its number in the list."""
    cited = 0
    for name, page in pages.items():
        keys = _numbers(page)
        assert not keys or any(isinstance(block, References) for block in page.blocks), name
        text = plain.render(page, kb)
        listed = re.findall(r"^\[(\d+)\] (.*)$", text, re.M)
        assert [str(number) for number in range(1, len(keys) + 1)] == [number for number, _ in listed], name
        for key, (_, entry) in zip(keys, listed, strict=True):
            assert (kb.references[key].title or kb.references[key].about) in entry, (name, key)
        tail = markdown.render(page, kb)
        for number, key in enumerate(keys, 1):
            assert (
                f"\n{number}. {markdown.escape(kb.references[key].authors or kb.references[key].title or '')[:20]}"
                in tail
            )
        cited += len(keys)
    assert cited > 1000


def test_marks_in_the_text_are_in_the_list(kb, pages):
    """Each number in a mark such as [review 2.1; 3, 4] or [5] is one of the list of sources."""
    for name, page in pages.items():
        text = plain.render(page, kb)
        listed = set(re.findall(r"^\[(\d+)\] ", text, re.M))
        marks = re.findall(r" \[((?:review [\d.-]+|derived|judgement)?(?:; )?(?:\d+(?:, \d+)*)?)\]$", text, re.M)
        used = {number for mark in marks for number in re.split(r"; |, ", mark) if number.isdigit()}
        assert used == listed, name


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_json_of_every_command(words):
    """The JSON of every command parses, carries its schema version and comes out the same twice, to the byte."""
    one, other = (CliRunner().invoke(app, [*words, "--format", "json"]) for _ in range(2))
    assert 0 == one.exit_code, one.output
    assert one.stdout_bytes == other.stdout_bytes
    assert re.fullmatch(r"\d+\.\d+", json.loads(one.stdout)["schema_version"])
    assert one.stdout_bytes.endswith(b"}\n")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("form", ["text", "markdown"])
def test_text_of_every_command(words, form):
    """Text and Markdown of every command come out the same twice, to the byte, without a code of the terminal."""
    one, other = (CliRunner().invoke(app, [*words, "--format", form]) for _ in range(2))
    assert 0 == one.exit_code, one.output
    assert one.stdout_bytes == other.stdout_bytes
    assert b"\x1b" not in one.stdout_bytes
