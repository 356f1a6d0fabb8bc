"""What the asked scale or rate holds back is bracketed in every matrix, and said in words where there is none."""

import itertools

import pytest

from engine.checks import advise
from insitu_advisor import compare, plan
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words import matrix, report
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reach import gap_text
from insitu_advisor.engine.words.steps import strengths
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages import compare as compare_pages
from insitu_advisor.render.pages import pictures
from insitu_advisor.render.pages import plan as plan_pages

SYSTEMS = ({"ion": "Na", "anode": "Sn"}, {"ion": "Li", "anode": "silicon"}, {"ion": "K", "anode": "graphite"})
GOALS = (("crystalline-phase", "fracture"), ("sei-composition", "ion-environment"), ("heterogeneity",))
SPEEDS = ({}, {"c_rate": "1C"}, {"scale": "particle"}, {"scale": "atomic", "c_rate": "5C"})
QUESTIONS = [{**s, "targets": g, **o} for s, g, o in itertools.product(SYSTEMS, GOALS, SPEEDS)]


def _signs(advice, option):
    return {each.goal: matrix.sign(each) for each in seen(option.route, advice.problem)}


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))
def test_one_rule_for_every_page(kb, words):
    """First screen, report, coverage, comparison, plan and sentences hold back the same sightings."""
    advice = advise(kb, **words)
    if advice.best is None:
        return
    cells = {row[0]: row[1:] for row in pictures.coverage(advice, None).rows}
    short = matrix.matrix(advice, len(advice.ranking))
    beside = text.render(compare_pages.page(compare(advice, list(kb.options)[:3])), kb)
    for place, option in enumerate(advice.ranking):
        assert tuple(_signs(advice, option).values()) == short.rows[place][2:-1]
        assert tuple(_signs(advice, option).values()) == report.signs(advice, option.route, advice.goals)
        for each in seen(option.route, advice.problem):
            held = bool(each.value()) and each.held_back
            limit = wording.shortfall(advice, each)
            assert held == matrix.sign(each).startswith("(") == cells[kb.goals[each.goal].name][place].startswith("(")
            assert not held or limit
            assert not held or limit in wording.sees(advice, option.route)
            assert not held or option.id not in list(kb.options)[:3] or limit in beside
            if held and each.rating > 1 and option.kind == "technique":
                assert limit in strengths(advice, each.way)
    assert ("( )" in short.legend) == any("(" in cell for row in short.rows for cell in row[2:-1])
    made = plan(advice)
    planned = text.render(plan_pages.page(made), kb)
    for experiment in made.best.experiments:
        assert all(wording.shortfall(advice, each) in planned for each in experiment.adds if each.value())


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))
def test_more_plus_signs_without_a_bracket_are_worth_more(kb, words):
    """Of two signs without a bracket the longer one is worth more, so that no reader finds the order upside down."""
    advice = advise(kb, **words)
    free = [
        each
        for option in advice.ranking
        for each in seen(option.route, advice.problem)
        if each.value() and not each.held_back
    ]
    for one, other in itertools.permutations(free, 2):
        assert one.goal != other.goal or one.rating <= other.rating or one.value() > other.value()


def test_what_is_held_back_is_no_hint(kb):
    """A goal that is seen well but not as asked is said to be so, and only a hint is called one."""
    said = {True: 0, False: 0}
    hints = {"ion": "Li", "anode": "silicon", "targets": ("fracture",), "facilities": ("lab-xrd",)}
    for words in (*QUESTIONS, hints):
        advice = advise(kb, **words)
        for gap in unanswered(advice):
            if gap.hint:
                told = gap_text(advice, (gap,))
                assert ("only hints" in told) == (gap.hint.rating == 1)
                assert ("as you asked" in told) == (gap.hint.rating > 1)
                said[gap.hint.rating == 1] += 1
    assert all(said.values())


def test_a_way_with_a_clock_of_its_own(kb):
    """TEM at 1C: the bracket and the words for it stand wherever TEM stands, and nowhere without a rate."""
    asked = {"ion": "Na", "anode": "Sn", "targets": ("crystalline-phase", "fracture")}
    fast, free = advise(kb, **asked, c_rate="1C"), advise(kb, **asked)
    assert {"crystalline-phase": "(++)", "fracture": "(+++)"} == _signs(fast, fast.option("tem"))
    assert "not at 1C since its cell has no C-rate" in wording.sees(fast, fast.option("tem").route)
    assert {"crystalline-phase": "++", "fracture": "+++"} == _signs(free, free.option("tem"))
    assert isinstance(fast.option("tem"), Ranked)
