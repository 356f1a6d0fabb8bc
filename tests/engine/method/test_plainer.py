"""Where the ordinary way of a technique does nearly as well as the best one, the answer names it with its score."""

import itertools

import pytest

from engine.checks import advise
from engine.knowledge import IONS
from insitu_advisor.engine.method.plainer import NEARLY, plainer

SYSTEMS = list(itertools.product(IONS, ("graphite", "hard-carbon", "silicon", "Co3O4", "alloy")))


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_score_is_that_of_the_ordinary_instrument(kb, ion, anode):
    """With the instruments of the ordinary way alone, the technique scores what is said; told only where it is near."""
    for target in kb.targets:
        advice = advise(kb, ion=ion, anode=anode, targets=[target])
        for option in advice.ranking:
            said = plainer(advice, option)
            if said is None:
                continue
            assert said.way in advice.system.ways[option.id]
            assert said.way is not option.route.ways[0]
            assert 0 <= option.score - said.score <= NEARLY
            only = advise(kb, ion=ion, anode=anode, targets=[target], facilities=said.way.variant.facilities[:1])
            if only.option(option.id).route.ways == (said.way,):
                assert pytest.approx(said.score) == only.option(option.id).score


def test_both_cases_occur(kb):
    """Some techniques have an ordinary way nearly as good and most have none to name."""
    told = [
        plainer(advice, option) is not None
        for (ion, anode), target in itertools.product(SYSTEMS[::4], kb.targets)
        for advice in [advise(kb, ion=ion, anode=anode, targets=[target])]
        for option in advice.ranking
    ]
    assert 5 < sum(told) < len(told) / 2
