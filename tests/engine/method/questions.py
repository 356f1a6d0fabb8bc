"""Random questions for the tests that search."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from engine.knowledge import ANODES, IONS
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.knowledge.vocabulary import CRITERIA

KB = load_knowledge_base()
TIERS = ("low", "moderate", "high", "very-high", "unlimited")
SCALES = (None, "atomic", "particle", "electrode", "cell")
searched = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])

targets = st.lists(st.sampled_from(sorted(KB.askable)), min_size=1, max_size=4, unique=True)
facilities = st.lists(st.sampled_from(sorted(KB.facilities)), min_size=1, max_size=5, unique=True)
weights = st.tuples(*[st.integers(0, 20)] * len(CRITERIA)).filter(any)


@st.composite
def questions(draw):
    """Words of a question, each answer given or left out."""
    words = {
        "ion": draw(st.sampled_from([None, *IONS])),
        "anode": draw(st.sampled_from([None, *ANODES, *sorted(KB.materials)])),
        "targets": draw(targets),
        "budget": draw(st.sampled_from([None, *TIERS])),
        "max_preparation": draw(st.sampled_from([None, *TIERS])),
        "facilities": draw(st.one_of(st.just([]), facilities)),
        "scale": draw(st.sampled_from(SCALES)),
        "c_rate": draw(st.sampled_from([None, "C/20", "C/2", "1C", "5C"])),
    }
    return words | {"weights": spelled(draw(weights))}


def spelled(values):
    """Weights as a user would write them."""
    return [f"{criterion}={value:g}" for criterion, value in zip(CRITERIA, values, strict=True)]


def scores(advice):
    """Scores by option, to nine digits."""
    return {option.id: round(option.score, 9) for option in advice.ranking}
