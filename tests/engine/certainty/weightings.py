"""Questions for the tests of the rank certificate, and an implementation of readings and pairings in numpy."""

import itertools

import numpy as np

from insitu_advisor import ask, recommend
from insitu_advisor.engine.method.criteria import value_of
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.knowledge.tier import TIERS

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


def named(words):
    return "-".join(str(value) for value in words.values()).replace(" ", "")


def advised(kb, **words):
    return recommend(ask(kb, **words), kb)


def tolerance(share, *draws):
    """Five standard deviations of the difference of two sampled shares."""
    return 5 * np.sqrt(max(share * (1 - share), 0.001) * sum(1 / n for n in draws))


class Readings:
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
            parts.append(self._informed(route, asked, lambda way: self._reach(way.scales[asked.scale].reach)))
        if asked.c_rate:
            parts.append(self._informed(route, asked, lambda way: self._rate(way, asked.c_rate)))
        return np.mean(parts, axis=0)

    def _informed(self, route, asked, read):
        """For each target that is seen, the sharpest of the members that see it best, in the weights of the targets."""
        total, seen = 0.0, 0.0
        for target, weight in asked.targets:
            top = max(way.ratings[target] for way in route.ways)
            if top or len(route.ways) == 1:
                best = [read(way) for way in route.ways if way.ratings[target] == top]
                total, seen = total + weight * np.max(best, axis=0), seen + weight
        return total / seen

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


def rank_shares(scores):
    """Share of draws (rows) in which each option (column) takes each rank."""
    places = (-scores).argsort(axis=1).argsort(axis=1)
    return np.array(
        [[np.mean(places[:, option] == rank) for rank in range(scores.shape[1])] for option in range(scores.shape[1])]
    )


def sees(route, asked):
    return any(route.ratings[target] for target, _ in asked.targets)


def usable(advice, technique):
    """Routes of a technique that can be carried out: those that see a target, or all where none does."""
    asked = prepare(advice.question)
    routes = [route for route in advice.system.routes[technique] if _can_be_done(route.ways[0], asked)]
    return [route for route in routes if sees(route, asked)] or routes


def _can_be_done(way, asked):
    tiers = ((way.cost, asked.budget), (way.preparation, asked.max_preparation))
    return (
        not way.excluded_by
        and (asked.facilities is None or bool(set(way.variant.facilities) & asked.facilities))
        and all(cap is None or TIERS.index(graded.tier.rstrip("+")) <= cap for graded, cap in tiers)
    )


def score_columns(advice, score):
    """Scores per draw of every option that passes; `score` gives those of one route.

    In each draw a technique is done the way that is best for it alone, and a pairing the ways of its members.
    """
    kb, asked = advice.kb, prepare(advice.question)
    routes = {technique: usable(advice, technique) for technique in kb.techniques}
    found = {technique: np.array([score(route) for route in ways]) for technique, ways in routes.items() if ways}
    columns = {
        technique: rows.max(axis=0)
        for technique, rows in found.items()
        if any(sees(r, asked) for r in routes[technique])
    }
    for pairing, combination in kb.combinations.items():
        members = combination.members
        if not all(member in found for member in members):
            continue
        places = np.array([found[member].argmax(axis=0) for member in members])
        column = np.full(places.shape[1], np.nan)
        seen = False
        for route in advice.system.routes[pairing]:
            chosen = _places(route, [routes[member] for member in members])
            if chosen is not None:
                seen = seen or sees(route, asked)
                column = np.where((places.T == chosen).all(axis=1), score(route), column)
        if seen:
            columns[pairing] = column
    return columns


def _places(pair, members):
    """Where the variants of a pairing stand among the usable routes of its members; None when one is not usable."""
    places = []
    for way, routes in zip(pair.ways, members, strict=True):
        variants = [route.ways[0].variant_id for route in routes]
        if way.variant_id not in variants:
            return None
        places.append(variants.index(way.variant_id))
    return places


def fixed_scores(advice, weights):
    """Scores of every option for rows of weights, with the values as they stand."""
    asked = prepare(advice.question)

    def score(route):
        values = [value_of(criterion, route, asked) for criterion, _ in asked.shares]
        return weights @ np.array([0.5 if value is None else value for value in values])

    return score_columns(advice, score)


def drawn_scores(advice, readings):
    """Scores of every option, with weights and readings drawn."""
    asked = prepare(advice.question)

    def score(route):
        return sum(
            readings.weights[:, index] * readings.value(criterion, route, asked)
            for index, (criterion, _) in enumerate(asked.shares)
        )

    return score_columns(advice, score)
