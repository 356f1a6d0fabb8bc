"""The search for the smallest change of answer: everything found is true, nothing smaller was missed."""

from typing import get_args

import pytest

from engine.knowledge import changed, with_technique
from insitu_advisor import ask, recommend, why_not
from insitu_advisor.engine.inquiry.search import single_changes
from insitu_advisor.engine.method.advice import Excluded
from insitu_advisor.engine.question.question import Goal, Weights
from insitu_advisor.knowledge.claim import Following, Scale, ScaleReading
from insitu_advisor.knowledge.technique import Graded, Sight
from insitu_advisor.knowledge.vocabulary import CRITERIA

QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "facilities": ("bench",), "scale": "particle"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling",), "budget": "low", "c_rate": "C/10"},
    {"ion": "K", "anode": "graphite", "targets": ("ion-environment",), "max_preparation": "moderate"},
    {"anode": "conversion", "weights": ("frugal",), "budget": "moderate"},
)
HELD = {"ion", "anode"}


def _advice(kb, **words):
    return recommend(ask(kb, **words), kb)


@pytest.fixture(scope="module")
def answers(kb):
    """What `why_not` says of every option for three of the questions, with the advice it was asked about."""
    every = [_advice(kb, **words) for words in QUESTIONS[:3]]
    return [(advice, option, why_not(advice, option)) for advice in every for option in kb.options]


def _after(advice, changes):
    question = advice.question
    for change in changes:
        question = question.with_answer(change.field, change.value)
    return recommend(question, advice.kb)


def _is_in(advice, option):
    return not isinstance(advice.option(option), Excluded)


def _is_first(advice, option):
    return _is_in(advice, option) and advice.option(option).rank == 1


def _goals(answer):
    return [(found, goal) for found, goal in ((answer.into, _is_in), (answer.first, _is_first)) if found is not None]


def _every_answer(kb, question):
    """The space of single changes, put together from the vocabulary without the engine."""
    yield from _other_targets(kb, question)
    yield from _other_facilities(kb, question)
    yield from _other_numbers(kb, question)


def _other_targets(kb, question):
    asked = question.targets.value
    named = [goal.target for goal in asked]
    for target in kb.targets:
        if target not in named:
            yield "targets", (*asked, Goal(target))
        elif len(set(named)) > 1:
            yield "targets", tuple(goal for goal in asked if goal.target != target)
        if list(dict.fromkeys(named)) != [target]:
            yield "targets", (Goal(target),)


def _other_facilities(kb, question):
    have = question.facilities.value
    if have is not None:
        yield from (("facilities", (*have, facility)) for facility in kb.facilities if facility not in have)
        yield "facilities", None
    for preset in kb.presets.values():
        if have is None or set(preset.facilities) != set(have):
            yield "facilities", preset.facilities


def _other_numbers(kb, question):
    for field in ("budget", "max_preparation"):
        for tier in ("low", "moderate", "high", "very-high", "unlimited"):
            if tier != getattr(question, field).value:
                yield field, tier
    for key, profile in kb.profiles.items():
        weights = tuple((criterion, profile.weights.get(criterion, 0.0)) for criterion in CRITERIA)
        if weights != question.weights.value.values:
            yield "weights", Weights(weights, key)
    for field, values in (
        ("scale", ("atomic", "particle", "electrode", "cell")),
        ("c_rate", (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)),
    ):
        now = getattr(question, field).value
        yield from ((field, value) for value in values if value != now)
        if now is not None:
            yield field, None


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))
def test_answer_space_is_the_whole_vocabulary(kb, words):
    """Every answer that could be given otherwise is tried once: targets, facilities, caps, profiles, scale and rate."""
    question = ask(kb, **words)
    tried = [(change.field, change.value) for change in single_changes(kb, question)]
    assert set(_every_answer(kb, question)) == set(tried)
    assert len(set(tried)) == len(tried)


def test_every_change_found_reaches_its_goal(answers):
    """Each set of changes, applied and ranked again by `recommend`, brings the option in or first."""
    seen = {_is_in: 0, _is_first: 0}
    for advice, option, answer in answers:
        for found, goal in _goals(answer):
            assert len(found.changes) <= 3
            for changes in found.changes:
                seen[goal] += 1
                assert found.size == len(changes)
                assert goal(_after(advice, changes), option), (option, [change.text for change in changes])
                for place in range(len(changes)):
                    assert not goal(_after(advice, changes[:place]), option)
            reached = [_asks(_after(advice, changes).question) for changes in found.changes]
            assert len(set(reached)) == len(reached)
    assert min(seen.values()) > 20


def test_nothing_is_searched_that_holds_already(answers):
    """An option that is in needs no way in, one that is first no way up, and both searches ask what is missing."""
    for advice, option, answer in answers:
        assert _is_in(advice, option) == (answer.into is None)
        assert _is_first(advice, option) == (answer.first is None)


@pytest.mark.slow
def test_no_single_change_works_where_a_pair_is_told(kb, answers):
    """Where two changes are told, no single answer of the whole space reaches the goal by ranking again."""
    pairs = 0
    for advice, option, answer in answers:
        for found, goal in _goals(answer):
            if found.size == 2:
                pairs += 1
                for field, value in _every_answer(kb, advice.question):
                    again = recommend(advice.question.with_answer(field, value), kb)
                    assert not goal(again, option), (option, field, value)
    assert pairs > 5


@pytest.fixture(scope="module")
def poor_xps(kb):
    """A base in which XPS needs the diffractometer of XRD and is poorer in everything, so that it is never first."""
    xps, phases = kb.techniques["xps"], "crystalline-phase"
    unresolved = {scale: ScaleReading(reach="none", because="Made up.") for scale in get_args(Scale)}
    only = next(iter(xps.variants.values())).model_copy(
        update={
            "facilities": ("lab-xrd",),
            "information": {},
            "blind_to": {},
            "scales": unresolved,
            "resolution": (),
            "tempo": None,
            "follows_cycling": Following(answer="none", because="Made up."),
            **{field: Graded(tier="very-high", says="Made up.") for field in ("cost", "preparation")},
        }
    )
    poor = xps.model_copy(
        update={
            "information": {phases: Sight(rating=1, sees="Hardly.")},
            "blind_to": {target: "Not." for target in kb.targets if target != phases},
            "variants": {"ours": only},
            "roles": {key: role.model_copy(update={"standing": None}) for key, role in xps.roles.items()},
            "ions": {key: ion.model_copy(update={"standing": None}) for key, ion in xps.ions.items()},
        }
    )
    return changed(
        with_technique(kb, "xps", poor),
        rules={key: rule for key, rule in kb.rules.items() if rule.technique != "xps"},
        studies={key: study for key, study in kb.studies.items() if "xps" not in study.techniques},
    )


@pytest.fixture(scope="module")
def hopeless(poor_xps):
    """The question on which XPS is searched a way to first place in vain, and what the search says."""
    advice = _advice(poor_xps, ion="Li", anode="alloy", targets=("crystalline-phase",))
    return advice, why_not(advice, "xps")


def _asks(question):
    """What a question asks, whatever the order in which it was said."""
    facilities = question.facilities.value
    return (
        question.ion.value,
        frozenset(question.targets.value),
        None if facilities is None else frozenset(facilities),
        *(getattr(question, field).value for field in ("budget", "max_preparation", "scale", "c_rate")),
        question.weights.value.values,
    )


def _changed_once(kb, questions):
    """Every different question that one more answer makes of these."""
    changed = (question.with_answer(*answer) for question in questions for answer in _every_answer(kb, question))
    return {_asks(question): question for question in changed}


def test_nothing_found_by_brute_force(poor_xps, hopeless):
    """Where nothing is found, no one and no two changes of answer reach the goal, every different question tried."""
    advice, answer = hopeless
    assert () == answer.first.changes
    assert 0 == answer.first.size
    once = _changed_once(poor_xps, [advice.question])
    every = once | _changed_once(poor_xps, once.values())
    every.pop(_asks(advice.question))
    assert len(every) == answer.first.tried
    ranked = 0
    for question in every.values():
        again = recommend(question, poor_xps)
        ranked += _is_in(again, "xps")
        assert not _is_first(again, "xps"), _asks(question)
    assert ranked > 300


def test_ions_are_tried_when_allowed(poor_xps, hopeless):
    """With any ion allowed more is tried, and it is remembered that it was."""
    advice, answer = hopeless
    wider = why_not(advice, "xps", any_ion=True)
    assert (False, True) == (answer.any_ion, wider.any_ion)
    assert answer.first.tried < wider.first.tried
    assert () == wider.first.changes


def test_physics_is_no_remedy(kb, answers):
    """Ion, anode type and material are never changed, unless any ion is allowed, and then only the ion is."""
    for words in QUESTIONS:
        question = ask(kb, **words)
        assert HELD.isdisjoint({change.field for change in single_changes(kb, question)})
        more = [change for change in single_changes(kb, question, any_ion=True) if change.field in HELD]
        assert {"Li", "Na", "K"} - {question.ion.value} == {change.value for change in more}
        assert {"ion"} == {change.field for change in more}
    for _, _, answer in answers:
        for found, _ in _goals(answer):
            assert HELD.isdisjoint({change.field for changes in found.changes for change in changes})


def test_lithium_brings_nmr_in(kb):
    """NMR on the ion's own environment is out with potassium; with any ion allowed, lithium instead is one way in."""
    words = {"anode": "alloy", "targets": ("ion-environment",)}
    advice = _advice(kb, ion="K", **words)
    assert isinstance(advice.option("nmr"), Excluded)
    found = why_not(advice, "nmr", any_ion=True).into
    assert (("ion", "Li"),) in {tuple((c.field, c.value) for c in changes) for changes in found.changes}
    assert _is_in(_advice(kb, ion="Li", **words), "nmr")


def test_the_way_in_is_one_instrument(kb):
    """With a bench only, TEM comes in by gaining any one of the instruments it can be done on."""
    advice = _advice(kb, ion="Li", anode="alloy", targets=("fracture",), facilities=("bench",))
    found = why_not(advice, "tem").into
    have = set(advice.question.facilities.value)
    gained = [set(change.value) - have for (change,) in found.changes]
    instruments = {facility for way in kb.techniques["tem"].variants.values() for facility in way.facilities}
    assert {"facilities"} == {change.field for (change,) in found.changes}
    assert all(len(one) == 1 and one <= instruments for one in gained)
