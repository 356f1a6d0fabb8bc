"""The plan: the exact best set of every size, cheap experiments first, and where another stops paying."""

import itertools

import pytest

from insitu_advisor import ask, plan, recommend
from insitu_advisor.render.formats import plain
from insitu_advisor.render.pages import plan as planning

TIERS = ("low", "moderate", "high", "very-high")
MANY = ("crystalline-phase", "sei-composition=2", "fracture", "ion-diffusion", "gas-evolution=0.5")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "ion-environment", "sei-growth")},
    {"ion": "K", "anode": "graphite", "targets": MANY, "facilities": ("department",)},
    {"ion": "Li", "anode": "oxide", "targets": ("oxidation-state", "solvation"), "budget": "moderate"},
    {"anode": "alloy", "targets": ("metal-plating", "heterogeneity"), "max_preparation": "moderate"},
    {"ion": "Na", "targets": ("crystalline-phase", "sei-growth"), "facilities": ("bench",), "budget": "low"},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


def _plan(kb, most=3, **words):
    return plan(recommend(ask(kb, **words), kb), most)


def _place(tier):
    return TIERS.index(tier.rstrip("+")) + 0.5 * tier.endswith("+")


def _load(way):
    return _place(way.cost.tier) + _place(way.preparation.tier)


def _told(ways, question):
    """Weighted share of the best possible answer: the best rating of each target, out of 3."""
    best = sum(weight * max(way.ratings[target] for way in ways) for target, weight in question.targets.value)
    return best / (3 * sum(weight for _, weight in question.targets.value))


def _allowed(advice):
    """Every way of every technique within the constraints, read from the question without the engine's own check."""
    question = advice.question
    found = {}
    for technique, ways in advice.system.ways.items():
        for way in ways:
            cost, effort = int(_place(way.cost.tier)), int(_place(way.preparation.tier))
            if (
                not way.excluded_by
                and any(way.ratings[target] for target in question.target_ids)
                and (question.facilities.value is None or set(question.facilities.value) & set(way.variant.facilities))
                and (question.budget.value is None or cost <= TIERS.index(question.budget.value))
                and (question.max_preparation.value is None or effort <= TIERS.index(question.max_preparation.value))
            ):
                found.setdefault(technique, []).append(way)
    return list(found.values())


def _every_set(advice, size):
    for chosen in itertools.combinations(_allowed(advice), size):
        yield from itertools.product(*chosen)


@by_question
def test_every_stage_is_the_best_of_all_sets(kb, words):
    """No set of as many techniques, in any variant, tells more; among those that tell as much none is lighter."""
    made = _plan(kb, **words)
    assert len(made.stages) == min(3, len(_allowed(made.advice)))
    for size, stage in enumerate(made.stages, 1):
        ways = [experiment.way for experiment in stage.experiments]
        assert size == len({way.technique_id for way in ways})
        sets = [(_told(each, made.advice.question), sum(map(_load, each))) for each in _every_set(made.advice, size)]
        best = max(value for value, _ in sets)
        assert best == pytest.approx(stage.value)
        assert best == pytest.approx(_told(ways, made.advice.question))
        lightest = min(load for value, load in sets if value > best - 1e-9)
        assert lightest == pytest.approx(sum(map(_load, ways)))
        assert all(any(way is one for pool in _allowed(made.advice) for one in pool) for way in ways)


@by_question
def test_cheap_experiments_come_first(kb, words):
    """Cost and effort never fall from one experiment to the next."""
    for stage in _plan(kb, 4, **words).stages:
        loads = [_load(experiment.way) for experiment in stage.experiments]
        assert sorted(loads) == loads


@by_question
def test_each_experiment_adds_what_those_before_it_do_not_tell(kb, words):
    """An experiment adds a target exactly where it rates it above every experiment before it."""
    made = _plan(kb, 4, **words)
    for stage in made.stages:
        before = []
        for experiment in stage.experiments:
            own = experiment.way.ratings
            higher = [
                t
                for t in made.advice.question.target_ids
                if own[t] > max((way.ratings[t] for way in before), default=0)
            ]
            assert [(target, own[target]) for target in higher] == list(experiment.adds)
            assert _told([experiment.way], made.advice.question) == pytest.approx(experiment.value)
            before.append(experiment.way)
        unseen = [t for t in made.advice.question.target_ids if not any(way.ratings[t] for way in before)]
        assert unseen == list(stage.uncovered)


def test_only_the_three_pairings_are_documented(kb):
    """A set counts as documented when it is exactly one of the pairings of the knowledge base."""
    marked = set()
    for words in QUESTIONS:
        for target in kb.targets:
            for stage in _plan(kb, 3, **words | {"targets": (target, "fracture", "sei-growth")}).stages:
                members = {experiment.way.technique_id for experiment in stage.experiments}
                expected = [key for key in ("xrd+tem", "xrd+raman", "tem+eis") if set(key.split("+")) == members]
                assert (expected[0] if expected else None) == stage.documented
                marked.add(stage.documented)
    assert {None, "tem+eis"} <= marked


def test_invisible_targets_are_told(kb):
    """A target that no allowed experiment sees is named; with every instrument within reach it is not."""
    words = {"ion": "Li", "anode": "alloy", "targets": ("crystalline-phase", "sei-growth")}
    poor, rich = _plan(kb, **words, facilities=("potentiostat",)), _plan(kb, **words)
    assert ("crystalline-phase",) == poor.invisible
    assert () == rich.invisible
    text = plain.render(planning.page(poor), kb)
    assert "No experiment within the constraints sees crystalline phases." in text
    assert "Stays uncovered whatever you do" not in plain.render(planning.page(rich), kb)


@by_question
def test_invisible_by_hand(kb, words):
    """The invisible targets are those rated zero by every allowed way."""
    made = _plan(kb, **words)
    ways = [way for pool in _allowed(made.advice) for way in pool]
    hidden = [target for target in made.advice.question.target_ids if not any(way.ratings[target] for way in ways)]
    assert hidden == list(made.invisible)


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_most_is_honoured(kb, most):
    """A plan holds one stage for each size up to the limit, and none beyond it."""
    made = _plan(kb, most, ion="Li", anode="alloy")
    assert list(range(1, most + 1)) == [len(stage.experiments) for stage in made.stages]


def test_no_more_stages_than_techniques(kb):
    """A limit above the number of allowed techniques ends at that number; with none allowed there is no plan."""
    assert 1 == len(_plan(kb, 8, ion="Li", anode="alloy", facilities=("potentiostat",)).stages)
    none = _plan(kb, 8, targets=("crystalline-phase",), facilities=("potentiostat",))
    assert () == none.stages
    assert none.best is None
    assert "No experiment passes the constraints." in plain.render(planning.page(none), kb)


@by_question
def test_a_further_experiment_stops_paying(kb, words):
    """Gains are the steps between the stages and never grow; the best set is the smallest that tells as much as any."""
    made = _plan(kb, 5, **words)
    values = [0.0, *(stage.value for stage in made.stages)]
    assert [after - before for before, after in itertools.pairwise(values)] == pytest.approx(
        [stage.gain for stage in made.stages]
    )
    gains = [stage.gain for stage in made.stages]
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(gains))
    smallest = next(stage for stage in made.stages if stage.value > values[-1] - 1e-9)
    assert smallest is made.best
    size = len(smallest.experiments)
    assert [number <= size for number in range(1, len(gains) + 1)] == [stage.pays for stage in made.stages]


def test_the_page_says_where_it_stops_paying(kb):
    """For one target that one technique answers fully, a second experiment adds nothing and the page says so."""
    made = _plan(kb, ion="Li", anode="graphite", targets=("crystalline-phase",))
    assert 1 == len(made.best.experiments)
    text = plain.render(planning.page(made), kb)
    assert "a second experiment adds nothing." in text
    assert "It does not pay: nothing is told that the smaller set does not tell." in text
