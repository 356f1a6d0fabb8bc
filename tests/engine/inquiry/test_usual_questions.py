"""What studies of a material asked is told where a researcher names no target, counted from the list."""

from collections import Counter

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.inquiry.usual_questions import usual_questions
from insitu_advisor.engine.words.inquiries import usually_asked

SYSTEMS = [
    (material, ion) for material in ("hard-carbon", "graphite", "silicon", "antimony") for ion in ("Li", "Na", "K")
]


def _counted(kb, material, ion):
    return Counter(
        target
        for study in kb.studies.values()
        if material in study.materials and ion in study.ions
        for target in study.asked
    )


@pytest.mark.parametrize(("material", "ion"), SYSTEMS)
def test_counted_from_the_list(kb, material, ion):
    """Every target told was asked by so many studies, at least two, and is not assumed; the most asked come first."""
    advice = recommend(ask(kb, anode=material, ion=ion), kb)
    usual, counts = usual_questions(advice), _counted(kb, material, ion)
    often = {target for target, count in counts.items() if count >= 2} - set(advice.question.target_ids)
    if usual is None:
        assert set() == often
        return
    told = dict(usual.targets)
    assert {target: counts[target] for target in told} == told
    assert set(told) <= often
    assert min(3, len(often)) == len(told)
    assert sorted(told.values(), reverse=True) == list(told.values())
    assert all(counts[target] <= min(told.values()) for target in often - set(told))


def test_sodium_in_hard_carbon(kb):
    """What people ask of sodium in hard carbon, ion environment and pore filling, is named and its command given."""
    advice = recommend(ask(kb, anode="hard carbon", ion="Na"), kb)
    text = usually_asked(advice, usual_questions(advice))
    assert "hard carbon with sodium" in text
    assert text.index("about ion environment") < text.index("about pore filling")


@pytest.mark.parametrize("words", [{"anode": "alloy"}, {"anode": "hard carbon", "targets": "SEI"}, {"anode": "lead"}])
def test_silent_otherwise(kb, words):
    """Nothing is told for a type without a material, for a target that was named, or where no study tells more."""
    assert usual_questions(recommend(ask(kb, ion="K", **words), kb)) is None
