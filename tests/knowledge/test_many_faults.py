"""A file full of faults: the first are told, the rest counted, in a time and a memory that follow its size."""

import importlib.util
import sys
from pathlib import Path

import pytest

from cli.running import invoke
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import MOST_TOLD, KnowledgeError
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.knowledge.spelling import nearest
from insitu_advisor.lab.finding import find
from timing import seconds

_SPEC = importlib.util.spec_from_file_location(
    "faults", Path(__file__).resolve().parent.parent.parent / "benchmarks" / "faults.py"
)
bench = sys.modules[_SPEC.name] = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(bench)

# One by one, each with a look at the whole file, they took more than twenty minutes.
MANY, ENOUGH_SECONDS = 5_000, 20
LONGEST_MESSAGE = 20_000


def refused(kb, kind, path):
    """The complaint about a file."""
    with pytest.raises(KnowledgeError) as caught:
        find(kb, str(path)) if kind.startswith("lab") else load_knowledge_base(path)
    return caught.value


@pytest.mark.parametrize("kind", bench.KINDS)
class TestKinds:
    def test_first_are_told_and_the_rest_counted(self, kb, tmp_path, kind):
        """Of thousands of faults twenty are told, in good time, each with its line; the others are a number."""
        path = tmp_path / "own.yaml"
        path.write_text(bench.KINDS[kind](MANY))
        told = []
        assert ENOUGH_SECONDS > seconds(lambda: told.append(refused(kb, kind, path)), enough=ENOUGH_SECONDS, times=2)
        error = told[-1]
        assert MOST_TOLD == len(error.problems)
        assert all(problem.line for problem in error.problems)
        assert MANY - 10 <= len(error.problems) + error.more <= MANY
        assert f"and {error.more:,} more faults" in str(error)
        assert MOST_TOLD + 1 == len(str(error).splitlines())
        assert len(str(error)) < LONGEST_MESSAGE

    def test_told_as_if_they_were_alone(self, kb, tmp_path, kind):
        """What is told of the first faults does not hang on how many follow."""
        path = tmp_path / "own.yaml"
        told = []
        for count in (64, 640):
            path.write_text(bench.KINDS[kind](count))
            told.append([str(problem) for problem in refused(kb, kind, path).problems[:3]])
        assert told[0] == told[1] or kind == "new goals"


def test_few_are_told_in_full(kb, tmp_path):
    """As many as are told are told without a count; one more is counted as one."""
    path = tmp_path / "own.yaml"
    for extra, said in ((0, ""), (1, "and 1 more fault like these")):
        path.write_text(bench.KINDS["wrong kinds"](MOST_TOLD + extra))
        error = refused(kb, "wrong kinds", path)
        assert (MOST_TOLD, extra) == (len(error.problems), error.more)
        assert said in str(error)


def test_command_line(tmp_path):
    """The command prints the same lines and ends with 3."""
    path = tmp_path / "own.yaml"
    path.write_text(bench.KINDS["unknown techniques"](MANY))
    done = invoke("kb", "check", str(path))
    assert (3, "") == (done.exit_code, done.stdout)
    lines = done.stderr.splitlines()
    assert MOST_TOLD + 1 == len(lines)
    assert f"and {MANY - MOST_TOLD:,} more faults" in lines[-1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="peak memory is measured as POSIX does")
@pytest.mark.parametrize("kind", ["wrong kinds", "lab: unknown instruments"])
def test_hundred_thousand(tmp_path, kind):
    """A hundred thousand faults take seconds, and some hundred MB at most."""
    seconds, memory, told, more, _ = bench.measured(kind, 100_000, tmp_path)
    assert (MOST_TOLD, 100_000 - MOST_TOLD) == (told, more)
    assert seconds < 60
    assert memory < 500


def test_nobody_means_a_word_of_that_length():
    """For a word or a list beyond any sense nothing like it is looked for, since that would take seconds."""

    def looked_for():
        assert "" == nearest("x" * 1_000_000, [f"word{n}" for n in range(2_000)])
        assert "" == nearest("word", [f"word{n}" for n in range(1_000_000)])

    assert 5 > seconds(looked_for, enough=5)


LOCS = {
    ("rules",): 2,
    ("rules", "one", "kind"): 4,
    ("rules", "one", "missing"): 3,
    ("rules", "two", "list", 1, "b"): 8,
    ("rules", "two", "list", 7): 6,
    ("rules", "two", "list", 0): 7,
    ("nowhere", "rules"): 2,
    (): 2,
}


def test_lines_of_several_places():
    """Each place has the line of its entry or of the nearest written one, asked alone or with others."""
    text = (
        "# first\nrules:\n  one:\n    kind: cap\n  two: {a: [1, {list: 2}],\n    list:\n      [a: 1,\n       {b: 1}]}\n"
    )
    assert list(LOCS.values()) == yaml_file.lines_of(text, list(LOCS))
    assert list(LOCS.values()) == [yaml_file.lines_of(text, [loc])[0] for loc in LOCS]
