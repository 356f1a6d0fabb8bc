"""Rank acceptability: shares of weightings and readings, against numpy and against exact areas."""

from fractions import Fraction

import numpy as np
import pytest

from engine.certainty.weightings import (
    FEW,
    QUESTIONS,
    Readings,
    advised,
    drawn_scores,
    fixed_scores,
    named,
    rank_shares,
    tolerance,
    usable,
)
from insitu_advisor import certify, recommend
from insitu_advisor.engine.certainty.acceptability import acceptability
from insitu_advisor.engine.certainty.tally import Tally
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.sampling import BLOCK, Sample, samples
from insitu_advisor.knowledge.loader import load_knowledge_base


@pytest.mark.parametrize("words", QUESTIONS, ids=named)
def test_shares_add_up(kb, words):
    """Every option takes some rank in every draw, and every rank is taken by some option."""
    advice = advised(kb, **words)
    ranks = np.array(list(certify(advice, 500).acceptability.ranks.values()))
    assert (len(advice.ranking),) * 2 == ranks.shape
    assert np.allclose(1, ranks.sum(axis=0))
    assert np.allclose(1, ranks.sum(axis=1))
    assert (ranks >= 0).all()


@pytest.mark.parametrize("words", FEW, ids=named)
def test_same_seed_same_shares(kb, words):
    """The same seed gives the same shares to the bit; another seed differs by no more than sampling error."""
    advice = advised(kb, **words)
    one, again, other = (certify(advice, 4000, seed).acceptability.ranks for seed in (1, 1, 2))
    assert one == again
    assert one != other
    for option, shares in one.items():
        for mine, theirs in zip(shares, other[option], strict=True):
            assert abs(mine - theirs) <= tolerance((mine + theirs) / 2, 4000, 4000)


@pytest.mark.parametrize("words", FEW, ids=named)
def test_scores_at_any_weighting_agree_with_numpy(kb, words):
    """Ranked again at weightings drawn at random, every option has the score that numpy gives it."""
    advice = advised(kb, **words)
    criteria = list(advice.shares)
    weights = Readings(len(criteria), 40).weights
    columns = fixed_scores(advice, weights)
    for draw, row in enumerate(weights):
        given = tuple(zip(criteria, map(float, row), strict=True))
        rest = tuple((criterion, 0.0) for criterion, _ in advice.question.weights.value if criterion not in criteria)
        again = recommend(advice.question.with_answer("weights", given + rest), kb)
        assert {option.id: pytest.approx(option.score) for option in again.ranking} == {
            option: 100 * column[draw] for option, column in columns.items()
        }


@pytest.mark.parametrize("words", FEW[::3], ids=named)
def test_ranks_are_counted_as_numpy_counts_them(kb, words):
    """With the values left fixed and only weights drawn, every rank of every option is counted as numpy counts it."""
    advice = advised(kb, **words)
    criteria = list(advice.shares)
    weights = Sample(10_000, len(criteria), seed=3).weights
    columns = fixed_scores(advice, np.column_stack(weights))
    ours = counted({option: column.tolist() for option, column in columns.items()}, weights, criteria).ranks
    # Options level for every weight share their ranks, which an argsort does not; a jitter shares them too.
    noise = np.random.default_rng(5).random((10_000, len(columns))) * 1e-12
    for option, row in zip(columns, rank_shares(np.column_stack(list(columns.values())) + noise), strict=True):
        for mine, other in zip(ours[option], row, strict=True):
            assert abs(mine - other) <= tolerance(other, 10_000), option


@pytest.mark.parametrize("words", FEW, ids=named)
def test_sampled_readings_agree_with_numpy(kb, words):
    """With ratings, standings, tiers and reach read as any increasing numbers, every rank agrees with numpy."""
    advice = advised(kb, **words)
    ours = certify(advice, 5_000).acceptability.ranks
    columns = drawn_scores(advice, Readings(len(advice.shares), 20_000))
    assert set(columns) == set(ours)
    noise = np.random.default_rng(5).random((20_000, len(columns))) * 1e-12
    for option, row in zip(columns, rank_shares(np.column_stack(list(columns.values())) + noise), strict=True):
        for mine, other in zip(ours[option], row, strict=True):
            assert abs(mine - other) <= tolerance(other, 5_000, 20_000), option


def test_blocks_of_draws_add_up(kb):
    """All draws asked for are made, in blocks of which no two are alike, and the last block may be a short one."""
    blocks = list(samples(2 * BLOCK + 7, 3, seed=1))
    assert [BLOCK, BLOCK, 7] == [len(block.weights[0]) for block in blocks]
    assert 3 == len({block.weights[0][0] for block in blocks})
    advice = advised(kb, **FEW[0])
    assert 2 * BLOCK + 7 == certify(advice, 2 * BLOCK + 7).acceptability.draws


def counted(columns, weights, criteria):
    """Ranks of given scores, counted in two blocks."""
    tally, half = Tally(list(columns), criteria), len(weights[0]) // 2
    for part in (slice(None, half), slice(half, None)):
        tally.add([column[part] for column in columns.values()], [column[part] for column in weights])
    return tally.result()


@pytest.mark.parametrize("level", [0.25, 0.5, 1.0])
def test_two_alternatives_two_criteria_exactly(level):
    """A = (1, 0) beats B = (0, b) when w > (1 - w) b, that is w > b / (1 + b), so A's share is 1 / (1 + b).

    That holds as w is uniform from 0 to 1. The mean weight when A is first is the middle of that interval.
    """
    draws = 40_000
    sample = Sample(draws, 2, seed=11)
    columns = {"A": sample.weights[0], "B": [level * weight for weight in sample.weights[1]]}
    found = counted(columns, sample.weights, ("information", "cost"))
    exact = 1 / (1 + level)
    assert abs(exact - found.first("A")) < tolerance(exact, draws)
    assert exact + found.first("B") == pytest.approx(1, abs=0.02)
    assert (1 + level * exact) / 2 == pytest.approx(found.central["A"]["information"], abs=0.01)


def _area(values, option):
    """Exact share of the weight triangle on which an option is first: the triangle cut by one line for each rival."""
    corners = [tuple(Fraction(int(i == j)) for j in range(3)) for i in range(3)]
    for rival in values:
        if rival != option:
            margin = [a - b for a, b in zip(values[option], values[rival], strict=True)]
            corners = _cut(corners, margin)
    x, y = [corner[0] for corner in corners], [corner[1] for corner in corners]
    return abs(sum(x[i - 1] * y[i] - x[i] * y[i - 1] for i in range(len(corners))))


def _cut(corners, margin):
    kept = []
    for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
        here, there = (sum(map(Fraction.__mul__, margin, corner)) for corner in (start, end))
        if here >= 0:
            kept.append(start)
        if here * there < 0:
            part = here / (here - there)
            kept.append(tuple(a + part * (b - a) for a, b in zip(start, end, strict=True)))
    return kept


def test_three_criteria_exactly():
    """Share of the weight triangle by exact polygon clipping: A and B cut it, C is first in the rest, D is dominated.

    Twice the area of a polygon with weights (w1, w2) as coordinates is its share, as the triangle itself has area 1/2.
    """
    values = {"A": (1, 0, "1/5"), "B": (0, 1, "2/5"), "C": ("1/2", "2/5", "3/5"), "D": ("2/5", "2/5", "1/2")}
    exact = {option: tuple(map(Fraction, row)) for option, row in values.items()}
    areas = {option: _area(exact, option) for option in exact}
    assert 1 == sum(areas.values())
    assert 0 == areas["D"]
    assert all(areas[option] > Fraction(1, 10) for option in "ABC")
    draws = 40_000
    sample = Sample(draws, 3, seed=1)
    columns = {
        option: [
            sum(w * float(v) for w, v in zip(draw, row, strict=True)) for draw in zip(*sample.weights, strict=True)
        ]
        for option, row in exact.items()
    }
    found = counted(columns, sample.weights, ("information", "cost", "preparation"))
    for option, area in areas.items():
        assert abs(float(area) - found.first(option)) <= tolerance(float(area), draws)
    assert 0 == found.first("D")


def test_alike_options_share_their_ranks():
    """Two options level in every draw share first and second place evenly, whatever their order."""
    sample = Sample(1000, 2, seed=1)
    found = counted({"A": sample.weights[0], "B": list(sample.weights[0])}, sample.weights, ("information", "cost"))
    assert {"A": (0.5, 0.5), "B": (0.5, 0.5)} == found.ranks


def _beats(one, other, asked):
    """At least as good in every ordinal word and number, and better in one, so ahead under every weight and reading."""
    pairs = [(one.ratings[target], other.ratings[target]) for target, _ in asked.targets]
    pairs += [(-one.cost_place, -other.cost_place), (-one.preparation_place, -other.preparation_place)]
    pairs += list(zip(one.ways[0].standings, other.ways[0].standings, strict=True))
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def test_dominated_options_are_never_first(kb):
    """A single technique whose every route is beaten in every word by a route of another is first in no draw."""
    dominated = 0
    for words in QUESTIONS:
        if "c_rate" in words:
            continue
        advice = advised(kb, **words)
        asked = prepare(advice.question)
        ranked = [option.id for option in advice.ranking if option.kind == "technique"]
        singles = {option: usable(advice, option) for option in ranked}
        shares = certify(advice, 2000).acceptability
        for option, found in singles.items():
            rivals = [route for other, others in singles.items() if other != option for route in others]
            if all(any(_beats(rival, route, asked) for rival in rivals) for route in found):
                dominated += 1
                assert 0 == shares.first(option), (words, option)
                assert option not in shares.central
    assert dominated > 20


def test_dearest_tier_in_a_pairing(tmp_path):
    """A technique as dear as the words allow gets a certificate, and the cost of its pairing is worth nothing."""
    own = tmp_path / "own.yaml"
    own.write_text("techniques: {tem: {cost: {tier: very-high, says: Ours is dear.}}}\n", encoding="utf-8")
    dear = load_knowledge_base(own)
    advice = advised(dear, ion="Li", anode="alloy")
    ranks = acceptability(advice.system, prepare(advice.question), draws=100).ranks
    assert {option.id for option in advice.ranking} == set(ranks)
    values = {part.criterion: part.value for part in advice.option("xrd+tem").parts}
    assert 0.0 == values["cost"]
