"""The moves of a weight that turn an answer, told from the smallest on."""

import pytest

from engine.certainty.weightings import FEW, advised, named
from insitu_advisor import certify
from insitu_advisor.engine.certainty.switching import Switch
from insitu_advisor.engine.words.certainty import NAMES, evidence_text, moves_of, sure


@pytest.mark.parametrize("words", FEW, ids=named)
def test_moves_are_those_of_the_switches(kb, words):
    """One move for each overtaking, in the order of how far the weight has to move, with both shares."""
    advice = advised(kb, **words)
    for held in (certify(advice, 50).first, certify(advice, 50).start):
        expected = []
        for switch in held.switches:
            for rival, limit, word in ((switch.below, switch.down_to, "less"), (switch.above, switch.up_to, "more")):
                if rival:
                    expected.append((abs(limit - switch.share), NAMES[switch.criterion], word, limit, switch.share))
        found = moves_of(advice, held)
        assert len(expected) == len(found)
        distances = []
        for text in found:
            moved, _, _, limit, share = next(
                each for each in expected if f"{each[1]} counts for {each[2]} than {_share(each[3])}" in text
            )
            distances.append(moved)
            assert ("as soon as" in text) == (moved < 1e-6)
            assert (f"(now {_share(share)})" in text) == (abs(limit - share) >= 1e-6)
        assert sorted(distances) == distances


def _share(share):
    return f"{round(100 * share, 1):g}%"


def test_the_smaller_move_comes_first(kb):
    """Of a long move down and a short one up the short one is told first, whatever the options are called."""
    advice = advised(kb, ion="Li", anode="graphite")
    first, second, third, *_ = (option.id for option in advice.ranking)
    switch = Switch("cost", 0.4, 0.1, second, 0.5, third)
    held = certify(advice, 50).first
    down, up = moves_of(advice, held._replace(switches=(switch,)))[::-1]
    assert "less than 10% (now 40%)" in down
    assert "more than 50% (now 40%)" in up
    level = Switch("cost", 0.4, 0.4, second, 1.0, None)
    (only,) = moves_of(advice, held._replace(switches=(level,)))
    assert only.endswith("as soon as cost counts for less than 40%")
    assert first not in only


@pytest.mark.parametrize(("limit", "place"), [({"facilities": ("potentiostat",)}, "within your limits")])
def test_where_there_is_no_choice(kb, limit, place):
    """A lone option is told to be alone, and where: within limits that were given."""
    advice = advised(kb, ion="Li", anode="graphite", targets=("sei-growth",), **limit)
    assert len(advice.ranking) == 1
    assert place in sure(advice, certify(advice, 50))


def test_bases_without_points_are_left_out(kb):
    """A basis is named from half a point on, with its points."""
    text = evidence_text({"review": 40.4, "literature": 0.5, "judgement": 0.49, "derived": 0.0})
    assert "40 points from" in text
    assert 2 == text.count("points from")
