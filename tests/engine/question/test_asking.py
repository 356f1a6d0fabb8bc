"""From a researcher's words to a question: what is understood, what is refused, and with what advice."""

import pytest

from engine.checks import advise, refused
from engine.knowledge import ANODES
from insitu_advisor.engine.question.ask import QuestionError, ask, read_option, read_target
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.engine.question.question import Goal
from insitu_advisor.engine.question.replay import FIELDS


class TestIon:
    @pytest.mark.parametrize(
        ("expected", "words"),
        [
            ("Li", ["Li", "li", "LI", "lithium", "Lithium", "Li+", "li-ion", "Li ion", "LIB", " Li "]),
            ("Na", ["Na", "sodium", "Na+", "Na-ion", "SIB", "NIB", "na_ion"]),
            ("K", ["K", "k", "potassium", "K+", "K-ion", "KIB", "PIB"]),
            (None, ["unknown", "any", "?", "don't know", "dont-know", "OPEN"]),
        ],
    )
    def test_words(self, kb, expected, words):
        """Symbols, names and battery abbreviations are understood, and so is not knowing."""
        for word in words:
            answer = ask(kb, ion=word).ion
            assert (expected, "given") == (answer.value, answer.source), word

    @pytest.mark.parametrize("word", ["Mg", "", "Lithum ion cell", "1", "Li,Na"])
    def test_refused(self, kb, word):
        """Another ion is refused with the three that are known."""
        error = refused(kb, ion=word)
        assert ("ion", word) == (error.field, error.word)
        assert "choose Li, Na or K" in error.advice


class TestAnode:
    @pytest.mark.parametrize(
        ("expected", "words"),
        [
            ("intercalation", ["intercalation", "Insertion", "intercalation-type"]),
            ("alloy", ["alloy", "alloying", "ALLOY TYPE"]),
            ("conversion", ["conversion", "oxide"]),
            (None, ["unknown", "any", "don't know"]),
        ],
    )
    def test_types(self, kb, expected, words):
        """The three types are understood, oxide-type is conversion, and the type may be open."""
        for word in words:
            question = ask(kb, anode=word)
            assert (expected, None) == (question.anode_type, question.material), word

    def test_oxide_is_explained(self, kb):
        """Whoever says oxide is told that this is read as conversion."""
        assert "conversion" in ask(kb, anode="oxide").anode.note
        assert ask(kb, anode="conversion").anode.note is None

    @pytest.mark.parametrize(
        ("expected", "anode", "word"),
        [
            ("silicon", "alloy", "Si"),
            ("hard-carbon", "intercalation", "hard carbon"),
            ("hard-carbon", "intercalation", "HC"),
            ("lithium-titanate", "intercalation", "LTO"),
            ("lithium-titanate", "intercalation", "Li4Ti5O12"),
            ("titanium-dioxide", "intercalation", "TiO2"),
            ("silicon-oxide", "alloy", "SiOx"),
            ("graphite", "intercalation", "Natural Graphite"),
        ],
    )
    def test_materials(self, kb, expected, anode, word):
        """A material by id, name, formula or alias brings its type and the reason for it."""
        question = ask(kb, anode=word)
        assert (expected, anode) == (question.material, question.anode_type)
        assert word == question.anode.value.word
        assert kb.materials[expected].because in question.anode.note

    def test_every_material_word(self, kb):
        """Every id and name of every material leads to it, and every alias to a material or a type at least."""
        for key, material in kb.materials.items():
            for word in (key, material.name):
                assert key == ask(kb, anode=word).material, word
            for word in material.aliases:
                assert ask(kb, anode=word).anode_type, word

    def test_nothing_near(self, kb):
        """A word like no other is answered with the types."""
        advice = refused(kb, anode="xyzzy").advice
        assert all(kind in advice for kind in ANODES)


class TestTargets:
    def test_every_word(self, kb):
        """Every id and name of every target leads to it, in any case, with spaces or underscores; aliases to some."""
        for key, target in kb.targets.items():
            for word in (key, target.name, *target.aliases):
                found = {read_target(kb, spelling) for spelling in (word, word.upper(), f"  {word} ")}
                assert len(found) == 1
                assert found <= kb.askable
                if word not in target.aliases:
                    assert {key} == found

    @pytest.mark.parametrize(
        ("expected", "word"),
        [
            ("metal-plating", "dendrites"),
            ("sei-growth", "SEI resistance"),
            ("morphology-volume", "volume expansion"),
            ("lattice-strain", "staging"),
        ],
    )
    def test_own_words(self, kb, expected, word):
        """Researchers' own words are understood."""
        assert (expected,) == ask(kb, targets=[word]).target_ids

    def test_weights_and_order(self, kb):
        """Targets keep their order and their weights, 1 unless given; one named twice alike counts once."""
        question = ask(kb, targets=["fracture=2.5", "phase", "crystalline-phase"])
        assert (Goal("fracture", 2.5), Goal("crystalline-phase")) == question.targets.value

    @pytest.mark.parametrize("anode", [None, *ANODES])
    def test_assumed(self, kb, anode):
        """Without targets, those usual for the anode type are assumed, and why is said."""
        answer, assumed = ask(kb, anode=anode).targets, kb.assumed_for(anode)
        assert (assumed.targets, "assumed", assumed.because) == (
            tuple(goal.target for goal in answer.value),
            answer.source,
            answer.note,
        )

    @pytest.mark.parametrize("weight", ["", "0", "-1", "nan", "inf", "1e9", "heavy", "1=2"])
    def test_weights_refused(self, kb, weight):
        """A weight that is no positive number is refused."""
        error = refused(kb, targets=[f"fracture={weight}"])
        assert ("target", f"fracture={weight}") == (error.field, error.word)

    def test_contradiction(self, kb):
        """One target with two weights is a contradiction, also by two of its names."""
        assert "two different weights" in refused(kb, targets=["phase=2", "crystalline-phase=3"]).advice


class TestParts:
    def test_every_word_of_a_part(self, kb):
        """Every id, name and alias of every part of a target leads to that part alone, within its target."""
        for key, target in kb.targets.items():
            for part, item in target.parts.items():
                for word in (part, item.name, *item.aliases):
                    assert (Goal(key, 2.0, part),) == ask(kb, targets=[f"{word}=2"]).targets.value

    def test_whole_and_part(self, kb):
        """A whole and its part may be asked side by side, each with its weight."""
        for key, target in kb.targets.items():
            for part in target.parts:
                question = ask(kb, targets=[key, f"{part}=3"])
                assert (Goal(key), Goal(key, 3.0, part)) == question.targets.value
                assert (key,) == question.target_ids


class TestOpenAnswers:
    def test_nothing_given(self, kb):
        """With nothing given every answer is marked as assumed, and an answer comes all the same."""
        question = ask(kb)
        assert {"assumed"} == {getattr(question, field).source for field in FIELDS}
        assert advise(kb).best is not None

    @pytest.mark.parametrize("field", ["ion", "anode"])
    def test_not_knowing_equals_leaving_out(self, kb, field):
        """Not knowing is a legal answer, ranked as if left out but marked as given."""
        given, left_out = advise(kb, **{field: "unknown"}), advise(kb)
        assert [(o.id, o.score) for o in left_out.ranking] == [(o.id, o.score) for o in given.ranking]
        assert getattr(given.question, field).source == "given"

    @pytest.mark.parametrize(
        "words",
        [{"scale": "unknown"}, {"c_rate": "unknown"}, {"budget": "don't know"}, {"max_preparation": "unknown"},
         {"facilities": ["unknown"]}, {"targets": ["unknown"]}],
        ids=lambda words: next(iter(words)),
    )  # fmt: skip
    def test_not_knowing_is_legal_everywhere(self, kb, words):
        """Every answer may be 'don't know', counts as left open, and is said again by the command that asks again."""
        given, left_out = advise(kb, **words), advise(kb)
        assert [(o.id, o.score) for o in left_out.ranking] == [(o.id, o.score) for o in given.ranking]
        (field,) = words
        if field != "targets":
            assert "given" == getattr(given.question, field).source
            assert "unknown" == arguments(given.question)[-1]

    @pytest.mark.parametrize("word", ["unknown", "Unknown", "don't know", "don’t know", "dont-know", "?", "open"])
    def test_words_for_not_knowing(self, kb, word):
        """Not knowing may be said in several words, wherever a word is asked for."""
        question = ask(kb, scale=word, c_rate=word, budget=word, max_preparation=word, facilities=[word])
        fields = ("scale", "c_rate", "budget", "max_preparation", "facilities")
        assert {(None, "given")} == {(getattr(question, f).value, getattr(question, f).source) for f in fields}

    def test_opened_scale_can_be_asked_again(self, kb):
        """The command line of a question with the scale opened again is understood."""
        question = ask(kb, ion="Li", scale="atomic").with_answer("scale", None)
        words = arguments(question)
        scale = words[words.index("--scale") + 1] if "--scale" in words else None
        assert ask(kb, ion="Li", scale=scale).scale.value is None


class TestOptions:
    @pytest.mark.parametrize(
        ("expected", "word"),
        [("xrd", "XRD"), ("tem", "tem"), ("xrd+tem", "tem+xrd"), ("xrd+raman", "Raman + XRD"), ("tem+eis", "EIS+TEM")],
    )
    def test_either_order(self, kb, expected, word):
        """A pairing is understood with its members in either order."""
        assert expected == read_option(kb, word)

    @pytest.mark.parametrize(
        ("word", "said"),
        [
            ("ramen", "raman"),
            ("xrd+nmr", "not a documented pairing"),
            ("xrd+xrd", "pairing"),
            ("+", "technique"),
        ],
    )
    def test_refused(self, kb, word, said):
        """An unknown technique and an undocumented pairing are refused, each in its own words."""
        with pytest.raises(QuestionError) as caught:
            read_option(kb, word)
        assert said in caught.value.advice


def test_one_word_needs_no_list(kb):
    """A single target, facility or profile may stand by itself, as one would write it in a notebook."""
    bare = ask(kb, targets="fracture=2", facilities="department", weights="insight")
    assert ask(kb, targets=["fracture=2"], facilities=["department"], weights=["insight"]) == bare


@pytest.mark.parametrize(
    ("word", "target"),
    [
        ("phase transitions", "crystalline-phase"),
        ("crack", "fracture"),
        ("defect", "bond-disorder"),
        ("Na plating", "metal-plating"),
    ],
)
def test_singular_and_plural(kb, word, target):
    """A target is understood in the singular and the plural."""
    assert target == read_target(kb, word)


def test_the_word_anode_is_no_hindrance(kb):
    """A material may be called an anode or an electrode."""
    for word in ("silicon anode", "silicon anodes", "silicon electrode"):
        assert "silicon" == ask(kb, anode=word).material


def test_weights_as_a_mapping(kb):
    """In Python a mapping gives targets and criteria their weights."""
    mapped = ask(kb, targets={"fracture": 2, "sei-growth": 1}, weights={"cost": 30})
    assert ask(kb, targets=["fracture=2", "sei-growth=1"], weights=["cost=30"]) == mapped


@pytest.mark.parametrize(
    "words", [{"ion": 3}, {"anode": 1.0}, {"targets": [("fracture", 2)]}, {"facilities": [None]}, {"scale": 1}]
)
def test_what_is_no_text_is_refused(kb, words):
    """A number or a pair where a word belongs is refused in words, not with a fault of ours."""
    assert "is no text" in refused(kb, **words).advice
