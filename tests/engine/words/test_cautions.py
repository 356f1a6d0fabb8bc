"""Warnings are given to those they are meant for: by material, ion, goal, technique and way."""

import itertools

import pytest

from engine.checks import advise
from insitu_advisor.engine.words.cautions import (
    blind_spots,
    cautions,
    conflicts,
    hardly_reacts,
    material_cautions,
    new_cautions,
)
from insitu_advisor.knowledge.rule import Condition

QUESTIONS = [
    {"ion": ion, "anode": anode, **besides}
    for ion, anode in (("Li", "silicon"), ("Na", "graphite"), ("K", "antimony"), (None, "hard carbon"), ("Li", None))
    for besides in ({"targets": ("crystalline-phase", "sei-composition")}, {"targets": ("metal-plating",)}, {})
]
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


def _asked(advice):
    return {*advice.question.target_ids, *advice.goals}


@by_question
def test_warnings_of_a_material(kb, words):
    """Of the named material and ion, and where techniques or goals are named, for one of those in use."""
    advice = advise(kb, **words)
    question = advice.question
    every = kb.materials[question.material].cautions if question.material else ()
    ours = [c for c in every if question.ion.value in c.ions or (question.ion.value is None and not c.hardly_reacts)]
    assert [c.says for c in ours if c.hardly_reacts] == [each.text for each in hardly_reacts(advice)]
    for option in advice.ranking:
        used = {way.technique_id for way in option.route.ways}
        expected = [
            c.says
            for c in ours
            if not c.hardly_reacts
            and (not c.techniques or used & set(c.techniques))
            and (not c.targets or _asked(advice) & set(c.targets))
        ]
        assert expected == [each.text for each in material_cautions(advice, option.route)]


@by_question
def test_blind_spots_bear_on_the_question(kb, words):
    """Each is of a way in use and meets its conditions; an ion or a type may be left open."""
    advice = advise(kb, **words)
    question = advice.question
    for option in advice.ranking:
        told = [spot.says.text for spot in blind_spots(advice, option.route)]
        expected = [
            spot.says
            for way in option.route.ways
            for spot in way.technique.blind_spots
            if (not spot.when.ion or question.ion.value in {None, *spot.when.ion})
            and (not spot.when.anode or question.anode_type in {None, *spot.when.anode})
            and (not spot.when.material or question.material in spot.when.material)
            and (not spot.when.variant or way.variant_id in spot.when.variant)
            and (not spot.when.target or _asked(advice) & set(spot.when.target))
        ]
        assert sorted(expected) == sorted(told)


@by_question
def test_the_most_particular_blind_spot_stands_first(kb, words):
    """One for this material or goal comes before one for the ion, that before one for the type, and that before any."""
    advice = advise(kb, **words)
    spots = {spot.says: spot.when for item in kb.techniques.values() for spot in item.blind_spots}
    for option in advice.ranking:
        found = [spots[spot.says.text] for spot in blind_spots(advice, option.route)]
        narrow = [
            (bool(w.material) + bool(w.target)) * 4 + bool(w.ion) * 2 + bool(w.anode) + bool(w.variant) for w in found
        ]
        assert sorted(narrow, reverse=True) == narrow


@by_question
def test_conflicts_bear_on_the_options(kb, words):
    """A disagreement is told of a technique in use, an ion that may be meant, the very material and a goal asked."""
    advice = advise(kb, **words)
    question = advice.question
    for options in (advice.ranking[:1], advice.ranking):
        used = {way.technique_id for option in options for way in option.route.ways}
        expected = [
            conflict
            for conflict in kb.conflicts.values()
            if used & set(conflict.techniques)
            and (not conflict.ions or question.ion.value in {None, *conflict.ions})
            and (not conflict.materials or question.material in conflict.materials)
            and (not conflict.targets or _asked(advice) & set(conflict.targets))
        ]
        assert expected == list(conflicts(advice, options))


def test_conflicts_were_found(kb):
    """Some question of this page meets a disagreement; without an option in use there is none."""
    advices = [advise(kb, **words) for words in QUESTIONS]
    found = {conflict.topic for advice in advices for conflict in conflicts(advice, advice.ranking)}
    assert found
    assert not any(conflicts(advice, ()) for advice in advices)


@by_question
def test_what_was_said_elsewhere_is_not_said_again(kb, words):
    """A rule named as told already is left out, and nothing else is."""
    advice = advise(kb, **words)
    for option in advice.ranking[:3]:
        every = cautions(advice, option.route)
        for rule_id, rule in kb.rules.items():
            said = f"{kb.techniques[rule.technique].short}: {rule.sentence}"
            if any(each.text == said for each in every):
                assert [each for each in every if each.text != said] == list(
                    cautions(advice, option.route, besides=(rule_id,))
                )


@by_question
def test_an_outlook_needs_a_condition(kb, words):
    """What is still to be done is told only where it speaks of this system; what holds for every cell is no warning."""
    advice = advise(kb, **words)
    always = {item.says for item in kb.perspectives.values() if item.when == Condition()}
    assert always
    assert not any(each.text in always for option in advice.ranking for each in cautions(advice, option.route))


def test_a_changed_question_brings_only_what_is_new(kb):
    """Warnings the old first place had as well are not repeated, and nothing is new between equal questions."""
    advices = [advise(kb, **words) for words in QUESTIONS]
    found = 0
    for before, after in itertools.permutations(advices, 2):
        had, has = ({each.text for each in _heeded(advice)} for advice in (before, after))
        new = [each.text for each in new_cautions(before, after)]
        assert has - had == set(new)
        found += bool(new)
    assert found
    assert not any(new_cautions(advice, advice) for advice in advices)


def _heeded(advice):
    """Everything the first place has to heed."""
    route = advice.best.route
    return (*hardly_reacts(advice), *material_cautions(advice, route), *cautions(advice, route))
