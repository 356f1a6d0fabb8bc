"""Techniques that a sentence asks about by name stand in the table."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.words.matrix import matrix


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_what_is_named_stands_in_the_table(kb, most):
    """A technique that is asked about takes the place of the last option; order and length of the table stay."""
    advice = advise(
        kb, sentence="is EIS worth it to see which species make up the SEI of tin in sodium cells? or SANS?"
    )
    rows = [row[0] for row in matrix(advice, most).rows]
    order = [kb.name(option.id) for option in advice.ranking]
    assert min(most, len(order)) == len(rows)
    assert sorted(rows, key=order.index) == rows
    asked = [kb.name(key) for key in advice.question.said.techniques if advice.ranks(key)]
    assert asked
    assert set(asked[: most - 1]) <= set(rows) or most == 1
