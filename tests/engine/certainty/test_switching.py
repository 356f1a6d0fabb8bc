"""Exact switch points, each verified by ranking again on both sides of it."""

import itertools

import pytest

from engine.certainty.weightings import FEW, QUESTIONS, advised, named
from insitu_advisor import certify, recommend
from insitu_advisor.engine.certainty.switching import TOLERANCE, Line, Stretch, _apart, hold, stretches
from insitu_advisor.engine.question.question import Weights
from insitu_advisor.engine.words.certainty import moves_of
from insitu_advisor.knowledge.vocabulary import CRITERIA

STEP = 1e-4


def _weighed(kb, advice, weights):
    """The question ranked again with other weights; a criterion that is not named takes no part."""
    values = Weights(tuple((criterion, weights.get(criterion, 0.0)) for criterion in CRITERIA))
    return recommend(advice.question.with_answer("weights", values), kb)


def _at(kb, advice, criterion, share):
    """The question ranked again with one criterion at a share and the others keeping their ratio."""
    shares = dict(advice.shares)
    rest = 1 - shares[criterion]
    return _weighed(kb, advice, {c: share if c == criterion else old / rest * (1 - share) for c, old in shares.items()})


def _leads(again, option, among):
    """Whether an option is the best, or exactly level with the best, of those it competes with."""
    best = max(other.score for other in again.ranking if other.id in among)
    return best - again.option(option).score < 1e-6


def _first(again, among):
    return next(option.id for option in again.ranking if option.id in among)


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_switch_points_by_ranking_again(kb, words):
    """Just inside each switch point the place is held, just outside it belongs to the option named.

    That holds for the first place among all options and, below a pairing, for the best single technique among these.
    """
    advice = advised(kb, **words)
    certificate = certify(advice, 100)
    every = {option.id for option in advice.ranking}
    alone = every & set(kb.techniques) if advice.best.kind == "pairing" else every
    for held, among in ((certificate.first, every), (certificate.start, alone)):
        assert list(advice.shares) == [switch.criterion for switch in held.switches]
        for switch in held.switches:
            _check(kb, advice, held.option, switch, among)


def _check(kb, advice, best, switch, among):
    assert 0 <= switch.down_to <= switch.share + 1e-12
    assert switch.share - 1e-12 <= switch.up_to <= 1
    assert switch.share == pytest.approx(advice.shares[switch.criterion])
    for limit, rival, sign in ((switch.down_to, switch.below, -1), (switch.up_to, switch.above, 1)):
        inside = limit - sign * min(STEP, abs(limit - switch.share))
        assert _leads(_at(kb, advice, switch.criterion, inside), best, among), (switch, sign)
        if rival is None:
            assert (0 if sign < 0 else 1) == pytest.approx(limit, abs=1e-9)
            assert _leads(_at(kb, advice, switch.criterion, limit), best, among)
        else:
            assert rival != best
            outside = _at(kb, advice, switch.criterion, limit + sign * STEP)
            assert rival == _first(outside, among), (switch, sign)
            assert not _leads(outside, best, among)


def test_switch_points_of_both_kinds_were_tried(kb):
    """The questions of this page hold overtakings from below and above, and ends where nobody overtakes."""
    found = [switch for words in QUESTIONS for switch in certify(advised(kb, **words), 50).first.switches]
    assert len(QUESTIONS) >= 30
    for field in ("below", "above"):
        names = [getattr(switch, field) for switch in found]
        assert names.count(None) > 10
        assert len(names) - names.count(None) > 10


def test_level_options_are_said_to_be_level(kb):
    """Where two options are exactly level, the smallest move is told as soon as a weight moves at all."""
    tried = 0
    for words in QUESTIONS[:8]:
        advice = advised(kb, **words)
        for switch in certify(advice, 50).first.switches:
            if switch.above is None or switch.up_to > 1 - 1e-6:
                continue
            level = _at(kb, advice, switch.criterion, switch.up_to)
            held = certify(level, 50).first
            if {held.option, held.rival} & {switch.above}:
                tried += "as soon as" in moves_of(level, held)[0]
    assert tried


@pytest.mark.parametrize("words", FEW, ids=named)
def test_stretches_are_the_ranking(kb, words):
    """Stretches cover all shares without a gap, none is empty, and in each the lines give the scores of a ranking."""
    advice = advised(kb, **words)
    for index, criterion in enumerate(advice.shares):
        found = stretches(advice.system, advice.problem, index)
        assert (0.0, 1.0) == (found[0].start, found[-1].end)
        assert [stretch.end for stretch in found[:-1]] == [stretch.start for stretch in found[1:]]
        assert all(stretch.end - stretch.start > TOLERANCE for stretch in found)
        for stretch in found:
            share = (stretch.start + stretch.end) / 2
            again = _at(kb, advice, criterion, share)
            assert {option.id: pytest.approx(option.score, abs=1e-6) for option in again.ranking} == {
                option: line.score(share) for option, line in stretch.lines.items()
            }


def test_variants_change_along_the_way(kb):
    """Some question of this page has an option whose best variant changes with a weight, so that stretches matter."""
    cuts = 0
    for words in QUESTIONS:
        advice = advised(kb, **words)
        for index in range(len(advice.shares)):
            found = stretches(advice.system, advice.problem, index)
            cuts += sum(one.lines != other.lines for one, other in itertools.pairwise(found))
    assert cuts > 20


def test_cuts_that_only_rounding_tells_apart_are_one():
    """Of cuts closer than rounding the first is kept, and both ends stay where they are."""
    hair = TOLERANCE / 4
    assert [0.0, 0.5, 1.0] == _apart({0.0, hair, 0.5, 0.5 + hair, 1.0 - hair, 1.0})
    assert [0.0, 0.5, 0.5 + 8 * hair, 1.0] == _apart({0.0, 0.5, 0.5 + 8 * hair, 1.0})


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
