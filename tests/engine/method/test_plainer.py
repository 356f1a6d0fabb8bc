"""Where the ordinary way of a technique does nearly as well as the best one, the answer says so with its score."""

import itertools

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.method.plainer import NEARLY, plainer
from insitu_advisor.render.pages.recommend import rank_row

SYSTEMS = list(itertools.product(("Li", "Na", "K"), ("graphite", "hard-carbon", "silicon", "Co3O4", "alloy")))


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_score_is_that_of_the_ordinary_instrument(kb, ion, anode):
    """With the instruments of the ordinary way alone, the technique scores what is said; told only where it is near."""
    advice = recommend(ask(kb, ion=ion, anode=anode), kb)
    for option in advice.ranking:
        said = plainer(advice, option)
        if said is None:
            assert "instead:" not in rank_row(advice, option).why
            continue
        assert said.way is advice.system.ways[option.id][0] or said.way.variant_id != option.route.ways[0].variant_id
        assert 0 <= option.score - said.score <= NEARLY
        assert f"As {said.way.variant.name} instead: {said.score:.1f} points" in rank_row(advice, option).why
        only = recommend(ask(kb, ion=ion, anode=anode, facilities=said.way.variant.facilities[:1]), kb)
        assert pytest.approx(said.score) == only.option(option.id).score


def test_both_cases_occur(kb):
    """Over the systems above, some techniques have an ordinary way nearly as good and most have none to name."""
    told = [
        plainer(advice, option) is not None
        for ion, anode in SYSTEMS
        for advice in [recommend(ask(kb, ion=ion, anode=anode), kb)]
        for option in advice.ranking
    ]
    assert 5 < sum(told) < len(told) / 2
