"""References: in our own order, each with an address or a search that leads on."""

from urllib.parse import unquote

import pytest

from insitu_advisor.knowledge.literature import Reference
from insitu_advisor.render.pages import bibliography


def reference(**fields):
    """A reference of the kind article unless told otherwise."""
    return Reference(**{"kind": "article", **fields})


def test_every_reference_leads_somewhere(kb):
    """Each reference of the base has an address; where none is known, a search for what is known of it."""
    for key, one in kb.references.items():
        found = bibliography.item(one)
        assert found.address.startswith(("https://", "http://")), key
        assert found.searched == (not (one.doi or one.eprint or one.url)), key


def test_doi_comes_before_address():
    """A DOI is preferred to an address, an arXiv number to a copy elsewhere."""
    both = reference(title="T", doi="10.1000/x", url="https://a.example")
    assert "https://doi.org/10.1000/x" == bibliography.item(both).address
    assert (
        "https://arxiv.org/abs/2304.08126" == bibliography.item(reference(title="T", eprint="arXiv:2304.08126")).address
    )


def test_title_is_searched_whole():
    """The search holds every word of the title, whatever characters it is made of."""
    title = "β-SnSb & “K+”: 100 % of <x>/y?"
    found = bibliography.item(reference(title=title))
    assert found.searched
    assert title == unquote(found.address.removeprefix(bibliography.SEARCH))
    assert not set('<>" &?') & set(found.address.removeprefix(bibliography.SEARCH))


@pytest.mark.parametrize("kind", bibliography.ELSEWHERE)
def test_pages_are_searched_on_the_web(kind):
    """What a list of articles does not hold is searched elsewhere."""
    assert bibliography.item(reference(kind=kind, title="T")).address == f"{bibliography.WEB_SEARCH}T"


def test_no_title_is_made_up():
    """Where no title was seen the subject and the kind of source are named, and an article says that it has one."""
    one = reference(kind="dataset", about="hard carbon patterns", publisher="A facility")
    assert "Hard carbon patterns (data set)" == bibliography.title(one)
    assert bibliography.entry(one).startswith("Hard carbon patterns (data set). A facility. Search: https://")
    assert "Hard carbon (article, title not seen)" == bibliography.title(reference(about="hard carbon"))


def test_says_what_was_read():
    """What was read is noted unless it is the whole; a number in the list of the review is noted too."""
    assert "(abstract)" in bibliography.entry(reference(title="T", url="https://a.example", read="abstract"))
    assert "(" not in bibliography.entry(reference(title="T", url="https://a.example", read="full text"))
    fifth = reference(title="T", url="https://a.example", review_number=5)
    assert "(reference 5 of the review)" in bibliography.entry(fifth)
