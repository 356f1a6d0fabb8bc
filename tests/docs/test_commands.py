"""Every command that the documents show runs, and prints what they show."""

import re
from pathlib import Path

import pytest

from cli.running import invoke
from docs.sessions import ELSEWHERE, PAGES, PROGRAM, ROOT, play

pytestmark = pytest.mark.usefixtures("alone")

# Until questions in a sentence are read, the commands that ask one are let pass. Then this goes, and `pending` with it.
NOT_READ_YET = "is not read yet"


COMMAND_REFERENCE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Each page, played through once."""
    kept = {}

    def once(name):
        if name not in kept:
            kept[name] = play((ROOT / name).read_text(encoding="utf-8"), tmp_path_factory.mktemp("page"))
        return kept[name]

    return once


@pytest.mark.parametrize("name", PAGES)
def test_every_command_runs(played, name):
    """Each command ends as the page says."""
    pending = [fault for fault in played(name).faults if NOT_READ_YET in fault]
    assert [] == [fault for fault in played(name).faults if fault not in pending]
    if pending:
        pytest.skip(f"{name} asks in a sentence, which is not read yet")


@pytest.mark.parametrize("name", PAGES)
def test_printed_is_real(played, name):
    """What a page shows is what the program prints; `python tests/generated.py` brings it up to date."""
    assert played(name).text == (ROOT / name).read_text(encoding="utf-8")


# What the sentences around a session build on, so that they do not stay behind when the answer moves.
@pytest.mark.parametrize(
    ("name", "command", "phrase"),
    [
        ("docs/tutorial.md", 'cracks --target "SEI composition"', "SURE  Open"),
        ("docs/tutorial.md", "--facility department", "GAP   On fracture"),
        ("docs/tutorial.md", "--facility department", "TEM would answer it"),
        ("docs/howto/goals-that-pull-apart.md", 'cracks --target "SEI composition"', "SURE  Open between TEM and FTIR"),
        ("docs/howto/beam-time-proposal.md", "--target pores --facility department", "GAP"),
        ("docs/howto/beam-time-proposal.md", "--target pores", "SANS"),
        ("docs/howto/twenty-materials.md", "-o answers.csv", "1 row was kept out"),
        ("docs/howto/my-instruments.md", "--target phases", "Laboratory: Anode group"),
        ("docs/howto/my-instruments.md", "--budget moderate", "excluded"),
    ],
)
def test_prose_fits_what_is_printed(name, command, phrase):
    """What a page says about an answer is in it."""
    page = (ROOT / name).read_text(encoding="utf-8")
    sessions = re.findall(r"^```console\n\$ (.*)\n((?:.*\n)*?)```$", page, re.MULTILINE)
    printed = [shown for words, shown in sessions if words.endswith(command)]
    assert printed
    assert all(phrase in shown for shown in printed[:1])


def test_no_command_is_missed():
    """Every line of a document that is a command stands in a fence that is run, but for a few words in running text."""
    for name in PAGES:
        page = (ROOT / name).read_text(encoding="utf-8")
        fenced = re.findall(r"^```(\w*)\n((?:.*\n)*?)```$", page, re.MULTILINE)
        lines = [(kind, line) for kind, body in fenced for line in body.splitlines()]
        commands = [(kind, line) for kind, line in lines if re.match(rf"(\$ )?{PROGRAM} ", line)]
        assert [] == [line for kind, line in commands if kind not in {"sh", "console"}], name


def test_examples_of_the_command_reference_run(tmp_path, few_questions):
    """Each example of the command reference runs beside files of the names it uses."""
    (tmp_path / "questions.csv").write_text("anode,ion\nalloy,K\n", encoding="utf-8")
    (tmp_path / "my.yaml").write_text(
        "techniques:\n  xrd:\n    what: Reflections of the electrode.\n", encoding="utf-8"
    )
    answer = invoke("recommend", "--anode", "alloy", "--ion", "K", "--format", "json")
    (tmp_path / "answer.json").write_text(answer.stdout, encoding="utf-8")
    played = play(COMMAND_REFERENCE, tmp_path)
    assert [] == [fault for fault in played.faults if NOT_READ_YET not in fault]
    assert len(played.run) == COMMAND_REFERENCE.count("```sh")


def test_pages_left_out_are_tested_elsewhere():
    """The pages that are not played here exist, and each is named by another test."""
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(ROOT / "tests").glob("*.py"))
    for page in ELSEWHERE:
        assert (ROOT / "docs" / page).is_file()
        assert page in tests


def test_faults_are_noticed(tmp_path):
    """A command that fails, and output that is not printed, are both seen."""
    page = f"```sh\n{PROGRAM} recommend --anode nonsense\n```\n\n```console\n$ {PROGRAM} --version\nno such text\n```\n"
    played = play(page, tmp_path)
    assert 1 == len(played.faults)
    assert "no such text" not in played.text


def test_example_in_python_runs():
    """The lines of Python in the README run as they are."""
    (code,) = re.findall(r"```python\n((?:.*\n)*?)```", (ROOT / "README.md").read_text(encoding="utf-8"))
    exec(compile(code, "README.md", "exec"), {})
