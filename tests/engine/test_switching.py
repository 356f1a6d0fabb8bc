"""Exact switch points, each verified by ranking again on both sides of it."""

import numpy as np
import pytest

from insitu_advisor import certify, recommend
from insitu_advisor.engine.asked import prepare
from insitu_advisor.engine.certificate import sentence
from insitu_advisor.engine.switching import route_values

from .weightings import QUESTIONS, Readings, advised, named

STEP = 1e-4


def _at(kb, advice, criterion, share):
    """The question ranked again with one criterion at a share and the others keeping their ratio."""
    shares = dict(advice.shares)
    rest = 1 - shares[criterion]
    moved = {c: share if c == criterion else old / rest * (1 - share) for c, old in shares.items()}
    return recommend(advice.question.with_answer("weights", tuple(moved.items())), kb)


def _holds(again, option):
    """Whether an option is first or exactly level with the first."""
    return again.ranking[0].score - again.option(option).score < 1e-6


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_switch_points_by_ranking_again(kb, words):
    """Just inside each switch point the first place holds, just outside it belongs to the option named."""
    advice = advised(kb, **words)
    best = advice.best.id
    found = certify(advice, 100).switches
    assert list(advice.shares) == [switch.criterion for switch in found]
    for switch in found:
        assert 0 <= switch.down_to <= switch.share + 1e-12
        assert switch.share - 1e-12 <= switch.up_to <= 1
        assert switch.share == pytest.approx(advice.shares[switch.criterion])
        for limit, rival, sign in ((switch.down_to, switch.below, -1), (switch.up_to, switch.above, 1)):
            inside = limit - sign * min(STEP, abs(limit - switch.share))
            assert _holds(_at(kb, advice, switch.criterion, inside), best), (switch, sign)
            if rival is None:
                assert (0 if sign < 0 else 1) == pytest.approx(limit, abs=1e-9)
                assert _holds(_at(kb, advice, switch.criterion, limit), best)
            else:
                assert rival != best
                outside = _at(kb, advice, switch.criterion, limit + sign * STEP)
                assert rival == outside.ranking[0].id, (switch, sign)
                assert not _holds(outside, best)


def test_switch_points_of_both_kinds_were_tried(kb):
    """The questions of this page hold overtakings from below and above, and ends where nobody overtakes."""
    found = [switch for words in QUESTIONS for switch in certify(advised(kb, **words), 100).switches]
    assert len(QUESTIONS) >= 30
    for field in ("below", "above"):
        names = [getattr(switch, field) for switch in found]
        assert names.count(None) > 20
        assert len(names) - names.count(None) > 20


def test_first_option_holds_some_weightings(kb):
    """An option that is first over an interval of a weight is first in some share of all weightings."""
    tried = 0
    for words in QUESTIONS:
        advice = advised(kb, **words)
        asked = prepare(advice.question)
        if not any(switch.up_to - switch.down_to > 0.05 for switch in certify(advice, 100).switches):
            continue
        tried += 1
        options, values = zip(*route_values(advice.system, asked), strict=True)
        scores = Readings(len(asked.shares), 20_000).weights @ np.array(values).T
        winners = {options[index] for index in np.unique(scores.argmax(axis=1))}
        assert advice.best.id in winners, words
    assert tried > 20


def test_level_options_are_said_to_be_level(kb):
    """Where two options are exactly level, the smallest move is told as soon as a weight moves at all."""
    advice = advised(kb, ion="K", anode="alloy", targets=("crystalline-phase", "fracture"), weights=("insight",))
    shares = dict(advice.shares)
    first = certify(advice, 100).switches[0]
    limit, rival = (first.up_to, first.above) if first.above else (first.down_to, first.below)
    level = _at(kb, advice, first.criterion, limit)
    assert rival in level.best.tied_with or level.best.id == rival
    text = sentence(level, certify(level, 100))
    assert "level with it, overtakes it as soon as" in text
    assert shares == dict(advice.shares)
