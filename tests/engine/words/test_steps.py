"""What to do and why, against the plan it is told of."""

import pytest

from engine.checks import advise
from insitu_advisor import plan
from insitu_advisor.engine.inquiry.plan import independent
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.system import make_route
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import exclusion_reason, goal_names, shortfall, some
from insitu_advisor.engine.words.steps import THREE_LINES, do, most_telling, strengths, why

MANY = ("crystalline-phase", "sei-composition", "fracture", "ion-diffusion", "gas-evolution", "metal-plating")
QUESTIONS = (
    {"ion": "K", "anode": "alloy"},
    {"ion": "Li", "anode": "silicon", "targets": MANY},
    {"ion": "Li", "anode": "silicon", "targets": MANY[:3], "scale": "particle", "c_rate": "2C"},
    {"ion": "Na", "anode": "hard carbon", "targets": ("pore-filling", "sei-growth"), "scale": "atomic"},
    {"ion": "Li", "anode": "graphite", "targets": ("crystalline-phase",)},
    {"ion": "Li", "anode": "graphite", "targets": ("sei-growth",), "facilities": ("potentiostat",)},
    {"ion": "K", "anode": "alloy", "targets": ("fracture",), "facilities": ("potentiostat",)},
)
NOTHING = {"ion": "K", "anode": "alloy", "targets": ("crystalline-phase", "gas-evolution"), "facilities": ("bench",)}
by_question = pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: "-".join(map(str, words.values())))


@by_question
def test_what_to_do_is_the_plan(kb, words):
    """The experiments of the plan stand in their order with what each further one adds, and the next with its gain."""
    advice = advise(kb, **words)
    found = plan(advice)
    best, text = found.best, do(found)
    if set(best.unanswered) == set(advice.goals):
        assert "best hint" in text
        return
    names = [way_name(each.way) for each in best.experiments]
    places = [text.lower().index(name.lower()) for name in names]
    assert sorted(places) == places
    for stage, name in list(zip(found.stages, names, strict=False))[1:]:
        adds = some(goal_names(kb, (each.goal for each in stage.experiments[-1].adds)))
        assert f"then {name} for {adds} (+{stage.gain:.0f} of 100)" in text
    size = len(names)
    if size == len(found.stages):
        assert ("Stop when your question is answered" in text) == (size > 1)
    else:
        following = found.stages[size]
        assert f"experiment, {way_name(following.experiments[-1].way)}," in text
        gain = round(following.gain)
        again = independent(found, best)
        own = again is not None and again[0] is following.experiments[-1].way
        assert (f"adds {gain} of 100" in text) == (gain > 0)
        assert ("adds nothing" in text) == (gain <= 0 and not own)
        assert ("answers no more, but shows" in text) == (gain <= 0 and own)
        assert ("not worth it" in text) == (again is None or (gain > 0 and not own))
        assert ("second", "third", "fourth")[size - 1] in text


@by_question
def test_strengths_name_every_goal_but_needless_hints(kb, words):
    """What a way sees best, what it sees well, hints where there is nothing better, and what it is blind to."""
    advice = advise(kb, **words)
    for option in advice.ranking:
        for way in option.route.ways:
            sightings = seen(make_route((way,)), advice.problem)
            by_rating = {rating: [s for s in sightings if s.rating == rating and s.value()] for rating in (3, 2, 1)}
            blind = [each.goal for each in sightings if not each.value()]
            text = strengths(advice, way)
            for rating, said in ((3, "is best for"), (2, "is good for"), (1, "only hints at")):
                shown = by_rating[rating] and (rating > 1 or not (by_rating[3] or by_rating[2]))
                assert bool(shown) == (said in text)
                if shown:
                    assert f"{said} {some(goal_names(kb, (each.goal for each in by_rating[rating])))}" in text
                    limits = [shortfall(advice, each) for each in by_rating[rating]]
                    assert all(limit in text for limit in limits)
            assert (f"is blind to {some(goal_names(kb, blind), 'or')}" in text) == bool(blind)


@by_question
def test_why_stays_within_three_lines(kb, words):
    """Two experiments are explained if three lines hold both, else the first alone."""
    advice = advise(kb, **words)
    found = plan(advice)
    told = [f"{way_name(each.way)} {strengths(advice, each.way)}." for each in found.best.experiments[:2]]
    both = len(" ".join(told)) <= THREE_LINES
    text = why(found)
    assert text.startswith(" ".join(told) if both else told[0])
    assert len(told) < 2 or both == (told[1] in text)


def test_the_most_telling_of_the_excluded_stand_first(kb):
    """Where nothing passes, the options that would say most about the goals are explained, the most telling first."""
    advice = advise(kb, **NOTHING)
    assert not advice.ranking
    found = most_telling(advice)
    told = [sum(each.rating for each in seen(out.route, advice.problem)) for out in found]
    assert sorted(told, reverse=True) == told
    assert all(told)
    text = why(plan(advice))
    assert text.startswith(exclusion_reason(advice, found[0]).text)
    assert exclusion_reason(advice, found[1]).text in text
    assert "Nothing within your limits" in do(plan(advice))
