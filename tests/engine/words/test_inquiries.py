"""When to take which of several options."""

import itertools

import pytest

from engine.checks import advise
from insitu_advisor import compare
from insitu_advisor.engine.method.advice import Excluded
from insitu_advisor.engine.words.inquiries import when_to_take
from insitu_advisor.engine.words.sentences import goal_names, listed

QUESTIONS = (
    {"ion": "Li", "anode": "silicon", "targets": ("crystalline-phase", "sei-growth", "fracture"), "c_rate": "1C"},
    {"ion": "K", "anode": "alloy", "facilities": ("department",)},
    {"ion": "Na", "anode": "graphite", "targets": ("sei-composition",), "budget": "moderate"},
)


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))
def test_reasons_to_take_an_option(kb, words):
    """What only it sees, what it sees better, and that all others cost or ask more; else that it is no better."""
    advice = advise(kb, **words)
    for options in itertools.combinations(kb.options, 2):
        comparison = compare(advice, options)
        for side in comparison.sides:
            text = when_to_take(comparison, side)
            if isinstance(side.outcome, Excluded):
                assert "out of the question" in text
                continue
            route = side.outcome.route
            (other,) = (each.outcome.route for each in comparison.sides if each is not side)
            reasons = {
                f"{listed(goal_names(kb, side.only))}: nothing else": bool(side.only),
                f"{listed(goal_names(kb, side.better))}: it sees that better": bool(side.better),
                "the money is short": route.cost_place < other.cost_place,
                "preparation has to be simple": route.preparation_place < other.preparation_place,
            }
            assert {said: said in text for said in reasons} == reasons
            assert any(reasons.values()) == text.startswith(f"Take {kb.name(side.id)} if ")
            assert any(reasons.values()) != ("no better than the others" in text)
