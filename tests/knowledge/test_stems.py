"""Words as they are compared: which spellings are one word, and which are not."""

import pytest

from insitu_advisor.knowledge.stems import plain, stem, tokens, units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("MXenes", "MXene"), ("CNTs", "CNT"), ("cracks", "cracking"), ("cracked", "crack"), ("mapping", "maps"),
        ("sulphides", "sulfide"), ("aluminium", "aluminum"), ("lithiated", "lithiate"), ("batteries", "battery"),
        ("crystallised", "crystallized"), ("it's", "it"), ("SEI's", "sei"),
    ],
)  # fmt: skip
def test_one_word(one, other):
    """Singular and plural, British and American, and the forms of a verb are one."""
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("SnSe", "SnS"), ("oxide", "oxidation"), ("gas", "ga"), ("swell", "swel"), ("process", "proces"), ("TiO2", "TiO")],
)
def test_two_words(one, other):
    """Formulas are not taken for plurals, nor what only ends like one."""
    assert stem(one) != stem(other)


def test_signs_are_spelled_plainly():
    """Sub- and superscripts, accents and dashes are written as people type them; hidden characters are left out."""
    assert "Li4Ti5O12 - 3 um" == plain("Li₄Ti₅O₁₂ − 3 µm")
    assert "Mossbauer" == plain("Mössbauer")
    assert "ab" == plain("a\u200bb")


def test_words_have_their_places():
    """Each word is found where it stands in the text."""
    text = "Does Si crack, or SnS2?"
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
    assert ["Does", "Si", "crack", "or", "SnS2"] == [token.text for token in tokens(text)]


def test_small_words_are_left_out_unless_there_is_nothing_else():
    """A phrase of small words alone keeps them."""
    small = frozenset({"of", "the"})
    assert ("growth", "<layer>") == tuple(units("the growth of <layer>", small))
    assert ("of", "the") == tuple(units("of the", small))
