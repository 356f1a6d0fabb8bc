"""Questions for the tests of the certainty, and an implementation of its draws in numpy."""

import itertools

import numpy as np

from insitu_advisor import ask, recommend

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


def tolerance(share, *draws, errors=3):
    """Three standard errors of the difference of two sampled shares."""
    return errors * np.sqrt(max(share * (1 - share), 0.001) * sum(1 / n for n in draws))


class Draws:
    """Draws of an independent kind, all in numpy: weights near those in use or anywhere, words read anew."""

    def __init__(self, shares, draws, taste="near"):
        rng = np.random.default_rng(7)
        if taste == "near":
            raw = np.array(shares) * rng.uniform(0.5, 1.5, size=(draws, len(shares)))
        else:
            raw = rng.exponential(size=(draws, len(shares)))
        self.weights = raw / raw.sum(axis=1, keepdims=True)
        nothing, all_of_it = np.zeros(draws), np.ones(draws)
        hint, unresolved = rng.uniform(0, 0.2, draws), rng.uniform(0, 0.2, draws)
        self.rating = [nothing, hint, rng.uniform(1 / 3, 1, draws), all_of_it]
        self.standing = [nothing, *np.sort(rng.random((draws, 2)), axis=1).T, all_of_it]
        partly, unknown = rng.uniform(0.2, 0.8, draws), rng.random(draws)
        self.reach = {"none": unresolved, "partly": partly, "full": all_of_it, None: unknown}
        self.burden = [nothing, *np.sort(rng.random((draws, 6)), axis=1).T, all_of_it]

    def scores(self, advice):
        """A column of scores for every ranked option, carried out as shown."""
        values = {
            "information": self._information,
            "track-record": self._track_record,
            "cost": lambda advice, route: 1 - self.burden[int(2 * route.cost_place)],
            "preparation": lambda advice, route: 1 - self.burden[int(2 * route.preparation_place)],
        }
        return {
            option.id: sum(
                self.weights[:, place] * values[criterion](advice, option.route)
                for place, criterion in enumerate(advice.shares)
            )
            for option in advice.ranking
        }

    def _information(self, advice, route):
        return sum(share * self._sighting(advice, route, goal) for goal, share in advice.problem.goals)

    def _sighting(self, advice, route, goal):
        """The member that sees a goal best in the neutral reading, read anew."""
        neutral = {None: 0.5, "none": 0.1, "partly": 0.5, "full": 1.0}
        best = max(
            route.ways,
            key=lambda way: (
                (0.0, 0.1, 2 / 3, 1.0)[way.ratings[goal]] * neutral[_reach(advice, way)] * _pace(advice, way),
                way.ratings[goal],
            ),
        )
        return self.rating[best.ratings[goal]] * self.reach[_reach(advice, best)] * _pace(advice, best)

    def _track_record(self, advice, route):
        if route.documented and route.documented.confirmed == "confirmed":
            return self.standing[3]
        if all(way.record is None for way in route.ways):
            return np.full(len(self.weights), 0.5)
        return self.standing[min(way.record.standing for way in route.ways)]


def _reach(advice, way):
    scale = advice.question.scale.value
    written = way.scales.get(scale)
    return "full" if scale is None else written.reach if written else None


def _pace(advice, way):
    rate, follows = advice.question.c_rate.value, way.variant.follows_cycling
    if rate is None:
        return 1.0
    clock = {"full": 1.0, "partly": 0.75, "none": 0.5}[follows.answer] if follows else 0.5
    if follows and follows.answer == "none":
        return clock
    points = 3600 / (rate * way.seconds) if way.seconds else None
    return min(clock, 0.5 if points is None else min(1.0, max(0.0, np.log(points) / np.log(30))))


def rank_shares(scores):
    """Share of draws (rows) in which each option (column) takes each rank."""
    places = (-scores).argsort(axis=1).argsort(axis=1)
    return np.array(
        [[np.mean(places[:, option] == rank) for rank in range(scores.shape[1])] for option in range(scores.shape[1])]
    )
