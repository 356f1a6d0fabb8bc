"""What nobody within reach answers, and what would."""

import pytest
from hypothesis import given

from engine.checks import advise
from engine.method.questions import KB, questions, searched
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.method.criteria import ANSWERS, best_sighting, seen
from insitu_advisor.engine.method.ranking import recommend


def _best(advice, goal):
    """The most any ranked option tells of a goal."""
    return max((best_sighting(option.route, goal, advice.problem).value() for option in advice.ranking), default=0.0)


def _changed(advice, changes):
    question = advice.question
    for change in changes:
        question = change.apply(question)
    return recommend(question, advice.kb)


@searched
@given(questions())
def test_exactly_what_nobody_answers(words):
    """A goal is named when every sighting of every ranked option is worth less than an answer, with the best hint."""
    advice = advise(KB, **words)
    gaps = {gap.goal: gap for gap in unanswered(advice)}
    assert [goal for goal in advice.goals if _best(advice, goal) < ANSWERS] == list(gaps)
    for goal, gap in gaps.items():
        assert (gap.hint is None) == (_best(advice, goal) == 0.0)
        if gap.hint:
            assert _best(advice, goal) == gap.hint.value()
            assert goal == gap.hint.goal


@searched
@given(questions())
def test_what_would_answer(words):
    """Once the answers told are changed, the way told may be used and answers the goal at the asked scale and rate."""
    advice = advise(KB, **words)
    for gap in unanswered(advice):
        if gap.route is not None:
            (way,) = gap.route.ways
            assert gap.changes
            assert best_sighting(gap.route, gap.goal, advice.problem).value() >= ANSWERS
            again = _changed(advice, gap.changes)
            assert again.ranks(way.technique_id)
            routes = again.system.routes[way.technique_id]
            able = next(route for route in routes if route.ways[0].variant_id == way.variant_id)
            assert best_sighting(able, gap.goal, again.problem).value() >= ANSWERS


def test_an_instrument_that_is_missing(kb):
    """On a bench for impedance alone nothing answers phases; a diffractometer would, and then nothing is missing."""
    words = {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase", "sei-growth")}
    (gap,) = unanswered(advise(kb, **words, facilities=("potentiostat",)))
    assert "crystalline-phase" == gap.goal
    assert ("facilities",) == tuple(change.field for change in gap.changes)
    again = _changed(advise(kb, **words, facilities=("potentiostat",)), gap.changes)
    assert () == unanswered(again)
    assert () == unanswered(advise(kb, **words))


def test_nothing_at_all(kb):
    """Where nothing is ranked every goal is unanswered and nothing hints at it."""
    advice = advise(kb, ion="Li", anode="graphite", targets=("crystalline-phase",), facilities=("potentiostat",))
    assert advice.best is None
    (gap,) = unanswered(advice)
    assert gap.hint is None
    assert gap.route is not None


@pytest.mark.parametrize("ion", ["Li", "Na", "K"])
def test_hints_are_the_best_there_are(kb, ion):
    """A hint comes from a way that is in use."""
    for goal in kb.goals:
        advice = advise(kb, ion=ion, anode="alloy", targets=(goal,), facilities=("bench",))
        for gap in unanswered(advice):
            if gap.hint:
                assert any(gap.hint in seen(option.route, advice.problem) for option in advice.ranking)
