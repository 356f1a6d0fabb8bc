"""What an answer suggests to do next."""

import itertools
import shlex

import pytest

from cli.running import invoke
from insitu_advisor import ask, recommend
from insitu_advisor.engine.words.sentences import next_steps

PAIRS = list(itertools.combinations(("fracture", "sei-composition", "crystalline-phase", "gas-evolution"), 2))
SYSTEMS = [{"ion": "K", "anode": "alloy"}, {"ion": "Li", "anode": "silicon"}, {"ion": "Na", "anode": "hard carbon"}]


def _plans(advice):
    return [step for step in next_steps(advice) if shlex.split(step)[1] == "plan"]


def test_plan_is_suggested_where_one_experiment_leaves_a_gap(kb):
    """A plan is a next step exactly where the first place sees one of several targets indirectly or not at all."""
    gaps = {True: 0, False: 0}
    for words, targets in itertools.product(SYSTEMS, PAIRS):
        advice = recommend(ask(kb, **words, targets=targets), kb)
        gap = min(advice.best.route.ratings[target] for target in targets) < 2
        gaps[gap] += 1
        assert gap == bool(_plans(advice)), (words, targets)
    assert all(gaps.values())


@pytest.mark.parametrize("target", ["fracture", "gas-evolution", "heterogeneity"])
def test_single_target_needs_no_plan(kb, target):
    """With one target the ranking is the plan."""
    assert [] == _plans(recommend(ask(kb, ion="K", anode="alloy", targets=[target]), kb))


def test_nothing_passing_needs_no_plan(kb):
    """Where nothing passes there is nothing to plan."""
    advice = recommend(ask(kb, targets=["crystalline-phase", "fracture"], facilities=["potentiostat"]), kb)
    assert not advice.ranking or _plans(advice)
    alone = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)
    assert ([], None) == (_plans(alone), alone.best)


def test_suggested_plan_runs(kb):
    """The command that is suggested answers."""
    advice = recommend(ask(kb, ion="K", anode="antimony"), kb)
    (step,) = _plans(advice)
    done = invoke(*shlex.split(step)[1:], env={"INSITU_ADVISOR_LAB": "none"})
    assert 0 == done.exit_code, done.stderr
