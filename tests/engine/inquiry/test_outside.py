"""Techniques outside the eight, where they are the usual answer and where they cannot be."""

import pytest

from insitu_advisor.engine.inquiry.outside import outside
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask


@pytest.mark.parametrize(("cell", "told"), [("cylindrical", False), ("unopened", False), ("coin", True), ((), True)])
def test_no_light_enters_a_can(kb, cell, told):
    """Optical microscopy is the usual answer for the shape of plating, but not in a cell that stays closed."""
    advice = recommend(
        ask(kb, ion="Li", anode="graphite", targets="metal-plating-shape", cell=cell, facilities="eis"), kb
    )
    assert told == ("optical-microscopy" in {each.id for each in outside(advice)})
