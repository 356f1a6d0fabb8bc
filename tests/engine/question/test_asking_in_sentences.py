"""A question asked in a sentence, beside options or alone: what is understood, shown, left unused and refused."""

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask, read_option, read_outsider
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.engine.question.question import Anode, Goal, QuestionError
from insitu_advisor.engine.question.replay import plain, question_from
from insitu_advisor.engine.words.asked import question_lines
from insitu_advisor.engine.words.brief import brief
from insitu_advisor.knowledge.loader import load_knowledge_base
from timing import seconds

KB = load_knowledge_base()
EVERYTHING = (
    "I only have a potentiostat and a Raman, no synchrotron. When does lithium plating start on graphite at 4C and "
    "-20 °C in a full pouch cell with EC/DMC? cheap methods only, purple unicorns"
)
LISTS = {"--target": "targets", "--facility": "facilities", "--cell": "cell", "--weights": "weights"}


def said(**words):
    """The short answer to a question."""
    return brief(recommend(ask(KB, **words), KB), None)


def asked_again(question):
    """The question that its own command line asks."""
    words = arguments(question)
    given = {}
    for option, word in zip(words[::2], words[1::2], strict=True):
        if option in LISTS:
            given.setdefault(LISTS[option], []).append(word)
        else:
            given[option[2:].replace("-", "_")] = word
    return ask(KB, **given)


class TestUnderstood:
    def test_every_answer_is_filled_and_says_so(self):
        """Each answer of a sentence has its value, the source `understood` and the words it was read from."""
        question = ask(KB, sentence=EVERYTHING)
        expected = {
            "ion": "Li",
            "anode": Anode("intercalation", "graphite", "graphite"),
            "targets": (Goal("metal-plating", 1.0, "metal-plating-onset"),),
            "facilities": ("potentiostat", "raman"),
            "c_rate": 4.0,
            "temperature": -20.0,
            "cell": ("full", "pouch"),
            "electrolyte": "carbonate",
            "budget": "low",
        }
        got = {field: getattr(question, field) for field in expected}
        assert expected == {field: answer.value for field, answer in got.items()}
        assert {"understood"} == {answer.source for answer in got.values()}
        assert all(answer.words for answer in got.values())
        assert "purple unicorns" in question.said.unused

    @pytest.mark.parametrize(
        ("field", "words", "value"),
        [
            ("ion", {"ion": "Na"}, "Na"),
            ("anode", {"anode": "hard carbon"}, Anode("intercalation", "hard-carbon", "hard carbon")),
            ("targets", {"targets": ["fracture"]}, (Goal("fracture"),)),
            ("facilities", {"facilities": ["nmr"]}, ("nmr",)),
            ("budget", {"budget": "high"}, "high"),
            ("c_rate", {"c_rate": "C/20"}, 0.05),
            ("temperature", {"temperature": 60}, 60.0),
            ("cell", {"cell": ["half"]}, ("half",)),
            ("electrolyte", {"electrolyte": "ether"}, "ether"),
            ("scale", {"scale": "particle"}, "particle"),
        ],
    )
    def test_options_count_before_the_sentence(self, field, words, value):
        """What an option says wins over the sentence, and every other answer stays."""
        alone, both = ask(KB, sentence=EVERYTHING), ask(KB, sentence=EVERYTHING, **words)
        answer = getattr(both, field)
        assert (value, "given") == (answer.value, answer.source)
        others = {"ion", "facilities", "budget", "c_rate", "temperature", "cell", "electrolyte"} - {field}
        assert all(getattr(alone, other) == getattr(both, other) for other in others)

    def test_the_first_line_says_what_was_understood_and_what_was_not_used(self):
        """The answer begins with what was read from the sentence, and names the words that gave nothing."""
        short = said(sentence="Which species make up the SEI on silicon in a lithium cell at C/10? purple unicorns")
        assert "Understood: silicon, Li-ion, C/10" == short.system
        assert "Goal: SEI composition" == short.goals
        assert "Not used: 'purple unicorns'." == short.read

    def test_limits_read_from_a_sentence_are_shown(self):
        """Instruments and budget are named in the first line, so that a wrong reading is seen."""
        system = said(sentence=EVERYTHING).system
        assert "only with potentiostat" in system
        assert "low budget" in system
        assert "without neutron source" in said(sentence="SEI on tin with Na, no neutrons").system

    def test_a_label_names_the_anode_and_no_goal(self):
        """What stands behind `Anode:` is the anode, in all its words, and asks for nothing."""
        question = ask(
            KB, sentence="Does it crack? Anode: Co9S8-filled carbon nanotubes (surface area 20 m2/g), Na-ion cell"
        )
        assert "conversion" == question.anode_type
        assert ("fracture",) == question.target_ids

    def test_on_this_anode(self):
        """A word is read for the anode that an option names beside the sentence."""
        on_tin = ask(KB, sentence="staging with lithium", anode="tin")
        assert ask(KB, targets=["staging"], anode="tin").target_ids == on_tin.target_ids

    def test_every_answer_stands_in_the_list_with_its_words(self):
        """The full answer names for each understood answer the words, and the sentence itself."""
        lines = {line.field: line for line in question_lines(recommend(ask(KB, sentence=EVERYTHING), KB))}
        assert ("4C",) == lines["c_rate"].words
        assert "purple unicorns" in lines["sentence"].note


class TestRefused:
    @pytest.mark.parametrize(
        "sentence", ["lorem ipsum", "", "((((", "\u202e\u200b", "Xx9 C0", "hello, can you help me?"]
    )
    def test_nothing_understood(self, sentence):
        """A sentence that says nothing is refused with what could be said."""
        with pytest.raises(QuestionError) as caught:
            ask(KB, sentence=sentence)
        assert "sentence" == caught.value.field
        assert "--anode" in caught.value.advice

    def test_only_an_outsider(self):
        """A sentence that names nothing but a technique outside the eight is told so."""
        with pytest.raises(QuestionError, match="not one of the eight that are ranked"):
            ask(KB, sentence="dilatometry")

    @pytest.mark.parametrize(("sentence", "first"), [("dilatometry or AFM", "dilatometry"), ("AFM or GITT", "AFM")])
    def test_only_outsiders(self, sentence, first):
        """Of several techniques outside the eight the first is explained."""
        with pytest.raises(QuestionError, match=f"is [^,]*{first}"):
            ask(KB, sentence=sentence)

    def test_too_long(self):
        """Ten million characters are refused at once, with the length that is read."""

        def refused():
            with pytest.raises(QuestionError, match="at most 2000"):
                ask(KB, sentence=long)

        long = "SEI " * 2_500_000
        assert 1.0 > seconds(refused, enough=1.0)

    @pytest.mark.parametrize(
        ("field", "words"),
        [
            ("anode", {"anode": "silicon" * 2_000_000}),
            ("target", {"targets": ["SEI" * 4_000_000]}),
            ("facility", {"facilities": ["raman," * 2_000_000]}),
            ("cell", {"cell": ["coin" * 3_000_000]}),
            ("electrolyte", {"electrolyte": "ether" * 2_000_000}),
            ("scale", {"scale": "atomic" * 2_000_000}),
            ("temperature", {"temperature": "2" * 9_000_000}),
            ("ion", {"ion": "Li" * 5_000_000}),
            ("budget", {"budget": "low" * 3_000_000}),
        ],
    )
    def test_too_much_of_a_word(self, field, words):
        """Ten million signs behind an option are refused in one short message."""
        with pytest.raises(QuestionError) as caught:
            ask(KB, **words)
        assert field == caught.value.field
        assert 1000 > len(caught.value.advice)


class TestOutsiders:
    @pytest.mark.parametrize("field", ["targets", "facilities"])
    def test_typed_as_an_answer(self, field):
        """A technique outside the eight is refused with what it is for and how to add it."""
        with pytest.raises(QuestionError) as caught:
            ask(KB, **{field: ["XAS"]})
        assert "not one of the eight that are ranked; it is the usual answer for" in caught.value.advice
        assert "add it with --kb (docs/own-knowledge.md)" in caught.value.advice

    def test_named_in_a_sentence(self):
        """In a sentence it is a remark, and the question is answered all the same."""
        short = said(sentence="swelling of silicon with Li by dilatometry")
        assert "Outside the eight: dilatometry" in short.note.text
        assert short.note.text.endswith("is the usual answer for volume change.")
        assert short.note.sources

    def test_the_usual_answer_is_named_once(self):
        """Bulk valence is what X-ray absorption is for; a goal that the eight see best needs no such word."""
        assert "X-ray absorption" in said(anode="LTO", ion="Li", targets=["valence", "crystalline-phase"]).note.text
        assert said(anode="hard carbon", ion="Na", targets=["crystalline-phase"]).note is None

    def test_a_gap_names_it_and_the_note_does_not_repeat_it(self):
        """Where none of the eight answers, the gap says what does."""
        short = said(anode="tin", ion="Li", targets=["gas"], scale="electrode")
        assert "none of the eight would answer it, operando mass spectrometry does" in short.gap
        assert short.note is None


class TestParts:
    def test_a_part_of_a_goal(self):
        """Onset of plating asks for the onset only, and the answer says how to ask for all."""
        answer = ask(KB, targets=["onset of plating=2"]).targets
        assert (Goal("metal-plating", 2.0, "metal-plating-onset"),) == answer.value
        assert "--target metal-plating for all of metal plating" == answer.otherwise

    def test_a_part_beside_the_whole(self):
        """Whoever names the whole beside a part, in one word, asks for the whole."""
        assert (Goal("metal-plating"),) == ask(KB, targets=["lithium plating and dendrites"]).targets.value

    def test_ambiguous(self):
        """What a word could mean besides is said in the first lines."""
        assert (
            "Goal: SEI composition (--target sei-growth for its thickness or resistance over time)"
            == said(targets="SEI").goals
        )

    def test_ids_say_nothing_else(self):
        """An id means itself and needs no remark."""
        for goal in KB.askable:
            answer = ask(KB, targets=[goal]).targets
            assert [goal] == [each.id for each in answer.value]
            assert (None, None) == (answer.note, answer.otherwise)

    def test_broad_words_give_way(self):
        """A goal with a weight of its own keeps it beside a broad word that includes it, in either order."""
        for words in (["capacity fade", "fracture=3"], ["fracture=3", "capacity fade"]):
            weights = {goal.target: goal.weight for goal in ask(KB, targets=words).targets.value}
            assert {"fracture": 3.0, "sei-growth": 1.0, "ion-inventory": 1.0} == weights


class TestAnodes:
    @pytest.mark.parametrize(
        "word", ["few-layer graphene", "KTi2(PO4)3", "np-InSb", "a-Si", "Cu6Sn5 thin film", "nano-Si"]
    )
    def test_the_users_own_word_stays(self, word):
        """A material is shown as it was typed, also at the start of a sentence, and in the command that asks again."""
        question = ask(KB, anode=word, ion="K")
        shown = brief(recommend(question, KB), None).system
        assert shown.lower().startswith(word.lower())
        assert shown.startswith(word) or word.partition(" ")[0].partition("-")[0].isalpha()
        assert word == arguments(question)[1]

    def test_read_by_rule(self):
        """A formula that is not listed says why and how to correct it; a borrowed relative is named."""
        assert "because of Sn; correct it with --anode" in said(anode="Cu6Sn5", ion="Li").read
        assert "What is known of NaTi2(PO4)3 is borrowed" in said(anode="KTi2(PO4)3", ion="K").read

    def test_only_traits_are_borrowed_where_the_elements_differ(self):
        """Molybdenum nitride behaves like iron nitride, but iron is not in it."""
        anode = ask(KB, anode="MoN", ion="Li").anode.value
        assert (None, False) == (anode.material, anode.borrowed)
        assert set(KB.materials["iron-nitride"].traits_for("Li")) == set(anode.traits)
        assert ask(KB, anode="Co3N", ion="Li").anode.value.borrowed

    def test_a_metal_brings_its_ion(self):
        """Lithium metal says which ion; with another ion it is refused."""
        question = ask(KB, anode="lithium metal")
        assert ("Li", "understood") == (question.ion.value, question.ion.source)
        assert ("metal", "lithium metal") == (question.anode_type, question.anode.value.word)
        with pytest.raises(QuestionError, match="is Li metal, but the ion is Na"):
            ask(KB, anode="lithium metal", ion="Na")


class TestInstrumentsAndOptions:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["potentiostat, Raman"], ("potentiostat", "raman")),
            (["I only have a potentiostat and a Raman"], ("potentiostat", "raman")),
            (["xrd", "eis", "sans"], ("potentiostat", "lab-xrd", "neutron-source")),
        ],
    )
    def test_instruments(self, words, expected):
        """Comma lists, techniques and what one says of one's lab are read."""
        assert set(expected) == set(ask(KB, facilities=words).facilities.value)

    def test_without(self):
        """`no synchrotron` leaves everything else."""
        assert {"synchrotron"} == set(KB.facilities) - set(ask(KB, facilities=["no synchrotron"]).facilities.value)

    @pytest.mark.parametrize(
        ("word", "option"),
        [("HAXPES", "xps"), ("SERS", "raman"), ("PDF", "xrd"), ("DRT", "eis"), ("liquid-cell TEM", "tem"),
         ("STEM + XRD", "xrd+tem"), ("XRD and Raman", "xrd+raman"), ("x-ray diffraction", "xrd")],
    )  # fmt: skip
    def test_ways_are_options(self, word, option):
        """A technique may be named by one way of doing it, a pairing by two."""
        assert option == read_option(KB, word)


@pytest.mark.parametrize(("word", "name"), [("DRT", "EIS"), ("xrd", "XRD"), ("SERS", "Raman")])
def test_a_technique_is_no_goal(word, name):
    """A technique typed as a goal is told apart from a word that nobody knows."""
    with pytest.raises(QuestionError, match=rf"is a way of measuring \({name}\), not a goal"):
        ask(KB, targets=[word])


def test_outsiders_by_name():
    """Whether a word is a technique outside the eight can be asked for a page on it."""
    assert "not one of the eight" in read_outsider(KB, "XANES")
    assert [None, None] == [read_outsider(KB, word) for word in ("xrd", "purple")]


@pytest.mark.parametrize(
    ("word", "celsius"),
    [("25", 25.0), ("-20", -20.0), ("-20 C", -20.0), ("−20 °C", -20.0), ("298 K", 24.85), ("room temperature", 25.0),
     ("60 degrees", 60.0), (0, 0.0), (-12.5, -12.5), ("unknown", None)],
)  # fmt: skip
def test_temperatures(word, celsius):
    """A temperature in the ways people write it; a bare number is in degrees Celsius."""
    assert celsius == ask(KB, temperature=word).temperature.value


@pytest.mark.parametrize("word", ["hot", "", "1000", "-200", "25 F", "1e3", "nan", "20 C 30"])
def test_no_temperatures(word):
    """What is no temperature of a cell is refused."""
    with pytest.raises(QuestionError) as caught:
        ask(KB, temperature=word)
    assert "temperature" == caught.value.field


QUESTIONS = [
    {"sentence": EVERYTHING},
    {"sentence": "What swells in SiO-graphite, by dilatometry? purple", "targets": ["dendrites=2"]},
    {"anode": "lithium metal", "cell": "full cell", "electrolyte": "argyrodite", "temperature": "-20 C"},
    {"anode": "Cu6Sn5 thin film", "ion": "Na", "targets": ["SEI topography", "onset of plating"]},
    {"anode": "MoN", "ion": "K", "targets": {"capacity fade": 2}, "facilities": "no synchrotron"},
    {"anode": "transition metal oxide", "ion": "Li"},
]


@pytest.mark.parametrize("words", QUESTIONS, ids=lambda words: next(iter(words.values()))[:20])
class TestAskedAgain:
    def test_by_the_json_of_the_answer(self, words):
        """A question is the same after it went through JSON, with all that was said of it."""
        question = ask(KB, **words)
        assert question == question_from(json.loads(json.dumps(plain(question))), KB)

    def test_by_the_command_line(self, words):
        """The options that are printed ask the same again, without the sentence."""
        question = ask(KB, **words)
        again = asked_again(question)
        for field in ("ion", "anode", "budget", "scale", "c_rate", "cell", "electrolyte", "temperature", "facilities"):
            assert getattr(question, field).value == getattr(again, field).value, field
        if question.targets.source != "assumed":
            assert question.targets.value == again.targets.value


PIECES = st.sampled_from(
    ["SEI", "no", "we have", "TEM", "Sn", "Li metal", "Na+", "C/10", "-20 °C", "graphite", "growth", "Anode:", "MoS2@C",
     "cheap", ".", "EC", "full cell", "\u202e", "<b>", "((", "Xx9", "C0", "dilatometry", "[x](http://y)", "\x1b[31m"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=300))
def test_any_sentence_is_asked_or_refused(text):
    """Any text is a question that survives JSON, or is refused in words; never a fault of ours."""
    try:
        question = ask(KB, sentence=text)
    except QuestionError:
        return
    assert question == question_from(json.loads(json.dumps(plain(question))), KB)
    assert "\x1b" not in json.dumps(question.said.unused, ensure_ascii=False)


@settings(max_examples=150)
@given(
    st.text(max_size=80),
    st.sampled_from(["anode", "targets", "facilities", "cell", "electrolyte", "temperature", "scale"]),
)
def test_any_word_is_read_or_refused(word, field):
    """Any word behind an option is read or refused in words, and soon."""

    def read():
        with contextlib.suppress(QuestionError):
            ask(KB, **{field: [word] if field in {"targets", "facilities", "cell"} else word})

    assert 0.5 > seconds(read, enough=0.5)
