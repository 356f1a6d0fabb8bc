"""A free sentence is read into the answers of a question, each with the words it was read from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import Unread
from insitu_advisor.engine.question.sentence import LONGEST_SENTENCE, read_sentence
from insitu_advisor.engine.question.understood import Understood
from insitu_advisor.knowledge.loader import load_knowledge_base
from timing import seconds

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)
ALL = tuple(KB.facilities)
FOR_TEM = LEXICON.used_by("tem")
SENTENCES = [
    (
        "Which species make up the SEI on silicon in a lithium cell at C/10?",
        {"ion": "Li", "anode": "silicon", "targets": ("sei-composition",), "c_rate": 0.1},
    ),
    (
        "I only have a potentiostat and a Raman. When does lithium plating start on graphite at 4C?",
        {
            "ion": "Li",
            "anode": "graphite",
            "targets": ("metal-plating",),
            "c_rate": 4.0,
            "facilities": ("potentiostat", "raman"),
        },
    ),
    (
        "We have XRD and TEM but no synchrotron; how does MoS2 react with potassium?",
        {"ion": "K", "anode": "MoS2", "facilities": ("lab-xrd", "tem-holder")},
    ),
    (
        "We don't have access to a synchrotron and cannot use TEM. Staging of graphite with K in diglyme",
        {
            "ion": "K",
            "anode": "graphite",
            "targets": ("lattice-strain",),
            "electrolyte": ("ether",),
            "facilities": tuple(f for f in ALL if f not in {"synchrotron", *FOR_TEM}),
        },
    ),
    (
        "What happens to the SEI of hard carbon in a sodium-ion cell, without TEM or neutrons?",
        {
            "ion": "Na",
            "anode": "hard carbon",
            "facilities": tuple(f for f in ALL if f not in {"neutron-source", *FOR_TEM}),
        },
    ),
    (
        "Our department has no Raman. Dead lithium in anode-free pouch cells with LiFSI in DME at -20 °C",
        {
            "ion": "Li",
            "targets": ("ion-inventory",),
            "facilities": ("potentiostat", "lab-xrd", "ftir"),
            "cell": ("anode-free", "pouch"),
            "electrolyte": ("ether",),
            "temperature": -20.0,
        },
    ),
    (
        "Li plating at 0 °C, fast charge, NMC/graphite full cell",
        {"ion": "Li", "anode": "graphite", "targets": ("metal-plating",), "cell": ("full",), "temperature": 0.0},
    ),
    (
        "How do SiO-graphite electrodes swell in an unopened 18650 cell at 1C and 45 C",
        {
            "anode": "SiO-graphite",
            "targets": ("morphology-volume",),
            "c_rate": 1.0,
            "temperature": 45.0,
            "cell": ("unopened", "cylindrical"),
        },
    ),
    (
        "Why is MoS2 more stable with K than with Li/Na: how does its structure evolve?",
        {"ion": "K", "anode": "MoS2", "targets": ("crystalline-phase", "lattice-strain")},
    ),
    (
        "Does red phosphorus crack on sodiation? cheap methods only",
        {"ion": "Na", "targets": ("fracture",), "budget": "low"},
    ),
    (
        "How does np-InSb store potassium?",
        {"ion": "K", "anode": "np-InSb", "targets": ("reaction-intermediates", "crystalline-phase")},
    ),
    (
        "my anode is Cu6Sn5 thin film, lithium; a potentiostat is available, XPS is not available",
        {"ion": "Li", "anode": "Cu6Sn5 thin film", "facilities": ("potentiostat",)},
    ),
    (
        "Where do lithiation gradients occur inside a thick graphite electrode at up to 6C?",
        {"ion": "Li", "targets": ("heterogeneity",), "scale": "electrode", "c_rate": 6.0},
    ),
    (
        "How do Na ions migrate into SnS2 at the atomic scale, compared with Li?",
        {"ion": "Na", "anode": "SnS2", "scale": "atomic"},
    ),
    ("Interphase between Li metal and Li6PS5Cl", {"ion": "Li", "anode": "Li metal", "electrolyte": ("sulfide",)}),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES, ids=[sentence[:40] for sentence, _ in SENTENCES])
def test_sentences(sentence, expected):
    """Each answer is found, and nothing is read from a technique that is only mentioned."""
    read = read_sentence(LEXICON, sentence)
    got = {field: answer.value for field in expected if (answer := getattr(read, field)) is not None}
    assert expected == got


@pytest.mark.parametrize(
    ("sentence", "targets"),
    [
        ("Do cracks matter for the SEI thickness of Sn with Na?", {"fracture", "sei-growth"}),
        ("Do dendrites matter for pore filling in hard carbon with Na?", {"metal-plating", "pore-filling"}),
    ],
)
def test_goals_of_one_word_and_of_several_count_side_by_side(sentence, targets):
    """A word that means one goal is not given up for a longer phrase, nor another way to put it for a name."""
    assert targets == set(read_sentence(LEXICON, sentence).targets.value)


def test_the_words_are_shown():
    """Every answer names the words it was read from; the rest is listed."""
    read = read_sentence(LEXICON, "Thickness of the SEI on Sn with sodium at 0.1C, purple unicorns")
    assert ("0.1C",) == read.c_rate.words
    assert ("Thickness of the SEI",) == read.targets.words
    assert "purple unicorns" in read.unused


@pytest.mark.parametrize("sentence", ["Does the SANS contrast of graphite change?", "operando XRD of Sn with sodium"])
def test_a_mention_is_no_instrument(sentence):
    """A technique that is only mentioned does not limit the instruments."""
    assert read_sentence(LEXICON, sentence).facilities is None


def test_outsiders_are_recognised():
    """A technique outside the eight that is named is kept by its id."""
    read = read_sentence(LEXICON, "Li diffusion in LTO by EIS or GITT, swelling by dilatometry")
    assert ("titration", "dilatometry") == read.outside


@pytest.mark.parametrize(
    ("sentence", "outside"),
    [
        ("SEI on graphite and the pressure of the stack", ("stress-sensing",)),
        ("SEI on graphite, pressure unlike every stack", ()),
        ("Does moss grow on lithium metal?", ()),
        ("Moss?", ()),
    ],
)
def test_goals_of_outsiders(sentence, outside):
    """What an outsider is the usual answer to calls for it where the words stand together, and is no goal already."""
    assert outside == read_sentence(LEXICON, sentence).outside


@pytest.mark.parametrize(
    ("sentence", "targets", "electrolyte"),
    [
        ("fracture of a conversion electrode with Li", ("fracture",), None),
        ("Does an oxide anode crack with Li?", ("fracture",), None),
        ("Does the anode crack in an oxide electrolyte?", ("fracture",), ("oxide",)),
    ],
)
def test_the_kind_of_an_electrode_is_neither_goal_nor_electrolyte(sentence, targets, electrolyte):
    """`conversion electrode` asks for no conversion, and `oxide anode` names no electrolyte."""
    read = read_sentence(LEXICON, sentence)
    assert (targets, electrolyte) == (read.targets.value, read.electrolyte and read.electrolyte.value)


def test_products_are_no_anode():
    """A charged state that is named is not taken for the anode."""
    read = read_sentence(LEXICON, "When does Li15Si4 form in amorphous Si films?")
    assert "amorphous Si films" == read.anode.value


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("at 60 °C", 60.0),
        ("at -20°C", -20.0),
        ("at minus 10 degrees", -10.0),
        ("at 298 K", 24.85),
        ("at 25 degC", 25.0),
        ("at room temperature", 25.0),
        ("cycled at 55 C", 55.0),
        ("at −30 °C", -30.0),
        ("at 0C", 0.0),
        ("at -10C", -10.0),
        ("at 0 celsius", 0.0),
    ],
)
def test_temperatures(text, celsius):
    """Temperatures in the ways people write them."""
    assert celsius == read_sentence(LEXICON, f"SEI on graphite {text}").temperature.value


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("C/20", 0.05),
        ("2C", 2.0),
        ("0.5 C", 0.5),
        ("a C-rate of 0.2", 0.2),
        ("1/10 C", 0.1),
        ("3C-rate", 3.0),
        ("C/10 and 2C", 2.0),
    ],
)
def test_rates(text, rate):
    """C-rates in the ways people write them; of several the fastest."""
    assert rate == read_sentence(LEXICON, f"SEI on graphite at {text}").c_rate.value


@pytest.mark.parametrize(("text", "several"), [("C/10 and 2C", True), ("2C and 2C", False), ("2C", False)])
def test_of_several_rates_it_is_said_which_was_taken(text, several):
    """Only where two different rates are named there is something to say."""
    assert several == (read_sentence(LEXICON, f"SEI on graphite at {text}").c_rate.note is not None)


@pytest.mark.parametrize("text", ["LiC6 and KC8", "20 °C", "C60", "C=O bonds", "0C", "C/0", "1/0 C", "5000 C-rate"])
def test_no_rates(text):
    """Formulas, temperatures and impossible rates are no C-rate."""
    assert read_sentence(LEXICON, f"SEI on graphite, {text}").c_rate is None


def test_too_long_a_text_is_refused():
    """A text over the limit is refused with its length."""
    answer = read_sentence(LEXICON, "SEI " * LONGEST_SENTENCE)
    assert isinstance(answer, Unread)
    assert "8000 characters" in answer.advice
    assert 33 == len(answer.words)


def test_nothing_understood():
    """A text without an answer is empty, not an error."""
    assert read_sentence(LEXICON, "lorem ipsum dolor").empty


@pytest.mark.parametrize(
    ("sentence", "goals", "said"),
    [
        ("phase transformtion and craking of tin", ("crystalline-phase", "fracture"), "'craking' is read as cracking"),
        ("difusion of potasium in grapite", ("ion-diffusion",), "'potasium' is read as potassium"),
        ("SEI thicknes on silicn", ("sei-growth",), "'silicn' is read as silicon"),
    ],
)
def test_slips_are_put_right_and_said(sentence, goals, said):
    """A long word with a letter or two wrong is read as the word it must be, and the answer says so."""
    read = read_sentence(LEXICON, sentence)
    assert goals == read.targets.value
    assert said in read.notes


@pytest.mark.parametrize("word", ["supervisor", "electrician", "polysulfone", "Fe2O3x", "purple", "kriptonite"])
def test_other_words_are_left_alone(word):
    """A word that is near no other, or a formula, is not changed."""
    assert () == read_sentence(LEXICON, f"SEI on graphite, {word}").notes


@pytest.mark.parametrize(
    "words", ["loses capacity", "capacity loss", "fading", "dies after 50 cycles", "capacity fade"]
)
def test_fading_by_any_word(words):
    """Whatever it is called, a cell that loses capacity raises the same goals."""
    assert ("sei-growth", "ion-inventory", "fracture") == read_sentence(
        LEXICON, f"my tin/Li cell: {words}"
    ).targets.value


REPEATED = [
    "SEI ",
    "Si@C ",
    "no TEM ",
    "Li ",
    "C/10 ",
    "Cu6Sn5/",
    "dendrite growth ",
    "20 °C ",
    "we have XRD ",
    "a ",
    "Si-",
    "graphite,",
    "((",
    "than Li ",
]


@pytest.mark.parametrize("piece", REPEATED)
def test_repetition_stays_fast(piece):
    """2,000 characters are read in some hundredths of a second, whatever they repeat."""
    text = (piece * 2000)[:LONGEST_SENTENCE]
    assert 0.06 > seconds(lambda: read_sentence(LEXICON, text), enough=0.06)


WORDS = st.sampled_from(
    [
        "SEI",
        "no",
        "we have",
        "TEM",
        "Sn",
        "Li",
        "than",
        "Na+",
        "C/10",
        "20 °C",
        "graphite",
        "growth",
        "of",
        "MoS2@C",
        "available",
        ".",
        "EC",
        "full cell",
        "\u202e",
        "<b>",
    ]
)


@settings(max_examples=200)
@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=400))
def test_any_text_is_read(text):
    """Any text gives an answer whose ids all exist."""
    read = read_sentence(LEXICON, text)
    assert isinstance(read, Understood)
    assert read.targets is None or set(read.targets.value) <= set(KB.targets)
    assert read.facilities is None or set(read.facilities.value) <= set(KB.facilities)
    assert set(read.outside) <= set(KB.outside)
