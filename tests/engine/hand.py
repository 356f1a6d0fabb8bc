"""Results worked out with pencil and paper, checked against the engine."""

import math

import pytest

from engine.checks import advise, failed, ranked_ids
from engine.pinned import pinned, tier, timed
from insitu_advisor.engine.method import arithmetic
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Following, ScaleReading

WEIGHTS = ["information=50", "track-record=20", "cost=20", "preparation=10"]
PINNED = {
    "ion": "Li",
    "anode": "alloy",
    "targets": ["crystalline-phase"],
    "scale": "atomic",
    "c_rate": "1C",
    "weights": WEIGHTS,
}
CRITERIA = ("information", "track-record", "cost", "preparation")


def told(kb: KnowledgeBase, **words: object) -> float:
    """What the pinned technique tells, 0-1."""
    return ranked(kb, **words).parts[0].value


def ranked(kb: KnowledgeBase, **words: object) -> Ranked:
    """The pinned technique as it is ranked."""
    advice = advise(kb, **PINNED | words)
    assert () == failed(advice, "xrd")
    return advice.option("xrd")


def check_hand_score(kb: KnowledgeBase) -> None:
    """The pinned technique, weights 50/20/20/10.

    Information: good 2/3, atomic partly 1/2, 3600 / 120 = 30 points follow fully, so 1/3. Track record 2 of 3. Cost
    moderate+ is 1 - 1.5/3.5 = 4/7; preparation high is 1 - 2/3.5 = 3/7. In points: 16 2/3 + 13 1/3 + 11 3/7 + 4 2/7 =
    320/7.
    """
    option = ranked(pinned(kb))
    assert CRITERIA == tuple(part.criterion for part in option.parts)
    assert pytest.approx((1 / 3, 2 / 3, 4 / 7, 3 / 7)) == tuple(part.value for part in option.parts)
    assert pytest.approx((50 / 3, 40 / 3, 80 / 7, 30 / 7)) == tuple(part.points for part in option.parts)
    assert pytest.approx(320 / 7) == option.score


def check_two_targets(kb: KnowledgeBase) -> None:
    """Good 2/3 and a hint 1/10: alike they make 23/60, at weights 3 and 1 they make 21/40; half of each if partly."""
    both = ["crystalline-phase", "lattice-strain"]
    assert pytest.approx(23 / 120) == told(pinned(kb), targets=both)
    assert pytest.approx(23 / 60) == told(pinned(kb), targets=both, scale=None)
    assert pytest.approx(21 / 40) == told(pinned(kb), targets=[f"{both[0]}=3", both[1]], scale=None)


def check_reach(kb: KnowledgeBase) -> None:
    """Full reach leaves 2/3, partly and unknown half of it; what is not resolved is a hint, a tenth of it."""
    for reach, expected in (("full", 2 / 3), ("partly", 1 / 3), (None, 1 / 3), ("none", 1 / 15)):
        scales = {"atomic": ScaleReading(reach=reach, because="Pinned.")} if reach else {}
        assert pytest.approx(expected) == told(pinned(kb, scales=scales))


def check_pace(kb: KnowledgeBase) -> None:
    """At 1C 1200 s leave 3 points, log 3 / log 30 of what is seen; 3600 s leave one and so nothing.

    What follows in part counts three quarters at most, what runs by its own clock half, and what is unknown half.
    """
    third = math.log(3) / math.log(30)
    part, own = (Following(answer=word, because="Pinned.") for word in ("partly", "none"))
    cases = [
        ({"resolution": (timed(1200),)}, third),
        ({"resolution": (timed(1200),), "follows_cycling": part}, third),
        ({"follows_cycling": part}, 3 / 4),
        ({"follows_cycling": own}, 1 / 2),
        ({"follows_cycling": own, "resolution": (timed(3600),)}, 1 / 2),
        ({"resolution": ()}, 1 / 2),
        ({"follows_cycling": None}, 1 / 2),
    ]
    for variant, expected in cases:
        assert pytest.approx(2 / 3 * expected) == told(pinned(kb, **variant), scale=None), variant
    slow = advise(pinned(kb, resolution=(timed(3600),)), **PINNED)
    assert ("sees-none",) == failed(slow, "xrd")
    assert ["c_rate"] == [change.field for change in slow.option("xrd").remedy]


def check_unknown_is_midpoint(kb: KnowledgeBase) -> None:
    """With nothing written about scale and rate, each halves what is seen: 2/3 x 1/2 x 1/2 = 1/6."""
    bare = pinned(kb, scales={}, resolution=(), follows_cycling=None)
    assert pytest.approx(1 / 6) == told(bare)


def check_track_record(kb: KnowledgeBase) -> None:
    """No study is 0, one 1, two to five 2, six 3 of 3; the word of a source (here 2) raises it and never lowers it."""
    for studies, standing in ((0, 2), (1, 2), (2, 2), (5, 2), (6, 3)):
        option = ranked(pinned(kb, studies))
        assert pytest.approx(standing / 3) == option.parts[1].value
        record = option.route.ways[0].record
        assert (studies, standing, studies < 2) == (record.studies, record.standing, record.raised)
    for words, studies in (({"ion": "Na"}, 0), ({"anode": "conversion"}, 0), ({"ion": None}, 6), ({"anode": None}, 6)):
        assert studies == ranked(pinned(kb, 6), **words).route.ways[0].record.studies


def check_unasked_criteria(kb: KnowledgeBase) -> None:
    """The track record without ion and anode, unlimited cost and preparation take no part; the rest keeps its ratio."""
    cases = {
        "track-record": {"ion": None, "anode": None},
        "cost": {"budget": "unlimited"},
        "preparation": {"max_preparation": "unlimited"},
    }
    assert list(CRITERIA) == list(advise(kb, **PINNED).shares)
    for absent, words in cases.items():
        advice = advise(kb, **PINNED | words)
        given = {key: float(weight) for key, _, weight in (word.partition("=") for word in WEIGHTS) if key != absent}
        expected = {key: weight / sum(given.values()) for key, weight in given.items()}
        assert pytest.approx(expected) == dict(advice.shares)
        assert list(expected) == [part.criterion for part in advice.ranking[0].parts]


def check_zero_weights(kb: KnowledgeBase) -> None:
    """A criterion of weight zero takes no part: it has no share and no line in the breakdown."""
    for absent in CRITERIA:
        advice = advise(kb, ion="Li", anode="alloy", weights=[f"{absent}=0"])
        expected = [criterion for criterion in CRITERIA if criterion != absent]
        assert expected == list(advice.shares)
        assert expected == [part.criterion for part in advice.ranking[0].parts]
        assert pytest.approx(100.0) == sum(part.max_points for part in advice.ranking[0].parts)


def check_cap_half_steps(kb: KnowledgeBase) -> None:
    """`moderate+` passes a moderate cap and fails a low one; `high` fails a moderate one."""
    half, whole = pinned(kb, preparation=tier("moderate+")), pinned(kb, preparation=tier("high"))
    assert "xrd" in ranked_ids(advise(half, **PINNED, max_preparation="moderate"))
    assert ("preparation",) == failed(advise(half, **PINNED, max_preparation="low"), "xrd")
    assert ("preparation",) == failed(advise(whole, **PINNED, max_preparation="moderate"), "xrd")


def check_facilities(kb: KnowledgeBase) -> None:
    """Without its instrument a technique is out, and so is every pairing it belongs to."""
    advice = advise(pinned(kb), **PINNED, facilities=["potentiostat"])
    assert ("facility",) == failed(advice, "xrd")
    assert "facility" in failed(advice, "xrd+tem")
    assert "xrd" in ranked_ids(advise(pinned(kb), **PINNED, facilities=["lab-xrd"]))


def check_budget(kb: KnowledgeBase) -> None:
    """A cost of `moderate+` passes a moderate budget and fails a low one."""
    assert "xrd" in ranked_ids(advise(pinned(kb), **PINNED, budget="moderate"))
    assert ("budget",) == failed(advise(pinned(kb), **PINNED, budget="low"), "xrd")


def check_rounded_parts() -> None:
    """The largest remainders are rounded up until the parts make the rounded total."""
    assert [33.4, 33.3, 33.3] == arithmetic.rounded_parts([100 / 3, 100 / 3, 100 / 3])
    assert [0.1, 0.0] == arithmetic.rounded_parts([0.05, 0.04])
    assert [12.0, 3.5] == arithmetic.rounded_parts([12.0, 3.5])
    assert [34, 33, 33] == arithmetic.rounded_parts([100 / 3, 100 / 3, 100 / 3], 0)
    for parts in ([0.06, 0.06, 0.06], [26.666, 10.05, 15.05, 5.714, 4.286], [0.0, 0.04, 0.04, 0.04]):
        printed = arithmetic.rounded_parts(parts)
        assert round(sum(parts), 1) == round(sum(printed), 9)
        assert all(abs(part - shown) < 0.1 for part, shown in zip(parts, printed, strict=True))
