"""What is said of goals that nobody within reach answers, and of techniques outside the eight."""

import pytest

from engine.checks import advise
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.outside import outside, usual_for
from insitu_advisor.engine.words.reach import gap_text, outside_note
from insitu_advisor.engine.words.sentences import options_of

QUESTIONS = (
    {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase", "sei-growth"), "facilities": ("potentiostat",)},
    {"ion": "K", "anode": "alloy", "targets": ("gas-evolution", "fracture", "crystalline-phase")},
    {"ion": "K", "anode": "alloy", "targets": ("gas-evolution", "fracture"), "facilities": ("potentiostat",)},
    {"ion": "Li", "anode": "silicon", "targets": ("fracture", "sei-composition"), "budget": "low"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "heterogeneity"), "scale": "atomic"},
    {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase",)},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


def _sentence(kb, text, goal):
    """The sentence that speaks of a goal."""
    return next(sentence for sentence in text.split(". ") if kb.goals[goal].name in sentence)


@by_question
def test_each_gap_is_told_once_with_what_would_close_it(kb, words):
    """Every unanswered goal is named, with the options that would bring an answer, or that there is none."""
    advice = advise(kb, **words)
    missing = unanswered(advice)
    text = gap_text(advice, missing)
    assert bool(missing) == bool(text)
    for gap in missing:
        sentence = _sentence(kb, text, gap.goal)
        if gap.route is None:
            assert "none of the eight would answer it" in sentence
            other = usual_for(advice, gap.goal)
            end = f"{kb.outside[other].name} does" if other else "would answer it"
            assert sentence.rstrip(".").endswith(end) or (gap.barred and "nearest way out" in text)
        else:
            assert options_of(gap.changes) in sentence
        assert ("within your limits" in sentence) == advice.problem.limited


@by_question
def test_a_hint_is_called_a_hint(kb, words):
    """A sentence speaks of hints where one of its goals has a hint, else of nothing at all."""
    advice = advise(kb, **words)
    missing = unanswered(advice)
    text = gap_text(advice, missing)
    for gap in missing:
        sentence = _sentence(kb, text, gap.goal)
        alike = [other for other in missing if kb.goals[other.goal].name in sentence]
        assert ("only hints" in sentence) == any(other.hint for other in alike)


def test_several_goals_with_one_remedy_share_a_sentence(kb):
    """What one instrument would answer is told in one sentence, not in one for each goal."""
    words = {"ion": "Li", "anode": "silicon", "targets": ("fracture", "crystalline-phase", "lattice-strain")}
    advice = advise(kb, **words, facilities=("potentiostat",))
    missing = unanswered(advice)
    remedies = {(gap.route, gap.changes, gap.hint is None) for gap in missing}
    assert len(remedies) < len(missing)
    assert len(remedies) == gap_text(advice, missing).count("would answer it")


@by_question
@pytest.mark.parametrize("most", [1, 2, None])
def test_no_outsider_twice_and_none_left_out_in_silence(kb, words, most):
    """Techniques outside the eight are named but for those that a gap names already; those left out are counted."""
    advice = advise(kb, **words)
    missing = unanswered(advice)
    told = {gap.goal for gap in missing if gap.route is None}
    expected = [each for each in outside(advice) if not each.goals or set(each.goals) - told]
    note = outside_note(advice, missing, most)
    assert bool(expected) == (note is not None)
    if note:
        shown = expected[:most]
        left = len(expected) - len(shown)
        assert all(each.item.name in note.text for each in shown)
        assert not any(each.item.name in note.text for each in expected[len(shown) :])
        assert {source for each in shown for source in each.item.sources} == set(note.sources)
        assert bool(left) == (f"{left} more: --full" in note.text)


def test_a_rule_that_bars_the_best_technique_names_the_way_out(kb):
    """Dead sodium in an unopened cell: nothing answers it, and the cell in which NMR would is named."""
    advice = advise(kb, ion="Na", anode="sodium metal", targets=("ion-inventory",), cell=("full", "unopened"))
    (gap,) = unanswered(advice)
    assert gap.route is None
    assert ["nmr"] == [way.technique_id for way in gap.barred.ways]
    assert "nmr-unopened-cell" in gap.barred.excluded_by
    text = gap_text(advice, (gap,))
    assert "The nearest way out is NMR: build a gas-tight cell without metal walls" in text
    poor = advise(kb, ion="Na", anode="sodium metal", targets=("ion-inventory",), cell=("unopened",), budget="low")
    assert all(gap.barred is None for gap in unanswered(poor))


def test_some_question_has_a_note_and_some_has_none(kb):
    """Both kinds are among the questions of this page."""
    notes = [outside_note(advise(kb, **words), ()) for words in QUESTIONS]
    assert {True, False} == {note is None for note in notes}
