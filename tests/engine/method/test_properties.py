"""What must hold for any question: found by search, repeatable."""

import functools
import os
import subprocess
import sys

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from engine.checks import (
    advise,
    check_every_option_once,
    check_exclusions,
    check_order,
    check_pairings_follow_members,
    check_points,
    check_remedies,
    ranked_ids,
)
from engine.knowledge import changed, forget, with_technique, without_option
from engine.method.questions import KB, TIERS, facilities, questions, scores, searched, spelled, weights
from insitu_advisor.engine.certainty.certificate import certify
from insitu_advisor.knowledge.combination import Combination
from insitu_advisor.knowledge.technique import Technique
from insitu_advisor.knowledge.tier import TOP, name, position
from insitu_advisor.render.formats import json_answer


@searched
@given(questions())
def test_every_answer_holds_together(words):
    """All eleven options, points that add up, honest ties, and remedies that work, whatever is asked."""
    advice = advise(KB, **words)
    check_every_option_once(advice)
    check_points(advice)
    check_order(advice)
    check_exclusions(advice)
    check_remedies(advice)


class TestLoosening:
    @pytest.mark.parametrize("field", ["budget", "max_preparation"])
    @searched
    @given(words=questions(), lower=st.integers(0, 4), higher=st.integers(0, 4))
    def test_higher_cap(self, field, words, lower, higher):
        """Raising the budget or the preparation cap never removes an option."""
        assume(lower < higher)
        tight, loose = advise(KB, **words | {field: TIERS[lower]}), advise(KB, **words | {field: TIERS[higher]})
        assert set(ranked_ids(tight)) <= set(ranked_ids(loose))

    @searched
    @given(words=questions(), some=facilities, more=facilities)
    def test_more_instruments(self, words, some, more):
        """Another instrument never removes an option, and never lowers the score of a single technique."""
        few = advise(KB, **words | {"facilities": some})
        many = advise(KB, **words | {"facilities": [*some, *more]})
        assert set(ranked_ids(few)) <= set(ranked_ids(many))
        alone = {option: score for option, score in scores(few).items() if option in KB.techniques}
        assert all(scores(many)[option] >= score for option, score in alone.items())

    @searched
    @given(words=questions(), target=st.sampled_from(sorted(KB.targets)))
    def test_more_targets(self, words, target):
        """Asking about one more target never removes an option."""
        more = advise(KB, **words | {"targets": [*words["targets"], target]})
        assert set(ranked_ids(advise(KB, **words))) <= set(ranked_ids(more))


class TestIndependence:
    @searched
    @given(words=questions(), option=st.sampled_from(sorted(KB.options)))
    def test_removing_an_option(self, words, option):
        """Without one option the others keep their scores and their order."""
        smaller = without(option)
        expected = [(item.id, item.score) for item in advise(KB, **words).ranking if item.id in smaller.options]
        assert expected == [(item.id, item.score) for item in advise(smaller, **words).ranking]

    @searched
    @given(words=questions(), like=st.sampled_from(sorted(KB.techniques)))
    def test_adding_an_option(self, words, like):
        """A technique and a pairing more change no score of the others, nor their order among themselves."""
        larger = with_one_more(like)
        found = [(item.id, item.score) for item in advise(larger, **words).ranking if item.id in KB.options]
        assert [(item.id, item.score) for item in advise(KB, **words).ranking] == found

    @searched
    @given(
        words=questions(), loser=st.sampled_from(sorted(KB.techniques)), how=st.sampled_from(["rating", "tier", "role"])
    )
    def test_worsening_a_loser(self, words, loser, how):
        """A technique made worse gains no points and overtakes nothing."""
        before = advise(KB, **words)
        after = advise(with_technique(KB, loser, worsened(KB.techniques[loser], how, words["targets"][0])), **words)
        old, new = scores(before), scores(after)
        assume(loser in old)
        assert new.get(loser, 0.0) <= old[loser]
        for other in old.keys() & new.keys():
            if loser not in KB.options[other]:
                assert old[other] == new[other]
                assert old[loser] >= old[other] or new.get(loser, -1.0) < new[other]

    @searched
    @given(words=questions(), order=st.randoms(use_true_random=False))
    def test_order_of_targets(self, words, order):
        """Targets without weights may be named in any order."""
        shuffled = order.sample(words["targets"], len(words["targets"]))
        one, other = advise(KB, **words), advise(KB, **words | {"targets": shuffled})
        assert scores(one) == scores(other)
        assert ranked_ids(one) == ranked_ids(other)
        assert [(x.id, x.failed) for x in one.excluded] == [(x.id, x.failed) for x in other.excluded]

    @searched
    @given(words=questions(), values=weights, factor=st.sampled_from([0.001, 0.3, 7, 1000]))
    def test_scaling_weights(self, words, values, factor):
        """Only the ratio of weights matters, of criteria and of targets."""
        scaled = {
            "weights": spelled([value * factor for value in values]),
            "targets": [f"{target}={factor:g}" for target in words["targets"]],
        }
        one, other = advise(KB, **words | {"weights": spelled(values)}), advise(KB, **words | scaled)
        assert pytest.approx(scores(one), abs=1e-6) == scores(other)


class TestPairings:
    @searched
    @given(words=questions())
    def test_covers_and_costs(self, words):
        """A pairing is its members as they stand in the ranking: it tells at least what they tell and costs more."""
        advice = advise(KB, **words)
        check_pairings_follow_members(advice)
        for option in advice.ranking:
            route = option.route
            for way in route.ways if option.kind == "pairing" else ():
                assert all(route.ratings[goal] >= rating for goal, rating in way.ratings.items())
                assert route.cost_place > position(way.cost.tier)
                assert route.preparation_place > position(way.preparation.tier)

    @searched
    @given(words=questions())
    def test_no_member_tells_more(self, words):
        """On information alone no member tells more than its pairing, where both pass."""
        alone = spelled([1, 0, 0, 0])
        found = scores(
            advise(KB, **words | {"weights": alone, "budget": None, "max_preparation": None, "facilities": []})
        )
        for pairing, combination in KB.combinations.items():
            for member in combination.members:
                assert found.get(pairing, 0.0) >= found.get(member, 0.0)


class TestSameBytes:
    @settings(searched, max_examples=15)
    @given(words=questions())
    def test_same_question_same_bytes(self, words):
        """The same question gives the same JSON, byte for byte, with nothing remembered."""
        first = printed(words)
        forget()
        assert first == printed(words)

    def test_hash_seed_does_not_matter(self):
        """Two processes with different hash seeds print the same JSON."""
        command = ["--anode", "tin", "--ion", "Na", "--facility", "department", "--budget", "low", "--c-rate", "1C"]
        outputs = {json_with_seed(seed, command) for seed in ("1", "2")}
        assert len(outputs) == 1
        assert next(iter(outputs)).startswith(b"{")


@functools.cache
def without(option):
    """The knowledge base without one option."""
    return without_option(KB, option)


@functools.cache
def with_one_more(like):
    """The knowledge base with the twin of a technique, and a pairing of the two."""
    pairing = Combination(
        name="Twins", members=(like, "twin"), idea="Made up.", adds={like: "Made up.", "twin": "Made up."}
    )
    return changed(
        KB,
        techniques={**KB.techniques, "twin": KB.techniques[like]},
        combinations={**KB.combinations, f"{like}+twin": pairing},
    )


def worsened(technique: Technique, how: str, target: str) -> Technique:
    """A technique with one rating, tier or standing one step down; unchanged where it is at the bottom already."""
    if how == "tier":
        lower = name(min(position(technique.cost.tier) + 1, TOP))
        return technique.model_copy(update={"cost": technique.cost.model_copy(update={"tier": lower})})
    if how == "role":
        roles = {
            anode: role.model_copy(update={"standing": max((role.standing or 0) - 1, 0)})
            for anode, role in technique.roles.items()
        }
        return technique.model_copy(update={"roles": roles})
    return technique.model_copy(
        update={
            "information": dimmed(technique.information, target),
            "variants": {
                key: variant.model_copy(update={"information": dimmed(variant.information, target)})
                for key, variant in technique.variants.items()
            },
        }
    )


def dimmed(sights, target):
    """Sights with one target a step lower, at 0 at the least."""
    return {
        key: sight.model_copy(update={"rating": max(sight.rating - 1, 0)}) if key == target else sight
        for key, sight in sights.items()
    }


def printed(words):
    """JSON of an answer."""
    advice = advise(KB, **words)
    return json_answer.render(advice, certify(advice, draws=100))


def json_with_seed(seed, arguments):
    """What the command prints in a fresh process."""
    command = [sys.executable, "-m", "insitu_advisor", "recommend", *arguments, "--format", "json", "--samples", "100"]
    return subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
