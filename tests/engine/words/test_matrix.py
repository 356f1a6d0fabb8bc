"""The matrix shows of the first options and goals what the answer holds, and says what it leaves out."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words.matrix import HELD_BACK, LEGEND, MOST_GOALS, matrix, sign

MANY = ("crystalline-phase", "sei-composition", "fracture", "ion-diffusion", "gas-evolution", "metal-plating")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY[:4]},
    {"ion": "Li", "anode": "silicon", "targets": MANY[:5], "budget": "low"},
    {"ion": "Li", "anode": "silicon", "targets": MANY, "scale": "particle", "c_rate": "2C"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "sei-growth"), "scale": "atomic"},
    {"ion": "Li", "anode": "graphite", "targets": ("sei-growth",), "facilities": ("potentiostat",)},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


@by_question
@pytest.mark.parametrize("most", [1, 3, 20])
def test_rows_and_what_is_left_out(kb, words, most):
    """As many options and goals as there is room for; options, exclusions and goals left out are counted."""
    advice = advise(kb, **words)
    found = matrix(advice, most)
    assert [kb.name(option.id) for option in advice.ranking[:most]] == [row[0] for row in found.rows]
    assert [f"{option.score:.0f}" for option in advice.ranking[:most]] == [row[1] for row in found.rows]
    assert min(MOST_GOALS, len(advice.goals)) == len(found.goals)
    assert all(len(row) == len(found.goals) + 3 for row in found.rows)
    left = {
        "more option": len(advice.ranking) - len(found.rows),
        "excluded": len(advice.excluded),
        "more goal": len(advice.goals) - len(found.goals),
    }
    for what, count in left.items():
        plural = "s" if count > 1 and what != "excluded" else ""
        assert (f"{count} {what}{plural}" in found.legend) == (count > 0)
    assert ("--full" in found.legend) == any(left.values())


@by_question
def test_brackets_are_explained_where_there_are_some(kb, words):
    """The signs are explained always, brackets where one is shown."""
    found = matrix(advise(kb, **words))
    bracketed = any(cell.startswith("(") for row in found.rows for cell in row[2:-1])
    assert found.legend.startswith(LEGEND)
    assert bracketed == (HELD_BACK in found.legend)


@by_question
def test_signs(kb, words):
    """A minus for nothing, else as many plus signs as the rating; in brackets where scale or rate hold it back."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        for sighting in seen(option.route, advice.problem):
            value, mark = float(sighting.value()), sign(sighting)
            assert (mark == "-") == (value == 0)
            if value:
                assert sighting.rating == mark.count("+")
                assert mark.startswith("(") == sighting.held_back


def test_five_options_unless_told_otherwise(kb):
    """What does not fit on the first screen is left to the full answer."""
    advice = advise(kb, ion="Li", anode="silicon", targets=MANY)
    assert len(advice.ranking) > 5
    assert matrix(advice, 5) == matrix(advice)


def test_nothing_to_show(kb):
    """Without a ranking there is no matrix."""
    assert matrix(advise(kb, targets=("crystalline-phase",), facilities=("potentiostat",))) is None
