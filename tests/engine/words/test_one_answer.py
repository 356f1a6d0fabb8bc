"""Commands agree: what one says of an option, a goal or a cell, every other says too."""

import itertools

import pytest

from batch.test_screen import rows_of
from engine.checks import advise
from insitu_advisor import certify, compare, plan, why_not
from insitu_advisor.batch.screening import csv_line, status
from insitu_advisor.engine.inquiry.gaps import nothing_answers, unanswered
from insitu_advisor.engine.inquiry.search import bring_in
from insitu_advisor.engine.method.advice import Ranked
from insitu_advisor.engine.method.criteria import ANSWERS, sight
from insitu_advisor.engine.method.ranking import scored
from insitu_advisor.engine.method.remedy import remedy
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.inquiries import decision, when_to_take
from insitu_advisor.engine.words.steps import do, most_telling, why
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages import compare as compare_pages
from insitu_advisor.render.pages import plan as plan_pages
from insitu_advisor.render.pages import recommend as recommend_pages
from insitu_advisor.render.pages import why as why_pages

TIN = {"ion": "Na", "anode": "Sn", "targets": ("crystalline-phase", "fracture"), "c_rate": "1C"}
SYSTEMS = (("Li", "graphite"), ("Na", "Sn"), ("K", "antimony"), ("Li", "silicon"))
GOALS = (
    ("crystalline-phase", "fracture"),
    ("gas-evolution",),
    ("sei-composition", "ion-environment"),
    ("ion-inventory",),
)
LIMITS = ({}, {"facilities": ("department",)}, {"facilities": ("potentiostat",)}, {"budget": "moderate"})


def _advices(kb):
    for (ion, anode), targets, limits in itertools.product(SYSTEMS, GOALS, LIMITS):
        yield advise(kb, ion=ion, anode=anode, targets=targets, **limits)


def test_compare_decides_as_the_ranking_does(kb):
    """The decision names the option with the most points, and no line says that nothing is better than anything."""
    for advice in _advices(kb):
        for options in itertools.combinations(kb.options, 3):
            found = compare(advice, options)
            ranked = [advice.option(option) for option in options if advice.ranks(option)]
            said = decision(found)
            first = [option for option in advice.ranking if option in ranked][:1]
            assert set(first) <= set(found.best)
            assert all(wording.option_name(option) in said for option in found.best)
            assert said.startswith("Take ") == (len(found.best) == 1 and not nothing_answers(advice))
            for side in found.sides:
                line = when_to_take(found, side)
                if isinstance(side.outcome, Ranked) and side.outcome not in found.best:
                    assert all(kb.name(option.id) in line for option in found.best)


def test_compare_of_the_tester(kb):
    """TEM, XRD and both at 1C end in a decision; each of the others has its own reason to be taken instead."""
    found = compare(advise(kb, **TIN), ("tem", "xrd", "xrd+tem", "raman"))
    assert decision(found).startswith("Take XRD (synchrotron) + TEM: 58 of 100, 13 points more than TEM")
    assert "TEM rather than XRD + TEM only if money is short" in when_to_take(found, found.sides[0])


def test_a_remedy_is_among_the_smallest_changes(kb):
    """The change that an exclusion names is among those that `why` lists, and it is never called the only one."""
    named = set()
    for advice in _advices(kb):
        for out in advice.excluded:
            assert "only if" not in wording.remedy_text(kb, out)
            kind = (out.id, out.failed)
            if out.remedy and len(out.remedy) == 1 and kind not in named:
                named.add(kind)
                assert out.remedy == bring_in(advice, out.id).changes[0]
    assert len(named) > 20


@pytest.mark.parametrize("anode", ["graphite", "silicon", "MoS2"])
@pytest.mark.parametrize("cell", ["unopened", "pouch", "coin"])
def test_nothing_brings_it_in_for_any_command(kb, anode, cell):
    """What an answer says to be beyond every change, no search brings in by leaving the rate open."""
    advice = advise(kb, ion="Li", anode=anode, targets=["metal-plating"], cell=(cell,), c_rate=3.0)
    open_rate = advise(kb, ion="Li", anode=anode, targets=["metal-plating"], cell=(cell,))
    beyond = {each.id for each in advice.excluded if not each.remedy}
    assert beyond.isdisjoint(option.id for option in open_rate.ranking)


def test_a_cap_is_raised_as_little_as_needed(kb):
    """Of several steps of one limit that bring an option in or first, only the shortest is named."""
    tried = 0
    for limits in ({"budget": "low"}, {"budget": "moderate"}, {"max_preparation": "low"}):
        advice = advise(kb, ion="Na", anode="Sn", targets=("fracture",), **limits)
        for option in kb.options:
            found = why_not(advice, option)
            for search in filter(None, (found.into, found.first)):
                for field in ("budget", "max_preparation"):
                    steps = [changes for changes in search.changes if [field] == [change.field for change in changes]]
                    now = getattr(advice.question, field).value
                    higher = [
                        c
                        for (c,) in steps
                        if now in TIERS and (c.value not in TIERS or TIERS.index(c.value) > TIERS.index(now))
                    ]
                    assert len(higher) <= 1, (option, limits)
                    tried += len(higher)
    assert tried


def test_a_reason_says_of_which_option_it_speaks(kb):
    """Where nothing passes, every sentence names its technique, and a blind one gives no reason where another sees."""
    asked = {"ion": "Li", "anode": "graphite", "targets": ("gas-evolution",), "c_rate": "3C", "cell": ("pouch",)}
    advice = advise(kb, **asked, facilities=("potentiostat",))
    told = why(plan(advice))
    assert "FTIR" in told
    assert "diffract" not in told
    for advice in _advices(kb):
        for out in most_telling(advice) if advice.best is None else ():
            names = [way.technique.short for way in out.route.ways]
            assert any(name in why(plan(advice)) for name in names) or out is not most_telling(advice)[0]
        for out in advice.excluded:
            reason = wording.exclusion_reason(advice, out).text
            assert "does not see" not in reason or any(way.technique.short in reason for way in out.route.ways)


def test_hints_are_called_hints_by_every_command(kb):
    """A table says `hint only` where `recommend` says that nothing answers, and `answered` where something does."""
    seen = set()
    for advice in _advices(kb):
        said = do(plan(advice))
        expected = "nothing passes" if not advice.ranking else "hint only" if nothing_answers(advice) else "answered"
        assert expected == status(advice)
        assert (expected == "hint only") == ("best hint" in said)
        seen.add(expected)
    assert {"nothing passes", "hint only", "answered"} == seen
    (row,) = rows_of(kb, "anode,ion,target\ngraphite,Li,gas\n")
    assert "hint only" == csv_line(row)[1]


def test_the_gap_names_the_best_remedy(kb):
    """Of what would answer a goal with as few changes nothing has a higher score."""
    for advice in _advices(kb):
        for gap in unanswered(advice):
            if gap.route is None:
                continue
            for technique in kb.techniques:
                for route in advice.system.routes[technique]:
                    changes = remedy(kb, route, advice.question, advice.problem)
                    if changes and sight(route.ways[0], gap.goal, advice.problem).value() >= ANSWERS:
                        best = scored("", gap.route, advice.problem).score
                        assert len(changes) > len(gap.changes) or scored("", route, advice.problem).score <= best


@pytest.mark.parametrize("casing", sorted(cautions.CASINGS))
def test_an_experiment_that_takes_no_such_cell_says_so(kb, casing):
    """Where the experiment of a plan runs in a cell of its own, the answer says at once that it is not yours."""
    said = set()
    for (ion, anode), targets in itertools.product(SYSTEMS, GOALS):
        advice = advise(kb, ion=ion, anode=anode, targets=targets, cell=(casing,))
        best = plan(advice).best
        own = best is not None and any(cautions.stands_in(advice, each.way) for each in best.experiments)
        assert own == (f"not in your {casing} cell" in do(plan(advice)))
        said.add(own)
        free = advise(kb, ion=ion, anode=anode, targets=targets)
        assert "not in your" not in do(plan(free))
    # What does not get into a can is out, so that it is in no plan.
    assert (casing != "cylindrical") == (True in said)


def test_what_was_asked_stands_above_every_page(kb):
    """Rate, scale, cell and temperature head `why`, `plan` and `compare` as they head `recommend`."""
    advice = advise(kb, **TIN, scale="particle", cell=("pouch",), temperature=45.0)
    pages = (
        plan_pages.page(plan(advice)),
        compare_pages.page(compare(advice, ("xrd", "tem"))),
        why_pages.page(why_not(advice, "xrd"), None),
    )
    for page in pages:
        said = text.render(page, kb)
        assert "Sn, Na-ion, 1C, particle scale, pouch cell, 45 °C. Goals: crystalline phases and fracture." in said


@pytest.mark.parametrize(
    "words",
    [
        {**TIN, "anode": "tin"},
        TIN,
        {"sentence": "does tin crack in sodium cells at 1C and which phases form"},
        {"sentence": "phases and cracks of Sn anodes in Na-ion cells at 1C"},
    ],
    ids=["tin", "Sn", "asking", "telling"],
)
def test_the_same_question_has_the_same_study(kb, words):
    """However a question is worded, its first screen names the study of this very anode, ion and goal."""
    advice = advise(kb, **words)
    said = text.render(recommend_pages.page(advice, certify(advice, 100)), kb, 80)
    assert "Tin nanoparticles with Na by TEM" in said
    assert len(said.splitlines()) <= recommend_pages.SCREEN


def test_why_says_what_its_search_leaves_alone(kb):
    """Where no change helps, what was kept as given is named: with a cell also the cell."""
    asked = {"ion": "Li", "anode": "graphite", "targets": ("sei-composition",)}
    for more, kept in (({}, "ion and anode kept"), ({"cell": ("pouch",)}, "ion, anode and cell kept")):
        page = text.render(why_pages.page(why_not(advise(kb, **asked, **more), "xps"), None), kb)
        assert "Goal: SEI composition." in page
        assert kept in page or "No change of one or two" not in page
    assert "ion, anode and cell kept as given" in page
