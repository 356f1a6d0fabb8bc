"""The score against an independent weighted sum: the decision matrix in ordinal numbers, scored by pymcdm."""

import math

import numpy as np
import pytest

from engine.checks import advise
from insitu_advisor.knowledge.tier import TIERS

HIGHEST_TIER = 3.5
WORTH = {0: 0.0, 1: 0.1, 2: 2 / 3, 3: 1.0}
REACH = {"none": 0.1, "partly": 0.5, "full": 1.0}
CLOCK = {"none": 0.5, "partly": 0.75, "full": 1.0}
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
    "rate": {"ion": "Li", "anode": "graphite", "c_rate": "1C"},
    "scale and rate": {"ion": "Na", "anode": "tin", "scale": "electrode", "c_rate": "C/5", "weights": ["insight"]},
    "a rate that was shown": {
        "ion": "Li",
        "anode": "graphite",
        "targets": ["plating", "charge-transfer"],
        "c_rate": "4C",
    },
    "own weights, no cost": {
        "ion": "Na",
        "anode": "alloy",
        "budget": "unlimited",
        "weights": ["information=3", "track-record=0.7", "preparation=1.1"],
    },
    "nothing known of the system": {"targets": ["sei-growth", "gas-evolution"], "scale": "cell"},
    "ion alone": {"ion": "Na", "targets": ["heterogeneity", "ion-diffusion"], "weights": ["track-record=50"]},
    "department": {"ion": "K", "anode": "graphite", "facilities": ["department"], "max_preparation": "moderate"},
}


def normal(column, cost):
    """Tiers from low down to half a step above the top; all else lies between 0 and 1 already."""
    return 1.0 - column / HIGHEST_TIER if cost else column


def place(graded):
    """A tier word as a number, read from the word alone."""
    return TIERS.index(graded.tier.rstrip("+")) + 0.5 * graded.tier.endswith("+")


def information(advice, option):
    """What the best member tells of each goal, by the words of the knowledge base."""
    asked = advice.question.targets.value
    goals = [(goal, each.weight / len(parts)) for each in asked for parts in [_parts(advice, each)] for goal in parts]
    told = [weight * max(_told(advice, way, goal) for way in option.route.ways) for goal, weight in goals]
    return sum(told) / sum(weight for _, weight in goals)


def _parts(advice, goal):
    target = advice.kb.targets[goal.target]
    return (goal.part,) if goal.part else tuple(target.parts) or (goal.target,)


def _told(advice, way, goal):
    scale, rate = advice.question.scale.value, advice.question.c_rate.value
    claim = way.sights.get(goal)
    reading = (claim.scales.get(scale) if claim else None) or way.scales.get(scale)
    reach = 1.0 if scale is None else REACH[reading.reach] if reading else 0.5
    pace = 1.0 if rate is None else _clock(way) if _shown(advice, way, goal, rate) else _pace(way, rate)
    return WORTH[way.ratings[goal]] * reach * pace


def _clock(way):
    follows = way.variant.follows_cycling
    return CLOCK[follows.answer] if follows else 0.5


def _shown(advice, way, goal, rate):
    """Whether a study of this ion and anode type asked this goal, used this way, and was as fast."""
    ion, anode = advice.question.ion.value, advice.question.anode_type
    return any(
        study.ways.get(way.technique_id) == way.variant_id
        and (ion is None or ion in study.ions)
        and (anode is None or anode in study.anode)
        and not {goal, advice.kb.whole[goal]}.isdisjoint(study.asked)
        and study.fastest_rate is not None
        and study.fastest_rate >= rate
        for study in advice.kb.studies.values()
    )


def _pace(way, rate):
    follows, clock = way.variant.follows_cycling, _clock(way)
    if follows and follows.answer == "none":
        return clock
    if way.seconds is None:
        return min(clock, 0.5)
    return min(clock, max(0.0, math.log(3600 / (rate * way.seconds)) / math.log(30)))


def track_record(advice, option):
    """The weakest member's standing out of three, or the top where a confirmed study did this very pairing."""
    ion, anode = advice.question.ion.value, advice.question.anode_type
    cases = advice.kb.combinations[option.id].cases if "+" in option.id else ()
    if any((case.ion, case.anode, case.confirmed) == (ion, anode, "confirmed") for case in cases):
        return 1.0
    return min(_standing(advice.kb, way, ion, anode) for way in option.route.ways) / 3


def _standing(kb, way, ion, anode):
    found = [
        study
        for study in kb.studies.values()
        if way.technique_id in study.techniques
        and study.confirmed_by != "review text"
        and (ion is None or ion in study.ions)
        and (anode is None or anode in study.anode)
    ]
    counted = 3 if len(found) >= 6 else 2 if len(found) >= 2 else len(found)
    said = [way.technique.roles[anode].standing if anode else 0, way.technique.ions[ion].standing if ion else 0]
    return max(counted, *(word or 0 for word in said))


def cost(advice, option):
    ways = option.route.ways
    return min(HIGHEST_TIER, max(place(way.variant.cost or way.technique.cost) for way in ways) + 0.5 * (len(ways) > 1))


def preparation(advice, option):
    ways = option.route.ways
    dearest = max(place(way.variant.preparation or way.technique.preparation) for way in ways)
    return min(HIGHEST_TIER, dearest + 0.5 * (len(ways) > 1))


COLUMNS = {
    "information": (information, 1),
    "track-record": (track_record, 1),
    "cost": (cost, -1),
    "preparation": (preparation, -1),
}


def weighed_by_pymcdm(advice):
    """Preferences of the ranked options, on 0-1."""
    from pymcdm.methods import WSM  # Here, because it takes as long to load as all other tests to be found.

    criteria = list(advice.shares)
    matrix = np.array([[COLUMNS[name][0](advice, option) for name in criteria] for option in advice.ranking], float)
    given = dict(advice.question.weights.value.values)
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
