"""Two questions side by side: which options move, and why."""

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.inquiry.difference import difference, place
from insitu_advisor.engine.method.advice import Excluded


def _advice(kb, **words):
    return recommend(ask(kb, **words), kb)


@pytest.fixture(scope="module")
def potassium_and_lithium(kb):
    """The same alloy question, about the ion itself, with potassium and with lithium."""
    return tuple(_advice(kb, ion=ion, anode="alloy", targets=("ion-environment",)) for ion in ("K", "Li"))


def test_an_ion_moves_options_in_and_out(kb, potassium_and_lithium):
    """From potassium to lithium NMR comes in, and the other way round it is out again, by a rule."""
    before, after = potassium_and_lithium
    move = next(move for move in difference(before, after) if move.id == "nmr")
    assert move.moved
    assert isinstance(move.before, Excluded)
    assert move.before.rule in kb.rules
    assert place(move.before) is None
    assert place(move.after) is not None
    back = next(move for move in difference(after, before) if move.id == "nmr")
    assert (move.before, move.after) == (back.after, back.before)


def test_every_option_once_in_the_order_of_the_second_answer(kb, potassium_and_lithium):
    """Each option stands once, ranked ones in their new order, those now out at the end."""
    for before, after in (potassium_and_lithium, potassium_and_lithium[::-1]):
        moves = difference(before, after)
        assert [option.id for option in (*after.ranking, *after.excluded)] == [move.id for move in moves]
        assert set(kb.options) == {move.id for move in moves}
        for move in moves:
            assert (before.option(move.id), after.option(move.id)) == (move.before, move.after)
            assert move.moved == (place(move.before) != place(move.after))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"ion": "K"}, {"ion": "Na"}),
        ({}, {"budget": "moderate"}),
        ({}, {"scale": "particle"}),
        ({"weights": ("insight",)}, {"weights": ("frugal",)}),
        ({"budget": "unlimited"}, {"c_rate": "1C"}),
    ],
)
def test_gaps_add_up_to_the_change_of_score(kb, one, other):
    """Points now minus points before, criterion by criterion, add up to the change of score, the largest first."""
    before, after = (_advice(kb, anode="graphite", **words) for words in (one, other))
    ranked = 0
    for move in difference(before, after):
        if isinstance(move.before, Excluded) or isinstance(move.after, Excluded):
            assert () == move.gaps
            continue
        ranked += 1
        assert move.after.score - move.before.score == pytest.approx(sum(gap.points for gap in move.gaps))
        sizes = [abs(gap.points) for gap in move.gaps]
        assert sorted(sizes, reverse=True) == sizes
        assert set(before.shares) | set(after.shares) == {gap.criterion for gap in move.gaps}
    assert ranked


def test_nothing_moves_between_identical_questions(kb):
    """The same question twice moves nothing, changes no point, and the page says so."""
    before, after = (_advice(kb, ion="Na", anode="hard carbon", budget="high") for _ in range(2))
    for move in difference(before, after):
        assert not move.moved
        assert all(gap.points == 0 for gap in move.gaps)
