"""Citations for a reference manager, read back by parsers that are not ours."""

import json
import re

import bibtexparser
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pylatexenc.latex2text import LatexNodes2Text

from insitu_advisor import ask, recommend
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.render.formats import citations
from insitu_advisor.render.pages import bibliography

REVIEW = "review2026"
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "scale": "particle", "c_rate": "C/10"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "sei-growth"), "facilities": ("core-facility",)},
)
CSL_TYPES = {
    "article", "article-journal", "dataset", "document", "paper-conference", "patent", "report", "software",
    "thesis", "webpage",
}  # fmt: skip
CSL_FIELDS = {
    "id", "type", "title", "author", "container-title", "publisher", "volume", "issue", "page", "DOI", "URL", "number",
    "issued", "note",
}  # fmt: skip
ODD = """\
references:
  odd1:
    kind: article
    authors: "O'Brien & Søns, J.-P.; Müller_1, Ö.; The {Brace} Group; et al."
    title: "100 % of Li_x$Si {stays} #1 ~ at 2^3 & more \\\\ less"
    journal: "J. A&B"
    year: 2020
    volume: "7"
    pages: "1–9"
    doi: 10.1000/a_b(1)
  odd2:
    kind: maker
    about: "a page without <title>"
    publisher: "M & Co"
    url: https://example.org/a_b?c=1&d=%20
techniques:
  xrd:
    information:
      crystalline-phase: {rating: 3, sees: "Lines at 100 % & up, {a_b} #2.", basis: literature, sources: [odd1, odd2]}
"""


def _advice(kb, **words):
    return recommend(ask(kb, **words), kb)


@pytest.fixture(scope="module", params=QUESTIONS, ids=lambda words: words["ion"])
def advice(kb, request):
    """Answers to a few questions of different kinds."""
    return _advice(kb, **request.param)


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    """An answer that rests on references full of characters that mean something to TeX."""
    path = tmp_path_factory.mktemp("own") / "odd.yaml"
    path.write_text(ODD, encoding="utf-8")
    return _advice(load_knowledge_base(path), ion="Li", anode="graphite", targets=("crystalline-phase",))


def _bibtex(answer):
    library = bibtexparser.parse_string(citations.bibtex(answer))
    assert not library.failed_blocks
    return {entry.key: entry for entry in library.entries}


def _csl(answer):
    return {item["id"]: item for item in json.loads(citations.csl_json(answer))}


def _ris(answer):
    return {item["id"]: item for item in rispy.loads(citations.ris(answer))}


def _field(entry, name):
    return entry[name] if name in entry.fields_dict else None


def _plain(tex):
    return LatexNodes2Text().latex_to_text(tex).replace("ˆ", "^")


def _cited_by_hand(answer):
    """Keys behind the points of the first three and behind the exclusions."""
    keys = {
        key
        for option in answer.ranking[:3]
        for part in option.parts
        for reason in reasons(answer, option, part.criterion)
        for key in reason.sources
    }
    return keys | {key for item in answer.excluded for key in wording.exclusion_reason(answer, item).sources}


@pytest.mark.parametrize("read", [_bibtex, _csl, _ris])
def test_every_format_holds_the_same_references(advice, read):
    """The review comes first, then only what the answer rests on, each once; nothing of the points is left out."""
    keys = list(read(advice))
    claims = citations.supported_claims(advice)
    assert [REVIEW, *claims] == keys
    assert _cited_by_hand(advice) <= set(claims)
    assert set(claims) < set(advice.kb.references)


def test_each_note_names_the_claims(advice):
    """Every reference carries a note with the very claims it supports, and the review with what it stands for."""
    claims = citations.supported_claims(advice)
    bibtex, csl, ris = _bibtex(advice), _csl(advice), _ris(advice)
    for key, texts in claims.items():
        note = "Supports: " + " | ".join(texts)
        assert all(texts)
        assert note == csl[key]["note"]
        assert [note] == ris[key]["notes"]
        assert " ".join(note.split()) == " ".join(_plain(_field(bibtex[key], "note")).split())
    assert "review" in csl[REVIEW]["note"]


def test_claims_rest_on_the_source_they_name(advice):
    """Each claim about the points is one whose own sources hold that key."""
    told = {
        (key, reason.text)
        for option in advice.ranking[:3]
        for part in option.parts
        for reason in reasons(advice, option, part.criterion)
        for key in reason.sources
    }
    claimed = {(key, text) for key, texts in citations.supported_claims(advice).items() for text in texts}
    assert told <= claimed


def test_review_is_whole(advice):
    """The review stands with title, journal, year, volume, pages and address in all three formats."""
    review = advice.kb.about.review
    bibtex, csl, ris = (read(advice)[REVIEW] for read in (_bibtex, _csl, _ris))
    assert review.title == csl["title"] == ris["title"] == _plain(_field(bibtex, "title"))
    assert review.journal == csl["container-title"] == ris["journal_name"] == _field(bibtex, "journal")
    assert str(review.year) == str(csl["issued"]["date-parts"][0][0]) == ris["year"] == _field(bibtex, "year")
    assert review.volume == csl["volume"] == ris["volume"] == _field(bibtex, "volume")
    assert review.pages == csl["page"] == ris["start_page"] == _field(bibtex, "pages")
    assert review.url == csl["URL"] == ris["urls"][0] == _field(bibtex, "url")
    assert "article" == bibtex.entry_type


def test_bibtex_says_what_the_reference_says(advice):
    """Title, year, DOI and page range come back from BibTeX as they stand in the knowledge base."""
    for key, entry in _bibtex(advice).items():
        if key == REVIEW:
            continue
        reference = advice.kb.references[key]
        assert bibliography.title(reference) == _plain(_field(entry, "title"))
        assert (str(reference.year) if reference.year else None) == _field(entry, "year")
        assert reference.doi == _field(entry, "doi")
        assert (re.sub("[–-]", "--", reference.pages) if reference.pages else None) == _field(entry, "pages")


def test_others_stand_for_et_al(kb):
    """`et al.` becomes `and others` in BibTeX, and no author of that name anywhere."""
    tried = 0
    for words in QUESTIONS:
        answer = _advice(kb, **words)
        bibtex, csl, ris = _bibtex(answer), _csl(answer), _ris(answer)
        for key in citations.supported_claims(answer):
            authors = kb.references[key].authors or ""
            names = (_field(bibtex[key], "author") or "").split(" and ")
            assert ("et al" in authors) == (names[-1] == "others")
            assert "others" not in names[:-1]
            listed = [part.strip() for part in authors.split(";") if part.strip() and "et al" not in part]
            assert len(listed) == len(csl[key].get("author", [])) == len(ris[key].get("authors", []))
            assert len(listed) == len([name for name in names if name not in {"", "others"}])
            assert not re.search("et al", json.dumps([csl[key].get("author"), ris[key].get("authors")]))
            tried += "et al" in authors
    assert tried


def test_csl_uses_allowed_words_only(advice):
    """Types and fields are those of CSL 1.0.2, names have a family or are literal, dates are years."""
    for item in _csl(advice).values():
        assert item["type"] in CSL_TYPES
        assert set(item) <= CSL_FIELDS
        assert all(set(name) in ({"family", "given"}, {"literal"}) for name in item.get("author", []))
        assert all(isinstance(item[field], str) and item[field] for field in set(item) - {"author", "issued"})
        for part in item.get("issued", {}).get("date-parts", []):
            assert all(isinstance(number, int) for number in part)


def test_citeproc_makes_a_bibliography(advice):
    """A processor of citation styles turns the CSL-JSON into one entry for each reference, with its title."""
    items = json.loads(citations.csl_json(advice))
    source = CiteProcJSON(items)
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    bibliography.sort()
    entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(items) == len(entries)
    text = _letters(" ".join(entries))
    assert all(_letters(item["title"]) in text for item in items)


def _letters(text):
    return re.sub(r"[^\w]", "", text).casefold()


def test_special_characters_survive_bibtex(odd):
    """Characters that TeX reads come back as they were written; the entry does not break."""
    entry = _bibtex(odd)["odd1"]
    assert "100 % of Li_x$Si {stays} #1 ~ at 2^3 & more / less" == _plain(_field(entry, "title"))
    assert "J. A&B" == _plain(_field(entry, "journal"))
    assert "1--9" == _field(entry, "pages")
    names = _field(entry, "author").split(" and ")
    assert ["O'Brien & Søns, J.-P.", "Müller_1, Ö.", "The {Brace} Group", "others"] == [
        LatexNodes2Text().latex_to_text(name) for name in names
    ]
    assert names[2].startswith("{")
    assert "Lines at 100 % & up, {a_b} #2." in _plain(_field(entry, "note"))


def test_special_characters_survive_the_others(odd):
    """CSL-JSON and RIS hold the text as it stands, and a page without a title by what it is about."""
    csl, ris = _csl(odd), _ris(odd)
    title = "100 % of Li_x$Si {stays} #1 ~ at 2^3 & more \\ less"
    assert title == csl["odd1"]["title"] == ris["odd1"]["title"]
    assert [
        {"family": "O'Brien & Søns", "given": "J.-P."},
        {"family": "Müller_1", "given": "Ö."},
        {"literal": "The {Brace} Group"},
    ] == csl["odd1"]["author"]
    assert "10.1000/a_b(1)" == csl["odd1"]["DOI"] == ris["odd1"]["doi"] == _field(_bibtex(odd)["odd1"], "doi")
    assert "A page without <title> (maker's page)" == csl["odd2"]["title"] == ris["odd2"]["title"]
    assert "https://example.org/a_b?c=1&d=%20" == csl["odd2"]["URL"] == _field(_bibtex(odd)["odd2"], "url")


@pytest.mark.parametrize("write", citations.FORMATS.values(), ids=citations.FORMATS)
def test_same_answer_same_bytes(kb, write):
    """The same question gives the same text twice, ending in a line break."""
    one, other = (write(_advice(kb, **QUESTIONS[0])) for _ in range(2))
    assert one == other
    assert one.endswith("\n")


def test_every_reference_of_the_base_can_be_cited(kb, monkeypatch, advice):
    """Not one entry of the knowledge base breaks a format, whatever its kind."""
    every = {key: ["It says so."] for key in kb.references}
    monkeypatch.setattr(citations, "supported_claims", lambda _: every)
    for read in (_bibtex, _csl, _ris):
        assert [REVIEW, *every] == list(read(advice))
    assert {item["type"] for item in _csl(advice).values()} <= CSL_TYPES


def test_ris_splits_a_page_range(odd):
    """First and last page stand in their own fields, as reference managers read them."""
    record = _ris(odd)["odd1"]
    assert ("1", "9") == (record["start_page"], record.get("end_page"))
