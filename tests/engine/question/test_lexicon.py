"""How a word is read, what a reader is told of it, and what is suggested for one that is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import Reading, Unread
from insitu_advisor.knowledge.loader import load_knowledge_base

LEXICON = lexicon_of(load_knowledge_base())


def test_an_ambiguous_word_is_read_and_the_other_meaning_named():
    """`SEI` is read as its composition, and the answer says how to ask for its growth."""
    answer = LEXICON.target("SEI")
    assert ("sei-composition",) == answer.ids
    assert ("sei-growth",) == answer.also
    assert "read as SEI composition; --target sei-growth asks for its thickness or resistance over time" == answer.note


def test_a_broad_goal_means_several():
    """Capacity fade is read as what usually stands behind it."""
    answer = LEXICON.target("capacity fade")
    assert ("sei-growth", "ion-inventory", "fracture") == answer.ids
    assert "what usually stands behind" in answer.note


@pytest.mark.parametrize(
    ("word", "target", "part"),
    [
        ("onset of lithium plating", "metal-plating", "metal-plating-onset"),
        ("how much lithium is plated", "metal-plating", "metal-plating-amount"),
        ("dendrites", "metal-plating", "metal-plating-shape"),
        ("solvation shell", "solvation", "solvent-shell"),
        ("co-intercalation", "solvation", "co-intercalation"),
    ],
)
def test_a_part_of_a_goal_is_kept(word, target, part):
    """An ask for a part of a goal is read as the goal, and the part is kept."""
    answer = LEXICON.target(word)
    assert (target,) == answer.ids
    assert part in answer.parts


@pytest.mark.parametrize(("word", "target"), [("short", "metal-plating"), ("cracks in a short time", "fracture")])
def test_a_word_that_says_little_counts_alone(word, target):
    """A short is a goal where nothing else is said, and a short time is none."""
    assert (target,) == LEXICON.target(word).ids


def test_composed_goals_share_their_subject():
    """Composition and thickness of the SEI are two goals, not one."""
    assert {"sei-composition", "sei-growth"} == set(LEXICON.target("composition and thickness of the SEI").ids)


def test_a_goal_that_an_outsider_answers_best_is_said():
    """The topography of the SEI is what force microscopy is for; the word is read all the same."""
    answer = LEXICON.target("SEI topography")
    assert ("atomic-force-microscopy",) == answer.outside
    assert "sei-composition" in answer.ids
    assert "AFM" in answer.note


@pytest.mark.parametrize(
    ("read", "word", "never"),
    [
        (LEXICON.option, "xas", "xps"),
        (LEXICON.facility, "dilatometer", "diffractometer"),
        (LEXICON.facility, "mass spectrometer", "raman"),
        (LEXICON.facility, "XAS", "xps"),
        (LEXICON.option, "afm", "xrd"),
    ],
)
def test_letters_alone_suggest_nothing(read, word, never):
    """A word of other meaning is never suggested because its letters are near."""
    answer = read(word)
    assert isinstance(answer, Unread)
    assert never not in answer.related
    assert f" {never}" not in answer.advice


@pytest.mark.parametrize(
    ("word", "target"),
    [
        ("interphase of the cathode side", "sei-composition"),
        ("dendrits", "metal-plating"),
        ("pulverisaton", "fracture"),
    ],
)
def test_related_words_are_suggested(word, target):
    """A word that shares a stem is read or suggested, and so is one of which a long word was misspelt."""
    answer = LEXICON.target(word)
    assert target in (answer.ids if isinstance(answer, Reading) else answer.related)


@pytest.mark.parametrize("word", ["", "   ", "x" * 10_000_000, "\u202e\u200b", "((((", "<b>bold</b>"])
def test_what_is_no_word_is_refused(word):
    """Nothing, too much, or signs alone are refused with what to do."""
    for read in (LEXICON.target, LEXICON.facility, LEXICON.option):
        answer = read(word)
        assert isinstance(answer, Unread)
        assert answer.advice
        assert len(answer.advice) < 700


SPELLINGS = st.sampled_from(
    [
        "SEI thickness",
        "lithium plating",
        "volume changes",
        "crack formation",
        "Na diffusion",
        "closed pores",
        "CO2 evolution",
    ]
)


@given(SPELLINGS, st.sampled_from([str.lower, str.upper, str.title]), st.sampled_from([" ", "-", "  ", "_ "]))
def test_spelling_does_not_matter(word, case, gap):
    """Capitals, hyphens and spaces change nothing."""
    assert LEXICON.target(word).ids == LEXICON.target(case(word).replace(" ", gap)).ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amorphisation", "amorphization"),
        ("pulverisation", "pulverization"),
        ("graphitisation", "graphitization"),
        ("polysulphides", "polysulfides"),
        ("cracks", "crack"),
        ("Li⁺ diffusion", "Li+ diffusion"),
        ("thickness of the SEI", "SEI thickness"),
        ("CO₂ evolution", "CO2 evolution"),
    ],
)
def test_two_spellings_are_one(one, other):
    """British and American, singular and plural, signs above and below, word order."""
    assert LEXICON.target(one).ids == LEXICON.target(other).ids


@pytest.mark.parametrize(
    ("kind", "word", "meant"),
    [
        ("electrolyte", "EC/DMC", "carbonate"),
        ("electrolyte", "argyrodite", "sulfide"),
        ("electrolyte", "LLZO", "oxide"),
        ("electrolyte", "PEO", "polymer"),
        ("electrolyte", "diglyme", "ether"),
        ("electrolyte", "Pyr14TFSI", "ionic-liquid"),
        ("electrolyte", "water-in-salt", "aqueous"),
        ("cell", "18650", "cylindrical"),
        ("cell", "CR2032", "coin"),
        ("cell", "commercial cell", "unopened"),
        ("cell", "half-cell", "half"),
        ("scale", "single particles", "particle"),
        ("budget", "low", "low"),
        ("ion", "sodium-ion", "Na"),
    ],
)
def test_other_answers(kind, word, meant):
    """Cells, electrolytes, scales, budgets and ions have words of their own."""
    assert meant in LEXICON.other(kind, word).ids


def test_a_solid_electrolyte_has_to_be_named():
    """Solid electrolyte alone is asked back, for it could be three things."""
    answer = LEXICON.other("electrolyte", "solid electrolyte")
    assert isinstance(answer, Unread)
    assert "polymer, a sulfide or an oxide" in answer.advice


@pytest.mark.parametrize(("signs", "refused"), [(300, False), (301, True)])
def test_the_longest_word(signs, refused):
    """A word of three hundred signs is looked up, a longer one is told its length."""
    assert refused == (f"has {signs} signs" in LEXICON.target("z" * signs).advice)
