"""The short answer: what it repeats of the question, and how it keeps to its few lines."""

import pytest

from engine.checks import advise, asked
from engine.words.short_questions import by_question
from insitu_advisor.engine.inquiry.precedents import nearest
from insitu_advisor.engine.words.brief import ONE_LINE, brief, how_read, within


@pytest.mark.parametrize("length", range(8, 14))
def test_a_text_that_is_too_long_is_cut(length):
    """A text of ten signs stays; a longer one is ten signs long with dots at its end."""
    text = "x" * length
    found = within(text, 10)
    assert found == (text if length <= 10 else "x" * 7 + "...")


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
    advice = advise(kb, sentence="does our silicon crack near the zeppelin")
    unused = advice.question.said.unused
    assert unused
    assert all(f"'{word}'" in how_read(advice) for word in unused[:2])
    assert "" == how_read(advise(kb, ion="Li", anode="graphite"))


def test_a_note_is_not_dropped_in_silence(kb):
    """Three ions give a hint for each of the other two; where notes take more than two lines, they are counted."""
    advice = advise(kb, sentence="compare the staging of Li, Na and K in soft carbon")
    assert all(f"--versus-ion {ion}" in how_read(advice) for ion in ("Na", "K"))
    many = tuple(f"note number {count} that is about as long as half a line" for count in range(9))
    question = advice.question._replace(said=advice.question.said._replace(notes=many))
    told = how_read(advice._replace(question=question))
    shown = sum(note.capitalize() in told for note in many)
    assert 1 < shown < len(many)
    assert f"{len(many) - shown} more notes: --full" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"ion": "Li", "anode": "SnO2", "targets": ("fracture",)}, ""),
        ({"ion": "K", "anode": "VS4", "targets": ("reaction-intermediates",)}, "Another material: "),
        ({"ion": "K", "anode": "antimony", "targets": ("amorphous-order",)}, "Another material: "),
        ({"ion": "Li", "anode": "lithium metal", "targets": ("ion-inventory",)}, ""),
        ({"ion": "Li", "anode": "alloy", "targets": ("fracture",)}, ""),
    ],
    ids=lambda each: "-".join(map(str, each.values())) if isinstance(each, dict) else None,
)
def test_a_study_of_another_material_is_called_so(kb, words, said):
    """The study shown is on the material that was named, or says that it is on another one."""
    seen = brief(advise(kb, **words), None).seen.text
    assert seen.startswith(said)
    assert bool(said) == ("nother material: " in seen)


def test_techniques_that_are_compared_lead_to_a_comparison(kb):
    """Two techniques named stand in the table and in the next command; one that is out leads to `why`."""
    found = brief(
        advise(kb, sentence="NMR or EIS for the onset of lithium plating on graphite at 4C, pouch cell"), None
    )
    assert {"NMR", "EIS"} <= {row[0] for row in found.matrix.rows}
    assert found.next.startswith("insitu-advisor compare nmr eis")
    out = brief(advise(kb, sentence="would XPS show the SEI on silicon in a sealed pouch cell with lithium"), None)
    assert out.next.startswith("insitu-advisor why xps")
