"""What is narrower than a goal: asked by its own name only, and seen as the whole is unless something is said of it."""

import pytest

from engine.checks import advise, ranked_ids
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.knowledge.loader import load_knowledge_base

KB = load_knowledge_base()
NARROWER = [(key, goal) for key, target in KB.targets.items() for goal in target.narrower]


def _goals(**words):
    return [goal.id for goal in ask(KB, **words).targets.value]


def _ratings(way_of, goal):
    return {f"{way.technique_id} {way.variant_id}": way.ratings[goal] for ways in way_of.values() for way in ways}


def test_there_are_some():
    """Else nothing below is tried."""
    assert NARROWER


@pytest.mark.parametrize(("whole", "goal"), NARROWER)
def test_the_whole_does_not_ask_for_it(whole, goal):
    """Asking for the whole asks for it alone; both are asked where both are named."""
    assert (whole,) == advise(KB, ion="Li", targets=[whole]).problem.goal_ids
    assert (goal,) == advise(KB, ion="Li", targets=[goal]).problem.goal_ids
    assert (whole, goal) == advise(KB, ion="Li", targets=[whole, goal]).problem.goal_ids


@pytest.mark.parametrize(("whole", "goal"), NARROWER)
@pytest.mark.parametrize("anode", ["graphite", "silicon", "lithium metal"])
@pytest.mark.parametrize("electrolyte", ["carbonate", "sulfide", None])
def test_it_is_seen_as_the_whole_unless_by_name(whole, goal, anode, electrolyte):
    """Rules on the whole move it along; what a way is blind to by name stays dark."""
    ways = advise(KB, ion="Li", anode=anode, electrolyte=electrolyte, targets=[goal]).system.ways
    seen, of_whole = _ratings(ways, goal), _ratings(ways, whole)
    for found in ways.values():
        for way in found:
            entries = (way.variant, way.technique)
            dark = {goal for entry in entries for goal in entry.blind_to}
            named = dark | {goal for entry in entries for goal in entry.information}
            name = f"{way.technique_id} {way.variant_id}"
            if goal not in named:
                assert seen[name] == of_whole[name], name
            elif goal in dark:
                assert 0 == seen[name], name


@pytest.mark.parametrize(
    ("sentence", "goals"),
    [
        ("is there LiF in the SEI on graphite", ["sei-fluorides"]),
        ("does NaF form on hard carbon with Na", ["sei-fluorides"]),
        ("what is in the SEI on silicon with Li, and does LiF form", ["sei-composition", "sei-fluorides"]),
        ("K||K symmetric cell, what's in the SEI, any KF?", ["sei-composition", "sei-fluorides"]),
        ("what is the SEI on graphite made of", ["sei-composition"]),
    ],
)
def test_in_sentences(sentence, goals):
    """A salt that is named is asked about, beside the whole where that is named too."""
    assert goals == _goals(sentence=sentence)


def test_no_light_is_asked_about_rock_salt():
    """LiF has no first-order Raman line, and its infrared band lies below the window."""
    ranked = ranked_ids(advise(KB, ion="Li", anode="graphite", targets=["LiF"]))
    assert "xps" == ranked[0]
    assert {"raman", "ftir"}.isdisjoint(ranked)


def test_the_printed_command_asks_the_same():
    """A question with both keeps both."""
    said = ask(KB, sentence="what is in the SEI on silicon with Li, and does LiF form")
    assert "--target sei-composition --target sei-fluorides" in " ".join(arguments(said))
