"""What a sentence names without asking for it: denied goals, circumstances, what a sample is, another battery."""

import pytest

from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import Unread
from insitu_advisor.engine.question.sentence import read_sentence
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)
ASKED = {
    # Denied
    "Volume change of silicon in lithium cells, not the SEI": ["morphology-volume"],
    "I want to quantify the plated lithium on graphite, not the SEI": ["metal-plating"],
    "Not interested in gas evolution, only in the phases of tin with sodium": ["crystalline-phase"],
    "We don't care about cracks; how does the SEI on tin grow with sodium": ["sei-growth"],
    "Short-range order of red phosphorus with sodium, there are no Bragg peaks": ["amorphous-order"],
    "How fast does lithium diffuse in dendrite-free graphite": ["ion-diffusion"],
    "I don't care about the SEI, I just want to know how much graphite expands with lithium": ["morphology-volume"],
    "Don't need SEI info, just cracks in silicon": ["fracture"],
    "Not interested in SEI, only in phases of antimony with K": ["crystalline-phase"],
    "SEI composition of Si, Li, not interested in diffusion or cracking": ["sei-composition"],
    "SEI composition of Si with Li. I don't need cracks, swelling or kinetics": ["sei-composition"],
    "I don't care about crystal structure or kinetics, which organic species form on Si with Li": ["sei-composition"],
    # What is varied
    "How does particle size affect lithium diffusion in anatase": ["ion-diffusion"],
    "Effect of FEC on the SEI thickness on silicon with lithium": ["sei-growth"],
    "At which lithium content does anatase become orthorhombic": ["crystalline-phase"],
    "How does the SEI on hard carbon with Na depend on surface area and defects": ["sei-composition"],
    "SEI composition on silicon at 40 °C and 100% SOC with Li": ["sei-composition"],
    "Nucleation of lithium on copper with an additive": ["metal-plating"],
    "Volume change upon sodium alloying in tin": ["morphology-volume"],
    "Which structural changes happen as potassium enters Sb2S3": ["crystalline-phase", "lattice-strain"],
    # Events that do something are looked at as well
    "Does SEI growth affect diffusion in graphite with lithium": ["sei-growth", "ion-diffusion"],
    "How do defects form in hard carbon with sodium": ["bond-disorder"],
    # Not denied
    "Whether or not cracks form in tin with sodium": ["fracture"],
    "Not only cracks but also gas evolution of tin with sodium": ["fracture", "gas-evolution"],
    "There is no SEI on LTO, is there": ["sei-composition"],
    # Only what happens meanwhile
    "Which gases come off when SEI forms on graphite with lithium": ["gas-evolution"],
    "Valence of iron during the conversion of Fe2O3 with lithium": ["oxidation-state"],
    "Do cracks form in silicon during the first lithiation": ["fracture"],
    "Resistance of the SEI on lithium while plating": ["sei-growth"],
    "SEI resistance on sodium metal (stripping/plating at 1 mA/cm2)": ["sei-growth"],
    "Diffusion of potassium in graphite because the spacing of its layers grows": ["ion-diffusion"],
    # The same words where nothing else is asked
    "What happens during lithium plating on graphite": ["metal-plating"],
    "Is the fading of silicon with lithium due to cracks or because the SEI grows": ["fracture", "sei-growth"],
    "When does lithium plating start on graphite": ["metal-plating"],
    # Words that belong together, or to something else
    "Swelling and gas of a silicon pouch cell with Li": ["morphology-volume", "gas-evolution"],
    "Why does my Na metal cell short": ["metal-plating"],
    "Gradients in graphite with lithium, and at which state of charge does lithium plating begin": [
        "heterogeneity",
        "metal-plating",
    ],
    "How do composition and thickness of the interphase on silicon nanowires change": ["sei-composition", "sei-growth"],
    "How does stack pressure influence lithium dendrites": ["metal-plating"],
    "Which species form the SEI on silicon": ["sei-composition"],
    "Which gaseous products accompany SEI formation on graphite": ["gas-evolution"],
    "All-solid-state lithium cell: how does the interphase grow on the anode": ["sei-growth"],
    "Diffusion coefficient of K in graphite vs state of charge": ["ion-diffusion"],
    "Solvation in high concentration LiFSI on graphite": ["solvation"],
    "Does the SEI grow or do particles lose contact in silicon with lithium": ["sei-growth", "fracture"],
    "Strain in the crystalline core under an amorphous shell of silicon with lithium": ["lattice-strain"],
    "Which crystalline phases antimony goes through with potassium": ["crystalline-phase"],
}


@pytest.mark.parametrize("sentence", ASKED)
def test_goals(sentence):
    """What is asked for is read, and nothing else."""
    read = read_sentence(LEXICON, sentence)
    assert set(ASKED[sentence]) == set(read.targets.value)


def test_a_part_that_is_named_stands_for_itself():
    """`Quantify the plated lithium` is about the amount, though `plated lithium` alone is about all of plating."""
    assert ("metal-plating-amount",) == read_sentence(LEXICON, "quantify the plated lithium on graphite").parts
    assert ("metal-plating-shape",) == read_sentence(LEXICON, "do dendrites grow when I plate sodium").parts


def test_a_denied_goal_is_no_unused_word():
    """What was understood as not wanted is not listed among the words that gave nothing."""
    assert "SEI" not in " ".join(read_sentence(LEXICON, "volume change of silicon, not the SEI").unused)


@pytest.mark.parametrize(
    ("sentence", "anode"),
    [
        ("which crystalline phases antimony goes through", "antimony"),
        ("kinetics of TiO2(B) in Li and Na cells", "TiO2(B)"),
        ("Where does sodium sit in low-cost hard carbon from biomass?", "hard carbon"),
        ("solvation of Li+ near the surface of Li metal", "Li metal"),
        ("a lithium anode: how does the interphase grow", "lithium anode"),
        ("Anode: amorphous Si films. Does it crack?", "amorphous Si films"),
    ],
)
def test_the_anode_takes_no_more_than_its_words(sentence, anode):
    """The name of an anode holds its own words and brackets, and none of what is asked about it."""
    assert anode == read_sentence(LEXICON, sentence).anode.value


@pytest.mark.parametrize(
    ("sentence", "budget"),
    [
        ("SEI on graphite, money is no problem", "unlimited"),
        ("SEI on graphite, budget: moderate", "moderate"),
        ("SEI on graphite, cheap methods", "low"),
        ("SEI on cheap tin anodes", None),
        ("SEI on low-cost hard carbon", None),
        ("SEI on graphite, no money for neutrons", None),
    ],
)
def test_money(sentence, budget):
    """Money is what the techniques may cost, not what the material costs or one instrument is refused for."""
    read = read_sentence(LEXICON, sentence).budget
    assert budget == (None if read is None else read.value)


@pytest.mark.parametrize(
    ("sentence", "scale"),
    [
        ("diffusion in a crystalline silicon particle", "particle"),
        ("how does one nanowire of Ge swell", "particle"),
        ("how does a nanowire electrode of Ge swell", None),
        ("dead lithium on the anode over 50 cycles", None),
        ("gradients over the electrode", "electrode"),
    ],
)
def test_scale(sentence, scale):
    """One particle is looked at on its own scale; `over` belongs to what follows it."""
    read = read_sentence(LEXICON, sentence).scale
    assert scale == (None if read is None else read.value)


@pytest.mark.parametrize(
    "words",
    [
        "dendrites in an aqueous zinc-ion battery",
        "SEI on Mg metal",
        "Al-ion cells, SEI",
        "calcium plating",
        "Zn dendrites",
        "Zn anode in ZnSO4",
        "SEI in a fuel cell",
    ],
)
def test_another_battery_is_refused(words):
    """A battery of another ion gets no answer for one of these."""
    read = read_sentence(LEXICON, words)
    assert isinstance(read, Unread)
    assert "the advisor covers anodes" in read.advice


def test_zinc_is_an_anode_for_lithium():
    """Zinc alloys with lithium, and may be compared with what it does in other batteries."""
    assert "zinc" == read_sentence(LEXICON, "volume change of zinc with lithium, unlike Zn-ion cells").anode.value


def test_another_ion_that_is_named_too():
    """Of two ions one is answered, and the reader is told how to compare; not where one is a contrast."""
    read = read_sentence(LEXICON, "diffusion in TiO2(B) in Li and Na cells")
    assert ("Li", ("--versus-ion Na compares with Na",)) == (read.ion.value, read.notes)
    assert () == read_sentence(LEXICON, "diffusion of Na in TiO2(B), compared with Li").notes


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("sodium clusters in hard carbon at 0.1 V vs Na/Na+", ("Na", "hard carbon", None)),
        ("plating on graphite below 0 V vs. Li+/Li in a full cell", ("Li", "graphite", ("full",))),
        ("lithium plating at 10 °C graphite", ("Li", "graphite", None)),
    ],
)
def test_numbers_and_potentials(sentence, expected):
    """A potential against a metal names the ion and no symmetric cell, and a degree is no part of an anode."""
    read = read_sentence(LEXICON, sentence)
    assert expected == (read.ion.value, read.anode.value, None if read.cell is None else read.cell.value)
