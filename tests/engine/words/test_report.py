"""What only a report says: why an option is behind, what to decide after a step, and how many points a rate leaves."""

import re

import pytest

from engine.checks import advise
from engine.pinned import pinned
from insitu_advisor import plan
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words.report import (
    HALF_STEP,
    HELD_BACK,
    HOW_TO_READ,
    afterwards,
    behind,
    how_to_read,
    rate_text,
    weaker,
    weaker_text,
)
from insitu_advisor.engine.words.sentences import goal_names, listed
from insitu_advisor.knowledge.technique import Figure

MANY = ("crystalline-phase", "sei-composition", "fracture", "ion-diffusion", "gas-evolution")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY, "scale": "particle", "c_rate": "2C"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "sei-growth"), "scale": "atomic"},
    {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase",)},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


def _worth(advice, route):
    return {each.goal: float(each.value()) for each in seen(route, advice.problem)}


@by_question
def test_weaker_in_what_the_chosen_one_answers(kb, words):
    """Only goals that the chosen option answers count, and only where the other sees truly less."""
    advice = advise(kb, **words)
    for chosen in advice.ranking:
        for other in advice.ranking:
            mine, theirs = _worth(advice, chosen.route), _worth(advice, other.route)
            expected = [goal for goal in mine if mine[goal] >= 0.5 and theirs[goal] < mine[goal]]
            assert expected == list(weaker(advice, chosen.route, other.route))
            text = weaker_text(advice, tuple(expected), other.route)
            blind = [goal for goal in expected if not theirs[goal]]
            assert not blind or f"blind to {listed(goal_names(kb, blind))}" in text


@by_question
def test_why_an_option_is_behind(kb, words):
    """How many points behind the first it is; what it sees less of, else what it costs more."""
    advice = advise(kb, **words)
    best = advice.best
    worse = {
        "information": "answers less",
        "track-record": "less often used",
        "cost": "more expensive",
        "preparation": "harder to prepare",
    }
    for option in advice.ranking[1:]:
        text = behind(advice, option)
        gap = round(best.score) - round(option.score)
        assert text.startswith(f"{gap} point{'s' * (gap > 1)} behind" if gap else "As many points")
        if lost := weaker(advice, best.route, option.route):
            assert text.endswith(weaker_text(advice, lost, option.route))
            continue
        points = {part.criterion: part.points for part in option.parts}
        lost_by = {part.criterion: part.points - points[part.criterion] for part in best.parts}
        for criterion, said in worse.items():
            assert (lost_by.get(criterion, 0.0) > 0.05) == (said in text)


@by_question
def test_what_to_decide_after_each_experiment(kb, words):
    """After the last one stop; before it the next is named with what it adds, and what is open is told."""
    found = plan(advise(kb, **words))
    last = len(found.best.experiments) - 1
    for place in range(last + 1):
        text, stage = afterwards(found, place), found.stages[place]
        assert ("go on" in text.lower()) == (place < last)
        for goal in goal_names(kb, stage.unanswered):
            assert goal.lower() in text.lower()
        if place < last:
            follower = found.best.experiments[place + 1]
            assert follower.way.technique.short in text
            assert listed(goal_names(kb, (each.goal for each in follower.adds))) in text
            assert text.startswith("Not answered yet: ") == bool(stage.unanswered)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (("XRD", "80", "+++", "-", "low"), ()),
        (("XRD", "80", "(++)", "+", "low"), (HELD_BACK,)),
        (("XRD", "80", "+++", "++", "low+"), (HALF_STEP,)),
        (("XRD", "80", "(+++)", "low+"), (HELD_BACK, HALF_STEP)),
    ],
)
def test_signs_are_explained_where_they_occur(cells, said):
    """Brackets are explained where a cell has some, half steps where a word ends in a plus; signs alone are no step."""
    told = [f"{one}." if one == HELD_BACK else one for one in said]
    assert " ".join((HOW_TO_READ, *told)) == how_to_read([("EIS", "70", "+", "+", "moderate"), cells])


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.5, "500 ms"), (1.0, "1 s"), (599.0, "599 s"), (600.0, "10 min"), (1800.0, "30 min"),
    ],
)  # fmt: skip
def test_times_are_told_in_the_unit_that_suits(kb, seconds, said):
    """Below a second in ms, from ten minutes on in minutes."""
    figure = Figure(quantity="time-per-point", value=seconds, unit="s", means="One pattern.")
    way = advise(pinned(kb, resolution=(figure,)), ion="Li", anode="alloy").system.ways["xrd"][0]
    assert rate_text(way, 0.1).endswith(f" of {said} each.")


@pytest.mark.parametrize(
    ("seconds", "points"),
    [(36_000.0, "1"), (72_000.0, "less than one"), (1000.0, "36"), (290.0, "120"), (7.0, "5,100")],
)
def test_points_are_counted_to_two_digits(kb, seconds, points):
    """A half-cycle at C/10 lasts 36,000 s; the number of points is told to two digits, and never as nought."""
    figure = Figure(quantity="time-per-point", value=seconds, unit="s", means="One pattern.")
    way = advise(pinned(kb, resolution=(figure,)), ion="Li", anode="alloy").system.ways["xrd"][0]
    assert re.search(rf": {points} data points? of ", rate_text(way, 0.1))


def test_short_half_cycles_are_told_in_minutes(kb):
    """From one hour on in hours, below in minutes."""
    way = advise(kb, ion="Li", targets=("crystalline-phase",)).system.ways["xrd"][0]
    assert "lasts 1 h" in rate_text(way, 1.0)
    assert "lasts 59.9 min" in rate_text(way, 60 / 59.9)
