"""What the method promises, for questions without caps under the balanced profile and for any question at all.

What an experiment tells decides; the rest chooses between options that tell about as much.
"""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.checks import advise, ranked_ids
from engine.knowledge import ANODES, IONS, with_technique
from engine.method.questions import KB, SCALES, questions, scores, searched
from insitu_advisor.engine.inquiry.plan import plan
from insitu_advisor.engine.method.criteria import ANSWERS, seen, values
from insitu_advisor.engine.method.readings import HINT, NEUTRAL
from insitu_advisor.knowledge.technique import Sight

SYSTEMS = list(itertools.product(IONS, ANODES))
RATES = ["C/20", "C/2", "1C", "2C", "10C", "100C"]
anodes = st.sampled_from([None, *ANODES, *sorted(KB.materials)])
several = st.lists(st.sampled_from(sorted(KB.askable)), min_size=2, max_size=5, unique=True)
wished = st.lists(st.sampled_from([0.5, 1, 2, 3]), min_size=5, max_size=5)


def worths(advice):
    """For every ranked option what it sees of each goal, 0-1."""
    return {option.id: [each.value() for each in seen(option.route, advice.problem)] for option in advice.ranking}


def answered_weight(advice, option):
    """How much of the weight of the question an option answers, 0-1."""
    found = seen(option.route, advice.problem)
    return sum(share for each, (_, share) in zip(found, advice.problem.goals, strict=True) if each.value() >= ANSWERS)


def check_hints_come_after(advice):
    """No option that only hints everywhere stands above one that answers half of the weight."""
    hinting = False
    for option in advice.ranking:
        if hinting:
            assert answered_weight(advice, option) < 0.5 - 1e-9, option.id
        found = seen(option.route, advice.problem)
        hinting = hinting or all(each.rating <= 1 or each.value() <= HINT + 1e-9 for each in found)
    return hinting


@pytest.mark.parametrize(("ion", "anode"), SYSTEMS)
def test_a_hint_never_ranks_above_an_answer(kb, ion, anode):
    """Exhaustive over single goals, scales and four rates: what only hints never stands above what answers."""
    hints = answers = 0
    for goal, scale, rate in itertools.product(kb.goals, SCALES, [None, "C/20", "1C", "10C"]):
        advice = advise(kb, ion=ion, anode=anode, targets=[goal], scale=scale, c_rate=rate)
        hints += check_hints_come_after(advice)
        answers += any(answered_weight(advice, option) for option in advice.ranking)
    assert hints > 20
    assert answers > 20


@searched
@given(
    ion=st.sampled_from([None, *IONS]), anode=anodes, goals=several, weights=wished, scale=st.sampled_from(SCALES),
    rate=st.sampled_from([None, *RATES]), out=st.sampled_from([None, "budget", "max_preparation"]),
)  # fmt: skip
def test_hints_everywhere_never_rank_above_half_an_answer(ion, anode, goals, weights, scale, rate, out):
    """For several goals of any weights, hints everywhere never stand above an answer to half of the weight."""
    targets = [f"{goal}={weight:g}" for goal, weight in zip(goals, weights, strict=False)]
    advice = advise(
        KB, ion=ion, anode=anode, targets=targets, scale=scale, c_rate=rate, **({out: "unlimited"} if out else {})
    )
    check_hints_come_after(advice)


def test_the_balanced_weights_keep_the_promise(kb):
    """Half an answer (1/2 of 1/2) is worth more than a hint at everything with the best of all the rest."""
    weights = kb.profiles["balanced"].weights
    rest = sum(weight for criterion, weight in weights.items() if criterion != "information")
    assert weights["information"] * ANSWERS / 2 > weights["information"] * HINT + rest
    assert NEUTRAL.ratings[1] == HINT
    assert NEUTRAL.ratings[2] * NEUTRAL.reaches["full"] > ANSWERS
    assert NEUTRAL.ratings[3] * NEUTRAL.reaches["partly"] >= ANSWERS


def route_scores(advice):
    """The score of every route of every option, whether it is in use or not."""
    found = {}
    for option, routes in advice.system.routes.items():
        for place, route in enumerate(routes):
            parts = values(route, advice.problem)
            weights = [weight for _, weight in advice.problem.shares]
            found[option, place] = 100 * sum(value * weight for value, weight in zip(parts, weights, strict=True))
    return found


def check_no_route_gains(before, after):
    """No route of any option has a higher score after than before, and no single technique has more points."""
    old, new = route_scores(before), route_scores(after)
    assert all(new[route] <= old[route] + 1e-9 for route in old)
    for option, score in scores(after).items():
        if option in KB.techniques:
            assert score <= scores(before)[option] + 1e-9


class TestNarrowing:
    @searched
    @given(words=questions(), scale=st.sampled_from(SCALES[1:]))
    def test_naming_a_scale(self, words, scale):
        """Naming a scale never raises a score."""
        check_no_route_gains(advise(KB, **words | {"scale": None}), advise(KB, **words | {"scale": scale}))

    @searched
    @given(words=questions(), rate=st.sampled_from(RATES))
    def test_naming_a_rate(self, words, rate):
        """Naming a C-rate never raises a score."""
        check_no_route_gains(advise(KB, **words | {"c_rate": None}), advise(KB, **words | {"c_rate": rate}))

    @searched
    @given(words=questions(), slower=st.integers(0, len(RATES) - 1), faster=st.integers(0, len(RATES) - 1))
    def test_cycling_faster(self, words, slower, faster):
        """A faster rate never raises a score."""
        assume(slower < faster)
        before, after = (advise(KB, **words | {"c_rate": RATES[rate]}) for rate in (slower, faster))
        check_no_route_gains(before, after)

    @searched
    @given(words=questions(), technique=st.sampled_from(sorted(KB.techniques)), goal=st.sampled_from(sorted(KB.goals)))
    def test_seeing_better(self, words, technique, goal):
        """With one rating a step higher no route loses a point, and the technique itself none."""
        asked = words | {"targets": [goal, *(target for target in words["targets"] if target != goal)]}
        before, after = advise(KB, **asked), advise(brightened(technique, goal), **asked)
        old, new = route_scores(before), route_scores(after)
        assert all(new[route] >= old[route] - 1e-9 for route in old)
        for option, score in scores(before).items():
            if option in KB.techniques:
                assert scores(after)[option] >= score - 1e-9


def brightened(technique_id, goal):
    """The knowledge base with one technique seeing one goal a step better, by every way."""
    technique = KB.techniques[technique_id]

    def better(entry):
        old = entry.information.get(goal) or entry.information.get(KB.whole[goal])
        sight = old.model_copy(update={"rating": min(old.rating + 1, 3)}) if old else Sight(rating=1, sees="More.")
        blind = {key: why for key, why in entry.blind_to.items() if key != goal}
        return {"information": {**entry.information, goal: sight}, "blind_to": blind}

    variants = {
        key: variant.model_copy(update=better(variant))
        if {goal, KB.whole[goal]} & {*variant.information, *variant.blind_to}
        else variant
        for key, variant in technique.variants.items()
    }
    return with_technique(KB, technique_id, technique.model_copy(update=better(technique) | {"variants": variants}))


class TestOneStory:
    @searched
    @given(words=questions())
    def test_the_plan_begins_with_the_best_technique(self, words):
        """The first experiment of a plan is the best single technique of the ranking, with its way and its score."""
        advice = advise(KB, **words)
        singles = [option for option in advice.ranking if option.kind == "technique"]
        stages = plan(advice).stages
        assert bool(singles) == bool(stages)
        if singles:
            assert singles[0].route.ways == stages[0].route.ways
            assert singles[0].score == pytest.approx(stages[0].score, abs=1e-9)

    @searched
    @given(words=questions())
    def test_the_plan_values_a_pairing_as_the_ranking_does(self, words):
        """Where a stage is one of the pairings, it has the way and the score the ranking gives it."""
        advice = advise(KB, **words)
        for stage in plan(advice).stages:
            if stage.documented:
                ranked = advice.option(stage.documented)
                assert set(ranked.route.ways) == set(stage.route.ways)
                assert ranked.score == pytest.approx(stage.score, abs=1e-9)

    def test_the_plan_meets_every_pairing(self, kb):
        """Over all single goals and pairs the plan's second stage is some pairing often enough to be compared."""
        met = set()
        for ion, anode in SYSTEMS[:4]:
            for targets in itertools.combinations(list(kb.targets)[::3], 2):
                advice = advise(kb, ion=ion, anode=anode, targets=targets)
                for stage in plan(advice, 2).stages[1:]:
                    if stage.documented:
                        met.add(stage.documented)
                        assert advice.option(stage.documented).score == pytest.approx(stage.score)
        assert met

    @searched
    @given(words=questions())
    def test_information_is_what_the_sightings_add_up_to(self, words):
        """The information of an option is the weighted sum of what it is shown to see."""
        advice = advise(KB, **words)
        shares = [share for _, share in advice.problem.goals]
        for option in advice.ranking:
            worth = sum(each * share for each, share in zip(worths(advice)[option.id], shares, strict=True))
            part = next((part.value for part in option.parts if part.criterion == "information"), worth)
            assert worth == pytest.approx(part, abs=1e-12)
            assert all(each.way in option.route.ways for each in seen(option.route, advice.problem))

    @searched
    @given(words=questions())
    def test_nothing_ranked_is_blind(self, words):
        """Whatever is ranked sees something of what is asked at the asked rate, by the way it is shown with."""
        advice = advise(KB, **words)
        assert all(any(worth) for worth in worths(advice).values())
        assert set(ranked_ids(advice)) == set(worths(advice))
