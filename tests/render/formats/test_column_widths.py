"""Widths of the columns of a table on a terminal: words stay whole, and room goes where it helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insitu_advisor.render.formats.text import column_widths
from insitu_advisor.render.pages.document import Table

GAP = 2
CELLS = st.lists(st.text("abc", max_size=9), max_size=6).map(" ".join)
TABLES = st.integers(1, 5).flatmap(
    lambda columns: st.lists(st.tuples(*[CELLS] * columns), min_size=1, max_size=4).map(
        lambda rows: Table(rows[0], tuple(rows[1:]))
    )
)


def _columns(table):
    return list(zip(table.headers, *table.rows, strict=True))


@given(TABLES, st.integers(1, 160))
def test_columns_fit_and_keep_words_whole(table, width):
    """A table fits with its gaps; each column holds its longest word and is no wider than its longest cell."""
    columns = _columns(table)
    words = [max(len(word) for cell in column for word in [*cell.split(), ""]) for column in columns]
    longest = [max(map(len, column)) for column in columns]
    gaps = GAP * (len(columns) - 1)
    widths = column_widths(table, width)
    assert (widths is None) == (sum(words) + gaps > width)
    if widths is not None:
        assert sum(widths) + gaps <= width
        assert all(word <= wide <= most for word, wide, most in zip(words, widths, longest, strict=True))
        assert widths == longest or sum(widths) + gaps == width


@pytest.mark.parametrize(
    ("width", "expected"),
    [(8, None), (9, [2, 5]), (10, [2, 6]), (14, [2, 10]), (17, [2, 13]), (18, [2, 14]), (80, [2, 14])],
)
def test_by_hand(width, expected):
    """Room beyond the longest words goes to the column that still wraps, and no further than its longest cell."""
    assert expected == column_widths(Table(("no", "what"), (("1", "three words it"), ("2", "seven"))), width)
