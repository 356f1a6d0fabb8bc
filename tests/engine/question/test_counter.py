"""The other electrode: a metal it is cycled against, the same metal on both sides, or a cathode that is asked about."""

import pytest

from insitu_advisor.engine.question.anodes import read_anode
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.sentence import read_sentence
from insitu_advisor.knowledge.loader import load_knowledge_base

LEXICON = lexicon_of(load_knowledge_base())


def value(heard):
    return None if heard is None else heard.value


@pytest.mark.parametrize(
    ("sentence", "ion", "cell"),
    [
        ("phases of FeS2 vs Na", "Na", ("half",)),
        ("phases of FeS2 against potassium", "K", ("half",)),
        ("hard carbon vs sodium metal, SEI growth", "Na", ("half",)),
        ("graphite || Li coin cell, SEI growth", "Li", ("coin", "half")),
        ("SEI on hard carbon, Na vs K", "Na", None),
        ("diffusion in graphite: K versus Na", "K", None),
        ("phases of LiCoO2 || graphite", "Li", ("full",)),
        ("Na3V2(PO4)3 || hard carbon, SEI composition", "Na", ("full",)),
        ("interphase of lithium metal against Li6PS5Cl", "Li", None),
    ],
)
def test_cycled_against(sentence, ion, cell):
    """A metal behind `vs` or `||` is the counter electrode and names the ion; between two ions it is a comparison."""
    read = read_sentence(LEXICON, sentence)
    assert (ion, cell) == (value(read.ion), value(read.cell))
    assert "metal-plating" not in read.targets.value


@pytest.mark.parametrize(
    ("sentence", "metal"),
    [("Li/LLZO/Li: dendrites", "Li"), ("Na symmetric cells: is the SEI stable", "Na"), ("K|K cells, dendrites", "K")],
)
def test_metal_on_both_sides(sentence, metal):
    """A symmetric cell in which nothing else is named has the metal for an anode."""
    read = read_sentence(LEXICON, sentence)
    assert (f"{metal} metal", metal) == (read.anode.value, read.ion.value)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("phase transition of the cathode in a Li-ion cell with graphite anode", True),
        ("LiCoO2 phases during charge", True),
        ("Prussian white vs hard carbon, cathode side: phases with Na", True),
        ("lithium plating in NMC811 pouch cells", False),
        ("SEI on graphite in a full cell with an NMC cathode", False),
    ],
)
def test_a_cathode_that_is_asked_about(sentence, told):
    """Where the positive electrode itself is meant, the reader is told that nothing is said of it."""
    assert told == any("positive electrode" in note for note in read_sentence(LEXICON, sentence).notes)


@pytest.mark.parametrize(
    ("words", "ion"),
    [
        ("SEI of disodium terephthalate", "Na"),
        ("SEI of K2TP", "K"),
        ("is K3Sb amorphous?", "K"),
        ("SEI in a 21700", "Li"),
    ],
)
def test_the_ion_in_the_name(words, ion):
    """Where no ion is named, the name of anode, product or cell may hold it."""
    assert ion == read_sentence(LEXICON, words).ion.value


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("lithium metal against Al-doped LLZO", "metal"),
        ("FeS2 vs Na", "conversion"),
        ("tin (nano) vs. Na", "alloy"),
        ("silicon in contact with Li6PS5Cl", "alloy"),
        ("lithium metal on platinum", "metal"),
        ("sodium metal deposited on tin", "metal"),
    ],
)
def test_what_an_anode_is_against_is_no_part_of_it(words, kind):
    """An electrolyte or a counter electrode behind the name says nothing of how the anode stores its ion."""
    assert kind == read_anode(LEXICON, words).type
