"""Two states of knowledge compared: changed facts, and the answers that move with them."""

import itertools
import json
import shlex
from dataclasses import replace
from typing import get_args

import pytest

from cli.running import invoke
from curation.overlays import LOW_COST, blind, dowsing
from insitu_advisor.curation import changes
from insitu_advisor.curation.changes import effect, facts
from insitu_advisor.curation.space import BUDGETS, Plain, plain_questions, questions
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.claim import AnodeType
from insitu_advisor.knowledge.loader import load_knowledge_base

pytestmark = pytest.mark.usefixtures("alone")


def brute_force(before, after, targets):
    """Questions about these targets asked, moved, and with another first place, each asked in words of both bases."""
    moved = first = asked = 0
    kits = [*after.presets, None]
    for ion, anode, target, budget, kit, profile in itertools.product(
        ("Li", "Na", "K"), get_args(AnodeType), targets, BUDGETS, kits, after.profiles
    ):
        words = {
            "ion": ion, "anode": anode, "targets": [target], "budget": budget, "weights": [profile],
            "facilities": [kit] if kit else [],
        }  # fmt: skip
        old, new = ([item.id for item in recommend(ask(kb, **words), kb).ranking] for kb in (before, after))
        asked += 1
        moved += old != new
        first += old[:1] != new[:1]
    return asked, moved, first


@pytest.fixture(scope="module")
def cheaper(kb, tmp_path_factory):
    """A base with one cheaper technique, and what that does to the answers."""
    path = tmp_path_factory.mktemp("own") / "own.yaml"
    path.write_text(LOW_COST, encoding="utf-8")
    own = load_knowledge_base(path)
    return own, effect(kb, own)


class TestDiff:
    @pytest.mark.usefixtures("few_questions")
    def test_no_change(self, write):
        """A file that changes nothing changes nothing."""
        done = invoke("kb", "diff", "shipped", write("own.yaml", "traits: {}\n"))
        assert (0, "No fact differs.\n") == (done.exit_code, done.stdout)

    def test_changed_facts(self, kb, lay):
        """Exactly the facts that differ are listed, with what they were and are."""
        own = lay("""\
techniques:
  nmr:
    cost: {tier: low, says: We own one.}
    information: {fracture: {rating: 1, sees: Broken contacts.}}
traits: {magnetic: A magnet attracts it.}
""")
        old = kb.techniques["nmr"].cost
        expected = {
            "techniques > nmr > cost > basis": (old.basis, "judgement"),
            "techniques > nmr > cost > says": (old.says, "We own one."),
            "techniques > nmr > cost > tier": (old.tier, "low"),
            "techniques > nmr > information > fracture": (None, own.techniques["nmr"].information["fracture"]),
            "techniques > nmr > blind_to > fracture": (kb.techniques["nmr"].blind_to["fracture"], None),
            "traits > magnetic": (None, "A magnet attracts it."),
        }
        if old.sources:
            expected["techniques > nmr > cost > sources"] = (old.sources, ())
        assert expected == {fact.where: (fact.before, fact.after) for fact in facts(kb, own)}

    def test_both_directions(self, kb, lay):
        """From own to shipped, before and now change places."""
        own = lay(LOW_COST)
        forth = {(fact.where, str(fact.before), str(fact.after)) for fact in facts(kb, own)}
        assert forth == {(fact.where, str(fact.after), str(fact.before)) for fact in facts(own, kb)}

    def test_effect_is_counted(self, kb, cheaper, monkeypatch):
        """Moved answers and new first places are those found by asking both bases every question about some targets."""
        targets = ("amorphous-order", "fracture", "ion-environment")
        some = [(target,) for target in targets]
        asked = [plain for plain in plain_questions(cheaper[0]) if plain.targets in some]
        monkeypatch.setattr(changes, "plain_questions", lambda kb: asked)
        result = effect(kb, cheaper[0])
        assert brute_force(kb, cheaper[0], targets) == (result.asked, result.moved, result.new_first)
        assert 0 < result.new_first < result.moved < result.asked

    @pytest.mark.usefixtures("few_questions")
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("profiles: {insight: {name: insight, means: Cheap., weights: {cost: 1.0}}}\n", {"weights": ["insight"]}),
            ("presets: {bench: {name: bench, means: Another., facilities: [tem-holder]}}\n", {"facilities": ["bench"]}),
        ],
        ids=["profile", "preset"],
    )
    def test_changed_word_counts(self, kb, lay, text, words):
        """A profile or preset that means something else moves the answers to questions that name it."""
        own = lay(text)
        words |= {"ion": "Li", "anode": "alloy", "targets": ["fracture"]}
        old, new = (recommend(ask(base, **words), base).best.id for base in (kb, own))
        assert old != new
        assert effect(kb, own).new_first > 0

    @pytest.mark.usefixtures("few_questions")
    def test_fact_without_effect(self, kb, lay):
        """A change that no answer rests on moves none."""
        result = effect(kb, lay("traits: {magnetic: A magnet attracts it.}\n"))
        asked = sum(1 for _ in plain_questions(kb))
        assert (asked, 0, 0, ()) == (result.asked, result.moved, result.new_first, result.examples)

    @pytest.mark.usefixtures("few_questions")
    def test_new_target_is_no_moved_answer(self, kb, lay):
        """Questions about a target that only one side knows are left out of the count."""
        own = lay(blind(kb, {"xrd": 2}))
        result = effect(kb, own)
        asked = sum(1 for _ in plain_questions(kb))
        assert (asked, 0, 0) == (result.asked, result.moved, result.new_first)

    def test_every_question_is_asked(self, cheaper):
        """Whoever compares two bases asks them every question of the space."""
        own, result = cheaper
        assert sum(1 for _ in plain_questions(own)) == result.asked

    @pytest.mark.usefixtures("few_questions")
    def test_printed(self, kb, cheaper):
        """The page holds the facts and the counts."""
        own = cheaper[0]
        result = effect(kb, own)
        done = invoke("kb", "diff", "shipped", *own.overlays)
        assert (0, "") == (done.exit_code, done.stderr)
        assert "techniques > nmr > cost > tier" in done.stdout
        assert f"Of {result.asked:,} questions" in done.stdout
        assert f"{result.moved:,} are answered in another order" in done.stdout
        assert result.moved > 0

    def test_examples_can_be_repeated(self, cheaper):
        """Each command of the examples gives the new first place that stands beside it, and stands there once."""
        examples = cheaper[1].examples
        assert len(set(examples)) == len(examples) > 0
        for example in examples:
            command, _, places = example.rpartition(": ")
            answer = invoke(*shlex.split(command)[1:], "--samples", "100", "--format", "json")
            best = json.loads(answer.stdout)["ranking"][0]["id"]
            assert f"{best} now" == places.split(", ")[1]

    @pytest.mark.usefixtures("few_questions")
    @pytest.mark.filterwarnings("error::UserWarning")
    def test_added_technique(self, kb, write):
        """A technique that is added is one fact, shown without noise."""
        done = invoke("kb", "diff", "shipped", write("own.yaml", dowsing(kb)))
        assert (0, "") == (done.exit_code, done.stderr)
        assert "1 changed facts" in done.stdout

    def test_broken_file(self, write):
        """A file that does not hold together ends with 3, on either side."""
        name = write("own.yaml", "technics: {}\n")
        for pair in ((name, "shipped"), ("shipped", name)):
            assert 3 == invoke("kb", "diff", *pair).exit_code


class TestSpace:
    def test_size(self, kb):
        """Every ion, anode type, target, budget, set of instruments and profile is combined with every other, once."""
        found = [(q.ion, q.anode, q.targets, q.budget, q.facilities, q.weights) for q in questions(kb)]
        combined = 3 * len(get_args(AnodeType)) * len(kb.targets) * len(BUDGETS) * (len(kb.presets) + 1)
        assert combined * len(kb.profiles) == len(found) == len(set(found))


def _plain(answer):
    """The value of an answer, or a property as it stands."""
    return getattr(answer, "value", answer)


class TestPlain:
    WORDS = Plain("Li", "alloy", ("fracture",), "high", "bench", "insight")

    def test_known_words(self, kb, lay):
        """A question is known to a base that has all its words, and to no other."""
        words = {"targets": ("fracture", "magic"), "preset": "attic", "profile": "bold"}
        assert self.WORDS.known_to(kb)
        assert replace(self.WORDS, preset=None).known_to(kb)
        assert [False] * 3 == [replace(self.WORDS, **{field: value}).known_to(kb) for field, value in words.items()]
        own = lay(
            "presets: {attic: {name: attic, means: Up there., facilities: [raman]}}\n"
            "profiles: {bold: {name: bold, means: Ours., weights: {information: 1.0}}}\n"
        )
        assert replace(self.WORDS, preset="attic", profile="bold").known_to(own)

    def test_means_what_each_base_says(self, kb, lay):
        """Profile and preset are resolved in the base that is asked, as if its words had been typed."""
        own = lay(
            "presets: {bench: {name: bench, means: Another., facilities: [raman, ftir]}}\n"
            "profiles: {insight: {name: insight, means: Cheap., weights: {cost: 1.0}}}\n"
        )
        typed = {
            "ion": "Li", "anode": "alloy", "targets": ["fracture"], "budget": "high", "facilities": ["bench"],
            "weights": ["insight"],
        }  # fmt: skip
        for base in (kb, own):
            question, expected = self.WORDS.of(base, ask(base)), ask(base, **typed)
            for field in ("ion", "anode_type", "targets", "budget", "facilities", "weights"):
                assert _plain(getattr(expected, field)) == _plain(getattr(question, field)), field
        assert ("raman", "ftir") == self.WORDS.of(own, ask(own)).facilities.value
        assert self.WORDS.of(kb, ask(kb)).weights.value != self.WORDS.of(own, ask(own)).weights.value

    def test_no_preset_sets_no_limit(self, kb):
        """Without a preset every instrument is there."""
        assert replace(self.WORDS, preset=None).of(kb, ask(kb)).facilities.value is None
