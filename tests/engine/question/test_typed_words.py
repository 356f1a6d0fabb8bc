"""Words as battery chemists type them are read as they are meant."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from insitu_advisor.engine.question.anodes import read_anode
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import AnodeReading, Reading, Unread
from insitu_advisor.knowledge.loader import load_knowledge_base

HERE = Path(__file__).parent
LEXICON = lexicon_of(load_knowledge_base())
TYPED = yaml.load((HERE / "typed_words.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
WORDS = list(csv.DictReader((HERE / "words.csv").read_text(encoding="utf-8").splitlines()))
SCOPE = ("not among", "not one of", "it is an electrolyte")
ANODES = [(ion, kind, words) for ion, kinds in TYPED["anode"].items() for kind, words in kinds.items()]


def meant(word: str, kind: str) -> tuple[str, set[str]]:
    """A word of the list without its alternatives, and all that it may mean."""
    typed, *others = word.split("|")
    return typed, {*kind.replace("+", "|").split("|"), *others}


def ids_of(answer: object) -> set[str]:
    """What a word was read as; nothing when it was not."""
    if isinstance(answer, AnodeReading):
        return {answer.type}
    return set(answer.ids) if isinstance(answer, Reading) else set()


@pytest.mark.parametrize("kind", TYPED["target"])
def test_goals(kind):
    """A goal in the words of a researcher is read as that goal."""
    wrong = []
    for word in TYPED["target"][kind]:
        typed, right = meant(word, kind)
        if not ids_of(LEXICON.target(typed)) & right:
            wrong.append(typed)
    assert [] == wrong


@pytest.mark.parametrize("word", TYPED["scope"])
def test_goals_that_are_not_covered(word):
    """What the advisor does not cover is said, and not read as something else."""
    answer = LEXICON.target(word)
    assert isinstance(answer, Unread)
    assert any(said in answer.advice for said in SCOPE)


@pytest.mark.parametrize(("ion", "kind", "words"), ANODES, ids=[f"{ion}-{kind}" for ion, kind, _ in ANODES])
def test_anodes(ion, kind, words):
    """An anode is read as the type it is, with this ion."""
    wrong = []
    for word in words:
        typed, right = meant(word, kind)
        if not ids_of(read_anode(LEXICON, typed, ion)) & right:
            wrong.append(typed)
    assert [] == wrong


@pytest.mark.parametrize("kind", TYPED["facility"])
def test_instruments(kind):
    """An instrument, or a technique for it, means just these instruments."""
    wrong = [word for word in TYPED["facility"][kind] if set(kind.split("+")) != ids_of(LEXICON.facility(word))]
    assert [] == wrong


@pytest.mark.parametrize("word", TYPED["scope-facility"])
def test_instruments_that_decide_nothing(word):
    """An instrument that no ranked technique needs is named as such."""
    typed, right = meant(word, "none")
    answer = LEXICON.facility(typed)
    assert ids_of(answer) & right or any(said in answer.advice for said in SCOPE)


@pytest.mark.parametrize("kind", TYPED["way"])
def test_ways(kind):
    """A way of doing a technique is read as the technique."""
    assert {} == {word: got for word in TYPED["way"][kind] if (got := ids_of(LEXICON.option(word))) != {kind}}


@pytest.mark.parametrize("key", TYPED["outside"])
@pytest.mark.parametrize("field", ["option", "facility"])
def test_outsiders(key, field):
    """A technique outside the eight is recognised, wherever it is typed, and the way to add it is named."""
    for word in TYPED["outside"][key]:
        answer = getattr(LEXICON, field)(word)
        assert isinstance(answer, Unread)
        assert (key,) == answer.outside
        assert "--kb" in answer.advice


def read(row: dict[str, str]) -> object:
    """The answer to a row of the list."""
    kind, word = row["kind"], row["typed"]
    if kind == "anode":
        ion = "Na" if "sodium" in word or "Na" in word else "K" if word.startswith(("K", "pot")) else "Li"
        return read_anode(LEXICON, word, ion)
    return {"target": LEXICON.target, "facility": LEXICON.facility, "technique": LEXICON.option}[kind](word)


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['kind']}-{row['typed']}")
def test_list_of_words(row):
    """Each word is read as one of its meanings; `scope` is said to be outside, or is a broad goal of several."""
    answer, right = read(row), set(row["meant"].split("|"))
    got = ids_of(answer)
    outside = "scope" in right and isinstance(answer, Unread) and any(said in answer.advice for said in SCOPE)
    broad = "scope" in right and row["kind"] == "target" and len(got) > 1
    assert got & right or outside or broad
