"""Anything at all in a file or a word: read, or refused as a fault of the file or the word."""

import contextlib
import json
import tempfile
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import QuestionError, ask
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import FILES, Page, build, data_folder, load_knowledge_base

OWN = Path("own.yaml")
SMALL = [name for name in FILES if name not in {"references", "techniques", "studies"}]
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(["xrd", "low", "K"]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
    max_leaves=6,
)
FUZZ = settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
YAML_LIKE = st.text("abt:-[]{}&*!|>%@`'\"#,?~0.1e \n\t\\xu\u00e9\u2028\x85\ufeff", max_size=60)


@cache
def shipped() -> tuple[Page, ...]:
    """The shipped files, read once."""
    paths = [data_folder() / f"{name}.yaml" for name in FILES]
    return tuple(Page(path, text := yaml_file.read_text(path), yaml_file.parse(text, path)) for path in paths)


def lay(text):
    """A knowledge base with this text laid over the shipped one; KnowledgeError if it does not fit."""
    return build([*shipped(), Page(OWN, text, yaml_file.parse(text, OWN))])


def loads_or_complains(text):
    """Whether a text is knowledge; anything but success or KnowledgeError fails the test."""
    try:
        lay(text)
    except KnowledgeError as error:
        return not error.problems
    return True


def answers_or_complains(kb, **words):
    """A question is answered in full; anything but that or QuestionError fails the test."""
    try:
        question = ask(kb, **words)
    except QuestionError:
        return
    advice = recommend(question, kb)
    assert sorted(kb.options) == sorted(option.id for option in (*advice.ranking, *advice.excluded))


class TestFuzz:
    @FUZZ
    @given(st.one_of(st.text(max_size=80), YAML_LIKE))
    @example("\ud800")
    @example("? []\n: 1")
    @example("- !!omap [a]")
    def test_random_text(self, text):
        """Any text at all is read, or refused as a fault of the file."""
        loads_or_complains(text)

    @FUZZ
    @given(st.binary(max_size=80))
    def test_random_bytes(self, content):
        """Any bytes at all are read, or refused as a fault of the file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "own.yaml"
            path.write_bytes(content)
            with contextlib.suppress(KnowledgeError):
                load_knowledge_base(path)

    @FUZZ
    @given(
        name=st.sampled_from(SMALL),
        data=st.data(),
    )
    def test_mutated_characters(self, name, data):
        """A shipped file with a few characters changed is read, or refused as a fault of the file."""
        text = shipped()[FILES.index(name)].text
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(text)))
            cut = data.draw(st.integers(0, 6))
            text = text[:at] + data.draw(st.one_of(YAML_LIKE.map(lambda new: new[:4]), st.just(""))) + text[at + cut :]
        loads_or_complains(text)

    @FUZZ
    @given(name=st.sampled_from(FILES), data=st.data())
    def test_mutated_lines(self, name, data):
        """A shipped file with a line dropped, doubled, moved or turned in is read, or refused."""
        lines = shipped()[FILES.index(name)].text.splitlines(keepends=True)
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(["drop", "double", "move", "indent", "dedent"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(to, lines.pop(at))
            case "indent":
                lines[at] = "  " + lines[at]
            case "dedent":
                lines[at] = lines[at].removeprefix("  ")
        loads_or_complains("".join(lines))

    @FUZZ
    @given(data=st.data(), value=VALUES)
    def test_value_of_the_wrong_kind(self, data, value):
        """A value of any kind in any place is taken, or refused as a fault of the file."""
        page = data.draw(st.sampled_from(shipped()))
        path, inner = [], page.data
        while isinstance(inner, dict) and inner and (not path or data.draw(st.integers(0, 5))):
            path.append(data.draw(st.sampled_from(sorted(inner))))
            inner = inner[path[-1]]
        for key in reversed(path):
            value = {key: value}
        loads_or_complains(json.dumps(value))

    @FUZZ
    @given(
        word=st.text(max_size=12),
        field=st.sampled_from(["anode", "ion", "budget", "max_preparation", "scale", "c_rate"]),
    )
    @example(word="9" * 400, field="c_rate")
    @example(word="C/" + "9" * 400, field="c_rate")
    def test_any_word_in_a_question(self, kb, word, field):
        """Any word is understood and answered, or refused with advice."""
        answers_or_complains(kb, **{field: word})

    @FUZZ
    @given(
        word=st.text(max_size=12),
        field=st.sampled_from(["targets", "facilities", "weights"]),
        tail=st.sampled_from(["", "=", "=1", "=1e9", "=-0"]),
    )
    def test_any_word_in_a_list(self, kb, word, field, tail):
        """The same holds for the answers of which there may be several."""
        answers_or_complains(kb, **{field: [word + tail]})


def test_fuzzing_can_succeed():
    """The shipped files pass through the same door, all of them at once, so that success is possible."""
    again = [Page(OWN, page.text, yaml_file.parse(page.text, OWN)) for page in shipped()]
    assert build([*shipped(), *again]).techniques
