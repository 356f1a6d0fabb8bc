"""Questions of every kind whose answers have to fit a screen."""

import pytest

QUESTIONS = (
    {},
    {"ion": "K", "anode": "alloy"},
    {"ion": "Na", "anode": "graphite"},
    {"ion": "Li", "anode": "silicon", "targets": ("fracture",), "scale": "particle", "c_rate": "2C"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling=2", "sei-growth"), "temperature": 60.0},
    {"ion": "Li", "anode": "graphite", "targets": ("metal-plating", "fracture", "sei-growth", "gas-evolution")},
    {"ion": "Li", "anode": "SnO2", "cell": ("coin",), "electrolyte": "carbonate", "facilities": ("department",)},
)
by_question = pytest.mark.parametrize(
    "words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())) or "open"
)
