"""Published studies: what matches, in which order, and what is said where there is none."""

import itertools

import pytest

from insitu_advisor import Wanted, ask, precedents, recommend
from insitu_advisor.engine.inquiry.precedents import STRENGTH, nearest, of_winner, wanted_for

ORDER = sorted(STRENGTH, key=STRENGTH.__getitem__)
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


def test_a_winner_is_looked_up_with_its_members(kb):
    """What is looked for is the first place on this system; the members too where no study of all is on the anode."""
    for ion, anode, target in itertools.product(("Li", "Na", "K"), ("graphite", "alloy", "oxide"), kb.targets):
        advice = recommend(ask(kb, ion=ion, anode=anode, targets=(target,)), kb)
        if advice.best is None:
            assert [] == of_winner(advice)
            continue
        first, *rest = of_winner(advice)
        members = kb.options[advice.best.id]
        question = advice.question
        assert (ion, question.anode_type, members, None, question.material) == first[:5]
        assert {target, *advice.goals} == first.goals
        found = [study for _, study in precedents(kb, first)]
        own = [study for study in found if question.material is None or question.material in study.materials]
        alone = len(members) > 1 and not own
        assert ([(member,) for member in members] if alone else []) == [each.techniques for each in rest]


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


def test_own_goal_first(kb):
    """Of the studies of a material those that asked the goal come first: the onset of plating on graphite by EIS."""
    advice = recommend(ask(kb, ion="Li", anode="graphite", targets=("metal-plating-onset",)), kb)
    found = precedents(kb, wanted_for(advice, ("eis",)))
    assert "brown2021" == found[0][0]
    same = precedents(kb, Wanted("Li", "intercalation", ("eis",)))
    assert sorted(key for key, _ in found) == sorted(key for key, _ in same)


def _questions():
    """Systems with a material and goals, alone and in pairs, at a rate and without one."""
    systems = [
        ("Na", "Sn"),
        ("Li", "silicon"),
        ("Na", "hard carbon"),
        ("K", "antimony"),
        ("Li", "graphite"),
        ("Na", "SnS2"),
    ]
    goals = [("fracture",), ("crystalline-phase", "fracture"), ("sei-composition",), ("ion-diffusion", "sei-growth")]
    return itertools.product(systems, goals, (None, "1C"))


def test_what_is_seen_is_the_nearest(kb):
    """No study of the experiment to start with, of the first place or of its members is nearer than the one named.

    Nor is one of any technique that asked one of the goals of the very material.
    """
    named = 0
    for (ion, anode), targets, rate in _questions():
        advice = recommend(ask(kb, ion=ion, anode=anode, targets=targets, c_rate=rate), kb)
        found = nearest(advice)
        start = next(option.id for option in advice.ranking if option.kind == "technique")
        used = {start, *kb.options[advice.best.id]}
        exact = wanted_for(advice, (start,))
        near = [
            study
            for _, study in precedents(kb, Wanted(ion, advice.question.anode_type))
            if used & {*study.techniques} or not any(exact.distance(study))
        ]
        assert bool(near) == bool(found)
        if found:
            wanted = wanted_for(advice, (start,))
            assert min(map(wanted.distance, near)) == wanted.distance(found[1])
            named += wanted.names(found[1])
    assert named > 20


def test_a_study_of_the_very_question_is_named(kb):
    """Tin in sodium cells: the cracks were looked for by TEM, and that study is named, whatever else is first."""
    for targets in (("fracture",), ("crystalline-phase", "fracture")):
        advice = recommend(ask(kb, ion="Na", anode="Sn", targets=targets, c_rate="1C"), kb)
        assert "wang2012snna-c" == nearest(advice)[0]


def test_a_study_of_the_very_question_goes_before_one_of_the_technique(kb):
    """Where no study of the first technique is on the material and asked the goal, one of another technique is told."""
    question = ask(kb, ion="Na", anode="tin", targets=["fracture"], facilities=["potentiostat", "lab-xrd", "raman"])
    limited = recommend(question, kb)
    key, study = nearest(limited)
    assert "tin" in study.materials
    assert "fracture" in study.asked
    assert set(study.techniques).isdisjoint(kb.options[limited.best.id])
    assert key in kb.studies
