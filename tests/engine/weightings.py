"""Questions for the tests of the rank certificate, and an implementation of the readings in numpy."""

import itertools

import numpy as np

from insitu_advisor import ask, recommend
from insitu_advisor.engine.asked import prepare
from insitu_advisor.engine.constraints import passes

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


def rank_shares(scores):
    """Share of draws (rows) in which each option (column) takes each rank."""
    places = (-scores).argsort(axis=1).argsort(axis=1)
    return np.array(
        [[np.mean(places[:, option] == rank) for rank in range(scores.shape[1])] for option in range(scores.shape[1])]
    )


def passing(advice):
    asked = prepare(advice.question)
    routes = {
        option: [r for r in all_routes if passes(r, asked)] for option, all_routes in advice.system.routes.items()
    }
    return {option: found for option, found in routes.items() if found}, asked
