"""Why an option has its place: its neighbours, what sets them apart, and what would bring it first."""

import pytest

from engine.checks import advise
from insitu_advisor import why, why_not
from insitu_advisor.engine.inquiry.why import gaps
from insitu_advisor.engine.method.advice import Excluded, Ranked

QUESTIONS = (
    {"ion": "Li", "anode": "silicon", "targets": ("fracture", "sei-growth"), "c_rate": "1C"},
    {"ion": "K", "anode": "alloy", "facilities": ("department",)},
    {"anode": "alloy", "targets": ("crystalline-phase",), "facilities": ("potentiostat", "lab-xrd")},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


@by_question
def test_neighbours_are_those_of_the_ranking(kb, words):
    """Nothing lies above the first and below the last; every other option has the one before and the one after it."""
    ranking = advise(kb, **words).ranking
    found = [why(advise(kb, **words), option.id) for option in ranking]
    ids = [option.id for option in ranking]
    assert [None, *ids[:-1]] == [each.above.id if each.above else None for each in found]
    assert [*ids[1:], None] == [each.below.id if each.below else None for each in found]
    assert ids == [each.option.id for each in found]


@by_question
def test_gaps_are_the_difference_of_two_scores(kb, words):
    """Gaps are points of the one minus points of the other, add up to the difference, and begin with the largest."""
    ranking = advise(kb, **words).ranking
    for one in ranking:
        for other in ranking:
            found = gaps(one, other)
            points = {part.criterion: part.points for part in other.parts}
            assert {gap.criterion: gap.points for gap in found} == {
                part.criterion: pytest.approx(part.points - points[part.criterion]) for part in one.parts
            }
            sizes = [abs(gap.points) for gap in found]
            assert sorted(sizes, reverse=True) == sizes


@by_question
def test_only_what_is_missing_is_searched(kb, words):
    """A way in is looked for where an option is out, a way to the top where it is not first already."""
    advice = advise(kb, **words)
    for option in kb.options:
        outcome, found = advice.option(option), why_not(advice, option)
        first = isinstance(outcome, Ranked) and outcome.rank == 1
        assert isinstance(outcome, Excluded) == (found.into is not None)
        assert first == (found.first is None)
        assert isinstance(outcome, Excluded) == (why(advice, option) is outcome)
