"""Published studies: what matches, in which order, and what is said where there is none."""

import itertools

import pytest

from insitu_advisor import Wanted, ask, certify, precedents, recommend
from insitu_advisor.render.formats import plain
from insitu_advisor.render.pages import precedents as precedent_list
from insitu_advisor.render.pages import recommend as recommendation
from insitu_advisor.render.pages import report

ORDER = ("title", "abstract", "review text")
IONS, ANODES = (None, "Li", "Na", "K"), (None, "intercalation", "alloy", "conversion", "metal")


def _by_hand(kb, ion, anode, techniques, target):
    return {
        key
        for key, study in kb.studies.items()
        if (ion is None or ion in study.ions)
        and (anode is None or anode in study.anode)
        and all(technique in study.techniques for technique in techniques)
        and (target is None or target in study.asked)
    }


@pytest.mark.parametrize(("ion", "anode"), list(itertools.product(IONS, ANODES)))
def test_filters_meet(kb, ion, anode):
    """Ion, anode, all techniques and target must match at once; an open filter lets everything through."""
    for techniques in ((), *((technique,) for technique in kb.techniques), ("xrd", "raman"), ("xrd", "tem", "eis")):
        for target in (None, "crystalline-phase", "sei-growth", "fracture"):
            found = precedents(kb, Wanted(ion, anode, techniques, target))
            assert _by_hand(kb, ion, anode, techniques, target) == {key for key, _ in found}
            assert all(kb.studies[key] is study for key, study in found)


def test_each_filter_narrows(kb):
    """Each of the four filters lets some studies through and keeps some out."""
    every = len(precedents(kb, Wanted()))
    assert len(kb.studies) == every
    for wanted in (Wanted(ion="K"), Wanted(anode="alloy"), Wanted(techniques=("xrd",)), Wanted(target="sei-growth")):
        assert 0 < len(precedents(kb, wanted)) < every


@pytest.mark.parametrize("ion", IONS)
def test_strongest_first(kb, ion):
    """Studies borne out by their title come before those by abstract, then those the review alone speaks for."""
    found = [study.confirmed_by for _, study in precedents(kb, Wanted(ion))]
    assert sorted(found, key=ORDER.index) == found
    assert len(set(found)) > 1


def test_order_within_a_strength_is_that_of_the_list(kb):
    """Studies of equal strength keep the order of the knowledge base."""
    places = list(kb.studies)
    for _, group in itertools.groupby(precedents(kb, Wanted()), key=lambda item: item[1].confirmed_by):
        keys = [places.index(key) for key, _ in group]
        assert sorted(keys) == keys


def test_none_is_said_to_be_no_proof(kb):
    """There is no in situ NMR study with potassium in the list; the page says so and claims no more."""
    wanted = Wanted(ion="K", techniques=("nmr",))
    assert () == precedents(kb, wanted)
    text = plain.render(precedent_list.page(kb, wanted), kb)
    assert "None in the list. That is no proof that none exists." in text
    assert "NMR with K" in text


def test_every_reference_resolves(kb):
    """The reference of each study exists and stands in the list of sources of the page."""
    text = plain.render(precedent_list.page(kb, Wanted()), kb)
    sources = text[text.rindex("\nSources\n") :]
    for study in kb.studies.values():
        reference = kb.references[study.reference]
        assert (reference.title or reference.about) in sources


def test_page_tells_every_study(kb):
    """Every matching study stands in the page with its material and what bears it out."""
    found = precedents(kb, Wanted(ion="K"))
    text = plain.render(precedent_list.page(kb, Wanted(ion="K")), kb)
    assert f"{len(found)} in the list" in text
    assert len(found) == text.count("Known from ")
    assert all(study.material in text for _, study in found)


@pytest.mark.parametrize(
    "words",
    [
        {"ion": "K", "anode": "graphite", "targets": ("crystalline-phase",)},
        {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling",)},
        {"ion": "Li", "anode": "alloy", "targets": ("morphology-volume",), "weights": ("insight",)},
    ],
    ids=lambda words: words["ion"],
)
def test_winners_show_theirs(kb, words):
    """The answer and the report show up to three studies of the winner on this ion and anode type, or say none."""
    advice = recommend(ask(kb, **words), kb)
    question = advice.question
    wanted = Wanted(
        question.ion.value, question.anode.value, kb.options[advice.best.id], material=question.material.value
    )
    found = precedents(kb, wanted)
    certificate = certify(advice, 100)
    for page in (recommendation.page(advice, certificate), report.page(advice, certificate)):
        text = plain.render(page, kb)
        start = text.index("\nPrecedents: ")
        section = text[start : text.index("\n\n", text.index("\n\n", start) + 2)]
        assert min(3, len(found)) == section.count("Known from ")
        assert all(study.material in section for _, study in found[:3])
        assert bool(found) != ("None in the list." in section)


def test_some_winner_has_a_precedent(kb):
    """The test of winners is not empty: graphite with potassium has published diffraction studies."""
    assert precedents(kb, Wanted("K", "intercalation", ("xrd",)))


@pytest.mark.parametrize("ion", IONS)
def test_own_material_first(kb, ion):
    """A material keeps every study of its anode type and puts its own in front, each part by strength."""
    plain_order = [key for key, _ in precedents(kb, Wanted(ion, "alloy"))]
    found = [key for key, _ in precedents(kb, Wanted(ion, "alloy", material="silicon"))]
    own = [key for key in plain_order if "silicon" in kb.studies[key].materials]
    assert own + [key for key in plain_order if key not in own] == found


def test_page_counts_the_own_studies(kb):
    """The page says how many studies are on the material, and says so where none is."""
    silicon = plain.render(precedent_list.page(kb, Wanted("Li", "alloy", material="silicon")), kb)
    own = sum("silicon" in study.materials for study in kb.studies.values())
    assert f"{own} of them on silicon, which come first." in silicon
    assert "Published studies: on silicon and other alloy anodes with Li" in silicon
    antimony = plain.render(precedent_list.page(kb, Wanted("K", "alloy", material="antimony")), kb)
    assert "none of them on antimony" in antimony


def test_studies_and_their_materials_agree_on_the_type(kb):
    """A study is on an anode of the type its material has with any of its ions, or on a metal."""
    named = [study for study in kb.studies.values() if study.materials]
    assert len(named) > 50
    for study in named:
        types = {kb.materials[material].type for material in study.materials}
        assert types & set(study.anode) or "metal" in study.anode, study.reference
