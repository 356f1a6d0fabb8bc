"""One field per answer: what each may hold, what changing it says, and the way there and back through a file."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.checks import advise
from engine.method.questions import KB, SCALES, TIERS, questions, scores, searched
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.engine.question.question import Anode, Goal, Question, QuestionError, Weights
from insitu_advisor.engine.question.replay import FIELDS, plain, question_from
from insitu_advisor.knowledge.vocabulary import CRITERIA

EVEN = Weights(tuple((criterion, 1.0) for criterion in CRITERIA))
RIGHT = {
    "ion": ["Li", "Na", "K", None],
    "anode": [Anode("alloy"), Anode("metal", word="lithium"), Anode("alloy", "tin", "Sn", ("metallic",)), None],
    "targets": [(Goal("fracture"),), (Goal("fracture", 2.0), Goal("sei-growth", 0.5))],
    "budget": ["low", "moderate", "high", "very-high", "unlimited", None],
    "max_preparation": ["low", "very-high", "unlimited", None],
    "facilities": [("raman",), (), None],
    "scale": ["atomic", "cell", None],
    "c_rate": [0.1, 2, None],
    "cell": [("half", "coin"), None],
    "electrolyte": ["ether", None],
    "temperature": [-20.0, 25, None],
    "weights": [EVEN, Weights(EVEN.values, "balanced")],
}
WRONG = {
    "ion": ["Mg", 3, ("Li",), Anode("alloy")],
    "anode": ["alloy", ("alloy", "tin"), 1],
    "targets": ["fracture", ("fracture",), (("fracture", 1.0),), (Goal("fracture", 0.0),), (Goal("fracture", -1.0),),
                (), None, [Goal("fracture")]],
    "budget": ["cheap", 3, ("low",)],
    "max_preparation": ["easy", 1.5],
    "facilities": ["raman", ["raman"], (1,)],
    "scale": ["nano", 1],
    "c_rate": ["C/10", True, (0.1,)],
    "cell": ["coin", ("coin", 1)],
    "electrolyte": ["EC/DMC", 1],
    "temperature": ["warm", True],
    "weights": ["frugal", {"cost": 1.0}, EVEN.values, None, Weights(EVEN.values[:2]),
                Weights(tuple((criterion, -1.0) for criterion in CRITERIA))],
}  # fmt: skip
HOSTILE = {
    "cell": [("toaster",)],
    "facilities": [("warp-drive",)],
    "targets": [(Goal("warp"),)],
    "anode": [Anode("jelly"), Anode("alloy", "unobtainium")],
}


class TestOneFieldPerAnswer:
    def test_every_field_is_tried(self):
        """The values below cover every answer of a question."""
        assert set(RIGHT) == set(WRONG) == set(FIELDS) <= set(Question._fields)

    @pytest.mark.parametrize(("field", "value"), [(field, value) for field in RIGHT for value in RIGHT[field]])
    def test_what_fits_is_kept(self, kb, field, value):
        """A fitting value is kept, counts as given, and changes no other answer."""
        before = ask(kb, ion="Li", anode="graphite")
        after = before.with_answer(field, value, "As told.")
        answer = getattr(after, field)
        assert (value, "given", "As told.") == (answer.value, answer.source, answer.note)
        assert all(getattr(before, other) == getattr(after, other) for other in FIELDS if other != field)

    @pytest.mark.parametrize(("field", "value"), [(field, value) for field in WRONG for value in WRONG[field]])
    def test_what_does_not_fit_is_refused(self, kb, field, value):
        """Any other value is refused under the name of its field, with what to do instead."""
        with pytest.raises(QuestionError) as caught:
            ask(kb).with_answer(field, value)
        assert field == caught.value.field
        assert "ask()" in caught.value.advice

    @pytest.mark.parametrize("field", ["profile", "material", "colour", "", "with_answer"])
    def test_an_answer_there_is_none_of(self, kb, field):
        """A field that is none is refused with those there are."""
        with pytest.raises(QuestionError) as caught:
            ask(kb).with_answer(field, None)
        assert all(known in caught.value.advice for known in FIELDS)

    def test_a_changed_question_can_be_answered(self, kb):
        """Every fitting value that the knowledge base knows leads to an answer."""
        for field, values in RIGHT.items():
            for value in values:
                assert recommend(ask(kb, ion="Li").with_answer(field, value), kb).system

    def test_type_and_material_belong_together(self, kb):
        """The type of an anode and its material are read off one answer, so that one cannot be changed alone."""
        question = ask(kb, anode="silicon")
        assert ("alloy", "silicon") == (question.anode_type, question.material)
        changed = question.with_answer("anode", Anode("conversion"))
        assert ("conversion", None) == (changed.anode_type, changed.material)
        assert ["--anode", "conversion"] == arguments(changed)[:2]


class TestWeights:
    @pytest.mark.parametrize("profile", sorted(KB.profiles))
    def test_a_profile_is_said_by_its_name(self, kb, profile):
        """Weights changed to those of a profile are said by its name and read back as they are."""
        values = tuple((criterion, KB.profiles[profile].weights.get(criterion, 0.0)) for criterion in CRITERIA)
        question = ask(kb, ion="Li").with_answer("weights", Weights(values, profile))
        assert ["--weights", profile] == arguments(question)[-2:]
        assert question.weights == ask(kb, weights=[profile]).weights
        assert question == question_from(_through_json(question), kb)

    def test_own_numbers_are_said(self, kb):
        """Weights changed to numbers are said as numbers, whatever profile was there before, and are what is used."""
        before = ask(kb, ion="Li", anode="alloy", weights=["insight"])
        question = before.with_answer("weights", EVEN)
        said = [word for word in arguments(question) if "=" in word]
        assert [f"{criterion}=1" for criterion in CRITERIA] == said
        assert "insight" not in arguments(question)
        assert pytest.approx(0.25) == recommend(question, kb).ranking[0].parts[0].weight
        again = ask(kb, ion="Li", anode="alloy", weights=said)
        assert scores(recommend(again, kb)) == scores(recommend(question, kb))
        assert question == question_from(_through_json(question), kb)

    def test_a_name_that_does_not_fit_its_numbers(self, kb):
        """A file whose profile does not have the weights it names is refused."""
        data = _through_json(ask(kb, weights=["insight"]))
        data["weights"]["value"]["cost"] = 99.0
        with pytest.raises(QuestionError):
            question_from(data, kb)


class TestCommand:
    @pytest.mark.parametrize(
        ("word", "said"), [("alloy", "alloy"), ("oxide", "oxide"), ("Si", "Si"), ("hard carbon", "hard carbon")]
    )
    def test_the_anode_is_said_as_it_was_written(self, kb, word, said):
        """The command says the anode in the words of the user."""
        assert said == arguments(ask(kb, anode=word))[1]

    def test_a_note_changes_no_word(self, kb):
        """A note on an anode type, such as one on what counts as an oxide, never changes what the command says."""
        for kind in ("alloy", "conversion", "intercalation"):
            question = ask(kb, ion="Li").with_answer("anode", Anode(kind), "the review's oxide-type anodes")
            assert ["--anode", kind] == arguments(question)[:2]
            assert Anode(kind) == question_from(_through_json(question), kb).anode.value

    def test_only_weights_that_differ_are_said(self, kb):
        """A goal that counts once needs no number."""
        words = arguments(ask(kb, targets=["fracture", "sei-growth=2", "metal-plating-onset=1"]))
        assert ["fracture", "sei-growth=2", "metal-plating-onset"] == words[1::2]

    @searched
    @given(words=questions())
    def test_asks_the_same(self, words):
        """The command an answer carries asks the very same question, to the last digit and the last open answer."""
        question = ask(KB, **words)
        assert question == asked_again(question)

    @pytest.mark.parametrize(
        "words",
        [{"c_rate": "C/3"}, {"targets": ["fracture=1.2345678"]}, {"weights": ["cost=12.34567"]}, {"anode": "oxide"},
         {"ion": "unknown", "scale": "?", "budget": "any", "facilities": ["unknown"]}],
    )  # fmt: skip
    def test_is_exact(self, words):
        """The command an answer carries keeps every digit and every note of the question."""
        question = ask(KB, **words)
        assert question == asked_again(question)


class TestThereAndBack:
    @searched
    @given(words=questions(), weight=st.floats(1e-3, 1e3))
    def test_any_question(self, words, weight):
        """A question written to a file is the same when it is read, parts of targets and open answers included."""
        for part in _parts(words["targets"]):
            if part not in words["targets"]:
                words = words | {"targets": [*words["targets"], f"{part}={weight!r}"]}
        question = ask(KB, **words)
        again = question_from(_through_json(question), KB)
        assert question == again
        assert scores(recommend(question, KB)) == scores(recommend(again, KB))

    def test_every_part(self, kb):
        """Every part of every target goes there and back, alone and beside its whole."""
        parts = [part for target in kb.targets.values() for part in target.parts]
        for part in parts:
            question = ask(kb, ion="Li", targets=[part, f"{kb.whole[part]}=2"])
            assert question == question_from(_through_json(question), kb)

    def test_answers_of_the_cell(self, kb):
        """Cell, electrolyte and temperature go there and back where they can be asked for in words."""
        question = ask(kb, ion="Li")
        assert question == question_from(_through_json(question), kb)

    @pytest.mark.parametrize("field", FIELDS)
    def test_a_missing_answer(self, kb, field):
        """A file that lacks an answer is refused by the name of what it lacks."""
        data = _through_json(ask(kb, ion="Li"))
        del data[field]
        with pytest.raises(QuestionError, match=field):
            question_from(data, kb)

    @pytest.mark.parametrize(("field", "value"), [(field, value) for field in HOSTILE for value in HOSTILE[field]])
    def test_what_the_knowledge_base_does_not_know(self, kb, field, value):
        """A file that names what does not exist is refused."""
        with pytest.raises(QuestionError):
            question_from(_through_json(ask(kb, ion="Li").with_answer(field, value)), kb)

    @pytest.mark.parametrize(("field", "key"), list(itertools.product(FIELDS, ("value", "source", "note"))))
    def test_nonsense(self, kb, field, key):
        """Nonsense in any place of a file is refused in words, never with a fault of ours."""
        for nonsense in (7, [1], {"a": 1}, "nonsense", True):
            data = _through_json(ask(kb, ion="Li", anode="graphite", scale="atomic"))
            data[field][key] = nonsense
            try:
                found = question_from(data, kb)
            except QuestionError:
                continue
            assert key == "note" or getattr(found, field).value is not None


def _parts(targets):
    return [part for target in targets for part in getattr(KB.targets.get(target), "parts", ())][:1]


def _through_json(question):
    """A question as it stands in the file of an answer."""
    return json.loads(json.dumps(plain(question)))


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


def test_the_values_tried_are_those_of_the_vocabulary():
    """The scales and tiers of the random questions are understood."""
    for scale in SCALES:
        assert advise(KB, scale=scale).question.scale.value == scale
    for tier in TIERS:
        assert advise(KB, budget=tier).question.budget.value == tier
