"""The ear of a battery chemist: house words and stiff turns that no page of the program or of the documents uses."""

import re

import pytest

from cli.running import invoke
from docs.sessions import ROOT

pytestmark = pytest.mark.usefixtures("alone")

# Only words that are wrong in every sentence of ours, and what to write instead.
HOUSE_WORDS = {
    r"weightings?": "trials with other weights",
    r"tiers?": "cost, preparation, or the word itself, such as moderate",
    r"readings|(?:a|the|our|every|each) reading|readings? of": "how we read it",
    r"standings?": "track record; established, several studies, isolated",
    r"dear(?:er|est)?": "expensive, costs more",
    r"lets? (?:it|them|an option|the option) in": "includes it",
    r"comes? in(?=[.,;:]|$)": "is included",
    r"rests? (?:on|as follows)": "is based on",
    r"stands?(?! (?:for|out|still|alone))": "is, appears, is shown",
    r"tells(?! (?:you|us|me))": "shows",
    r"takes? no part": "does not count",
    r"beware": "pitfalls",
    r"by judgement": "we think",
    r"for what you ask": "for your question",
    r"sees? (?:more|less)": "is better at, is weaker on",
}
# Names of things in the code, which a page on the code may use, and nothing that is printed.
CODE_WORDS = {r"certificates?": "how sure", r"acceptabilit(?:y|ies)": "how often it comes first"}

QUESTIONS = {
    "alloy": ("--anode", "alloy", "--ion", "K"),
    "pores": ("--anode", "hard carbon", "--ion", "Na", "--target", "pores"),
    "silicon": (
        "--anode", "silicon", "--ion", "Li", "--target", "cracks", "--target", "SEI composition",
        "--facility", "department", "--c-rate", "C/10",
    ),
    "plating": ("--anode", "graphite", "--ion", "Li", "--target", "plating", "--scale", "particle"),
    "nothing": ("--anode", "tin", "--ion", "Na", "--target", "gas", "--facility", "bench"),
}  # fmt: skip
SCREENS = {
    **{f"{name}, first screen": ("recommend", *words) for name, words in QUESTIONS.items()},
    **{f"{name}, plan": ("plan", *words) for name, words in QUESTIONS.items()},
    **{f"{name}, compare": ("compare", "xrd", "tem", *words) for name, words in QUESTIONS.items()},
    **{f"{name}, why": ("why", "xrd", *words) for name, words in QUESTIONS.items()},
    **{f"{name}, versus": ("recommend", *words, "--versus-ion", "Li") for name, words in QUESTIONS.items()},
    **{f"show {word}": ("show", word) for word in ("raman", "goals", "instruments", "silicon", "speeds", "profiles")},
    "lab template": ("lab", "init", "-o", "-"),
}
HELP = {
    f"help of {' '.join(words)}": (*words, "--help")
    for words in (
        (), ("recommend",), ("plan",), ("compare",), ("why",), ("report",), ("show",), ("screen",), ("replay",),
        ("lab", "init"), ("lab", "show"), ("kb", "check"), ("kb", "diff"), ("kb", "stats"), ("kb", "schema"),
    )
}  # fmt: skip
LONG = {
    **{f"{name}, in full": ("recommend", *words, "--full") for name, words in QUESTIONS.items()},
    **{f"{name}, report": ("report", *words, "-o", "-") for name, words in QUESTIONS.items()},
    **{
        f"{name}, proposal": ("report", *words, "--format", "proposal", "-o", "-")
        for name, words in QUESTIONS.items()
        if name != "nothing"
    },
}
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "data/README.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")),
)  # fmt: skip
# Compared with the program, or quoting it, so that the words are to be changed there.
MADE = {"docs/cli.md"}
# Sentences that are still to be edited where they are worded or written down. An entry goes when its page is plain.
_SOURCE = re.compile(r"^(?:\[\d+\]|\d+\.) .*(?:\n {2,}.*)*$", re.MULTILINE)
_CODE = re.compile(r"^```.*\n(?:.*\n)*?```$|`[^`\n]+`|\]\([^)]*\)", re.MULTILINE)


def found(text, banned):
    """Each banned word with the words around it, and what to write instead."""
    hits = []
    flat = " ".join(text.split())
    for pattern, better in banned.items():
        for hit in re.finditer(rf"\b(?:{pattern})(?!\w)", flat, re.IGNORECASE):
            hits.append(f"...{flat[max(0, hit.start() - 50) : hit.end() + 30]}... -> {better}")
    return hits


def spoken(words):
    """What a command prints, without its list of sources, whose titles are not ours."""
    return _SOURCE.sub("", invoke(*words).output)


@pytest.mark.parametrize("name", SCREENS | HELP)
def test_screens_are_plain(name):
    """First screens and help pages are free of house words."""
    assert [] == found(spoken((SCREENS | HELP)[name]), HOUSE_WORDS | CODE_WORDS)


@pytest.mark.parametrize("name", LONG)
def test_long_pages_are_plain(name):
    """So are full answers, reports and proposals."""
    assert [] == found(spoken(LONG[name]), HOUSE_WORDS | CODE_WORDS)


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if path not in MADE])
def test_documents_are_plain(path):
    """So are the documents, but for code, quoted output, names of fields and the glossary of the code."""
    text = (ROOT / path).read_text(encoding="utf-8").partition("## In the code and the data")[0]
    assert [] == found(_CODE.sub(" ", text), HOUSE_WORDS)


@pytest.mark.parametrize(
    "sentence",
    [
        "Over all weightings EIS is first.", "A budget lets it in.", "The tier is ours.", "It stands above the others.",
        "XRD tells more.", "It is dearer.", "Our reading of the paper.", "Ask more, and it comes in.",
    ],
)  # fmt: skip
def test_house_words_are_noticed(sentence):
    """The list does find what it is for."""
    assert found(sentence, HOUSE_WORDS)


@pytest.mark.parametrize(
    "sentence",
    [
        "One particle may not stand for the electrode.", "Take the rest of the cell.", "It comes in contact with air.",
        "Reading the pattern takes time.", "XRD comes in third.",
    ],
)  # fmt: skip
def test_plain_words_pass(sentence):
    """The same letters in plain English are let pass."""
    assert [] == found(sentence, HOUSE_WORDS)
