"""Options side by side: what only one sees, what it sees best, and when to take it."""

import itertools

import pytest

from engine.checks import advise
from insitu_advisor import compare
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words.inquiries import when_to_take

WORDS = {"ion": "Li", "anode": "silicon", "targets": ("crystalline-phase", "sei-growth", "fracture", "ion-environment")}


def test_only_and_better(kb):
    """`only` holds what no other side sees, `better` what it sees better than all others; none if out."""
    advice = advise(kb, **WORDS, budget="high", c_rate="1C")
    for options in itertools.combinations(kb.options, 2):
        sides = {side.id: side for side in compare(advice, options).sides}
        values = {
            option: {each.goal: each.value() for each in seen(advice.option(option).route, advice.problem)}
            for option in options
        }
        assert list(options) == list(sides)
        for option, other in (options, options[::-1]):
            mine, theirs, side = values[option], values[other], sides[option]
            assert side.outcome is advice.option(option)
            ranked = advice.ranks(option)
            assert [goal for goal in mine if ranked and mine[goal] and not theirs[goal]] == list(side.only)
            assert [goal for goal in mine if ranked and mine[goal] > theirs[goal] > 0] == list(side.better)


def test_when_to_take(kb):
    """What only one sees is a reason to take it; what is out of the question is said to be out."""
    advice = advise(kb, **WORDS, facilities=("department",))
    comparison = compare(advice, list(kb.options))
    for side in comparison.sides:
        said = when_to_take(comparison, side)
        assert kb.name(side.id) in said
        assert said.endswith(".")
        assert ("out of the question" in said) == (not advice.ranks(side.id))
        assert all(kb.goals[goal].name in said for goal in (*side.only, *side.better))


def test_an_option_that_is_none(kb):
    """An option that does not exist is a KeyError."""
    with pytest.raises(KeyError):
        compare(advise(kb, **WORDS), ["xrd", "sonar"])
