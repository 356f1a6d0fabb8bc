"""The score against an independent weighted sum: the decision matrix in ordinal numbers, scored by pymcdm."""

import numpy as np
import pytest
from pymcdm.methods import WSM

from engine.checks import advise
from insitu_advisor.knowledge.tier import TIERS

HIGHEST_RATING = 3
HIGHEST_TIER = 3.5
pytestmark = pytest.mark.filterwarnings("ignore:Alternatives with indices:UserWarning")
QUESTIONS = {
    "defaults": {"ion": "K", "anode": "alloy"},
    "material": {"ion": "Na", "anode": "hard-carbon", "targets": ["pore-filling", "ion-environment"]},
    "weighted targets, insight": {
        "ion": "Li",
        "anode": "silicon",
        "targets": ["fracture=3", "sei-growth", "amorphous-order=0.5"],
        "weights": ["insight"],
    },
    "scale": {"ion": "Li", "anode": "conversion", "scale": "particle", "weights": ["frugal"]},
    "own weights, no cost": {
        "ion": "Na",
        "anode": "alloy",
        "budget": "unlimited",
        "weights": ["information=3", "system=0.7", "preparation=1.1"],
    },
    "nothing known of the system": {"targets": ["metal-plating", "gas-evolution"], "scale": "cell"},
    "department": {"ion": "K", "anode": "graphite", "facilities": ["department"], "max_preparation": "moderate"},
}


def normal(column, cost):
    """Ratings, standings and reach out of three; tiers from low down to half a step above the top."""
    return 1.0 - column / HIGHEST_TIER if cost else column / HIGHEST_RATING


def place(graded):
    """A tier word as a number, read from the word alone."""
    return TIERS.index(graded.tier.rstrip("+")) + 0.5 * graded.tier.endswith("+")


def information(advice, option):
    targets = advice.question.targets.value
    seen = [weight * max(way.ratings[target] for way in option.route.ways) for target, weight in targets]
    return sum(seen) / sum(weight for _, weight in targets)


def system(advice, option):
    """The weakest member's mean standing, or the top where a confirmed study did this very pairing."""
    ion, anode = advice.question.ion.value, advice.question.anode.value
    cases = advice.kb.combinations[option.id].cases if "+" in option.id else ()
    if any((case.ion, case.anode, case.confirmed) == (ion, anode, "confirmed") for case in cases):
        return HIGHEST_RATING
    techniques = [way.technique for way in option.route.ways]
    return min(np.mean([t.roles[anode].standing, t.ions[ion].standing]) for t in techniques)


def resolution(advice, option):
    reach = {"none": 0.0, "partly": 1.5, "full": 3.0}
    scale = advice.question.scale.value
    ways, total, seen = option.route.ways, 0.0, 0.0
    for target, weight in advice.question.targets.value:
        top = max(way.ratings[target] for way in ways)
        if top or len(ways) == 1:
            sharpest = max(reach[way.variant.scales[scale].reach] for way in ways if way.ratings[target] == top)
            total, seen = total + weight * sharpest, seen + weight
    return total / seen


def cost(advice, option):
    ways = option.route.ways
    return max(place(way.variant.cost or way.technique.cost) for way in ways) + 0.5 * (len(ways) > 1)


def preparation(advice, option):
    ways = option.route.ways
    return max(place(way.variant.preparation or way.technique.preparation) for way in ways) + 0.5 * (len(ways) > 1)


COLUMNS = {
    "information": (information, 1),
    "system": (system, 1),
    "resolution": (resolution, 1),
    "cost": (cost, -1),
    "preparation": (preparation, -1),
}


def weighed_by_pymcdm(advice):
    """Preferences of the ranked options, on 0-1."""
    criteria = list(advice.shares)
    matrix = np.array([[COLUMNS[name][0](advice, option) for name in criteria] for option in advice.ranking], float)
    given = dict(advice.question.weights.value)
    weights = np.array([given[name] for name in criteria], float)
    types = np.array([COLUMNS[name][1] for name in criteria])
    return WSM(normalization_function=normal)(matrix, weights / weights.sum(), types)


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_weighted_sum(kb, words):
    """Scores agree with the weighted sum model of pymcdm (Kizielewicz et al., SoftwareX 2023, 22, 101368) to 1e-9."""
    advice = advise(kb, **words)
    assert len(advice.ranking) >= 3
    expected = 100 * weighed_by_pymcdm(advice)
    assert pytest.approx(expected, abs=1e-9) == [option.score for option in advice.ranking]


@pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
def test_order(kb, words):
    """The ranking runs in the order of pymcdm's preferences."""
    preferences = np.round(weighed_by_pymcdm(advise(kb, **words)), 9)
    assert sorted(preferences, reverse=True) == list(preferences)
