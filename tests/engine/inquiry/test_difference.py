"""Two questions side by side: which options move, and why."""

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.inquiry.difference import difference, place
from insitu_advisor.engine.method.advice import Excluded
from insitu_advisor.render.formats import plain
from insitu_advisor.render.pages import difference as differing


def _advice(kb, **words):
    return recommend(ask(kb, **words), kb)


@pytest.fixture(scope="module")
def potassium_and_lithium(kb):
    """The same alloy question with potassium and with lithium."""
    return _advice(kb, ion="K", anode="alloy"), _advice(kb, ion="Li", anode="alloy")


def test_lithium_brings_nmr_in(kb, potassium_and_lithium):
    """From potassium to lithium NMR comes in, and the page names the nucleus as the reason it was out."""
    before, after = potassium_and_lithium
    move = next(move for move in difference(before, after) if move.id == "nmr")
    assert move.moved
    assert isinstance(move.before, Excluded)
    assert place(move.before) is None
    assert place(move.after) is not None
    text = plain.render(differing.page(before, after, "K against Li"), kb)
    line = next(line for line in text.splitlines() if line.startswith("- NMR: comes in."))
    assert kb.rules["nmr-potassium-nucleus"].sentence in line


def test_potassium_throws_nmr_out(kb, potassium_and_lithium):
    """The other way round NMR is out, with the rule as its reason and its sources in the list."""
    after, before = potassium_and_lithium
    text = plain.render(differing.page(before, after, "Li against K"), kb)
    line = next(line for line in text.splitlines() if line.startswith("- NMR: is out now."))
    rule = kb.rules["nmr-potassium-nucleus"]
    assert rule.sentence in line
    assert kb.references[rule.sources[0]].title in text[text.rindex("\nSources\n") :]


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
    text = plain.render(differing.page(before, after, "nothing"), kb)
    assert "No place changes." in text
    assert "What moved them" not in text


def test_a_rating_that_a_rule_moved_is_named(kb):
    """From a crystalline alloy to hard carbon the rule that caps diffraction stands beside the new rating."""
    words = {"ion": "Na", "targets": ("crystalline-phase", "ion-environment", "sei-growth")}
    before, after = _advice(kb, anode="graphite", **words), _advice(kb, anode="hard carbon", **words)
    old, new = (advice.option("xrd").route.ratings["crystalline-phase"] for advice in (before, after))
    assert old > new
    text = plain.render(differing.page(before, after, "graphite against hard carbon"), kb)
    assert f"rated {new} instead of {old} of 3" in text
