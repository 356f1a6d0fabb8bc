"""Answers that are words: what is taken of several, and what a reader is told of it."""

import pytest

from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.readers import read_anode, read_electrolyte, read_scale
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()


@pytest.mark.parametrize(
    ("read", "words", "first", "other"),
    [
        (read_electrolyte, "PEO with LLZO", "polymer", "oxide"),
        (read_electrolyte, "ceramic in ether", "oxide", "ether"),
        (read_scale, "electrode and particle", "electrode", "particle"),
    ],
)
def test_of_several_the_first_is_taken_and_the_others_are_told(read, words, first, other):
    """Only one electrolyte and one scale can be asked for; that another was named is not passed over."""
    answer = read(KB, words)
    assert first == answer.value
    assert f"only {first} is taken" in answer.note
    assert other in answer.note


@pytest.mark.parametrize(("read", "word"), [(read_electrolyte, "LLZO"), (read_scale, "nanoscale")])
def test_a_word_that_means_one_thing_needs_no_note(read, word):
    """Where nothing was passed over nothing is told."""
    assert read(KB, word).note is None


@pytest.mark.parametrize(
    ("word", "told"), [("graphite at 0 °C", True), ("graphite at -20 C", True), ("hard carbon made at 1200 °C", False)]
)
def test_a_temperature_with_the_anode(kb, word, told):
    """The temperature of a cell is no part of an anode, and the reader hears where it counts; that of an oven is."""
    assert told == ("--temperature" in (read_anode(kb, word).otherwise or ""))


@pytest.mark.parametrize(("word", "weight"), [("C=O bond changes", 1.0), ("C=O bond=2", 2.0), ("bond disorder=2", 2.0)])
def test_the_sign_of_a_bond_gives_no_weight(kb, word, weight):
    """`C=O` is a bond; a number behind the last sign is a weight."""
    (goal,) = ask(kb, targets=[word]).targets.value
    assert ("bond-disorder", weight) == (goal.target, goal.weight)
