"""What to beware of first: the warning nearest to what was asked, and what makes one near."""

import pytest

from engine.checks import advise
from engine.words.short_questions import by_question
from insitu_advisor import plan
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.watch import THREE_LINES, TWO_LINES, first_sentences, nearest, watch


@pytest.mark.parametrize(
    ("most", "kept"),
    [(3, "One."), (8, "One."), (9, "One. Two."), (13, "One. Two."), (14, "One. Two. Six."), (20, "One. Two. Six.")],
)
def test_as_many_sentences_as_fit(most, kept):
    """At least the first sentence; each further one only where all of it fits."""
    assert kept == first_sentences("One. Two. Six.", most)


@by_question
@pytest.mark.parametrize("longest", [TWO_LINES, THREE_LINES])
def test_a_warning_fits_and_is_of_the_plan(kb, words, longest):
    """It is the beginning of a warning of an experiment of the plan, or that the material hardly reacts."""
    advice = advise(kb, **words)
    found = plan(advice)
    told = watch(found, longest)
    if doubt := cautions.hardly_reacts(advice):
        assert doubt[0] == told
        return
    every = [each for one in found.best.experiments for each in _every(advice, one.way)]
    assert len(told.text) <= longest
    assert any(text.startswith(told.text) for text in every)


def _every(advice, way):
    """All warnings of a way, in full."""
    name = way.technique.short
    yield from (f"{name}: {spot.says}" for spot in way.technique.blind_spots if cautions.bears(spot, way, advice))
    route = next(option.route for option in advice.ranking if option.route.ways == (way,))
    yield from (reason.text for reason in cautions.cautions(advice, route))
    yield from (f"{name}, {advice.kb.materials[advice.question.material].name}: {each.says}"
                for each in (cautions.of_material(advice)))  # fmt: skip


@by_question
def test_the_nearest_comes_first(kb, words):
    """Of the warnings of the first experiment none is nearer to the question than the one that is told."""
    advice = advise(kb, **words)
    if cautions.hardly_reacts(advice):
        return
    near = nearest(advice, plan(advice).best.experiments[0].way)
    assert sorted(near, key=lambda each: each.order) == near
    assert not near or near[0].says == watch(plan(advice))


CASES = (
    ({"targets": ("metal-plating-onset",), "anode": "graphite", "temperature": -10.0}, "eis", "In the cold"),
    ({"targets": ("charge-transfer",), "anode": "graphite", "cell": ("pouch",)}, "eis", "a reference electrode"),
    ({"targets": ("charge-transfer",), "anode": "silicon", "electrolyte": "sulfide"}, "eis", "never stops growing"),
    ({"targets": ("ion-inventory",), "anode": "lithium metal", "cell": ("pouch",)}, "nmr", "foil of a pouch"),
    ({"targets": ("metal-plating",), "anode": "lithium metal", "cell": ("symmetric",)}, "nmr", "hides what is plated"),
    ({"targets": ("gas-evolution",), "anode": "LTO"}, "ftir", "H2 has no infrared band"),
    ({"targets": ("sei-composition",), "anode": "hard carbon"}, "raman", "LiF, NaF and KF"),
)


@pytest.mark.parametrize(("words", "technique", "said"), CASES, ids=[case[2] for case in CASES])
def test_what_this_question_says_goes_first(kb, words, technique, said):
    """Cell, electrolyte, temperature, material and goal bring the warning that is about them, each before the rest."""
    advice = advise(kb, ion="Li", **words)
    way = next(option.route.ways[0] for option in advice.ranking if option.id == technique)
    assert said in nearest(advice, way)[0].says.text


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("are fluorine-containing species in the SEI of silicon, we have FTIR only", "LiF, NaF, KF"),
        ("which gases evolve on LTO in lithium cells, CO2 or H2? we have FTIR only", "H2 has no infrared band"),
        ("how much gas on graphite in Li cells, is it hydrogen, we have FTIR only", "H2 has no infrared band"),
    ],
)
def test_a_substance_that_is_named_brings_what_is_said_of_it(kb, sentence, said):
    """A compound or an element of the sentence counts as much as the cell it names."""
    advice = advise(kb, sentence=sentence)
    found = plan(advice)
    assert said in watch(found).text
    assert "substance" in nearest(advice, found.best.experiments[0].way)[0].by


def test_fluorescence_is_no_fluorine(kb):
    """A word that only begins like an element names none."""
    advice = advise(kb, sentence="fluorescence of the SEI on silicon in lithium cells, we have FTIR only")
    assert not any("substance" in each.by for each in nearest(advice, plan(advice).best.experiments[0].way))


@pytest.mark.parametrize("cell", [("anode-free",), ("full", "coin")])
def test_a_warning_of_another_cell_stays_away(kb, cell):
    """No counter electrode of the same metal is warned of where the cell has none; it is where the cell is open."""
    asked = {"ion": "Li", "anode": "lithium metal", "targets": ("metal-plating",), "facilities": ("nmr",)}
    for words, warned in (({"cell": cell}, False), ({}, True), ({"cell": ("half",)}, True)):
        advice = advise(kb, **asked, **words)
        (way,) = advice.best.route.ways
        assert warned == any("counter electrode of the same metal" in each.says.text for each in nearest(advice, way))


def test_graphite_takes_up_sodium_from_ether(kb):
    """That graphite hardly takes up sodium holds for carbonates, and where no electrolyte is named."""
    for electrolyte, doubted in ((None, True), ("carbonate", True), ("ether", False)):
        advice = advise(kb, ion="Na", anode="graphite", electrolyte=electrolyte)
        assert doubted == bool(cautions.hardly_reacts(advice))


def test_what_presses_is_what_the_question_says(kb):
    """A warning that nothing that was said sets off gives way first where a screen is short."""
    open_question = plan(advise(kb, ion="Li", anode="alloy", targets=("fracture",)))
    assert watch(open_question)
    assert watch(open_question, pressing=True) is None
    cold = plan(advise(kb, ion="Li", anode="graphite", targets=("charge-transfer",), temperature=-20.0))
    assert watch(cold) == watch(cold, pressing=True)
