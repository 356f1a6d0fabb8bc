"""Every answer that a lab profile touched says so first, in every format; without one, none does."""

import csv
import io
import json
import re

import pytest

from cli.running import invoke

pytestmark = pytest.mark.usefixtures("alone")

NAME = "Our *own* lab"
LAB = (
    f'name: "{NAME}"\ninstruments:\n'
    "  potentiostat: {access: owned, cost: very-high, preparation: very-high}\n"
    "  lab-xrd: {access: shared}\n  raman: {access: owned}\n"
)
SAID = f"Laboratory: {NAME} (lab.yaml)."
QUESTION = ("--anode", "silicon", "--ion", "Li", "--target", "fracture")
COMMANDS = {
    "recommend": ("recommend", *QUESTION, "--samples", "100"),
    "full": ("recommend", "--full", *QUESTION, "--samples", "100"),
    "versus": ("recommend", *QUESTION, "--versus-ion", "Na"),
    "nothing-passes": ("recommend", "--target", "pore-filling", "--budget", "low"),
    "plan": ("plan", *QUESTION),
    "full-plan": ("plan", "--full", *QUESTION),
    "compare": ("compare", "eis", "xrd", *QUESTION),
    "full-comparison": ("compare", "eis", "xrd", "--full", *QUESTION),
    "why": ("why", "xrd", *QUESTION),
    "why-not": ("why", "sans", *QUESTION),
    "full-why": ("why", "xrd", "--full", *QUESTION),
    "report": ("report", *QUESTION, "--samples", "100"),
    "titled-report": ("report", "--title", "Ours", "--author", "We", *QUESTION, "--samples", "100"),
}
WORDS = re.compile(r"[*\\]|<[^>]+>")
# A title, an underline, what was understood: the laboratory is named before a screen is half full.
FIRST_LINES = 8


def forms(case):
    """The formats of a command that are text."""
    return ("text", "markdown", "html", "proposal") if "report" in case else ("text", "markdown")


def plain(text):
    """A text without what marks it up, in one line."""
    return " ".join(WORDS.sub("", text).split())


def first_lines(text):
    """The first lines with anything in them that a reader sees."""
    shown = text.partition("<body>")[2] or text
    lines = [line for line in shown.splitlines() if plain(line)]
    return plain(" ".join(lines[:FIRST_LINES]))


TEXTS = [(case, form) for case in COMMANDS for form in forms(case)]


@pytest.mark.parametrize(("case", "form"), TEXTS)
def test_first_lines(case, form, write):
    """Text, Markdown and pages name it below their title."""
    write("lab.yaml", LAB)
    done = invoke(*COMMANDS[case], "--format", form)
    assert done.exit_code in {0, 4}, done.stderr
    assert plain(SAID) in first_lines(done.stdout)
    assert 1 == plain(done.stdout).count(plain(SAID))


@pytest.mark.parametrize(("case", "form"), TEXTS)
def test_not_without_one(case, form, write):
    """Without a profile no laboratory is named."""
    write("lab.yaml", LAB)
    done = invoke(*COMMANDS[case], "--format", form, "--lab", "none")
    assert done.exit_code in {0, 4}, done.stderr
    assert "Laboratory:" not in done.stdout


@pytest.mark.parametrize("case", COMMANDS)
def test_json(case, write):
    """JSON names the file in its head."""
    write("lab.yaml", LAB)
    data = json.loads(invoke(*COMMANDS[case], "--format", "json").stdout)
    assert ["schema_version", "knowledge_base"] == list(data)[:2]
    assert "lab.yaml" == data["knowledge_base"]["lab"]


def test_linked_data(write):
    """JSON-LD says it in its description."""
    write("lab.yaml", LAB)
    assert SAID == json.loads(invoke(*COMMANDS["recommend"], "--format", "jsonld").stdout)["description"]


def test_replayed_answer(write, folder):
    """An answer asked again names the laboratory as the old one did."""
    write("lab.yaml", LAB)
    assert 0 == invoke(*COMMANDS["recommend"], "--format", "json", "-o", "old.json").exit_code
    assert "lab.yaml" == json.loads(invoke("replay", "old.json").stdout)["knowledge_base"]["lab"]


@pytest.mark.parametrize("given", ["lab.yaml", "none"])
def test_pictures(given, write, folder):
    """Each picture says it below the drawing and in its description, its table in a column."""
    write("lab.yaml", LAB)
    done = invoke(*COMMANDS["report"], "--figures", "pictures", "-o", "report.md", "--lab", given)
    assert 0 == done.exit_code, done.stderr
    drawn = [path.read_text(encoding="utf-8") for path in sorted((folder / "pictures").glob("*.svg"))]
    assert drawn
    for image in drawn:
        told = re.search(r"<desc>(.*?)</desc>", image)[1]
        assert (given != "none") == told.startswith(SAID)
        assert (2 if given != "none" else 0) == image.count("Laboratory: ")
    for path in (folder / "pictures").glob("*.csv"):
        header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
        assert (given != "none") == (header[-1] == "laboratory")
        assert all((given != "none") == (row[-1] == f"{NAME} (lab.yaml)") for row in rows)


@pytest.mark.parametrize("given", ["lab.yaml", "none"])
def test_rows_of_a_table(given, write, folder):
    """Each row of an answered table names it, bad rows as well."""
    write("lab.yaml", LAB)
    write("questions.csv", 'anode,ion\nsilicon,Li\nsilicon,Xx\n"tin"x,Na\n')
    expected = f"{NAME} (lab.yaml)" if given != "none" else ""
    rows = list(csv.DictReader(io.StringIO(invoke("screen", "questions.csv", "--lab", given).stdout)))
    assert [expected] * 3 == [row["laboratory"] for row in rows]
    lines = invoke("screen", "questions.csv", "--lab", given, "--format", "jsonl").stdout.splitlines()
    assert [expected or None] * 3 == [json.loads(line)["laboratory"] for line in lines]
