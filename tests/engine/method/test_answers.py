"""What every answer must hold, over every ion, anode type and single target, and under tight constraints."""

import functools
import itertools

import pytest

from engine.checks import (
    advise,
    check_every_option_once,
    check_exclusions,
    check_order,
    check_points,
    check_reasons,
    check_remedies,
    failed,
)
from engine.hand import PINNED
from engine.knowledge import ANODES, IONS, with_rules
from engine.pinned import pinned
from insitu_advisor.engine.words.sentences import exclusion_reason
from insitu_advisor.knowledge.rule import Rule

SYSTEMS = list(itertools.product(IONS, ANODES))
HARD = {
    "low budget": {"budget": "low"},
    "low preparation": {"max_preparation": "low"},
    "bench only": {"facilities": ["bench"]},
    "one instrument nobody pairs": {"facilities": ["etem"]},
    "neutrons alone": {"facilities": ["neutron-source"]},
    "bench, low budget": {"facilities": ["bench"], "budget": "low"},
    "department, low preparation": {"facilities": ["department"], "max_preparation": "low"},
    "bench, low budget, low preparation": {"facilities": ["bench"], "budget": "low", "max_preparation": "low"},
    "all four fail": {
        "facilities": ["raman-fibre"],
        "budget": "low",
        "max_preparation": "low",
        "targets": ["gas-evolution"],
    },
    "unlimited but one instrument": {"budget": "unlimited", "max_preparation": "unlimited", "facilities": ["xps"]},
    "weighted targets at a scale and rate": {
        "targets": ["gas-evolution=3", "pore-filling"],
        "scale": "atomic",
        "c_rate": "2C",
        "budget": "moderate",
    },
    "material with rules": {"anode": "tin", "targets": ["bond-disorder"], "budget": "moderate"},
}


@pytest.fixture(scope="module")
def answers(kb):
    """The answers about one ion and anode type, one for each target, computed once."""
    return functools.cache(lambda *words: [advise(kb, ion=words[0], anode=words[1], targets=[t]) for t in kb.targets])


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
class TestEveryTarget:
    def test_all_options_appear_once(self, answers, ion, anode):
        """All eleven options stand in the ranking or among the excluded."""
        for advice in answers(ion, anode):
            check_every_option_once(advice)

    def test_points_add_up(self, answers, ion, anode):
        """Scores are finite, lie in 0-100 and are the sum of their parts."""
        for advice in answers(ion, anode):
            check_points(advice)
            check_order(advice)

    def test_exclusions_are_explained(self, answers, ion, anode):
        """Every excluded option has a rule, a reason and a remedy."""
        for advice in answers(ion, anode):
            check_exclusions(advice)

    def test_remedies_let_in(self, answers, ion, anode):
        """Every remedy, applied to the question, brings its option into the ranking and is the smallest that does."""
        for advice in answers(ion, anode):
            check_remedies(advice)

    def test_reasons_are_sourced(self, answers, ion, anode):
        """Every reason has a basis and sources that resolve."""
        for advice in answers(ion, anode):
            check_reasons(advice)


@pytest.mark.parametrize("words", HARD.values(), ids=HARD)
@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_tight_constraints(kb, ion, anode, words):
    """Under caps and missing instruments nothing vanishes, and each remedy really lets its option in."""
    advice = advise(kb, **{"ion": ion, "anode": anode} | words)
    check_every_option_once(advice)
    check_points(advice)
    check_order(advice)
    check_exclusions(advice)
    check_remedies(advice)
    check_reasons(advice)


def test_every_constraint_can_fail_at_once(kb):
    """An option that fails four constraints is told all four changes, and a fifth where it is too slow besides."""
    words = PINNED | {
        "targets": ["gas-evolution"],
        "budget": "low",
        "max_preparation": "low",
        "facilities": ["potentiostat"],
    }
    excluded = advise(pinned(kb), **words).option("xrd")
    assert ("sees-none", "facility", "budget", "preparation") == excluded.failed
    assert ["targets", "facilities", "budget", "max_preparation"] == [change.field for change in excluded.remedy]
    slow = advise(pinned(kb), **words | {"c_rate": "100C"})
    assert ["targets", "c_rate", "facilities", "budget", "max_preparation"] == [
        change.field for change in slow.option("xrd").remedy
    ]
    check_remedies(slow)


def test_nothing_passes(kb):
    """A question that nothing passes still lists all eleven, each with a remedy or a rule of physics."""
    blind = [
        advice
        for goal in kb.goals
        for advice in [advise(kb, ion="Li", anode="alloy", targets=[goal], facilities=["potentiostat"])]
        if advice.best is None
    ]
    assert blind
    for advice in blind:
        assert len(advice.excluded) == 11
        check_exclusions(advice)
        check_remedies(advice)


def test_remedy_keeps_what_was_given(kb):
    """Gaining an instrument adds it to those the user has."""
    excluded = advise(kb, ion="Li", anode="alloy", facilities=["lab-xrd"]).option("xrd+raman")
    (change,) = excluded.remedy
    assert {"lab-xrd", "raman"} == set(change.value)


def test_budget_remedy_is_the_lowest_tier(kb):
    """The budget named is the lowest that lets the option in."""
    (change,) = advise(pinned(kb), **PINNED, budget="low").option("xrd").remedy
    assert ("budget", "moderate") == (change.field, change.value)
    assert ("budget",) == failed(advise(pinned(kb), **PINNED, budget="low"), "xrd")


def test_a_raised_rating_is_no_reason_to_be_out(kb):
    """What is too slow is told as such, even where a rule had a say in its ratings."""
    up = Rule(kind="raise", technique="xrd", targets=("crystalline-phase",), rating=3, sentence="Seen so well.")
    advice = advise(with_rules(pinned(kb), up=up), **PINNED | {"c_rate": "100C"})
    excluded = advice.option("xrd")
    assert ("sees-none",) == excluded.failed
    assert "sees-none" == excluded.rule
    assert "too slow for 100C" in exclusion_reason(advice, excluded).text


def test_a_rule_that_blinds_is_the_reason(kb):
    """What a rule caps at nothing is out by that rule, in its words."""
    down = Rule(kind="cap", technique="xrd", targets=("crystalline-phase",), rating=0, sentence="Never seen here.")
    advice = advise(with_rules(pinned(kb), down=down), **PINNED)
    assert "down" == advice.option("xrd").rule
    assert "Never seen here." == exclusion_reason(advice, advice.option("xrd")).text
