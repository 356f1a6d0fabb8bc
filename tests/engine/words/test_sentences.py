"""The sentences of an answer say what the answer holds, whatever the question."""

import re

import pytest

from engine.checks import advise
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.pace import pace
from insitu_advisor.engine.words.keeping_up import pace_text
from insitu_advisor.engine.words.sentences import (
    exclusion_reason,
    goal_names,
    headline,
    listed,
    sees,
    shortfall,
    some,
    system_name,
    tie,
)
from insitu_advisor.knowledge.tier import position

MANY = ("crystalline-phase", "sei-composition", "fracture", "ion-diffusion", "gas-evolution")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY},
    {"ion": "Li", "anode": "silicon", "targets": MANY, "scale": "particle", "c_rate": "2C"},
    {
        "ion": "Na",
        "anode": "hard carbon",
        "targets": ("pore-filling", "sei-growth"),
        "scale": "atomic",
        "c_rate": "C/5",
    },
    {"ion": "Li", "anode": "graphite", "targets": ("metal-plating",), "facilities": ("department",), "c_rate": "5C"},
)
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


@pytest.mark.parametrize("count", range(1, 8))
@pytest.mark.parametrize("most", [2, 4])
def test_some_names_and_how_many_more(count, most):
    """One name above the limit is still told, for "1 more" would be no shorter; above that the rest is counted."""
    names = [f"name{number}" for number in range(count)]
    text = some(names, most=most)
    told = [name for name in names if name in text]
    if count <= most + 1:
        assert (names, text) == (told, listed(names))
    else:
        assert names[:most] == told
        assert f"{count - most} more" in text
    assert some(names, most=2) == some(names)


def _value(sighting):
    return float(sighting.value())


@by_question
def test_what_a_route_sees_covers_every_goal_once(kb, words):
    """Every goal asked is told under its rating, or else as one that a way is too slow for or blind to."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        phrases = sees(advice, option.route).split("; ")
        for sighting in seen(option.route, advice.problem):
            seen_as = ("blind to", "hint only for", "good for", "best for")[sighting.rating]
            word = seen_as if _value(sighting) or not sighting.rating else "too slow for"
            (phrase,) = (phrase for phrase in phrases if kb.goals[sighting.goal].name in _names(kb, advice, phrase))
            assert phrase.startswith(word)


def _names(kb, advice, phrase):
    """The goals a phrase names; a name that another one holds is found only where it stands by itself."""
    names = sorted(goal_names(kb, advice.goals), key=len, reverse=True)
    found = []
    for name in names:
        if name in phrase:
            found.append(name)
            phrase = phrase.replace(name, "")
    return found


@by_question
def test_a_shortfall_is_said_where_scale_or_rate_hold_back(kb, words):
    """The scale where it is resolved in part or not at all, the rate where less than three quarters are left by it."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        for sighting in seen(option.route, advice.problem):
            text = shortfall(advice, sighting)
            assert (sighting.reach in {"partly", "none"}) == (f"{advice.problem.scale} scale" in text)
            assert ("partly" in text) == (sighting.reach == "partly")
            assert (sighting.pace < 0.75) == ("follow" in text or "no C-rate" in text)


@by_question
def test_the_lead_is_the_difference_of_the_printed_scores(kb, words):
    """The headline names the first place, its printed score, and by how much it leads the second."""
    advice = advise(kb, **words)
    text = headline(advice)
    first, second = (round(option.score) for option in advice.ranking[:2])
    assert f"{first} of 100" in text
    if first > second:
        assert [first - second] == [int(number) for number in re.findall(r"(\d+) ahead", text)]
    else:
        assert "tie" in text


def test_a_lone_option_leads_nobody(kb):
    """Where only one option passes, no lead is claimed."""
    advice = advise(kb, ion="Li", anode="graphite", targets=("sei-growth",), facilities=("potentiostat",))
    assert len(advice.ranking) == 1
    assert "ahead" not in headline(advice)


@by_question
def test_what_decides_between_level_options(kb, words):
    """An option is taken for goals it sees better than all others, else for being cheaper, else for being simpler."""
    advice = advise(kb, **words)
    for pair in zip(advice.ranking, advice.ranking[1:], strict=False):
        text = tie(advice, pair)
        for option, other in (pair, pair[::-1]):
            mine, theirs = ({s.goal: _value(s) for s in seen(o.route, advice.problem)} for o in (option, other))
            better = [goal for goal in mine if mine[goal] > theirs[goal]]
            cheaper = option.route.cost_place < other.route.cost_place
            simpler = option.route.preparation_place < other.route.preparation_place
            reason = (
                f"{some(goal_names(kb, better))} {'matters' if len(better) == 1 else 'matter'} more"
                if better
                else "money is short"
                if cheaper
                else "preparation has to be simple"
                if simpler
                else None
            )
            assert (reason is not None) == (f"{kb.name(option.id)} if " in text)
            assert reason is None or f"{kb.name(option.id)} if {reason}" in text


@pytest.mark.parametrize("rate", ["C/20", "1C", "5C"])
def test_the_pace_is_told_as_it_was_judged(kb, rate):
    """Own clock, unknown times, and the three verdicts are told apart; counts are those of the pace."""
    advice = advise(kb, ion="Li", anode="graphite", targets=MANY, c_rate=rate)
    c_rate = advice.problem.c_rate
    for ways in advice.system.ways.values():
        for way in ways:
            (route,) = (r for r in advice.system.routes[way.technique_id] if r.ways == (way,))
            found, text = pace(way, c_rate), pace_text(route, c_rate, ())
            assert ("without a C-rate" in text) == _own(way)
            if not _own(way):
                assert ("no time is published" in text) == (found.fewest is None)
                assert ("too slow" in text) == (found.verdict == "cannot follow")
                assert ("only" in text) == (found.verdict == "few points")
                count = found.order if found.fewest is None else found.fewest
                assert count is None or _said(count) in text


def _own(way):
    return way.variant.follows_cycling is not None and way.variant.follows_cycling.answer == "none"


def _said(count):
    return "less than one point" if count < 1 else "1 point" if round(count) == 1 else f"{count:,.0f} points"


@pytest.mark.parametrize("field", ["budget", "max_preparation"])
def test_the_member_that_breaks_a_cap_is_named(kb, field):
    """What is out for its cost or preparation is out by its dearest member, with the tier and the cap."""
    advice = advise(kb, ion="Li", anode="silicon", targets=MANY, **{field: "low"})
    tried = 0
    for out in advice.excluded:
        if out.failed[0] == {"budget": "budget", "max_preparation": "preparation"}[field]:
            graded = {way: way.cost if field == "budget" else way.preparation for way in out.route.ways}
            worst = max(graded, key=lambda way: position(graded[way].tier))
            text = exclusion_reason(advice, out).text
            assert text.startswith(worst.technique.short)
            assert graded[worst].tier in text
            tried += len(out.route.ways) > 1
    assert tried


def test_physics_is_told_by_its_rule(lay):
    """What a rule excludes is out by the first rule that does, with its basis."""
    rule = "{kind: exclude, technique: xrd, when: {ions: [Li]}, sentence: %s}"
    base = lay(f"rules:\n  one: {rule % 'Out by one.'}\n  other: {rule % 'Out by another.'}\n")
    advice = advise(base, ion="Li", anode="graphite", targets=("crystalline-phase",))
    reason = exclusion_reason(advice, advice.option("xrd"))
    assert ("Out by one.", base.rules["one"].basis) == (reason.text, reason.basis)


def test_missing_instruments_are_those_nobody_named(kb):
    """Of a pairing only the members without an instrument are said to need one."""
    for facility, start in (("lab-xrd", "TEM needs "), ("potentiostat", "XRD and TEM need ")):
        advice = advise(kb, ion="Li", anode="silicon", targets=MANY, facilities=(facility,))
        assert exclusion_reason(advice, advice.option("xrd+tem")).text.startswith(start)


@pytest.mark.parametrize(
    ("anode", "ion", "name"),
    [
        ("antimony", "K", "antimony with potassium"),
        ("anode free", "Li", "an anode-free lithium cell"),
        ("anode-free", None, "an anode-free cell"),
        ("lithium metal", "Li", "lithium metal"),
        ("Li metal", "Li", "Li metal"),
        ("metal", "Na", "metal anodes with sodium"),
        ("Li4Ti5O12", "Li", "Li4Ti5O12 with lithium"),
    ],
)
def test_a_system_names_its_ion_once(kb, anode, ion, name):
    """A metal that says which it is needs no `with`, and an anode-free cell is no anode."""
    assert name == system_name(advise(kb, anode=anode, ion=ion))


def test_too_slow_is_not_blind(kb):
    """A goal that a way sees, and not at the asked rate, is no goal it is blind to."""
    words = {"ion": "Li", "anode": "graphite", "targets": ("metal-plating",), "cell": ("unopened",)}
    fast = advise(kb, **words, c_rate=3.0)
    told = sees(fast, fast.option("eis").route)
    assert "too slow for amount of plating; blind to shape of plating" in told
    assert "too slow" not in sees(advise(kb, **words), advise(kb, **words).option("eis").route)
