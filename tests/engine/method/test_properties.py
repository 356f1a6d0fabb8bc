"""What must hold for any question: found by search, repeatable."""

import functools
import os
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, assume, given, settings
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
from engine.knowledge import ANODES, IONS, with_technique, without_option
from insitu_advisor.engine.certainty.certificate import certify
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.knowledge.technique import Technique
from insitu_advisor.knowledge.tier import name, position
from insitu_advisor.render.formats import json_answer, markdown
from insitu_advisor.render.pages.report import page

KB = load_knowledge_base()
TIERS = ("low", "moderate", "high", "very-high", "unlimited")
CRITERIA = ("information", "system", "resolution", "cost", "preparation")
repeatable = settings(
    deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)

targets = st.lists(st.sampled_from(sorted(KB.targets)), min_size=1, max_size=4, unique=True)
facilities = st.lists(st.sampled_from(sorted(KB.facilities)), min_size=1, max_size=5, unique=True)
numbers = st.integers(0, 20)
weights = st.tuples(*[numbers] * 5).filter(any)

rates = st.one_of(st.floats(1e-4, 1000.0), st.just("unknown"))
heavy = st.floats(1e-6, 1e6).map(lambda weight: f"fracture={weight!r}")
odd_answers = st.fixed_dictionaries(
    {},
    optional={
        "anode": st.sampled_from(["oxide", "unknown"]),
        "ion": st.just("don't know"),
        "budget": st.sampled_from(["unknown", "any"]),
        "max_preparation": st.just("?"),
        "facilities": st.just(["unknown"]),
        "scale": st.just("open"),
        "c_rate": rates,
        "targets": st.one_of(heavy.map(lambda target: [target]), st.just(["unknown"])),
        "weights": st.floats(0.0, 1e6).map(lambda weight: [f"cost={weight!r}", "system=1"]),
    },
)


@st.composite
def questions(draw):
    """Words of a question, each answer given or left out."""
    words = {
        "ion": draw(st.sampled_from([None, *IONS])),
        "anode": draw(st.sampled_from([None, *ANODES, *sorted(KB.materials)])),
        "targets": draw(targets),
        "budget": draw(st.sampled_from([None, *TIERS])),
        "max_preparation": draw(st.sampled_from([None, *TIERS])),
        "facilities": draw(st.one_of(st.just([]), facilities)),
        "scale": draw(st.sampled_from([None, "atomic", "particle", "electrode", "cell"])),
        "c_rate": draw(st.sampled_from([None, "C/20", "C/2", "1C", "5C"])),
    }
    return words | {"weights": spelled(draw(weights))}


def spelled(values):
    """Weights as a user would write them."""
    return [f"{criterion}={value:g}" for criterion, value in zip(CRITERIA, values, strict=True)]


def scores(advice):
    """Scores by option, to nine digits."""
    return {option.id: round(option.score, 9) for option in advice.ranking}


@repeatable
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
    @repeatable
    @given(words=questions(), lower=st.integers(0, 4), higher=st.integers(0, 4))
    def test_higher_cap(self, field, words, lower, higher):
        """Raising the budget or the preparation cap never removes an option."""
        assume(lower < higher)
        tight, loose = advise(KB, **words | {field: TIERS[lower]}), advise(KB, **words | {field: TIERS[higher]})
        assert set(ranked_ids(tight)) <= set(ranked_ids(loose))

    @repeatable
    @given(words=questions(), some=facilities, more=facilities)
    def test_more_instruments(self, words, some, more):
        """Another instrument never removes an option, and never lowers the score of a single technique."""
        few = advise(KB, **words | {"facilities": some})
        many = advise(KB, **words | {"facilities": [*some, *more]})
        assert set(ranked_ids(few)) <= set(ranked_ids(many))
        alone = {option: score for option, score in scores(few).items() if option in KB.techniques}
        assert all(scores(many)[option] >= score for option, score in alone.items())

    @repeatable
    @given(words=questions(), target=st.sampled_from(sorted(KB.targets)))
    def test_more_targets(self, words, target):
        """Asking about one more target never removes an option."""
        more = advise(KB, **words | {"targets": [*words["targets"], target]})
        assert set(ranked_ids(advise(KB, **words))) <= set(ranked_ids(more))


class TestIndependence:
    @repeatable
    @given(words=questions(), option=st.sampled_from(sorted(KB.options)))
    def test_removing_an_option(self, words, option):
        """Without one option the others keep their scores and their order."""
        smaller = without(option)
        expected = [(item.id, item.score) for item in advise(KB, **words).ranking if item.id in smaller.options]
        assert expected == [(item.id, item.score) for item in advise(smaller, **words).ranking]

    @repeatable
    @given(
        words=questions(), loser=st.sampled_from(sorted(KB.techniques)), how=st.sampled_from(["rating", "tier", "role"])
    )
    def test_worsening_a_loser(self, words, loser, how):
        """A technique made worse gains no points and overtakes nothing."""
        before = advise(KB, **words)
        worse = worsened(KB.techniques[loser], how, words["targets"][0])
        after = advise(with_technique(KB, loser, worse), **words)
        old, new = scores(before), scores(after)
        assume(loser in old)
        assert new.get(loser, 0.0) <= old[loser]
        for other in old.keys() & new.keys():
            if loser not in KB.options[other]:
                assert old[other] == new[other]
                assert old[loser] >= old[other] or new.get(loser, -1.0) < new[other]

    @repeatable
    @given(words=questions(), order=st.randoms(use_true_random=False))
    def test_order_of_targets(self, words, order):
        """Targets without weights may be named in any order."""
        shuffled = order.sample(words["targets"], len(words["targets"]))
        one, other = advise(KB, **words), advise(KB, **words | {"targets": shuffled})
        assert scores(one) == scores(other)
        assert ranked_ids(one) == ranked_ids(other)
        assert [(x.id, x.rule, x.failed) for x in one.excluded] == [(x.id, x.rule, x.failed) for x in other.excluded]

    @repeatable
    @given(words=questions(), values=weights, factor=st.sampled_from([0.001, 0.3, 7, 1000]))
    def test_scaling_weights(self, words, values, factor):
        """Only the ratio of weights matters, of criteria and of targets."""
        scaled = {
            "weights": spelled([value * factor for value in values]),
            "targets": [f"{target}={factor:g}" for target in words["targets"]],
        }
        one, other = advise(KB, **words | {"weights": spelled(values)}), advise(KB, **words | scaled)
        assert pytest.approx(scores(one), abs=1e-6) == scores(other)
        assert [option.rank for option in one.ranking] == [option.rank for option in other.ranking]


class TestPairings:
    @repeatable
    @given(words=questions())
    def test_covers_and_costs(self, words):
        """A pairing is its members as they stand in the ranking: it tells at least what they tell and costs more."""
        advice = advise(KB, **words)
        check_pairings_follow_members(advice)
        for option in advice.ranking:
            route = option.route
            for way in route.ways if option.kind == "pairing" else ():
                assert all(route.ratings[target] >= rating for target, rating in way.ratings.items())
                assert route.cost_place > position(way.cost.tier)
                assert route.preparation_place > position(way.preparation.tier)

    @repeatable
    @given(words=questions())
    def test_score_beats_no_free_lunch(self, words):
        """On information alone no member tells more than its pairing, where both pass."""
        alone = spelled([1, 0, 0, 0, 0])
        found = scores(
            advise(KB, **words | {"weights": alone, "budget": None, "max_preparation": None, "facilities": []})
        )
        for pairing, combination in KB.combinations.items():
            for member in combination.members:
                assert found.get(pairing, 0.0) >= found.get(member, 0.0)


class TestSameBytes:
    @settings(repeatable, max_examples=15)
    @given(words=questions())
    def test_same_question_same_bytes(self, words):
        """The same question gives the same JSON and the same report, byte for byte, with nothing remembered."""
        first = printed(words)
        read_system.cache_clear()
        assert first == printed(words)

    @repeatable
    @given(words=questions(), own=odd_answers)
    def test_reproduce_asks_the_same(self, words, own):
        """The command an answer carries asks the very same question, to the last digit and the last open answer."""
        question = ask(KB, **words | own)
        assert question == asked_again(question)

    @pytest.mark.parametrize(
        "words",
        [{"c_rate": "C/3"}, {"targets": ["fracture=1.2345678"]}, {"weights": ["cost=12.34567"]}, {"anode": "oxide"}],
    )
    def test_reproduce_is_exact(self, words):
        """The command an answer carries keeps every digit and every note of the question."""
        question = ask(KB, **words)
        assert question == asked_again(question)

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


def worsened(technique: Technique, how: str, target: str) -> Technique:
    """A technique with one rating, tier or standing one step down; unchanged where it is at the bottom already."""
    if how == "tier":
        lower = name(min(position(technique.cost.tier) + 1, 3.5))
        return technique.model_copy(update={"cost": technique.cost.model_copy(update={"tier": lower})})
    if how == "role":
        roles = {
            anode: role.model_copy(update={"standing": max(role.standing - 1, 0)})
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
    """JSON and report of an answer."""
    advice = advise(KB, **words)
    certificate = certify(advice, draws=100)
    return json_answer.render(advice, certificate), markdown.render(page(advice, certificate), KB)


def asked_again(question):
    """The question read back from the options of its own command line."""
    line, words = iter(arguments(question)), {"target": [], "facility": [], "weights": []}
    for option in line:
        key, value = option.removeprefix("--").replace("-", "_"), next(line)
        if key in {"target", "facility", "weights"}:
            words[key].append(value)
        else:
            words[key] = value
    return ask(KB, targets=words.pop("target"), facilities=words.pop("facility"), **words)


def json_with_seed(seed, arguments):
    """What the command prints in a fresh process."""
    command = [sys.executable, "-m", "insitu_advisor", "recommend", *arguments, "--format", "json", "--samples", "100"]
    return subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed}).stdout
