"""The short answer: what it repeats of the question, and how it keeps to its few lines."""

import pytest

from engine.checks import advise, asked
from insitu_advisor.engine.inquiry.precedents import nearest
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.brief import ONE_LINE, TWO_LINES, brief, first_sentences, how_read, within

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


@pytest.mark.parametrize("length", range(8, 14))
def test_a_text_that_is_too_long_is_cut(length):
    """A text of ten signs stays; a longer one is ten signs long with dots at its end."""
    text = "x" * length
    found = within(text, 10)
    assert found == (text if length <= 10 else "x" * 7 + "...")


@pytest.mark.parametrize(
    ("most", "kept"),
    [(3, "One."), (8, "One."), (9, "One. Two."), (13, "One. Two."), (14, "One. Two. Six."), (20, "One. Two. Six.")],
)
def test_as_many_sentences_as_fit(most, kept):
    """At least the first sentence; each further one only where all of it fits."""
    assert kept == first_sentences("One. Two. Six.", most)


@by_question
def test_what_was_given_is_repeated(kb, words):
    """Ion, rate, scale, cell, electrolyte and temperature stand in the first line where they were given."""
    advice = advise(kb, **words)
    question, line = advice.question, brief(advice, None).system
    assert (f"{question.ion.value}-ion" if question.ion.value else "any ion") in line
    for answer, said in (
        (question.scale, "scale"), (question.cell, "cell"), (question.electrolyte, "electrolyte"),
        (question.temperature, "°C"),
    ):  # fmt: skip
        assert (answer.value is not None and answer.value != ()) == (f" {said}" in line)
    assert line[0].upper() == line[0]


@by_question
def test_goals_are_repeated_with_their_weights(kb, words):
    """Assumed goals are called assumed; a weight is told where it is not one; one goal is no list."""
    advice = advise(kb, **words)
    answer, line = advice.question.targets, brief(advice, None).goals
    assert (answer.source == "assumed") == ("You named no goal" in line)
    if answer.source != "assumed":
        assert line.startswith("Goals: " if len(answer.value) > 1 else "Goal: ")
    for goal in answer.value:
        assert goal.weight == 1 or f"(x{goal.weight:g})" in line


@by_question
def test_the_pitfall_fits_on_two_lines(kb, words):
    """It is the beginning of the first warning of the first place that fits, or that the material hardly reacts."""
    advice = advise(kb, **words)
    watch = brief(advice, None).watch
    route = advice.best.route
    spots = [f"{spot.technique}: {spot.says.text}" for spot in cautions.blind_spots(advice, route)]
    every = spots + [reason.text for reason in cautions.cautions(advice, route)]
    if doubt := cautions.hardly_reacts(advice):
        assert watch == doubt[0]
        return
    fitting = [text for text in every if len(first_sentences(text)) <= TWO_LINES]
    assert bool(fitting) == (watch is not None)
    if watch:
        assert fitting[0].startswith(watch.text)
        assert len(watch.text) <= TWO_LINES


@by_question
def test_the_study_is_the_nearest(kb, words):
    """The study nearest to the answer, with its source."""
    advice = advise(kb, **words)
    near, found = nearest(advice), brief(advice, None).seen
    assert (near is None) == (found is None)
    if found:
        assert (near[1].reference,) == found.sources
        year = kb.references[near[1].reference].year
        assert year is None or str(year) in found.text


@by_question
def test_the_next_command_fits_on_a_line(kb, words):
    """The report of this very question, in full where one line holds it."""
    line = brief(advise(kb, **words), None).next
    assert len(line) <= ONE_LINE
    assert "-o report.html" in line


def test_where_nothing_passes_the_exclusion_can_be_looked_up(kb):
    """There is no first place to warn of and no study of it; the next command explains an option that is out."""
    advice = advise(kb, targets=("crystalline-phase",), facilities=("potentiostat",))
    found = brief(advice, None)
    assert (None, None, None) == (found.watch, found.seen, found.matrix)
    assert "insitu-advisor why " in found.next


@pytest.mark.parametrize("sentence", ["does our silicon crack", "does our silicon crack, we have a TEM"])
def test_limits_read_from_a_sentence_are_shown(kb, sentence):
    """Instruments read from a sentence are named, and nothing is said of them where none was read."""
    question = asked(kb, sentence=sentence)
    line = brief(advise(kb, sentence=sentence), None).system
    assert line.startswith("Understood: ")
    assert (question.facilities.source == "understood") == ("only with" in line or "without" in line)


def test_words_without_use_are_told(kb):
    """What of a sentence gave no answer is quoted; a plain question has nothing to tell."""
    question = asked(kb, sentence="does our silicon crack near the zeppelin")
    assert question.said.unused
    assert all(f"'{word}'" in how_read(question) for word in question.said.unused[:2])
    assert "" == how_read(asked(kb, ion="Li", anode="graphite"))
