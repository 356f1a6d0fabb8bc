"""Formulas are read into elements and classified by the written rules; what is no formula is refused quickly."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insitu_advisor.engine.question.anodes import read_anode
from insitu_advisor.engine.question.components import all_of
from insitu_advisor.engine.question.formula import FormulaError, classify, parse
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import AnodeReading, Unread
from insitu_advisor.knowledge.loader import load_knowledge_base
from timing import seconds

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)
EXAMPLES = [(key, example) for key, rule in KB.anode_rules.items() for example in rule.examples]
OF_THE_REVIEW = {
    "BiOBr0.5Cl0.5": "conversion", "CoPSe": "conversion", "CoSe2": "conversion", "CoV2S4": "conversion",
    "CuO": "conversion", "Cu2-xSe": "conversion", "Cu2S@NSC": "conversion", "Cu6Sn5": "alloy",
    "Bi2O3@TiO2": "conversion", "Fe3N@NCNT": "conversion", "Fe3N": "conversion",
    "FeS0.5Se0.5@N-Doped mesoporous carbon": "conversion", "FeS2/graphite": "conversion", "FeSe": "conversion",
    "(FeCoNiCrMn)3O4": "conversion", "MFe2O4": "conversion", "Li3VO4": "intercalation", "Li4Ti5O12": "intercalation",
    "α-LiFe5O8": "conversion", "Mn2P": "conversion", "MnO/Mn3O4": "conversion", "MoS2/Carbon": "conversion",
    "MoSe2": "conversion", "Ni3S2": "conversion", "NiSe/SnSe": "conversion", "Sb2O3": "conversion", "Sb@C": "alloy",
    "SiO": "alloy", "SiOx": "alloy", "SnHPO3": "conversion", "SnO2/CNTs": "conversion", "SnS2/CNTs": "conversion",
    "SnSb-amorphous carbon": "alloy", "ZnO/ZnS": "conversion", "ZnSe": "conversion", "ZnSe/CoSe2@C-2": "conversion",
    "NiS2-CoS2@PP": "conversion", "layered bismuth telluride": "conversion", "layered germanium phosphide": "alloy",
    "molybdenum nitride thin film": "conversion", "copper antimony sulfide nanosheets": "conversion",
    "binary metal Cu-Fe selenides": "conversion", "red phosphorus in carbon nanofibers": "alloy",
    "liquid metal": "alloy", "Si-based all-lithium-reactive high-entropy alloy": "alloy",
    "Sn sub-nanoclusters in carbon": "alloy",
}  # fmt: skip


@pytest.mark.parametrize(("key", "example"), EXAMPLES)
def test_every_rule_decides_its_examples(key, example):
    """The examples of a rule are decided by it, not by one before."""
    assert key == classify(KB, parse(example)).rule


@pytest.mark.parametrize("word", OF_THE_REVIEW)
def test_materials_of_the_review(word):
    """Every anode that the review names is read as the type it is."""
    answer = read_anode(LEXICON, word)
    assert isinstance(answer, AnodeReading)
    assert OF_THE_REVIEW[word] == answer.type


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("Fe3O4", {"Fe": 3, "O": 4}),
        ("KTi2(PO4)3", {"K": 1, "Ti": 2, "P": 3, "O": 12}),
        ("(FeCo)3O4", {"Fe": 3, "Co": 3, "O": 4}),
        ("Cu2-xSe", {"Cu": 1.5, "Se": 1}),
        ("SiOx", {"Si": 1, "O": 0.5}),
        ("V2O5*H2O", {"V": 2, "O": 6, "H": 2}),
        ("KFe[Fe(CN)6]", {"K": 1, "Fe": 2, "C": 6, "N": 6}),
        ("Si0.5Ge0.5", {"Si": 0.5, "Ge": 0.5}),
    ],
)
def test_elements(text, atoms):
    """Brackets, amounts, water and open amounts are counted."""
    assert atoms == dict(parse(text).atoms)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Xx9", "no element"),
        ("C0", "no number above zero"),
        ("((((", "not closed"),
        ("Fe2O3)", "not opened"),
        ("()", "empty bracket"),
        ("12", "names no element"),
        ("", "is no formula"),
        ("Si" * 41, "is no formula"),
        ("Fe 2", "cannot be read"),
    ],
)
def test_refusals(text, why):
    """What is no formula is refused with what is wrong."""
    with pytest.raises(FormulaError, match=re.escape(why)):
        parse(text)


def test_the_reason_is_said():
    """An unlisted formula says because of which element it is read so, and how to correct it."""
    answer = read_anode(LEXICON, "Cu6Sn5", "Li")
    assert "read as an alloying anode because of Sn" in answer.note
    assert "correct it with --anode intercalation or conversion" in answer.note
    assert ("metallic",) == answer.traits


def test_the_ion_decides_which_element_counts():
    """Of zinc and antimony only antimony is named with sodium."""
    assert "because of Zn and Sb" in read_anode(LEXICON, "ZnSb", "Li").note
    assert "because of Sb" in read_anode(LEXICON, "ZnSb", "Na").note


@pytest.mark.parametrize(
    ("word", "material", "borrowed"),
    [
        ("few-layer graphene", "expanded-graphite", True),
        ("KTi2(PO4)3", "sodium-titanium-phosphate", True),
        ("silicon-carbon", "silicon", True),
        ("GeP5", "tin-phosphide", True),
        ("Si/graphite blend", "silicon-graphite", False),
        ("LTO", "lithium-titanate", False),
        ("Fe2O3 nanoparticles", "iron-oxide", False),
        ("Co3O4/CNT", "cobalt-oxide", False),
        ("Mn-doped Li4Ti5O12", "lithium-titanate", False),
        ("MOF-derived Co3O4", "cobalt-oxide", False),
        ("SnO2 coated with carbon", "tin-dioxide", False),
        ("Si protected by graphite", "silicon", False),
        ("antimony encapsulated in hard carbon", "antimony", False),
        ("hard carbon derived from SnO2", "hard-carbon", False),
    ],
)
def test_own_words_and_what_is_borrowed(word, material, borrowed):
    """The user's name stays; a relative is named as one."""
    answer = read_anode(LEXICON, word)
    assert (word, material, borrowed) == (answer.words, answer.material, answer.borrowed)
    if borrowed:
        assert "is borrowed" in answer.note


@pytest.mark.parametrize("word", ["Cu6Sn5 coated with carbon", "carbon-coated Cu6Sn5", "Cu6Sn5 wrapped in graphene"])
def test_a_coating_stores_nothing(word):
    """What an anode is coated with does not decide how it stores the ion, whichever of the two is named first."""
    assert read_anode(LEXICON, "Cu6Sn5", "Li").because == read_anode(LEXICON, word, "Li").because


def test_the_longest_formula():
    """Eighty signs are read and eighty-one are not."""
    assert {"Sn": 40.0} == parse("Sn" * 40).atoms
    with pytest.raises(FormulaError, match="is no formula"):
        parse("Sn" * 40 + "S")


@pytest.mark.parametrize(
    ("words", "electrolyte"),
    [("LiPF6", True), ("LiPF6 in EC/DMC", True), ("Li6PS5Cl", True), ("oxide", False), ("carbonate", False),
     ("Sn LiPF6", False)],
)  # fmt: skip
def test_what_is_an_electrolyte_and_nothing_else(words, electrolyte):
    """Salts, solvents and ceramics by their names; a plain word such as oxide says too little."""
    assert electrolyte == all_of("electrolyte", LEXICON, words)


@pytest.mark.parametrize(
    ("word", "traits"),
    [
        ("SnO2@Bi2MoO6", {"conversion-then-alloying", "nanosized-product"}),
        ("WS2", {"nanosized-product", "soluble-product"}),
        ("NiS", {"paramagnetic", "soluble-product", "nanosized-product"}),
        ("Mg2Si", {"amorphous-product"}),
        ("lithium metal", {"metallic"}),
    ],
)
def test_traits_follow(word, traits):
    """A formula switches on the traits its elements have."""
    answer = read_anode(LEXICON, word, "Li")
    material = KB.materials[answer.material].traits_for("Li") if answer.material else frozenset(answer.traits)
    assert traits <= material


def test_aluminium_foil_depends_on_the_ion():
    """Aluminium alloys with lithium; for sodium and potassium its foil is a bare substrate."""
    assert "alloy" == read_anode(LEXICON, "Al foil", "Li").type
    assert "metal" == read_anode(LEXICON, "Al foil", "Na").type


@pytest.mark.parametrize("word", ["NMC811", "LiFePO4", "LFP", "Na3V2(PO4)3", "sulfur", "Li6PS5Cl", "LLZO"])
def test_what_is_no_anode_is_said(word):
    """Positive electrodes and electrolytes are named as what they are."""
    answer = read_anode(LEXICON, word)
    assert isinstance(answer, Unread)
    assert "it is a" in answer.advice


SIGNS = st.text(alphabet="FeSiOCuLxPT()[]{}0123456789.-+@/ ±δ*<>\u202e\x00ä₂", max_size=300)


@settings(max_examples=300)
@given(SIGNS | st.text(max_size=300))
def test_any_text_is_read_or_refused_quickly(text):
    """Whatever is typed gives an answer or a refusal, in well under a tenth of a second."""
    answer = read_anode(LEXICON, text)
    assert 0.1 > seconds(lambda: read_anode(LEXICON, text), enough=0.1)
    assert isinstance(answer, (AnodeReading, Unread))
    assert answer.words.isprintable() or isinstance(answer, Unread)
