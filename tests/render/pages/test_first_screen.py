"""What a first screen keeps where room is short."""

import pytest

from engine.checks import advise
from insitu_advisor import certify
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages import recommend as page

MANY = ("oxidation-state", "metal-plating", "electrolyte-decomposition", "fracture", "sei-composition")
QUESTIONS = (
    {"ion": "Li", "anode": "graphite", "targets": MANY[:2], "cell": ("full",)},
    {"ion": "Li", "anode": "graphite", "targets": MANY, "cell": ("full", "pouch"), "temperature": -20.0},
    {"ion": "K", "anode": "alloy", "targets": MANY, "c_rate": "2C", "electrolyte": "ether"},
    {"ion": "Li", "targets": MANY[1:3], "electrolyte": "ether"},
    {"ion": "Na", "anode": "hard carbon", "targets": MANY[1:], "scale": "particle", "cell": ("coin",)},
    {"sentence": "NMR, EIS or XRD for plating, cracks on graphite in Li pouch cells at -20 °C, 4C, O redox, purple"},
)


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values()))[:60])
def test_why_stays_where_room_is_short(kb, words):
    """However many goals are asked, the screen fits and says what to do and why: in a sentence, or by the signs."""
    advice = advise(kb, **words)
    said = text.render(page.page(advice, certify(advice, 200)), kb, 80).splitlines()
    assert len(said) <= page.SCREEN
    for label in ("DO ", "SURE ", "NEXT "):
        assert any(line.startswith(label) for line in said), label
    why, table = (any(line.startswith(start) for line in said) for start in ("WHY ", "+++ best"))
    assert why or table
    assert why or len(advice.goals) > 4


def test_a_circumstance_outlasts_a_precedent(kb):
    """In the cold the warning of the cold stays, where there is room for it or for a study and not for both."""
    cold = {"ion": "Li", "anode": "graphite", "targets": ("metal-plating-onset",), "cell": ("cylindrical",)}
    advice = advise(kb, **cold, c_rate="2C", temperature=-10.0)
    assert "WATCH  EIS: In the cold" in text.render(page.page(advice, certify(advice, 200)), kb, 80)
