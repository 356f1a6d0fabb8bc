"""Every option of `recommend` changes some answer: none is decoration."""

import json

import pytest
import typer.main

from cli.running import invoke
from insitu_advisor.cli.app import app

USUAL = ("--anode", "alloy", "--ion", "K")
LAB = "name: Ours\ninstruments:\n  potentiostat: {access: owned}\n"
OWN = "techniques:\n  xps:\n    cost: {tier: low, says: Ours is cheap.}\n"
QUESTIONS = {
    "anode": (("--ion", "K"), ("--anode", "alloy")),
    "ion": (("--anode", "alloy"), ("--ion", "K")),
    "target": (USUAL, ("--target", "sei-composition")),
    "budget": (USUAL, ("--budget", "low")),
    "max_preparation": (USUAL, ("--max-preparation", "low")),
    "facility": (USUAL, ("--facility", "bench")),
    "scale": (USUAL, ("--scale", "atomic")),
    "c_rate": (USUAL, ("--c-rate", "10C")),
    "weights": (USUAL, ("--weights", "frugal")),
    "kb": (USUAL, ("--kb", "own.yaml")),
    "lab": (USUAL, ("--lab", "our-lab.yaml")),
    "versus_ion": (USUAL, ("--versus-ion", "Li")),
    "versus_anode": (USUAL, ("--versus-anode", "intercalation")),
    "versus_budget": (USUAL, ("--versus-budget", "low")),
    "versus_facility": (USUAL, ("--versus-facility", "bench")),
    "samples": (USUAL, ("--samples", "200")),
    "full": (USUAL, ("--full",)),
}
FINER = {
    "material-over-type": (("--anode", "alloy", "--ion", "Na"), ("--anode", "antimony", "--ion", "Na")),
    "weight-of-a-target": (
        ("--target", "fracture", "--target", "sei-growth"),
        ("--target", "fracture", "--target", "sei-growth=9"),
    ),
    "second-target": (("--target", "fracture"), ("--target", "fracture", "--target", "sei-growth")),
    "second-facility": (("--facility", "nmr"), ("--facility", "nmr", "--facility", "lab-xrd")),
    "criterion": (("--ion", "K"), ("--ion", "K", "--weights", "cost=90")),
    "profile": (("--weights", "insight"), ("--weights", "frugal")),
    "budget-step": (("--budget", "low"), ("--budget", "moderate")),
    "preparation-step": (("--max-preparation", "low"), ("--max-preparation", "moderate")),
    "scale": (("--scale", "atomic"), ("--scale", "cell")),
    "rate": (("--c-rate", "C/50"), ("--c-rate", "10C")),
    "ion": (("--ion", "Li"), ("--ion", "K")),
    "anode": (("--anode", "intercalation"), ("--anode", "conversion")),
}
ABOUT_OUTPUT = {"format", "to", "force", "cite", "help"}
# What is read from a sentence, and what only rules of cells look at, is tried with the reading itself.
READ_ELSEWHERE = {"sentence", "cell", "electrolyte", "temperature"}


@pytest.fixture(autouse=True)
def own_file(tmp_path, monkeypatch):
    """A folder of the user's own with a knowledge file and a lab profile in it."""
    (tmp_path / "own.yaml").write_text(OWN)
    (tmp_path / "our-lab.yaml").write_text(LAB)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(*words):
    """What is answered, without the words that only repeat the question."""
    done = invoke("recommend", "--samples", "100", *words, "--format", "json")
    assert done.exit_code in {0, 4}, done.stderr
    data = json.loads(done.stdout)
    return {key: value for key, value in data.items() if key not in {"question", "reproduce", "knowledge_base"}}


def test_every_option_is_tried():
    """The table below names each option the command has."""
    options = {option.name for option in typer.main.get_command(app).commands["recommend"].params}
    assert options - ABOUT_OUTPUT - READ_ELSEWHERE == set(QUESTIONS)


@pytest.mark.parametrize("option", QUESTIONS)
def test_option_changes_an_answer(option):
    """The answer with the option differs from the answer without it."""
    usual, more = QUESTIONS[option]
    if option == "full":
        assert invoke("recommend", *usual).stdout != invoke("recommend", *usual, *more).stdout
    else:
        assert answer(*usual) != answer(*usual, *more)


@pytest.mark.parametrize("case", FINER)
def test_value_changes_the_ranking(case):
    """Two values of an option lead to different scores or exclusions."""
    first, second = (answer(*words) for words in FINER[case])
    assert standing(first) != standing(second)


def standing(data):
    """Score of each ranked option, and the excluded ones."""
    return {option["id"]: option["score"] for option in data["ranking"]}, {option["id"] for option in data["excluded"]}


def test_formats_differ():
    """The four formats are four."""
    words = ("recommend", *USUAL, "--samples", "100", "--format")
    texts = {form: invoke(*words, form).stdout for form in ("text", "markdown", "json", "jsonld")}
    assert 4 == len(set(texts.values()))


@pytest.mark.parametrize(("form", "start"), [("bibtex", "@"), ("ris", "TY  - "), ("csl-json", "[")])
def test_citations(own_file, form, start):
    """Citations are written in the form asked for, and only when asked for."""
    assert 0 == invoke("recommend", *USUAL, "--samples", "100").exit_code
    assert {"own.yaml", "our-lab.yaml"} == {path.name for path in own_file.iterdir()}
    assert 0 == invoke("recommend", *USUAL, "--samples", "100", "--cite", form, "sources.out").exit_code
    assert (own_file / "sources.out").read_text(encoding="utf-8").lstrip().startswith(start)


def test_order_of_options_does_not_matter():
    """Only the order of targets may mean something."""
    assert answer("--anode", "alloy", "--ion", "K", "--scale", "atomic") == answer(
        "--scale", "atomic", "--ion", "K", "--anode", "alloy"
    )
