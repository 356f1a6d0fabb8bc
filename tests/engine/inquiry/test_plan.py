"""The plan: the best single technique, the best one beside it, and where another stops paying."""

import itertools
import math

import pytest

from engine.checks import advise
from insitu_advisor import plan
from insitu_advisor.engine.inquiry.plan import WORTH_IT, two_hints

MANY = ("crystalline-phase", "sei-composition=2", "fracture", "ion-diffusion", "gas-evolution=0.5")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "ion-environment", "sei-growth")},
    {"ion": "K", "anode": "graphite", "targets": MANY, "facilities": ("department",), "c_rate": "1C"},
    {"ion": "Li", "anode": "oxide", "targets": ("oxidation-state", "solvation"), "budget": "moderate"},
    {"anode": "alloy", "targets": ("metal-plating", "fracture"), "max_preparation": "moderate", "scale": "particle"},
    {"ion": "Na", "targets": ("crystalline-phase", "sei-growth"), "facilities": ("bench",), "budget": "low"},
    {"ion": "Li", "anode": "graphite", "targets": ("metal-plating", "sei-growth"), "weights": ("frugal",)},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))
REACH = {"none": 0.1, "partly": 0.5, "full": 1.0}
LOW, STEP, TOP = ("low", "moderate", "high", "very-high"), 0.5, 3.5


def _worth(advice, way, goal):
    """What one way tells of one goal, worked out from the words of the knowledge base."""
    scale, rate, follows = advice.question.scale.value, advice.question.c_rate.value, way.variant.follows_cycling
    reading = way.scales.get(scale)
    reach = 1.0 if scale is None else REACH[reading.reach] if reading else 0.5
    pace = 1.0
    if rate is not None:
        pace = {"full": 1.0, "partly": 0.75, "none": 0.5}[follows.answer] if follows else 0.5
        if not follows or follows.answer != "none":
            points = max(0.0, math.log(3600 / rate / way.seconds, 30)) if way.seconds else 0.5
            pace = min(pace, points)
    return (0.0, 0.1, 2 / 3, 1.0)[way.ratings[goal]] * reach * pace


def _told(advice, ways):
    """What a set of ways tells of the question, 0-1: per goal its best member."""
    return sum(share * max(_worth(advice, way, goal) for way in ways) for goal, share in advice.problem.goals)


def _place(tier):
    return LOW.index(tier.rstrip("+")) + STEP * tier.endswith("+")


def _score(advice, ways):
    """The score of a set of ways, worked out by hand."""
    several, members = STEP * (len(ways) > 1), {way.technique_id for way in ways}
    question = advice.question
    cases = [
        case
        for item in advice.kb.combinations.values()
        if set(item.members) == members
        for case in item.cases
        if (case.ion, case.anode, case.confirmed) == (question.ion.value, question.anode_type, "confirmed")
    ]
    standing = min((way.record.standing for way in ways if way.record), default=1.5) / 3
    values = {
        "information": _told(advice, ways),
        "track-record": 1.0 if cases else standing,
        "cost": 1 - min(TOP, max(_place(way.cost.tier) for way in ways) + several) / TOP,
        "preparation": 1 - min(TOP, max(_place(way.preparation.tier) for way in ways) + several) / TOP,
    }
    return 100 * sum(weight * values[criterion] for criterion, weight in advice.shares.items())


def _usable(advice):
    """The way of every technique of the ranking."""
    return [option.route.ways[0] for option in advice.ranking if option.kind == "technique"]


@by_question
def test_every_stage_is_the_best_of_all_that_keep_those_before(kb, words):
    """By brute force: no technique beside those before it makes a set of a higher score."""
    advice = advise(kb, **words)
    made = plan(advice)
    assert len(made.stages) == min(3, len(_usable(advice)))
    before = ()
    for size, stage in enumerate(made.stages, 1):
        ways = tuple(experiment.way for experiment in stage.experiments)
        assert size == len({way.technique_id for way in ways})
        assert before == ways[:-1]
        sets = [_score(advice, (*before, way)) for way in _usable(advice) if way not in before]
        assert max(sets) == pytest.approx(stage.score)
        assert _score(advice, ways) == pytest.approx(stage.score)
        before = ways


@by_question
def test_what_a_stage_tells(kb, words):
    """What a stage tells is the best of its members for each goal, its gain what that is more than before."""
    advice = advise(kb, **words)
    before = 0.0
    for stage in plan(advice, 4).stages:
        told = 100 * _told(advice, [experiment.way for experiment in stage.experiments])
        assert told == pytest.approx(stage.told)
        assert told - before == pytest.approx(stage.gain)
        assert stage.gain >= -1e-9
        assert (stage.gain >= WORTH_IT) == stage.pays
        before = told


@by_question
def test_each_experiment_adds_what_those_before_it_do_not_tell(kb, words):
    """An experiment adds a goal exactly where it tells more of it than every experiment before it."""
    advice = advise(kb, **words)
    for stage in plan(advice, 4).stages:
        before = []
        for experiment in stage.experiments:
            way = experiment.way
            more = [
                goal
                for goal in advice.goals
                if _worth(advice, way, goal) > max((_worth(advice, other, goal) for other in before), default=0.0)
            ]
            assert more == [each.goal for each in experiment.adds]
            assert all(each.way is way and each.rating == way.ratings[each.goal] for each in experiment.adds)
            before.append(way)
        best = {goal: max(_worth(advice, way, goal) for way in before) for goal in advice.goals}
        assert [goal for goal in advice.goals if best[goal] < 0.5] == list(stage.unanswered)


@by_question
def test_a_further_experiment_stops_paying(kb, words):
    """The best set is the last that is reached by steps that each pay."""
    made = plan(advise(kb, **words), 5)
    paying = [stage.pays for stage in made.stages[1:]]
    size = 1 + (paying.index(False) if False in paying else len(paying))
    assert made.best is made.stages[size - 1]


def test_only_the_pairings_are_documented(kb):
    """A set counts as documented when it is exactly one of the pairings of the knowledge base."""
    marked = set()
    for words, target in itertools.product(QUESTIONS[:4], kb.targets):
        for stage in plan(advise(kb, **words | {"targets": (target, "fracture", "sei-growth")}), 3).stages:
            members = {experiment.way.technique_id for experiment in stage.experiments}
            expected = [key for key, item in kb.combinations.items() if set(item.members) == members]
            assert (expected[0] if expected else None) == stage.documented
            marked.add(stage.documented)
    assert {None, "tem+eis"} <= marked


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_most_is_honoured(kb, most):
    """A plan holds one stage for each size up to the limit, and none beyond it."""
    made = plan(advise(kb, ion="Li", anode="alloy"), most)
    assert list(range(1, most + 1)) == [len(stage.experiments) for stage in made.stages]


def test_no_more_stages_than_techniques(kb):
    """A limit above the number of allowed techniques ends at that number; with none allowed there is no plan."""
    bench = {"ion": "Li", "anode": "alloy", "facilities": ("potentiostat",)}
    assert 1 == len(plan(advise(kb, **bench, targets=("sei-growth",)), 8).stages)
    none = plan(advise(kb, targets=("crystalline-phase",), facilities=("potentiostat",)), 8)
    assert () == none.stages
    assert none.best is None


def test_two_hints_are_told(kb):
    """A goal that two experiments hint at and none answers is told, and no other is."""
    found = 0
    for words, target in itertools.product(QUESTIONS[:3], kb.targets):
        advice = advise(kb, **words | {"targets": (target, "sei-growth", "crystalline-phase"), "c_rate": "1C"})
        for stage in plan(advice).stages:
            worths = {
                goal: [_worth(advice, way, goal) for way in (each.way for each in stage.experiments)]
                for goal in advice.goals
            }
            hinted = [goal for goal, each in worths.items() if sum(map(bool, each)) > 1 and max(each) < 0.5]
            assert hinted == list(two_hints(advice, stage))
            found += len(hinted)
    assert found
