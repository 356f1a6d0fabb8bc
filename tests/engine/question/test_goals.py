"""Which words of a sentence name a goal: those that belong together, and those that mean one where they stand."""

import pytest

from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.sentence import read_sentence
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()
LEXICON = lexicon_of(KB)
GOALS = {
    # A comma, or the ion of `Li-ion`, is no part of a goal
    "How thick is the film? Anode: lithium metal, Li-ion cell.": {"sei-growth"},
    "why does my hard carbon lose so much capacity, Na": {"sei-growth", "ion-inventory", "fracture"},
    "my lithiated silicon, SEI": {"sei-composition"},
    # What a sample is
    "SEI on prelithiated, silicon with Li": {"sei-composition"},
    "Is lithium in a disordered carbon ionic or metallic": {"ion-environment"},
    "how does sodium sit in ordered titania nanotubes": {"ion-environment"},
    # What is asked of it
    "which phases form when red P sodiates, and are they amorphous?": {"crystalline-phase", "amorphous-order"},
    "which phases form in amorphous red P with sodium": {"crystalline-phase"},
    # Its resistance is that of the film
    "when does the passivating film on graphite form, and how does its resistance change": {"sei-growth"},
    "charge transfer on graphite, and its resistance": {"charge-transfer"},
    # Words that mean something else together
    "diffusion in graphite, values differ by orders of magnitude": {"ion-diffusion"},
    "SEI on hard carbon in a gas-tight cell with Na": {"sei-composition"},
    "SEI growth on silicon by a contract lab": {"sei-growth"},
    # Of two phrases that share a word, one that adds only a small word says nothing
    "does the thickness of the interphase on LTO change": {"sei-growth"},
    # Elements that are no ions of the cell
    "where does lithium sit in silicon when isolated silicon ions are made": {"ion-environment"},
    "how are isolated silicon ions made, and where does lithium sit": {"ion-environment"},
    "transition metals that deposit on graphite": {"sei-composition"},
    "in which order do sodium ions adsorb in hard carbon, and where do they sit": {"ion-environment"},
    "lithium dendrites, within the skin depth of the metal": {"metal-plating"},
    # What forms in the film is its composition, and so is its chemistry
    "does NaH form in the interphase on sodium metal": {"sei-composition"},
    "SEI on graphite with Li: how does its composition change": {"sei-composition"},
    # A compound that is named is known by its phase
    "which alloying products, such as Bi and K3Bi, does Bi2Se3 give with K": {
        "reaction-intermediates",
        "crystalline-phase",
    },
    # Products belong to what decomposes, where that is named
    "LiPF6 breaking down on graphite, which products?": {"electrolyte-decomposition"},
    "which products form when tin reacts with Na": {"reaction-intermediates", "crystalline-phase"},
    # At some stage, and the stages of graphite
    "at what stage of the charge does sodium become metallic in hard carbon": {"ion-environment"},
    "thickness of the SEI on graphite at every stage of the charge": {"sei-growth"},
    "which stages does graphite pass with K": {"lattice-strain"},
    # What is stacked, and how it is stacked
    "does hierarchically stacked MXene swell with Na": {"morphology-volume"},
    "does the stacking of graphite change with K": {"crystalline-phase"},
    # Valence by its sign or its word
    "is Mn really Mn(0) at the end of lithiation of MnO": {"oxidation-state"},
    "does Ti become trivalent in TiO2 with Na": {"oxidation-state"},
    "is electron transfer or diffusion slow in Li4Ti5O12": {"charge-transfer", "ion-diffusion"},
    "resistance of the electron-transfer step on graphite": {"charge-transfer"},
    # Order that is lost
    "does anatase lose its long-range order with Na": {"amorphous-order"},
    "the long-range order of antimony sodiated": {"crystalline-phase"},
    # Said in other words
    "how evenly does the reaction spread in Fe3O4": {"heterogeneity"},
    "do ether molecules accompany sodium into graphite": {"solvation"},
    "does the separation of the sheets of Ti3C2Tx change": {"lattice-strain"},
    "which constituent delivers the capacity of silicon-graphite": {"ion-inventory"},
    "what grows at the interface of lithium metal and a polymer": {"sei-composition", "sei-growth"},
    "how thick does a single carbon fibre get with K": {"morphology-volume"},
    # Thickness says where, or what changes
    "how steep is the gradient across the thickness of a graphite electrode": {"heterogeneity"},
    "how does the thickness of a silicon electrode change": {"morphology-volume"},
    # On a metal what forms is the interphase, and the metal itself is what it forms on
    "which compounds form when sodium metal meets Na3PS4": {"sei-composition"},
    "which compounds form when tin takes up Na": {"reaction-intermediates", "crystalline-phase"},
    "how much lithium metal is left on graphite": {"metal-plating"},
    "how much does one SnO2 nanowire elongate, and do fissures open": {"morphology-volume", "fracture"},
    "where does the lithium lag behind in thick graphite": {"heterogeneity"},
    # What is slow, what follows, and a film that grows on a film
    "which steps (diffusion, film formation) govern the uptake of Li in a thin tin film": {
        "ion-diffusion",
        "sei-growth",
    },
    "which steps follow when tin takes up Na": {"reaction-intermediates", "crystalline-phase"},
    "lithium metal on garnet: does the interphase grow": {"sei-growth"},
    # What is varied, and words that belong to others
    "below what potential does silicon form Li15Si4, and does the film thickness matter": {"crystalline-phase"},
    "at what content does MoS2 break down to Na2S, which phases": {"crystalline-phase"},
    "in which crystallographic direction does a silicon nanowire expand with Li": {"morphology-volume"},
    "reduction products of ethylene and diethyl carbonate on silicon with Li": {"electrolyte-decomposition"},
    "do voids fill in hard carbon with Na": {"pore-filling"},
    "do voids form in tin with Na": {"morphology-volume"},
    "how unequal is the state of charge across thick graphite": {"heterogeneity"},
    "crystalline and amorphous LixGe, germanium": {"crystalline-phase", "amorphous-order"},
    "the diffusive part of the impedance of graphite with Li": {"ion-diffusion", "charge-transfer"},
    # What only tells when
    "What are the products when lithium is deposited on Li10GeP2S12, and how fast does the SEI resistance rise": {
        "electrolyte-decomposition",
        "sei-growth",
    },
    "Does a drop of the SEI resistance reveal when plating begins on graphite": {"sei-growth", "metal-plating"},
    # A symptom gives way to what is suspected; where it is asked why, it does not
    "capacity drops after 10 cycles, I guess particles of Sb break up": {"fracture"},
    "why does silicon lose capacity with Li, is it cracks or the SEI": {"fracture", "sei-growth"},
    "cycling makes silicon lose capacity with Li, is it the SEI": {"sei-growth"},
    "why do tin anodes lose capacity so fast: do they crumble?": {"fracture"},
    "how does Sn react with K and why does its capacity fade": {
        "reaction-intermediates",
        "crystalline-phase",
        "sei-growth",
        "ion-inventory",
        "fracture",
    },
    # Ions are no gas, and two charges of one element are its valence
    "valence of cobalt, Co2+ or Co3+, in Co3O4 with Li": {"oxidation-state"},
    # The film is the electrode
    "when does Li15Si4 form in a sputtered silicon film, and does the film thickness decide it": {"crystalline-phase"},
    "diffraction gives no peaks for tin with sodium": {"amorphous-order"},
    "an interphase grows on sodium metal, and what is in it": {"sei-composition", "sei-growth"},
    # Words that belong to their neighbours
    "do the niobium-oxygen bonds of Nb2O5 lengthen with lithium": {"bond-disorder"},
    "SEI on lithium metal under a CO2 atmosphere": {"sei-composition"},
    "solvation of K+ in concentrated KFSI, graphite": {"solvation"},
    "when does it become metallic Sb, phases of Sb2S3 with K": {"crystalline-phase"},
    "C=O of K2TP": {"bond-disorder"},
    # Thickness of the film, and of the electrode
    "the SEI keeps getting thicker on graphite": {"sei-growth"},
    # Phases by their formulas
    "are Na15Sn4 and Na3P turned back to Sn4P3": {"crystalline-phase"},
    "Li plating graphite 21700": {"metal-plating"},
    "potassium antimony: is KSb amorphous, do the particles crack": {"amorphous-order", "fracture"},
    "what breaks down in our NaPF6 EC/DEC electrolyte on hard carbon": {"electrolyte-decomposition"},
    "is my SEI on hard carbon with Na getting thicker over 100 cycles": {"sei-growth"},
    "which phases are there in the fully lithiated state of tin": {"crystalline-phase"},
    "kinetics of graphite with Li by the distribution of relaxation times": {"charge-transfer"},
    "how does the reaction front advance along a SnO2 nanowire with Li": {"ion-diffusion"},
    "why does lithium metal short in Li6PS5Cl at 60 °C": {"metal-plating"},
    "a short paper on the SEI of graphite with Li": {"sei-composition"},
    # On this kind of anode
    "is the interlayer on sodium metal growing": {"sei-growth"},
    "interlayer of MXene with sodium": {"lattice-strain"},
    "what limits the nucleation of the transition in aluminium foil with Li": {"crystalline-phase"},
    "do pores form in tin with sodium": {"morphology-volume"},
    "do pores fill in hard carbon with sodium": {"pore-filling"},
}


@pytest.mark.parametrize("sentence", GOALS)
def test_goals(sentence):
    """What is named as a goal is read, and nothing else."""
    read = read_sentence(LEXICON, sentence)
    assert GOALS[sentence] == set(read.targets.value)


@pytest.mark.parametrize(
    ("sentence", "unused"),
    [
        ("SEI on silicon with Li; silicon is dear", ("dear",)),
        ("cracks in silicon with Li, purple zeppelin/unicorn, a purple hat", ("purple zeppelin/unicorn", "purple hat")),
    ],
)
def test_words_that_gave_nothing(sentence, unused):
    """The anode named again is used; neighbours among the unused words are told together."""
    assert unused == read_sentence(LEXICON, sentence).unused


def test_an_adverb_is_no_slip():
    """A word that only says how much is not put right to one that means nothing here."""
    assert () == read_sentence(LEXICON, "does K in graphite form KC8 completely").notes


def test_one_part_and_no_more():
    """A part is asked beside the whole where it is said to be enough, and both parts where both are named."""
    for sentence in (
        "Li plating on graphite at 3C, onset only",
        "only the onset of Li plating on graphite",
        "Li plating on graphite: the onset is enough",
    ):
        assert ("metal-plating-onset",) == read_sentence(LEXICON, sentence).parts
    both = read_sentence(LEXICON, "Li plating on graphite: onset and amount")
    assert ("metal-plating-onset", "metal-plating-amount") == both.parts


def test_a_bond_is_told_by_its_sign():
    """The words of a bond are its own and no others."""
    assert ("C=O",) == read_sentence(LEXICON, "does the C=O of K2TP change, and when").targets.words


def test_compounds_are_what_the_reaction_makes():
    """Which compounds form is asked of the reaction, on an alloying anode that has steps and phases."""
    asked = read_sentence(LEXICON, "Which Na-Sn compounds form on each voltage plateau of tin with sodium?")
    assert {"reaction-intermediates", "crystalline-phase"} == set(asked.targets.value)


def test_solvent_that_goes_in_with_the_ion():
    """Solvent between the layers of the host is co-intercalation; the shell in the electrolyte is not."""
    between = read_sentence(LEXICON, "are there solvent molecules in between the layers of MXene with Na")
    assert ("co-intercalation",) == between.parts
    entering = read_sentence(LEXICON, "do sodium ions enter graphite with their glyme shell")
    assert ("co-intercalation",) == entering.parts
    assert ("solvent-shell",) == read_sentence(LEXICON, "solvent shell of K+ in DME on graphite").parts


@pytest.mark.parametrize(
    ("words", "cell"), [("we can't open the cell", "unopened"), ("it must remain sealed", "unopened")]
)
def test_a_cell_that_stays_closed(words, cell):
    """A cell that must not be opened is an unopened one, in whichever words."""
    assert (cell,) == read_sentence(LEXICON, f"SEI on graphite, {words}").cell.value


@pytest.mark.parametrize(
    ("words", "kind"),
    [("sodium in carbonate", ("carbonate",)), ("organic species such as carbonate", None), ("poly(VC) forms", None)],
)
def test_carbonate_is_an_electrolyte_where_cells_run_in_it(words, kind):
    """`In carbonate` names the electrolyte, a carbonate in an SEI or a polymer of a solvent does not."""
    read = read_sentence(LEXICON, f"SEI on hard carbon, {words}").electrolyte
    assert kind == (None if read is None else read.value)


@pytest.mark.parametrize(
    ("sentence", "anode"),
    [
        ("SEI, lithium metal on gold", "lithium metal"),
        ("SEI, sodium metal on aluminium", "sodium metal"),
        ("interphase, Li on Li6PS5Cl", "Li metal"),
        ("SEI of lithium on graphite", "graphite"),
        ("SEI, NaK liquid alloy electrode on carbon cloth", "NaK liquid alloy"),
        ("cracks in the host (graphite) with Li", "graphite"),
        ("phases of the bronze (TiO2(B)) with Li", "TiO2(B)"),
    ],
)
def test_what_is_on_what(sentence, anode):
    """A metal on another metal, or on a solid electrolyte, is the anode; the ion on a host is none."""
    assert anode == read_sentence(LEXICON, sentence).anode.value


def test_a_name_before_a_formula_of_carbon_and_hydrogen():
    """The name of an organic compound says more than its formula behind it."""
    assert "organic-carboxylate" == ask(KB, anode="disodium terephthalate Na2C8H4O4", ion="Na").material


def test_several_of_one_kind_are_told():
    """One electrolyte and one temperature are asked about at a time, and the reader hears which."""
    read = read_sentence(LEXICON, "SEI on graphite in diglyme and EC/DEC from -20 to 30 °C")
    assert ("ether",) == read.electrolyte.value[:1]
    assert any("one electrolyte" in note and "EC/DEC" in note for note in read.notes)
    assert any("farthest from room temperature" in note for note in read.notes)


def test_the_anode_of_an_x_ray_tube():
    """A silver source makes X-rays and is no electrode."""
    assert "SnO2" == read_sentence(LEXICON, "XRD with Ag source, phases of SnO2 with Li").anode.value


@pytest.mark.parametrize(
    "sentence", ["DFT: which functional for Na in graphene", "predict cycle life of graphite by machine learning"]
)
def test_what_no_technique_measures(sentence):
    """A task for a computer or a shop is told to be nothing that is measured in situ."""
    assert any("in situ technique measures" in note for note in read_sentence(LEXICON, sentence).notes)
