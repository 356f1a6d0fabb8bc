"""The HTML report: one file, nothing loaded, the same words, readable on a phone, in the dark and on paper."""

import html as html_text
import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from insitu_advisor import ask, certify, load_knowledge_base, recommend
from insitu_advisor.render.formats import figures, html, markdown
from insitu_advisor.render.pages import report
from insitu_advisor.render.pages.document import Bullets, Heading, Paragraph, Ranking, Table, basis_mark
from render.reading_pages import cells, numbers, rows_of, squeezed, texts, to_html

QUESTIONS = {
    "potassium": {"anode": "antimony", "ion": "K"},
    "sodium": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",), "c_rate": "C/10"},
    "lithium": {"anode": "silicon", "ion": "Li", "targets": ("fracture", "sei-composition"), "facilities": ("bench",)},
    "nothing": {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)},
}
POISON = "<script>alert(1)</script> \"q\" 'a' & &amp; <img src=x onerror=alert(2)> </td></table> ]]> <!-- c"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no picture of the page was looked at")
LOADS = {
    "script", "link", "img", "iframe", "frame", "object", "embed", "audio", "video", "source", "track", "form", "base",
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


def _report(kb, name):
    advice = recommend(ask(kb, **QUESTIONS[name]), kb)
    certificate = certify(advice, 200)
    document = report.page(advice, certificate, generated="2026-01-09")
    drawings = figures.drawings(advice, certificate)
    return document, drawings, html.render(document, kb, drawings)


@pytest.fixture(scope="module", params=QUESTIONS)
def made(request, kb):
    """Document, drawings and page of each question."""
    return _report(kb, request.param)


@pytest.fixture(scope="module")
def potassium(kb):
    """The page of one question with every figure."""
    return _report(kb, "potassium")


def test_nothing_is_loaded(made):
    """No element, style or event of the page fetches or runs anything; links only lead away when they are clicked."""
    page = Page(made[2])
    assert set() == LOADS & {tag for tag, _ in page.tags}
    names = {name for _, attributes in page.tags for name in attributes}
    assert set() == {name for name in names if name.startswith("on") or name in {"src", "srcset", "data", "action"}}
    assert not re.search(r"url\(|@import|javascript:", made[2])
    assert {"a"} >= {tag for tag, attributes in page.tags if "href" in attributes}
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert all(re.match(r"https?://|#ref-\d+$", link) for link in links)


def test_policy_forbids_everything_but_own_styles(made):
    """The content security policy allows inline styles alone and stands before the first style."""
    policies = [a["content"] for t, a in Page(made[2]).tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert ["default-src 'none'; style-src 'unsafe-inline'"] == policies
    assert made[2].index("Content-Security-Policy") < made[2].index("<style>")


def test_page_is_well_formed(made):
    """Every tag is closed in its turn, ids are unique and every citation leads to its reference."""
    page = Page(made[2])
    assert ([], [], []) == (page.open, page.crossed, page.comments)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = {attributes["href"][1:] for tag, attributes in page.tags if attributes.get("href", "").startswith("#")}
    assert inner == set(ids)


def test_words_are_those_of_the_markdown(made, kb):
    """Every text of the document stands on the page as in the Markdown, and in the same order."""
    document, _, page = made
    shown = squeezed(_shown(page))
    told = squeezed(_shown(to_html(markdown.render(document, kb))))
    place, place_told = 0, 0
    for block in document.blocks:
        for text in texts(block) if not isinstance(block, Table | Ranking) else ():
            place, place_told = shown.find(squeezed(text), place), told.find(squeezed(text), place_told)
            assert place >= 0 <= place_told, text
    expected = [list(row) for block in document.blocks if isinstance(block, Table | Ranking) for row in cells(block)]
    rows = [[_shown(cell) for cell in row] for row in rows_of(re.sub(r"<figure>.*?</figure>", "", page, flags=re.S))]
    assert expected == [_without_bar(row) for row in rows]


def _without_bar(row):
    """A row without the cell of the bar, which is drawn and not written."""
    return row[:3] + row[4:] if len(row) == 8 and row[3] == "" else row


def test_marks_are_those_of_the_document(made):
    """Every statement carries its basis and the numbers of its sources."""
    document, _, page = made
    order = numbers(document)
    stated = {Paragraph: lambda block: (block.content,), Bullets: lambda block: block.items}
    cited = [item for block in document.blocks for item in stated.get(type(block), lambda _: ())(block)]
    marks = [mark for item in cited if (mark := basis_mark(item, [order.index(key) + 1 for key in item.sources]))]
    assert marks == [_shown(mark) for mark in re.findall(r'<span class="mark">(.*?)</span>', page)]


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
    clean = Page(_report(load_knowledge_base(), "potassium")[2])
    page = Page(_report(hostile, "potassium")[2])
    assert {tag for tag, _ in clean.tags} == {tag for tag, _ in page.tags}
    assert ([], [], []) == (page.open, page.crossed, page.comments)
    labels = {attributes.get("data-label") for _, attributes in page.tags}
    assert f"XRD {POISON}" in labels
    assert squeezed(f"antimony {POISON}") in squeezed(_shown(_report(hostile, "potassium")[2]))


def test_cells_carry_their_column_for_phones(made):
    """Each cell is labelled with the header of its column, which phones show instead of the header row."""
    for table in re.findall(r"<table>.*?</table>", made[2], re.S):
        headers = re.findall(r"<th [^>]*>(.*?)</th>", table)
        for row in re.findall(r"<tr>(.*?)</tr>", table.split("<tbody>")[1], re.S):
            assert headers == re.findall(r'data-label="(.*?)"', row)
    assert "content: attr(data-label)" in made[2]


def test_styles_know_dark_phones_and_paper(made):
    """There are rules for dark screens, narrow screens and A4 paper, and each colour is set for light and dark."""
    style = re.search(r"<style>(.*?)</style>", made[2], re.S)[1]
    light, dark = re.findall(r":root \{(.*?)\}", style)
    assert re.findall(r"(--\w+):", light) == re.findall(r"(--\w+):", dark)
    assert set(re.findall(r"var\((--\w+)", made[2])) <= set(re.findall(r"(--\w+):", light))
    assert re.search(r"@media print \{\s*@page \{ size: A4", style)
    assert re.search(r"@media \(max-width: \d+rem\)", style)
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in made[2]


def test_every_figure_has_words_and_a_table_twin(made):
    """A figure has title, description and a table of the same content beside it."""
    _, drawings, page = made
    figures_of = re.findall(r"<figure>(.*?)</figure>", page, re.S)
    assert len(drawings) == len(figures_of)
    for drawing, figure in zip(drawings, figures_of, strict=True):
        assert drawing.image in figure
        words = _shown(figure)
        assert f"{drawing.title}." in words
        assert 2 <= words.count(drawing.description)
        expected = [list(drawing.twin.headers), *map(list, drawing.twin.rows)]
        assert expected == [[_shown(cell) for cell in row] for row in rows_of(figure)]


def test_page_without_ranking_has_no_figure(kb):
    """Where nothing passes, the page still answers, with remedies and without an empty picture."""
    _, drawings, page = _report(kb, "nothing")
    assert [] == drawings
    assert "<figure" not in page
    assert "Access would let it in" in page


def _browse(tmp_path, *words):
    """What a browser prints, with a profile of its own."""
    profile = tmp_path / "profile"
    shutil.rmtree(profile, ignore_errors=True)
    command = [BROWSER, *FLAGS, f"--user-data-dir={profile}", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=True, timeout=60, text=True).stdout


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
        f'<iframe style="border:0;width:{screen}px;height:800px" srcdoc="{html_text.escape(_report(kb, name)[2])}">'
        "</iframe>"
        for name, screen in pairs
    )
    measuring = folder / "measuring.html"
    measuring.write_text(f'<!doctype html><meta charset="utf-8">{frames}{MEASURE}', encoding="utf-8")
    dom = _browse(folder, "--hide-scrollbars", "--dump-dom", measuring.as_uri())
    widths = re.search(r"<title>([\d, ]+)</title>", dom)[1].split(" ")
    return {pair: tuple(map(int, width.split(","))) for pair, width in zip(pairs, widths, strict=True)}


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_page_fits_the_screen(kb, measured, name, screen):
    """The body is no wider than a desk or a phone screen."""
    window, widest, headings = measured[name, screen]
    sections = [block for block in _report(kb, name)[0].blocks if isinstance(block, Heading) and block.level == 2]
    assert (screen, len(sections)) == (window, headings)
    assert widest <= screen


@in_a_browser
@pytest.mark.slow
def test_page_prints(potassium, tmp_path):
    """The report prints to A4 pages."""
    source, target = tmp_path / "report.html", tmp_path / "report.pdf"
    source.write_text(potassium[2], encoding="utf-8")
    _browse(tmp_path, f"--print-to-pdf={target}", "--no-pdf-header-footer", source.as_uri())
    pdf = target.read_bytes()
    assert pdf.startswith(b"%PDF")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 30
    width, height = map(float, re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", pdf).groups())
    assert (595, 842) == (round(width), round(height))
