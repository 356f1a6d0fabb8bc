"""Which instruments a sentence says are at hand: what is only mentioned, had, or missing."""

import pytest

from insitu_advisor.engine.question.access import access
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)


def _heard(sentence):
    found = access(LEXICON, LEXICON.groups.read(sentence))
    return None if found is None else found.facilities


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("we have a TEM", {"tem-holder"}),
        ("we have XRD; TEM cells are known", {"lab-xrd"}),
        ("we have XRD but no TEM", {"lab-xrd"}),
        ("we have XRD, Raman and a TEM", {"lab-xrd", "raman", "tem-holder"}),
        ("our department", set(KB.presets["department"].facilities)),
    ],
)
def test_what_is_had(sentence, expected):
    """What stands with a word of having, in its clause, and what a preset holds."""
    assert expected == set(_heard(sentence))


@pytest.mark.parametrize("sentence", ["graphite without TEM", "no TEM", "the TEM is not available"])
def test_what_is_missing(sentence):
    """All instruments but those denied, with what else only that technique takes."""
    left = set(KB.facilities) - set(_heard(sentence))
    assert "tem-holder" in left
    assert all(
        any(facility in variant.facilities for variant in KB.techniques["tem"].variants.values()) for facility in left
    )


@pytest.mark.parametrize(
    "sentence",
    ["graphite by TEM", "graphite without zeppelin TEM", "the TEM zeppelin not available", "TEM. We have time."],
)
def test_what_is_only_mentioned(sentence):
    """A technique says nothing of instruments where no word of having or lacking speaks of it."""
    assert _heard(sentence) is None


@pytest.mark.parametrize(("between", "heard"), [(0, True), (13, True), (14, False), (20, False)])
def test_having_reaches_only_so_far(between, heard):
    """A word of having speaks of an instrument up to fourteen words on, and not of one at the end of a long clause."""
    assert heard == (_heard(f"we have {'gadget ' * between}TEM") is not None)


def test_the_order_is_that_of_the_knowledge_base():
    """Instruments are listed in one order, whatever the order in which they were named."""
    one, other = _heard("we have a TEM, Raman and XRD"), _heard("we have XRD, Raman and a TEM")
    assert one == other == tuple(key for key in KB.facilities if key in one)
