"""What a user's own knowledge file says stays text in every format, whatever characters it holds."""

import html as html_text
import json
import re

import pytest

from insitu_advisor import KnowledgeError, load_knowledge_base
from insitu_advisor.render.formats import html, json_inquiries, markdown
from insitu_advisor.render.formats import text as screen
from insitu_advisor.render.pages import show as showing
from insitu_advisor.render.pages import show_entry as showing_words
from insitu_advisor.render.pages.document import CitedTable, Ranking
from render.every_page import every_page
from render.poisoned import POISON, overlay
from render.reading_pages import (
    as_shown,
    missing,
    on_terminal,
    read,
    rows_of,
    squeezed,
    tables_of,
    texts,
    to_html,
    tokens_of,
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Every text followed by markup of every kind."""
    return overlay(tmp_path_factory.mktemp("own") / "hostile.yaml", lambda text: f"{text} {POISON}")


@pytest.fixture(scope="module")
def hostile_pages(hostile):
    """Every kind of page of the hostile base."""
    return every_page(hostile, most=3, questions=("full", "nothing"))


@pytest.fixture(scope="module")
def hostile_markdown(hostile, hostile_pages):
    """Tokens and HTML of the Markdown of every such page."""
    return {name: read(markdown.render(page, hostile)) for name, page in hostile_pages.items()}


def _small(tmp_path, text):
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return load_knowledge_base(path)


def _raw(tokens):
    return [token.content for token in tokens if token.type in {"html_block", "html_inline", "image", "s_open"}]


def _lost(page, html):
    """Texts of a page that a browser would not show as they stand."""
    shown = squeezed(as_shown(html))
    return [piece for block in page.shown() for piece in texts(block) if squeezed(piece) not in shown]


def test_markup_stays_text_in_markdown(hostile_pages, hostile_markdown):
    """No HTML, image or foreign link comes out of a text, and a browser shows every character of it."""
    assert any(POISON in piece for page in hostile_pages.values() for block in page.shown() for piece in texts(block))
    for name, page in hostile_pages.items():
        tokens, html = hostile_markdown[name]
        assert [] == _raw(tokens), name
        links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
        assert all(re.match(r"https?://", link) for link in links), name
        assert [] == _lost(page, html), name


def test_tables_stay_whole_in_markdown(hostile_pages, hostile_markdown):
    """A pipe in a text never makes a cell of its own."""
    for name, page in hostile_pages.items():
        expected = [tuple(row) for table in tables_of(page) for row in table]
        _, html = hostile_markdown[name]
        assert expected == [tuple(as_shown(cell) for cell in row) for row in rows_of(html)], name


def test_markup_stays_text_in_html(hostile, hostile_pages):
    """Every page of the hostile base has only tags of ours, and a browser shows every text as it stands."""
    for name, page in hostile_pages.items():
        shown = html.body(page, hostile)
        known = (
            r"</?(h[1-6]|p|ul|ol|li|dl|dt|dd|strong|span|a|div|table|thead|tbody|tr|th|td|pre|code|figure|figcaption)\b"
        )
        drawn = r"|</?(details|summary|svg|title|desc|text|rect|line|circle)\b"
        assert set() == {tag for tag in re.findall(r"<[^>\s]*", shown) if not re.match(known + drawn, tag)}, name
        told = squeezed(html_text.unescape(re.sub(r"<[^>]*>", "", shown)))
        for block in page.shown():
            assert [] == [piece for piece in texts(block) if squeezed(piece) not in told], name


@pytest.mark.slow
def test_markup_stays_text_in_plain_and_on_the_terminal(hostile, hostile_pages):
    """Plain text and terminal show brackets of Rich, backslashes and all the rest as they stand."""
    for name, page in hostile_pages.items():
        whole = screen.render(page, hostile)
        blocks = [block for block in page.shown() if not isinstance(block, CitedTable)]
        assert all(piece in whole for block in blocks for piece in texts(block)), name
        assert [] == missing(page, on_terminal(page, hostile, 100)), name


@pytest.mark.slow
def test_markup_stays_text_in_json(hostile, hostile_pages):
    """JSON parses and holds every text as it stands."""
    for name, page in hostile_pages.items():
        data = json.loads(json.dumps(json_inquiries.document(page, hostile), ensure_ascii=False, allow_nan=False))
        kinds = [type(block).__name__.lower() for block in page.shown()]
        assert kinds == [block["block"] for block in data["blocks"]], name
        told = json.dumps(data, ensure_ascii=False)
        pieces = [piece for block in page.shown() if not isinstance(block, Ranking) for piece in texts(block)]
        assert all(json.dumps(piece, ensure_ascii=False)[1:-1] in told for piece in pieces), name


CITING = "{xrd: {information: {crystalline-phase: {rating: 3, sees: All., basis: literature, sources: [bad]}}}}"


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/><script>alert(1)</script>",
        "https://a.example/?<b>=1",
        'https://a.example/"onclick="x',
        "https://a.example/(c)&amp;d",
    ],
)
def test_address_in_a_title_holds_no_markup(tmp_path, address):
    """An address within a title cannot close its own link and start a script, and stays readable to its end."""
    title = json.dumps(f"see {address}")
    own = _small(tmp_path, f"references: {{bad: {{kind: article, title: {title}}}}}\ntechniques: {CITING}\n")
    text = markdown.render(showing.technique_page(own, "xrd", True), own)
    assert [] == _raw(tokens_of(text))
    assert squeezed(address) in squeezed(as_shown(to_html(text)))


@pytest.mark.parametrize("character", ["<", ">", '"', " "])
@pytest.mark.parametrize("field", ["url: 'https://a.example/{}x'", "doi: '10.1000/x{}y'"], ids=["url", "doi"])
def test_markup_in_an_address_is_refused(tmp_path, field, character):
    """An address of its own field holds no character that could end a link."""
    with pytest.raises(KnowledgeError, match="does not fit the pattern"):
        _small(tmp_path, f"references: {{bad: {{kind: article, title: T, {field.format(character)}}}}}\n")


@pytest.mark.parametrize(
    "field", ['url: "https://a.example/\\e[31mred"', 'doi: "10.1000/\\e[31mred"'], ids=["url", "doi"]
)
def test_control_character_in_an_address_is_refused(tmp_path, field):
    """An address that would steer the terminal is refused like any other text that holds such a character."""
    with pytest.raises(KnowledgeError, match="control character"):
        _small(tmp_path, f"references: {{bad: {{kind: article, title: T, {field}}}}}\n")


@pytest.mark.parametrize("character", ["\\e", "\\0", "\\b", "\\u202e", "\\u200b", "\\n"])
def test_control_character_in_a_text_is_refused(tmp_path, character):
    """A text that would steer a terminal or hide its direction does not get past the loader."""
    with pytest.raises(KnowledgeError, match=r"control character|line break"):
        _small(tmp_path, f'facilities: {{own: {{name: Own, access: "a{character}b"}}}}\n')


@pytest.mark.parametrize("separator", ["\\L", "\\P"])
def test_line_separator_in_a_text_is_refused(tmp_path, separator):
    """The line and paragraph separators of Unicode are refused as a line break is."""
    with pytest.raises(KnowledgeError):
        _small(tmp_path, f'facilities: {{own: {{name: Own, access: "a{separator}b"}}}}\n')


def _definition(tmp_path, text):
    own = _small(
        tmp_path,
        f"materials:\n  tin: {{name: tin, type: alloy, because: '{text}', cautions: [{{says: '{text}'}}]}}\n",
    )
    page = showing_words.material_page(own, "tin", True)
    return page, markdown.render(page, own)


@pytest.mark.parametrize("text", ["&copy; 2020", "a &lt;b&gt; c"])
def test_entities_stay_text(tmp_path, text):
    """An HTML entity in a text is shown letter by letter."""
    page, shown = _definition(tmp_path, text)
    assert any(text in piece for block in page.shown() for piece in texts(block))
    assert [] == _lost(page, to_html(shown))


@pytest.mark.parametrize("text", ["1. first", "7) seventh", "- dash", "+ plus", "=== rule", "--- rule"])
def test_marker_at_the_start_of_a_text(tmp_path, text):
    """A text that starts like a list or a rule stays where it is and keeps its first characters."""
    page, shown = _definition(tmp_path, text)
    assert any(piece.startswith(text) for block in page.shown() for piece in texts(block))
    assert [] == _lost(page, to_html(shown))
    assert not [token for token in tokens_of(shown) if token.type in {"ordered_list_open", "hr"}]
