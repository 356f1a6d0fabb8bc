"""The question line by line: every answer with where it comes from."""

import re

import pytest

from engine.checks import advise
from insitu_advisor.engine.words.asked import question_lines
from insitu_advisor.engine.words.report import asked_line, assumed_line

QUESTIONS = (
    {},
    {"ion": "K", "anode": "alloy", "weights": ["frugal"]},
    {"ion": "Li", "anode": "silicon", "targets": ("fracture=2", "sei-growth"), "c_rate": "2C", "budget": "high"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling=3",), "temperature": 60.0, "scale": "particle"},
    {"ion": "Li", "anode": "Si", "cell": ("coin",), "facilities": ("lab-xrd", "potentiostat")},
    {"weights": ["information=3", "track-record=0", "cost=1", "preparation=0"], "electrolyte": "carbonate"},
)
by_question = pytest.mark.parametrize(
    "words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())) or "open"
)
SELDOM = {"cell", "electrolyte", "temperature"}


@by_question
def test_every_answer_has_its_line(kb, words):
    """Every answer once with its source; those seldom given only where they were given."""
    question = advise(kb, **words).question
    lines = {line.field: line for line in question_lines(advise(kb, **words))}
    for field in ("anode", "ion", "targets", "budget", "max_preparation", "facilities", "scale", "c_rate", "weights"):
        assert getattr(question, field).source == lines[field].source
    assert {field for field in SELDOM if getattr(question, field).source != "assumed"} == SELDOM & set(lines)
    assert all(line.value for line in lines.values())


@by_question
def test_weights_of_goals_are_told_where_they_differ(kb, words):
    """Goals of the same weight need no number, whatever it is."""
    advice = advise(kb, **words)
    (line,) = (line for line in question_lines(advice) if line.field == "targets")
    weights = [goal.weight for goal in advice.question.targets.value]
    for weight in weights:
        assert (f"(weight {weight:g})" in line.value) == (len(set(weights)) > 1)


@by_question
def test_weights_are_told_as_shares(kb, words):
    """The criteria that take part, in percent that add up to a hundred, after the name of a profile."""
    advice = advise(kb, **words)
    (line,) = (line for line in question_lines(advice) if line.field == "weights")
    profile, _, shares = line.value.rpartition(": ")
    assert (advice.question.weights.value.profile or "") == profile
    told = {word: float(number.rstrip("%")) for word, number in (part.rsplit(" ", 1) for part in shares.split(", "))}
    assert len(advice.shares) == len(told)
    assert sum(told.values()) == pytest.approx(100, abs=0.2)


@by_question
def test_what_was_given_and_what_was_assumed(kb, words):
    """Limits that were given stand in the line of the question; every answer that was not given is called assumed."""
    advice = advise(kb, **words)
    lines = question_lines(advice)
    given, assumed = asked_line(advice), assumed_line(advice)
    assert given.endswith(".")
    assert ("any ion" in given) == (advice.question.ion.value is None)
    for line in lines:
        label = line.label if line.label.startswith("C-") else line.label.lower()
        assert (line.source == "assumed") == bool(re.search(rf"\b{label}\b", assumed))
        if line.field in {"budget", "max_preparation", "scale", "c_rate", *SELDOM}:
            assert (f"{label}: {line.value}" in given) == (line.source != "assumed")
