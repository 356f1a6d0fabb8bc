"""Rank acceptability: shares of draws near the weights in use, against numpy."""

import itertools
import random

import numpy as np
import pytest

from engine.certainty.weightings import FEW, QUESTIONS, Draws, advised, named, rank_shares, tolerance
from insitu_advisor import certify
from insitu_advisor.engine.certainty.acceptability import SPREAD, acceptability
from insitu_advisor.engine.method.readings import HINT, NEUTRAL, Column, columns, drawn
from insitu_advisor.knowledge.loader import load_knowledge_base


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_shares_add_up(kb, words):
    """Every option as shown takes some rank in every draw, every rank is taken by some option, and no other is in."""
    advice = advised(kb, **words)
    found = certify(advice, 500).acceptability
    ranks = np.array(list(found.ranks.values()))
    assert [option.id for option in advice.ranking] == list(found.ranks)
    assert (len(advice.ranking),) * 2 == ranks.shape
    assert np.allclose(1, ranks.sum(axis=0))
    assert np.allclose(1, ranks.sum(axis=1))
    assert (ranks >= 0).all()
    assert [option.id for option in advice.ranking if option.kind == "technique"] == list(found.starts)
    assert pytest.approx(1 if found.starts else 0) == sum(found.starts.values())


@pytest.mark.parametrize("words", FEW, ids=named)
def test_same_seed_same_shares(kb, words):
    """The same seed gives the same shares to the bit; another seed differs by no more than sampling error."""
    advice = advised(kb, **words)
    one, again, other = (certify(advice, 4000, seed).acceptability.ranks for seed in (1, 1, 2))
    assert one == again
    for option, shares in one.items():
        for mine, theirs in zip(shares, other[option], strict=True):
            assert abs(mine - theirs) <= tolerance((mine + theirs) / 2, 4000, 4000, errors=5)


def test_another_seed_draws_otherwise(kb):
    """Two seeds do not draw alike."""
    advice = advised(kb, ion="Li", anode="graphite", targets=("crystalline-phase",), weights=("frugal",))
    shares = [acceptability(advice, 300, seed, "any").ranks for seed in (1, 2)]
    assert shares[0] != shares[1]


@pytest.mark.parametrize("taste", ["near", "any"])
@pytest.mark.parametrize("words", FEW, ids=named)
def test_agrees_with_numpy(kb, words, taste):
    """Weights moved by up to half, or anywhere, and words read anew: every rank is within three standard errors."""
    advice = advised(kb, **words)
    ours = acceptability(advice, 5_000, taste=taste).ranks
    drawn = Draws(list(advice.shares.values()), 40_000, taste).scores(advice)
    assert list(ours) == list(drawn)
    # Options level in every draw share their ranks, which an argsort does not; a jitter shares them too.
    noise = np.random.default_rng(5).random((40_000, len(drawn))) * 1e-12
    off = 0
    for option, row in zip(drawn, rank_shares(np.column_stack(list(drawn.values())) + noise), strict=True):
        for mine, other in zip(ours[option], row, strict=True):
            assert abs(mine - other) <= tolerance(other, 5_000, 40_000, errors=5), option
            off += abs(mine - other) > tolerance(other, 5_000, 40_000)
    assert off <= 0.01 * len(drawn) ** 2 + 1


@pytest.mark.parametrize("words", FEW, ids=named)
def test_the_best_techniques_start(kb, words):
    """The share of draws in which a technique is the best single one agrees with numpy."""
    advice = advised(kb, **words)
    found = acceptability(advice, 5_000).starts
    scores = Draws(list(advice.shares.values()), 40_000).scores(advice)
    singles = {option: column for option, column in scores.items() if option in kb.techniques}
    noise = np.random.default_rng(5).random((40_000, len(singles))) * 1e-12
    firsts = rank_shares(np.column_stack(list(singles.values())) + noise)[:, 0]
    for option, other in zip(singles, firsts, strict=True):
        assert abs(found[option] - other) <= tolerance(other, 5_000, 40_000, errors=4), option


def test_draws_hold_what_they_promise():
    """Words stay in their order with the ends 0 and 1; the mean of a draw is the neutral value."""
    reading = drawn(20_000, random.Random(3))
    places = sorted(reading.tiers)
    for row in (reading.ratings[1:], reading.standings, [reading.tiers[place] for place in reversed(places)]):
        values = [np.array(each.values) if isinstance(each, Column) else np.full(20_000, each) for each in row]
        assert all((low <= high).all() for low, high in itertools.pairwise(values))
    pairs = [*zip(reading.ratings, NEUTRAL.ratings, strict=True)]
    pairs += zip(reading.standings, NEUTRAL.standings, strict=True)
    pairs += [(reading.tiers[place], NEUTRAL.tiers[place]) for place in places]
    pairs += [(reading.reaches[word], NEUTRAL.reaches[word]) for word in NEUTRAL.reaches]
    for each, neutral in pairs:
        mean = np.mean(each.values) if isinstance(each, Column) else each
        assert abs(mean - neutral) < 0.01
    assert max(reading.ratings[1].values) <= 2 * HINT


def test_weights_move_by_up_to_half(kb):
    """Near the weights in use none is drawn outside its bounds: half of it to one and a half, then scaled to one."""
    assert SPREAD == 0.5
    advice = advised(kb, ion="Li", anode="alloy")
    weights = Draws(list(advice.shares.values()), 10_000).weights
    for place, share in enumerate(advice.shares.values()):
        low, high = 0.5 * share / (0.5 * share + 1.5 * (1 - share)), 1.5 * share / (1.5 * share + 0.5 * (1 - share))
        assert low <= weights[:, place].min()
        assert weights[:, place].max() <= high


@pytest.mark.parametrize("draws", [0, -1])
def test_no_draws(kb, draws):
    """Fewer than one draw tell nothing, and that is said."""
    with pytest.raises(ValueError, match="at least 1"):
        certify(advised(kb, ion="Li", anode="alloy"), draws)


def test_columns_compute_draw_by_draw():
    """Columns add and multiply draw by draw, with each other and with numbers, from either side."""
    one, other = columns([(1.0, 4.0), (2.0, 5.0), (3.0, 6.0)])
    assert [5.0, 7.0, 9.0] == (one + other).values
    assert [4.0, 10.0, 18.0] == (one * other).values
    assert (2.0 * one).values == (one * 2.0).values == [2.0, 4.0, 6.0]
    assert (1.0 + one).values == (one + 1.0).values == [2.0, 3.0, 4.0]


def test_alike_options_share_their_ranks(kb):
    """Two options level in every draw share their ranks evenly, whatever their order."""
    only = ("information=1", "track-record=0", "cost=0", "preparation=0")
    advice = advised(kb, ion="Li", anode="alloy", targets=("fracture",), weights=only)
    ranks = certify(advice, 1000).acceptability.ranks
    assert ranks["tem"] == ranks["xrd+tem"] == ranks["tem+eis"]
    assert pytest.approx([1 / 3] * 3) == ranks["tem"][:3]


def _beats(one, other, asked):
    """At least as good in every ordinal word and number, and better in one, so ahead under every weight and reading."""
    pairs = [(one.ratings[goal], other.ratings[goal]) for goal in asked.goal_ids]
    pairs += [(-one.cost_place, -other.cost_place), (-one.preparation_place, -other.preparation_place)]
    pairs += [(one.ways[0].record.standing, other.ways[0].record.standing)]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def test_dominated_options_are_never_first(kb):
    """A single technique that is beaten in every word by another as shown is first in no draw, wherever weights lie."""
    dominated = 0
    for words in QUESTIONS:
        if "c_rate" in words:
            continue
        advice = advised(kb, **words)
        singles = {option.id: option.route for option in advice.ranking if option.kind == "technique"}
        shares = acceptability(advice, 1000, taste="any")
        for option, route in singles.items():
            if any(_beats(other, route, advice.problem) for key, other in singles.items() if key != option):
                dominated += 1
                assert 0 == shares.first(option), (words, option)
    assert dominated > 10


def test_dearest_tier_in_a_pairing(tmp_path):
    """A technique as dear as the words allow gets a certificate, and the cost of its pairing is worth nothing."""
    own = tmp_path / "own.yaml"
    ways = ", ".join(
        f"{key}: {{cost: {{tier: very-high, says: Ours is dear.}}}}"
        for key in load_knowledge_base().techniques["tem"].variants
    )
    own.write_text(f"techniques: {{tem: {{variants: {{{ways}}}}}}}\n", encoding="utf-8")
    advice = advised(load_knowledge_base(own), ion="Li", anode="alloy")
    assert {option.id for option in advice.ranking} == set(acceptability(advice, draws=100).ranks)
    values = {part.criterion: part.value for part in advice.option("xrd+tem").parts}
    assert 0.0 == values["cost"]
