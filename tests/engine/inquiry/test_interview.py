"""What the next question of an interview can still change, counted again by hand."""

import itertools
import math
from collections import Counter

import pytest

from engine.checks import asked
from insitu_advisor.engine.inquiry.interview import DECIDING_FIELDS, choices, outlook
from insitu_advisor.engine.method.ranking import recommend

QUESTIONS = (
    ({"ion": "Li", "anode": "silicon", "targets": ("fracture", "sei-growth")}, ("budget", "scale")),
    ({"ion": "K", "anode": "alloy", "facilities": ("department",)}, ("c_rate", "scale", "weights")),
    ({"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling",)}, ("facilities", "weights")),
    ({"ion": "Li", "anode": "graphite", "targets": ("metal-plating",)}, ("budget",)),
    ({"ion": "Li", "anode": "graphite", "facilities": ("potentiostat",)}, ("budget", "c_rate")),
    ({"ion": "Li", "targets": ("crystalline-phase",), "facilities": ("potentiostat",)}, ("scale",)),
)
by_question = pytest.mark.parametrize(("words", "remaining"), QUESTIONS)


def _winners(kb, words, remaining):
    """The first place by every combination of the remaining answers."""
    question, found = asked(kb, **words), {}
    for places in itertools.product(*(range(len(choices(kb)[field])) for field in remaining)):
        changed = question
        for field, place in zip(remaining, places, strict=True):
            changed = changed.with_answer(field, choices(kb)[field][place])
        best = recommend(changed, kb).best
        found[places] = best.id if best else "none"
    return found


def _bits(winners):
    """Uncertainty about the first place in bits, from the counts as they are."""
    counts = Counter(winners).values()
    return math.log2(sum(counts)) - sum(count * math.log2(count) for count in counts) / sum(counts)


@by_question
def test_every_combination_is_ranked(kb, words, remaining):
    """As many questions as combinations, the winners with the most frequent first; settled where there is only one."""
    winners = _winners(kb, words, remaining)
    found = outlook(kb, asked(kb, **words), remaining)
    assert len(winners) == found.tried
    counts = Counter(winners.values())
    assert set(counts) == set(found.winners)
    assert sorted(counts.values(), reverse=True) == [counts[winner] for winner in found.winners]
    assert (len(counts) == 1) == found.settled


@by_question
def test_the_next_question_leaves_least_open(kb, words, remaining):
    """No other answer would leave less uncertainty in the mean; nothing is asked once all is settled."""
    winners = _winners(kb, words, remaining)
    found = outlook(kb, asked(kb, **words), remaining)
    if found.settled:
        assert found.next is None
        return
    left = {}
    for place, field in enumerate(remaining):
        groups = [
            _bits([winner for places, winner in winners.items() if places[place] == answer])
            for answer in range(len(choices(kb)[field]))
        ]
        left[field] = sum(groups) / len(groups)
    assert min(left.values()) == pytest.approx(left[found.next])


def test_settled_and_open_questions_were_tried(kb):
    """The questions of this page hold some that are settled, some that are not, and some that nothing answers."""
    found = [outlook(kb, asked(kb, **words), remaining) for words, remaining in QUESTIONS]
    assert {True, False} == {each.settled for each in found}
    assert {True, False} == {"none" in each.winners for each in found}


def test_nothing_left_to_ask(kb):
    """Without remaining answers the one question is ranked, and the matter is settled."""
    found = outlook(kb, asked(kb, ion="Li", anode="graphite"), ())
    assert (True, None, 1) == (found.settled, found.next, found.tried)


def test_answers_that_can_be_given(kb):
    """Every deciding field can be left open but the weights, and every answer is one a question takes."""
    question = asked(kb, ion="Li")
    assert list(DECIDING_FIELDS) == list(choices(kb))
    for field, answers in choices(kb).items():
        assert (None in answers) == (field != "weights")
        assert list(answers) == [getattr(question.with_answer(field, a), field).value for a in answers]
    assert [0.05, 0.2, 1.0, None] == choices(kb)["c_rate"]
    assert ["low", "moderate", "high", "unlimited", None] == choices(kb)["budget"]
