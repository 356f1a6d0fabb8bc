"""The rank certificate: shares of weightings and readings, exact switch points, and the sentence about them."""

import itertools
import re
import statistics
import time
from fractions import Fraction

import numpy as np
import pytest

from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.acceptability import Sample, acceptability, tally
from insitu_advisor.engine.asked import prepare
from insitu_advisor.engine.certificate import percent, sentence, switch_sentences
from insitu_advisor.engine.constraints import passes
from insitu_advisor.engine.switching import route_values
from insitu_advisor.knowledge.loader import load_knowledge_base

SYSTEMS = [
    {"ion": ion, "anode": anode} for ion, anode in itertools.product(("Li", "Na", "K"), ("graphite", "alloy", "oxide"))
]
VARIANTS = (
    {},
    {"scale": "particle", "c_rate": "C/10"},
    {"targets": ("fracture", "sei-growth=2"), "facilities": ("department",)},
    {"targets": ("crystalline-phase",), "weights": ("frugal",), "c_rate": "1C"},
)
QUESTIONS = [system | variant for system in SYSTEMS for variant in VARIANTS]
FEW = QUESTIONS[::5]
STEP = 1e-4


def _id(words):
    return "-".join(str(value) for value in words.values()).replace(" ", "")


def _advice(kb, **words):
    return recommend(ask(kb, **words), kb)


def _tolerance(share, *draws):
    """Five standard deviations of the difference of two sampled shares."""
    return 5 * np.sqrt(max(share * (1 - share), 0.001) * sum(1 / n for n in draws))


class _Readings:
    """Draws of an independent kind: weights from exponentials, ordinal words from sorted uniforms, all in numpy."""

    def __init__(self, criteria, draws):
        rng = np.random.default_rng(7)
        raw = rng.exponential(size=(draws, criteria))
        self.weights = raw / raw.sum(axis=1, keepdims=True)
        ends = np.zeros((draws, 1)), np.ones((draws, 1))
        between = [np.sort(rng.random((draws, inner)), axis=1) for inner in (2, 2, 1, 6)]
        self.rating, self.standing, self.reach, self.burden = (np.hstack((ends[0], b, ends[1])) for b in between)

    def value(self, criterion, route, asked):
        return getattr(self, f"_{criterion}")(route, asked)

    def _information(self, route, asked):
        total = sum(weight for _, weight in asked.targets)
        return sum(weight * self.rating[:, route.ratings[target]] for target, weight in asked.targets) / total

    def _system(self, route, _):
        if route.documented and route.documented.confirmed == "confirmed":
            return np.ones(len(self.weights))
        return np.min([np.mean([self.standing[:, s] for s in way.standings], axis=0) for way in route.ways], axis=0)

    def _resolution(self, route, asked):
        parts = []
        if asked.scale:
            parts.append(np.max([self._reach(way.scales[asked.scale].reach) for way in route.ways], axis=0))
        if asked.c_rate:
            parts.append(np.max([self._rate(way, asked.c_rate) for way in route.ways], axis=0))
        return np.mean(parts, axis=0)

    def _rate(self, way, c_rate):
        points = 3600 / (c_rate * way.seconds)
        follows = min(1.0, max(0.0, float(np.log(points) / np.log(30))))
        return np.minimum(follows, self._reach(way.variant.follows_cycling.answer))

    def _reach(self, word):
        return self.reach[:, {"none": 0, "partly": 1, "full": 2}[word]]

    def _cost(self, route, _):
        return 1 - self.burden[:, int(2 * route.cost_place)]

    def _preparation(self, route, _):
        return 1 - self.burden[:, int(2 * route.preparation_place)]


def _rank_shares(scores):
    """Share of draws (rows) in which each option (column) takes each rank."""
    places = (-scores).argsort(axis=1).argsort(axis=1)
    return np.array(
        [[np.mean(places[:, option] == rank) for rank in range(scores.shape[1])] for option in range(scores.shape[1])]
    )


def _passing(advice):
    asked = prepare(advice.question)
    routes = {
        option: [r for r in all_routes if passes(r, asked)] for option, all_routes in advice.system.routes.items()
    }
    return {option: found for option, found in routes.items() if found}, asked


@pytest.mark.parametrize("words", QUESTIONS, ids=_id)
def test_shares_add_up(kb, words):
    """Every option takes some rank in every draw, and every rank is taken by some option."""
    advice = _advice(kb, **words)
    ranks = np.array(list(certify(advice, 500).acceptability.ranks.values()))
    assert (len(advice.ranking),) * 2 == ranks.shape
    assert np.allclose(1, ranks.sum(axis=0))
    assert np.allclose(1, ranks.sum(axis=1))
    assert (ranks >= 0).all()


@pytest.mark.parametrize("words", FEW, ids=_id)
def test_same_seed_same_shares(kb, words):
    """The same seed gives the same shares to the bit; another seed differs by no more than sampling error."""
    advice = _advice(kb, **words)
    one, again, other = (certify(advice, 4000, seed).acceptability.ranks for seed in (1, 1, 2))
    assert one == again
    assert one != other
    for option, shares in one.items():
        for mine, theirs in zip(shares, other[option], strict=True):
            assert abs(mine - theirs) <= _tolerance((mine + theirs) / 2, 4000, 4000)


@pytest.mark.parametrize("words", FEW, ids=_id)
def test_fixed_values_agree_with_numpy(kb, words):
    """With the values left fixed and only weights drawn, every rank of every option agrees with numpy."""
    advice = _advice(kb, **words)
    asked = prepare(advice.question)
    values = {}
    for option, row in route_values(advice.system, asked):
        values.setdefault(option, []).append(row)
    sample = Sample(20_000, len(asked.shares), seed=3)
    columns = {
        option: [max(sum(map(float.__mul__, draw, row)) for row in rows) for draw in zip(*sample.weights, strict=True)]
        for option, rows in values.items()
    }
    ours = tally(columns, sample.weights, [criterion for criterion, _ in asked.shares]).ranks
    weights = _Readings(len(asked.shares), 50_000).weights
    # Options level for every weight share their ranks, which an argsort does not; a jitter shares them too.
    noise = np.random.default_rng(5).random((50_000, len(values))) * 1e-12
    theirs = _rank_shares(
        np.column_stack([(weights @ np.array(rows).T).max(axis=1) for rows in values.values()]) + noise
    )
    for option, row in zip(values, theirs, strict=True):
        for mine, other in zip(ours[option], row, strict=True):
            assert abs(mine - other) <= _tolerance(other, 20_000, 50_000), option


@pytest.mark.parametrize("words", FEW, ids=_id)
def test_sampled_readings_agree_with_numpy(kb, words):
    """With ratings, standings, tiers and reach read as any increasing numbers, every rank agrees with numpy."""
    advice = _advice(kb, **words)
    routes, asked = _passing(advice)
    ours = certify(advice, 10_000).acceptability.ranks
    readings = _Readings(len(asked.shares), 40_000)
    scores = []
    for found in routes.values():
        scores.append(
            np.max(
                [
                    sum(
                        readings.weights[:, index] * readings.value(criterion, route, asked)
                        for index, (criterion, _) in enumerate(asked.shares)
                    )
                    for route in found
                ],
                axis=0,
            )
        )
    noise = np.random.default_rng(5).random((40_000, len(routes))) * 1e-12
    for option, row in zip(routes, _rank_shares(np.column_stack(scores) + noise), strict=True):
        for mine, other in zip(ours[option], row, strict=True):
            assert abs(mine - other) <= _tolerance(other, 10_000, 40_000), option


@pytest.mark.parametrize("level", [0.25, 0.5, 1.0])
def test_two_alternatives_two_criteria_exactly(level):
    """A = (1, 0) beats B = (0, b) when w > (1 - w) b, that is w > b / (1 + b), so A's share is 1 / (1 + b).

    That holds as w is uniform from 0 to 1. The mean weight when A is first is the middle of that interval.
    """
    draws = 40_000
    sample = Sample(draws, 2, seed=11)
    columns = {"A": sample.weights[0], "B": [level * weight for weight in sample.weights[1]]}
    found = tally(columns, sample.weights, ("information", "cost"))
    exact = 1 / (1 + level)
    assert abs(exact - found.first("A")) < _tolerance(exact, draws)
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
    found = tally(columns, sample.weights, ("information", "cost", "preparation"))
    for option, area in areas.items():
        assert abs(float(area) - found.first(option)) <= _tolerance(float(area), draws)
    assert 0 == found.first("D")


def test_alike_options_share_their_ranks():
    """Two options level in every draw share first and second place evenly, whatever their order."""
    sample = Sample(1000, 2, seed=1)
    found = tally({"A": sample.weights[0], "B": list(sample.weights[0])}, sample.weights, ("information", "cost"))
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
        advice = _advice(kb, **words)
        routes, asked = _passing(advice)
        singles = {option: found for option, found in routes.items() if "+" not in option}
        shares = certify(advice, 2000).acceptability
        for option, found in singles.items():
            rivals = [route for other, others in singles.items() if other != option for route in others]
            if all(any(_beats(rival, route, asked) for rival in rivals) for route in found):
                dominated += 1
                assert 0 == shares.first(option), (words, option)
                assert option not in shares.central
    assert dominated > 20


def _at(kb, advice, criterion, share):
    """The question ranked again with one criterion at a share and the others keeping their ratio."""
    shares = dict(advice.shares)
    rest = 1 - shares[criterion]
    moved = {c: share if c == criterion else old / rest * (1 - share) for c, old in shares.items()}
    return recommend(advice.question.with_answer("weights", tuple(moved.items())), kb)


def _holds(again, option):
    """Whether an option is first or exactly level with the first."""
    return again.ranking[0].score - again.option(option).score < 1e-6


@pytest.mark.parametrize("words", QUESTIONS, ids=_id)
def test_switch_points_by_ranking_again(kb, words):
    """Just inside each switch point the first place holds, just outside it belongs to the option named."""
    advice = _advice(kb, **words)
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
    found = [switch for words in QUESTIONS for switch in certify(_advice(kb, **words), 100).switches]
    assert len(QUESTIONS) >= 30
    for field in ("below", "above"):
        names = [getattr(switch, field) for switch in found]
        assert names.count(None) > 20
        assert len(names) - names.count(None) > 20


def test_first_option_holds_some_weightings(kb):
    """An option that is first over an interval of a weight is first in some share of all weightings."""
    tried = 0
    for words in QUESTIONS:
        advice = _advice(kb, **words)
        asked = prepare(advice.question)
        if not any(switch.up_to - switch.down_to > 0.05 for switch in certify(advice, 100).switches):
            continue
        tried += 1
        options, values = zip(*route_values(advice.system, asked), strict=True)
        scores = _Readings(len(asked.shares), 20_000).weights @ np.array(values).T
        winners = {options[index] for index in np.unique(scores.argmax(axis=1))}
        assert advice.best.id in winners, words
    assert tried > 20


def test_single_criterion_has_no_switch_point(kb):
    """Where information alone decides there is nothing to move, and the sentence says that no move exists."""
    advice = _advice(kb, targets=("fracture",), budget="unlimited", max_preparation="unlimited")
    certificate = certify(advice, 200)
    assert ["information"] == list(advice.shares)
    assert () == certificate.switches
    assert "no change of a single weight takes its place" in sentence(advice, certificate)


def test_no_certificate_without_a_ranking(kb):
    """Where nothing passes there is nothing to certify."""
    advice = _advice(kb, targets=("crystalline-phase",), facilities=("potentiostat",))
    assert advice.best is None
    assert certify(advice) is None


@pytest.mark.parametrize("words", FEW, ids=_id)
def test_evidence_adds_up_to_the_score(kb, words):
    """The points by basis add up to the score of the first place."""
    advice = _advice(kb, **words)
    assert advice.best.score == pytest.approx(sum(certify(advice, 100).evidence.values()))


@pytest.mark.parametrize("words", FEW, ids=_id)
def test_sentence_tells_the_numbers(kb, words):
    """The sentence names the first, its share, the runners-up in order, and one or two moves of a weight."""
    advice = _advice(kb, **words)
    certificate = certify(advice, 2000)
    text = sentence(advice, certificate)
    shares = certificate.acceptability
    name = kb.name(advice.best.id)
    assert text.startswith(
        f"{name} is first in {percent(shares.first(advice.best.id))} of 2,000 weightings and readings"
    )
    assert text.endswith(".")
    assert text.count(";") == 1
    told = re.findall(r"(?:, | and )([^,;]*?) in (\d+(?:\.\d)?)%", text.split(";")[0])
    rivals = sorted((shares.first(o) for o in shares.ranks if o != advice.best.id), reverse=True)
    assert [percent(share).rstrip("%") for share in rivals[:3] if share >= 0.005] == [share for _, share in told]
    moves = switch_sentences(advice, certificate.switches)
    assert not moves or moves[0] in text
    assert len(moves) == sum((s.below is not None) + (s.above is not None) for s in certificate.switches)
    if len(moves) > 2:
        assert f"and {len(moves) - 1} more such moves exist" in text


def test_level_options_are_said_to_be_level(kb):
    """Where two options are exactly level, the smallest move is told as soon as a weight moves at all."""
    advice = _advice(kb, ion="K", anode="alloy", targets=("crystalline-phase", "fracture"), weights=("insight",))
    shares = dict(advice.shares)
    first = certify(advice, 100).switches[0]
    limit, rival = (first.up_to, first.above) if first.above else (first.down_to, first.below)
    level = _at(kb, advice, first.criterion, limit)
    assert rival in level.best.tied_with or level.best.id == rival
    text = sentence(level, certify(level, 100))
    assert "level with it, overtakes it as soon as" in text
    assert shares == dict(advice.shares)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0%"), (0.0004, "0.0%"), (0.004, "0.4%"), (0.42, "42%"), (0.998, "99.8%"), (1, "100%")]
)
def test_percent(share, text):
    """Whole percentages, with a decimal where a whole one would say never or always."""
    assert text == percent(share)


@pytest.mark.slow
@pytest.mark.parametrize("words", [QUESTIONS[0], QUESTIONS[2]], ids=_id)
def test_certificate_is_quick(kb, words):
    """Ten thousand draws take 150 ms, or three times that on a busy machine."""
    advice = _advice(kb, **words)
    spans = []
    for _ in range(5):
        start = time.process_time()
        certify(advice, 10_000)
        spans.append(time.process_time() - start)
    assert statistics.median(spans) < 3 * 0.150


@pytest.mark.xfail(strict=True, raises=IndexError, reason="half a tier above `very-high+` has no column of readings")
def test_dearest_tier_in_a_pairing(tmp_path):
    """A technique as dear as the words allow still gets a certificate, alone and in a pairing."""
    own = tmp_path / "own.yaml"
    own.write_text("techniques: {tem: {cost: {tier: very-high+, says: Ours is dear.}}}\n", encoding="utf-8")
    dear = load_knowledge_base(own)
    advice = _advice(dear, ion="Li", anode="alloy")
    ranks = acceptability(advice.system, prepare(advice.question), draws=100).ranks
    assert {option.id for option in advice.ranking} == set(ranks)
