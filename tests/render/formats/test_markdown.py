"""Markdown that reads well in an editor and still holds no markup of its own."""

import pytest

from insitu_advisor.render.formats import markdown
from insitu_advisor.render.pages.document import Bullets, Cited, Document, Heading, Labelled, Paragraph, Table
from render.reading_pages import as_shown, squeezed, to_html, tokens_of

PLAIN = (
    "a [review 2.1; 3] b", "5 [judgement]", "more than 3 < 4 nm", "<0.1% of trials", "K_i and Li_xSi",
    "e-/Å2 and + or -",
    "about ~150 nm", "cost & effort", "R&D (see 4)", "100 % #1", "$5", "5 > 3",
)  # fmt: skip
MARKUP = (
    "[x](javascript:y)", "![i](data:z)", "[a][b]", "[a]: https://example.org", "<b>bold</b>", "<!-- c -->", "**b**",
    "_c_",
    "`d`", "~~e~~", "~e~", "$f$", "&lt;b&gt;", "\\*", "a|b", "# h", "> q", "- x", "+ x", "1. x", "12) x", "---", "===",
    "[x] done", "[ ] open",
)  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_stays_as_it_is(kb, text):
    """What Markdown would not read as markup carries no backslash."""
    assert text == markdown.escape(text)
    assert text in markdown.render(Document((Paragraph(Cited(text)),)), kb)


def _documents(text):
    cited = Cited(text, "judgement")
    yield Paragraph(cited)
    yield Paragraph(cited, lead=True)
    yield Bullets((cited, Cited(text, strong="XRD:")))
    yield Labelled((("Do", cited), (text, cited)))
    yield Table((text, "b"), ((text, text),), note=text)
    yield Heading(text, 3)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_stays_text(kb, text):
    """What would be markup is shown letter by letter, wherever it stands."""
    for block in _documents(text):
        shown = markdown.render(Document((block,)), kb)
        kinds = {token.type for token in tokens_of(shown)}
        own = {
            "html_block",
            "html_inline",
            "image",
            "link_open",
            "s_open",
            "code_inline",
            "hr",
            "blockquote_open",
            "em_open",
        }
        assert set() == own & kinds, (block, shown)
        assert squeezed(text) in squeezed(as_shown(to_html(shown))), (block, shown)
        headings = sum(token.type == "heading_open" for token in tokens_of(shown))
        assert isinstance(block, Heading) == headings
