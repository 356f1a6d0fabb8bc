"""Results worked out with pencil and paper, checked against the engine."""

import pytest

from engine.checks import advise, ranked_ids
from engine.pinned import pinned
from insitu_advisor.engine.method import arithmetic
from insitu_advisor.knowledge.base import KnowledgeBase

PINNED = {"ion": "Li", "anode": "alloy", "targets": ["crystalline-phase"], "scale": "atomic", "c_rate": "1C"}


def check_hand_score(kb: KnowledgeBase) -> None:
    """The pinned technique, balanced weights 40/20/20/10/10.

    Information 2/3; system (2 + 1) / 6 = 1/2; resolution: atomic partly 1/2, 3600 / 120 = 30 points follow fully, mean
    3/4; cost moderate+ is 1 - 1.5/3.5 = 4/7; preparation high is 1 - 2/3.5 = 3/7. In points: 26 2/3 + 10 + 15 + 5 5/7 +
    4 2/7 = 61 2/3.
    """
    option = advise(pinned(kb), **PINNED).option("xrd")
    assert pytest.approx((2 / 3, 1 / 2, 3 / 4, 4 / 7, 3 / 7)) == tuple(part.value for part in option.parts)
    assert pytest.approx((80 / 3, 10, 15, 40 / 7, 30 / 7)) == tuple(part.points for part in option.parts)
    assert pytest.approx(185 / 3) == option.score


def check_two_targets(kb: KnowledgeBase) -> None:
    """Ratings 2 and 1, weighed alike, make (2 + 1) / 6 = 1/2."""
    advice = advise(pinned(kb), **PINNED | {"targets": ["crystalline-phase", "lattice-strain"]})
    assert pytest.approx(1 / 2) == advice.option("xrd").parts[0].value


def check_unknown_is_midpoint(kb: KnowledgeBase) -> None:
    """With nothing written about scale and rate, resolution adds half its points and is marked as not known."""
    bare = pinned(kb, scales={}, resolution=(), follows_cycling=None)
    option = advise(bare, **PINNED).option("xrd")
    part = option.parts[2]
    assert ("resolution", 0.5, False) == (part.criterion, part.value, part.known)
    assert pytest.approx(10.0) == part.points
    assert pytest.approx(170 / 3) == option.score


def check_unasked_criteria(kb: KnowledgeBase) -> None:
    """Resolution without scale and rate, the system without ion and anode, and unlimited costs take no part."""
    full = {"ion": "Li", "anode": "alloy", "scale": "particle"}
    everything = ["information", "system", "resolution", "cost", "preparation"]
    cases = {
        "resolution": {"scale": None},
        "system": {"ion": None, "anode": None},
        "cost": {"budget": "unlimited"},
        "preparation": {"max_preparation": "unlimited"},
    }
    assert everything == list(advise(kb, **full).shares)
    for absent, words in cases.items():
        advice = advise(kb, **full | words)
        expected = [criterion for criterion in everything if criterion != absent]
        assert expected == list(advice.shares)
        assert expected == [part.criterion for part in advice.ranking[0].parts]
        assert pytest.approx(1.0) == sum(advice.shares.values())


def check_zero_weights(kb: KnowledgeBase) -> None:
    """A criterion of weight zero takes no part: it has no share and no line in the breakdown."""
    full = {"ion": "Li", "anode": "alloy", "scale": "particle"}
    for absent in ("information", "system", "resolution", "cost", "preparation"):
        advice = advise(kb, **full, weights=[f"{absent}=0"])
        expected = [criterion for criterion in advise(kb, **full).shares if criterion != absent]
        assert expected == list(advice.shares)
        assert expected == [part.criterion for part in advice.ranking[0].parts]
        assert pytest.approx(100.0) == sum(part.max_points for part in advice.ranking[0].parts)


def check_cap_half_steps(kb: KnowledgeBase) -> None:
    """Preparation `moderate+` passes a moderate cap and fails a low one; `high` fails a moderate one."""
    words = {"ion": "Li", "anode": "intercalation", "targets": ["sei-composition"]}
    moderate = advise(kb, **words, max_preparation="moderate")
    assert moderate.option("ftir").route.preparation_place == 1.5
    assert "ftir" in ranked_ids(moderate)
    assert "xps" not in ranked_ids(moderate)
    low = advise(kb, **words, max_preparation="low")
    assert "preparation" in low.option("ftir").failed


def check_facilities(kb: KnowledgeBase) -> None:
    """On a bench with a potentiostat alone, nothing but EIS is left."""
    advice = advise(kb, ion="Li", anode="alloy", targets=["sei-growth"], facilities=["potentiostat"])
    assert ["eis"] == ranked_ids(advice)


def check_budget(kb: KnowledgeBase) -> None:
    """A low budget leaves out every technique with a higher cost tier."""
    advice = advise(kb, ion="Li", anode="alloy", targets=["fracture"], budget="low")
    assert not {"tem", "sans", "nmr", "xps", "ftir"} & set(ranked_ids(advice))


def check_rounded_parts() -> None:
    """The largest remainders are rounded up until the parts make the rounded total."""
    assert [33.4, 33.3, 33.3] == arithmetic.rounded_parts([100 / 3, 100 / 3, 100 / 3])
    assert [0.1, 0.0] == arithmetic.rounded_parts([0.05, 0.04])
    assert [12.0, 3.5] == arithmetic.rounded_parts([12.0, 3.5])
    for parts in ([0.06, 0.06, 0.06], [26.666, 10.05, 15.05, 5.714, 4.286], [0.0, 0.04, 0.04, 0.04]):
        printed = arithmetic.rounded_parts(parts)
        assert round(sum(parts), 1) == round(sum(printed), 9)
        assert all(abs(part - shown) < 0.1 for part, shown in zip(parts, printed, strict=True))
