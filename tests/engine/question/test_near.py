"""What is suggested for a word that was not read."""

import pytest

from insitu_advisor.engine.question.near import related
from insitu_advisor.engine.question.phrases import Groups, Meaning, PhraseBook

GROUPS = Groups({}, ("of", "the"))
BOOK = PhraseBook(
    GROUPS,
    [
        (Meaning("growth", ("growth",)), ("growth of the layer", "layer growth rate")),
        (Meaning("thickness", ("thickness",)), ("layer thickness",)),
        (Meaning("cracks", ("cracks",)), ("fracture", "particle fracture")),
        (Meaning("plating", ("plating",)), ("plating",)),
        (Meaning("stress", ("stress",)), ("layer stress measured inside",)),
        (Meaning("colour", ("colour",)), ("layer colour",)),
        (Meaning("both", ("growth", "cracks")), ("layer change",)),
        (Meaning("cation", ("cation",)), ("cations",)),
        (Meaning("grain", ("grain",)), ("grains",)),
        (Meaning("interior", ("interior",)), ("interior",)),
        (Meaning("interim", ("interim",)), ("interim",)),
    ],
)


def _related(text, fillers=()):
    return related(BOOK, GROUPS.read(text), frozenset(fillers))


def test_most_shared_words_stand_first():
    """Two shared words come before one; of equals the shorter phrase, which is said more completely."""
    assert "growth" == _related("growth layer unheard")[0]
    assert ("thickness", "stress") == tuple(each for each in _related("thickness stress") if each != "growth")


def test_three_at_most():
    """Of more than three that share a word three are named, the shortest phrases first."""
    assert {"growth", "thickness", "colour"} == set(_related("layer"))


def test_what_means_several_things_is_not_suggested():
    """A phrase of several meanings suggests none of them."""
    assert () == _related("change")


def test_words_without_meaning_suggest_nothing():
    """A filler that a phrase holds is no relation."""
    assert () == _related("inside", fillers=("insid",))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("fractrue", ("cracks",)), ("fracturing", ("cracks",)), ("fracturesque", ("cracks",)),
        ("fractr", ("cracks",)), ("interixyzzy", ("interim",)), ("thicknees", ()), ("grai", ()),
        ("prature", ()), ("fr4cture", ()), ("caton", ()), ("vracture", ()), ("platign", ()),
    ],
)  # fmt: skip
def test_slips_of_long_words(word, expected):
    """A word of six letters or more is guessed, by its beginning if need be, then as the first of those alike.

    A shorter one, one with digits or with another first letter is not.
    """
    assert expected == _related(word)
