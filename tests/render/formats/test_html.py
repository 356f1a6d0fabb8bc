"""The HTML report: one file, nothing loaded, the same words, readable on a phone, in the dark and on paper."""

import base64
import hashlib
import html as html_text
import re
from functools import cache
from html.parser import HTMLParser

import pytest

from insitu_advisor import ask, certify, load_knowledge_base, recommend
from insitu_advisor.render.formats import figures, html, markdown, svg
from insitu_advisor.render.pages import report
from insitu_advisor.render.pages.document import (
    Bullets,
    CitedTable,
    Document,
    Heading,
    Labelled,
    Live,
    Paragraph,
    Picture,
    Table,
    basis_mark,
)
from render.formats.drawing import BROWSER, browse
from render.reading_pages import numbers, rows_of, squeezed, tables_of, texts, to_html

QUESTIONS = {
    "potassium": {"anode": "antimony", "ion": "K"},
    "sodium": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",), "c_rate": "C/10"},
    "lithium": {"anode": "silicon", "ion": "Li", "targets": ("fracture", "sei-composition"), "facilities": ("bench",)},
    "nothing": {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)},
}
POISON = "<script>alert(1)</script> \"q\" 'a' & &amp; <img src=x onerror=alert(2)> </td></table> ]]> <!-- c"
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no picture of the page was looked at")
LOADS = {
    "link", "img", "iframe", "frame", "object", "embed", "audio", "video", "source", "track", "form", "base",
    "input", "button", "image", "use", "foreignobject", "applet", "portal",
}  # fmt: skip
VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """Tags with their attributes, and whether every tag is closed in its turn."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.open, self.crossed, self.comments = [], [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)

    def handle_comment(self, data):
        self.comments.append(data)


def _shown(page):
    """The text a browser shows."""
    return html_text.unescape(re.sub(r"<[^>]*>", "", page))


@cache
def _report(kb, name):
    advice = recommend(ask(kb, **QUESTIONS[name]), kb)
    document = report.page(
        advice, certify(advice, 200), cover=report.Cover("A title", "An author", "2026-01-09"), form="html"
    )
    return document, html.render(document, kb)


@pytest.fixture(scope="module", params=QUESTIONS)
def made(request, kb):
    """Document and page of each question."""
    return _report(kb, request.param)


def test_nothing_is_loaded(made):
    """No element, style or event of the page fetches anything; links only lead away when they are clicked."""
    page = Page(made[1])
    assert set() == LOADS & {tag for tag, _ in page.tags}
    names = {name for _, attributes in page.tags for name in attributes}
    assert set() == {name for name in names if name.startswith("on") or name in {"src", "srcset", "data", "action"}}
    assert not re.search(r"url\(|@import|javascript:|fetch\(|XMLHttpRequest|import\(", made[1])
    assert {"a"} >= {tag for tag, attributes in page.tags if "href" in attributes}
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert all(re.match(r"https?://|#[a-z0-9-]+$", link) for link in links)


def test_policy_allows_own_styles_and_the_one_script(made):
    """The content security policy allows inline styles and the script of the page letter by letter, nothing else."""
    _, page = made
    (policy,) = [a["content"] for t, a in Page(page).tags if a.get("http-equiv") == "Content-Security-Policy"]
    scripts = re.findall(r"<script>(.*?)</script>", page, re.S)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    own = "".join(f" script-src 'sha256-{digest}';" for digest in digests)
    assert f"default-src 'none'; style-src 'unsafe-inline';{own} base-uri 'none'; form-action 'none'" == policy
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_page_that_cannot_be_moved_has_no_script(kb):
    """Where nothing passes, and in a report that is not meant for it, there is no script at all."""
    assert "<script" not in _report(kb, "nothing")[1]
    advice = recommend(ask(kb, **QUESTIONS["potassium"]), kb)
    assert "<script" not in html.render(report.page(advice, certify(advice, 200)), kb)


def test_page_is_well_formed(made):
    """Every tag is closed in its turn, ids are unique and every citation leads to its reference."""
    page = Page(made[1])
    assert ([], [], []) == (page.open, page.crossed, page.comments)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {attributes["href"][1:] for tag, attributes in page.tags if attributes.get("href", "").startswith("#")}
    assert inner == set(ids) - {"live", "live-data"}


def test_contents_lead_to_every_section(made):
    """The list of contents names every section in order, the folded ones too."""
    document, page = made
    contents = re.search(r"<nav.*?</nav>", page, re.S)[0]
    names = [
        block.data["words"]["title"] if isinstance(block, Live) else block.text
        for block in document.shown()
        if isinstance(block, Live) or (isinstance(block, Heading) and block.level == 2)
    ]
    assert names == [_shown(item) for item in re.findall(r"<li[^>]*>(.*?)</li>", contents, re.S)]
    for target in re.findall(r'href="#([^"]+)"', contents):
        assert len(re.findall(rf'<(?:section|div) id="{target}"', page)) == 1


def test_two_sections_of_one_name_have_two_addresses(kb):
    """A heading that comes twice does not lead to one place."""
    page = html.render(Document(tuple(Heading("Same", 2) for _ in range(5))), kb)
    assert ["same", "same-2", "same-3", "same-4", "same-5"] == re.findall(r'<section id="([^"]+)"', page)


def test_appendix_is_folded(made):
    """Sections for whoever wants to check are closed at first, those to act on are open."""
    document, page = made
    folded = [block.text for block in document.shown() if isinstance(block, Heading) and block.folded]
    assert folded == [_shown(name) for name in re.findall(r'<details class="fold">\n<summary>(.*?)</summary>', page)]
    assert "Reproduce" in folded


def test_words_are_those_of_the_markdown(made, kb):
    """Every text of the document stands on the page as in the Markdown, and in the same order."""
    document, page = made
    shown = squeezed(_shown(re.sub(r"<nav.*?</nav>", "", page, flags=re.S)))
    told = squeezed(_shown(to_html(markdown.render(document, kb))))
    place, place_told = 0, 0
    for block in document.shown():
        for text in texts(block) if not isinstance(block, Table | Picture | CitedTable) else ():
            place, place_told = shown.find(squeezed(text), place), told.find(squeezed(text), place_told)
            assert place >= 0 <= place_told, text
    expected = [list(row) for table in tables_of(document) for row in table]
    assert expected == [[_shown(cell) for cell in row] for row in rows_of(page)]


def test_marks_are_those_of_the_document(made):
    """Every statement carries its basis and the numbers of its sources."""
    document, page = made
    order = numbers(document)
    stated = {
        Paragraph: lambda block: (block.content,),
        Bullets: lambda block: block.items,
        Labelled: lambda block: [item for _, item in block.items],
        CitedTable: lambda block: [cell for row in block.rows for cell in row],
    }
    cited = [item for block in document.blocks for item in stated.get(type(block), lambda _: ())(block)]
    marks = [mark for item in cited if (mark := basis_mark(item, [order.index(key) + 1 for key in item.sources]))]
    text = page.split('<ol class="references">')[0]
    assert marks == [_shown(mark) for mark in re.findall(r'<span class="mark">(.*?)</span>', text)]


def test_markup_in_own_knowledge_stays_text(tmp_path):
    """Tags, quotes and ampersands of a user's own file are shown as they stand, in text, tables and tips."""
    own = tmp_path / "own.yaml"
    quoted = POISON.replace("'", "''")
    own.write_text(
        f"techniques:\n  xrd:\n    short: 'XRD {quoted}'\n"
        f"targets:\n  fracture:\n    name: 'fracture {quoted}'\n    definition: Cracks.\n"
        f"materials:\n  antimony:\n    name: 'antimony {quoted}'\n    type: alloy\n    because: 'So. {quoted}'\n",
        encoding="utf-8",
    )
    hostile = load_knowledge_base(own)
    clean = Page(_report(load_knowledge_base(), "potassium")[1])
    page = Page(_report(hostile, "potassium")[1])
    assert {tag for tag, _ in clean.tags} == {tag for tag, _ in page.tags}
    assert ([], [], []) == (page.open, page.crossed, page.comments)
    labels = {attributes.get("data-label") for _, attributes in page.tags}
    assert f"fracture {POISON}" in labels
    assert squeezed(f"XRD {POISON}") in squeezed(_shown(_report(hostile, "potassium")[1]))


def test_cells_carry_their_column_for_phones(made):
    """Each cell is labelled with the header of its column, which phones show instead of the header row."""
    for table in re.findall(r"<table.*?</table>", made[1], re.S):
        headers = re.findall(r"<th [^>]*>(.*?)</th>", table)
        for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.S):
            assert headers == re.findall(r'data-label="(.*?)"', row)
    assert "content: attr(data-label)" in made[1]


def test_styles_know_dark_phones_and_paper(made):
    """There are rules for dark screens, narrow screens and A4 paper, and each colour is set for light and dark."""
    style = re.search(r"<style>(.*?)</style>", made[1], re.S)[1]
    light, dark = re.findall(r":root \{ (--.*?)\}", style, re.S)
    assert re.findall(r"(--[\w-]+):", light) == re.findall(r"(--[\w-]+):", dark)
    assert set(re.findall(r"var\((--[\w-]+)", made[1])) <= set(re.findall(r"(--[\w-]+):", light))
    assert re.search(r"@media print \{\s*@page \{ size: A4", style)
    assert re.search(r"@media screen and \(max-width: \d+rem\)", style)
    assert all(f".f-{name}{{fill:{colour}}}" in style for name, colour in svg.DARK.items())
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in made[1]


def test_every_picture_has_words_and_a_table_twin(made):
    """A picture has title, description and a table of the same content beside it."""
    document, page = made
    drawn = [block for block in document.shown() if isinstance(block, Picture)]
    shown = re.findall(r"<figure>(.*?)</figure>", page, re.S)
    assert len(drawn) == len(shown)
    for picture, figure in zip(drawn, shown, strict=True):
        assert figures.draw(picture) in figure
        words = _shown(figure)
        assert f"{picture.title}." in words
        assert 2 <= words.count(picture.note)
        assert [list(picture.headers), *map(list, picture.rows)] == [
            [_shown(c) for c in row] for row in rows_of(figure)
        ]


def test_page_without_ranking_has_no_picture(kb):
    """Where nothing passes, the page still answers, with remedies and without an empty picture."""
    _, page = _report(kb, "nothing")
    assert "<figure" not in page
    assert "to include it" in page


SCREENS = (1100, 390)
MEASURE = """<script>onload = () => {
  const widths = [...document.querySelectorAll("iframe")].map(frame => {
    const page = frame.contentDocument, root = page.documentElement;
    page.querySelectorAll("details").forEach(details => details.open = true);
    const widest = Math.max(root.scrollWidth, page.body.scrollWidth);
    return [root.clientWidth, widest, page.querySelectorAll("h2").length].join();
  });
  document.title = widths.join(" ");
}</script>"""


@pytest.fixture(scope="module")
def measured(kb, tmp_path_factory):
    """Width of the screen, of the page in it and its number of headings, by question and screen.

    All are measured from outside, in frames of one page, with every table unfolded.
    """
    folder = tmp_path_factory.mktemp("screens")
    pairs = [(name, screen) for name in QUESTIONS for screen in SCREENS]
    frames = "".join(
        f'<iframe style="border:0;width:{screen}px;height:800px" srcdoc="{html_text.escape(_report(kb, name)[1])}">'
        "</iframe>"
        for name, screen in pairs
    )
    measuring = folder / "measuring.html"
    measuring.write_text(f'<!doctype html><meta charset="utf-8">{frames}{MEASURE}', encoding="utf-8")
    dom = browse(folder, "--dump-dom", measuring.as_uri())
    widths = re.search(r"<title>([\d, ]+)</title>", dom)[1].split(" ")
    return {pair: tuple(map(int, width.split(","))) for pair, width in zip(pairs, widths, strict=True)}


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_page_fits_the_screen(kb, measured, name, screen):
    """The body is no wider than a desk or a phone screen."""
    window, widest, headings = measured[name, screen]
    blocks = _report(kb, name)[0].shown()
    sections = [block for block in blocks if isinstance(block, Live) or getattr(block, "level", None) == 2]
    assert (screen, len(sections)) == (window, headings)
    assert widest <= screen


PRINTED = {}


def _printed(page, folder):
    """A page on paper, printed once however many tests look at it."""
    if page not in PRINTED:
        source, target = folder / "report.html", folder / "report.pdf"
        source.write_text(page, encoding="utf-8")
        browse(folder, f"--print-to-pdf={target}", "--no-pdf-header-footer", source.as_uri())
        PRINTED[page] = target.read_bytes()
    return PRINTED[page]


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_page_prints(kb, name, tmp_path):
    """The report prints to at most eight A4 pages, folded sections included."""
    pdf = _printed(_report(kb, name)[1], tmp_path)
    assert pdf.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8
    width, height = map(float, re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf).groups())
    assert (595, 842) == (round(width), round(height))


@in_a_browser
@pytest.mark.slow
def test_folded_sections_are_on_paper(kb, tmp_path):
    """What is folded on the screen takes room on paper: without it the report has fewer pages."""
    page = _report(kb, "potassium")[1]
    pages = [len(re.findall(rb"/Type\s*/Page\b", _printed(text, tmp_path))) for text in (page, _opening_of(page))]
    assert pages[0] >= pages[1] + 3
    assert pages[1] <= 3


def _opening_of(page):
    """A page without its folded sections."""
    return re.sub(r'<details class="fold">.*</details>', "", page, flags=re.S)
