"""Exact switch points, each verified by ranking again on both sides of it."""

import itertools

import numpy as np
import pytest

from engine.certainty.weightings import FEW, QUESTIONS, Readings, advised, fixed_scores, named
from insitu_advisor import certify, recommend
from insitu_advisor.engine.certainty.certificate import sentence
from insitu_advisor.engine.certainty.switching import Line, Stretch, hold, stretches
from insitu_advisor.engine.method.problem import prepare

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
        if not any(switch.up_to - switch.down_to > 0.05 for switch in certify(advice, 100).switches):
            continue
        tried += 1
        columns = fixed_scores(advice, Readings(len(advice.shares), 5_000).weights)
        winners = {list(columns)[index] for index in np.column_stack(list(columns.values())).argmax(axis=1)}
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


@pytest.mark.parametrize("words", FEW, ids=named)
def test_stretches_are_the_ranking(kb, words):
    """Stretches cover all shares without a gap, and inside each the lines give the scores of a ranking made there."""
    advice = advised(kb, **words)
    asked = prepare(advice.question)
    for index, criterion in enumerate(advice.shares):
        found = stretches(advice.system, asked, index)
        assert (0.0, 1.0) == (found[0].start, found[-1].end)
        assert [stretch.end for stretch in found[:-1]] == [stretch.start for stretch in found[1:]]
        for stretch in found:
            share = stretch.start + 0.3 * (stretch.end - stretch.start)
            again = _at(kb, advice, criterion, share)
            assert {option.id: pytest.approx(option.score, abs=1e-6) for option in again.ranking} == {
                option: line.score(share) for option, line in stretch.lines.items()
            }


def test_variants_change_along_the_way(kb):
    """Some question of this page has an option whose best variant changes with a weight, so that stretches matter."""
    cuts = 0
    for words in QUESTIONS:
        advice = advised(kb, **words)
        asked = prepare(advice.question)
        for index in range(len(asked.shares)):
            found = stretches(advice.system, asked, index)
            cuts += sum(one.lines != other.lines for one, other in itertools.pairwise(found))
    assert cuts > 20


LEVEL_50 = Line(50.0, 0.0)


@pytest.mark.parametrize(
    ("expected", "path"),
    [
        ((1.0, None), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": Line(0.0, 40.0)})]),
        ((0.5, "B"), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": Line(0.0, 100.0)})]),
        ((0.5, "C"), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": Line(0.0, 100.0), "C": Line(-50.0, 200.0)})]),
        ((0.2, "B"), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": Line(48.0, 10.0)})]),
        ((0.2, "B"), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": Line(50.0, 10.0)})]),
        ((1.0, None), [Stretch(0.0, 1.0, {"A": LEVEL_50, "B": LEVEL_50})]),
        (
            (0.6, "B"),
            [
                Stretch(0.0, 0.6, {"A": LEVEL_50, "B": Line(0.0, 50.0)}),
                Stretch(0.6, 1.0, {"A": Line(20.0, 0.0), "B": Line(0.0, 50.0)}),
            ],
        ),
        (
            (0.9, "B"),
            [
                Stretch(0.0, 0.6, {"A": LEVEL_50, "B": Line(0.0, 50.0)}),
                Stretch(0.6, 1.0, {"A": Line(50.0, 0.0), "B": Line(-40.0, 100.0)}),
            ],
        ),
        (
            (1.0, None),
            [
                Stretch(0.0, 0.1, {"A": Line(0.0, 0.0), "B": LEVEL_50}),
                Stretch(0.1, 1.0, {"A": LEVEL_50, "B": Line(0.0, 0.0)}),
            ],
        ),
    ],
    ids=["nobody", "crossing", "steepest of two", "at once", "level and rising", "level for ever", "a jump down",
         "in a later stretch", "stretches behind do not count"],
)  # fmt: skip
def test_hold_by_hand(expected, path):
    """From a share of 0.2 on, A is first up to the crossing or the jump worked out by hand, and the rival is named."""
    share, rival = hold(path, "A", 0.2)
    assert expected == (pytest.approx(share), rival)


def test_highest_takes_over_at_a_jump():
    """Where the first place drops below two others at once, the higher of them is named, however flat."""
    before = {"A": LEVEL_50, "B": Line(30.0, 0.0), "C": Line(0.0, 40.0)}
    path = [Stretch(0.0, 0.6, before), Stretch(0.6, 1.0, before | {"A": Line(20.0, 0.0)})]
    assert (pytest.approx(0.6), "B") == hold(path, "A", 0.2)
