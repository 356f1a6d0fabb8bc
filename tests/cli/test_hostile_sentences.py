"""Sentences, formulas and cells of a table meant to do harm, or that merely could."""

import csv
import io
import json
import os
import random
import time
import unicodedata

import pytest

from cli.running import environment, invoke
from insitu_advisor import ask
from insitu_advisor.batch.screening import screen
from insitu_advisor.cli.screen import LONGEST_LINE
from insitu_advisor.engine.question.command import arguments
from insitu_advisor.knowledge.stems import as_typed, plain

pytestmark = pytest.mark.usefixtures("alone")

WORDS = {
    "escape": "\x1b]0;owned\x07\x1b[31mred",
    "c1-escape": "\x9b31m",
    "nul": "a\0b",
    "turned-text": "\u202egnp.iS",
    "isolate": "\u2067iS\u2069",
    "hidden-text": "Si\u200bC \ufeff \U000e0041",
    "soft-hyphen": "Fe\u00ad2O3",
    "lone-surrogate": "\udcff\ud800",
    "lines": "one\r\ntwo\x0bthree\x85four\u2028five\u2029six",
    "private": "\ue000\uffff\U000e0fff",
    "empty": "",
    "spaces": " \t\u00a0\u2003 ",
    "option": "--anode",
    "digits-of-others": "C/१० ٣ Fe₂O₃² Ⅷ",
    "look-alike": "Ѕі Νa \u212a 𝐒𝐢",
    "stacked": "Si" + "\u0335" * 500,
    "no-number": "nan inf -inf 1e999 C/0 C/" + "9" * 400,
    "long-word": "S" * 250,
    "brackets": "((((" * 60,
    "joined": "@/|+," * 50,
    "coated": "N-doped coated " * 18,
    "markup": "<script>alert(1)</script> [red]x[/red] {by} %s {0.__class__} <no_group>",
    "shell": "$(touch owned) `touch owned`; touch owned # 'x\"",
}
QUESTION = "Which SEI grows on silicon in a lithium cell {} at C/10?"
DRAWS = ("--samples", "100")
SURFACES = {
    "sentence": ("recommend", "{}", "--full", *DRAWS),
    "in a sentence": ("recommend", QUESTION, "--full", *DRAWS),
    "in a sentence, json": ("recommend", QUESTION, "--format", "json", *DRAWS),
    "in a sentence, live": ("report", QUESTION, "--format", "html", *DRAWS),
    "anode": ("why", "xrd", "--anode", "{}", "--full"),
    "coating": ("report", "--anode", "Fe2O3@{}", "--format", "html", *DRAWS),
    "title": ("report", "--ion", "K", "--title", "{}", *DRAWS),
}


def steering(text):
    """The characters of a text that could steer a terminal, turn the reading direction or hide what is there."""
    return {sign for sign in set(text) if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"}} - {"\n"}


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("case", WORDS)
def test_words_are_answered_or_refused(folder, case, surface):
    """Any word gets an answer or is refused; nothing steers a terminal, takes long or is left behind."""
    words = [word.replace("{}", WORDS[case]) for word in SURFACES[surface]]
    start = time.process_time()
    done = invoke(*words)
    assert 5 > time.process_time() - start
    assert done.exit_code in {0, 2}, done.stderr
    assert set() == steering(done.stdout_bytes.decode() + done.stderr)
    assert [] == list(folder.iterdir())


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_cells_are_answered_or_named(folder, form):
    """The same words in any column of a table: a row each, whole, and nothing in it steers or is run as a formula."""
    columns = ("question", "anode", "ion", "target", "facility", "weights", "c_rate", "temperature", "cell")
    with (folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(columns)
        cases = [word for case, word in WORDS.items() if case != "lone-surrogate"] + ["=1+1", "@SUM(1)", "-1+1"]
        for word in cases:
            table.writerows([word if at == column else "" for at in columns] for column in columns)
    done = invoke("screen", "table.csv", "--format", form)
    assert 0 == done.exit_code, done.stderr
    shown = done.stdout_bytes.decode()
    assert set() == steering(shown)
    if form == "jsonl":
        assert len(cases) * len(columns) == len([json.loads(line) for line in shown.splitlines()])
        return
    rows = list(csv.reader(io.StringIO(shown)))
    assert len(cases) * len(columns) == len(rows) - 1
    assert {len(rows[0])} == {len(row) for row in rows}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "@", "+", "-"))]


def test_words_mean_the_same_as_typed(kb):
    """What is shown of a text reads like the text, and is shown as it is when it is typed once more."""
    chance = random.Random(5)
    for _ in range(300):
        text = "".join(chr(chance.choice([chance.randrange(0x250), chance.randrange(0x11_0000)])) for _ in range(40))
        shown = as_typed(text)
        assert shown == as_typed(shown)
        assert "" == "".join(sign for sign in shown if not sign.isprintable())
        assert plain(text).split() == plain(shown).split()


@pytest.mark.parametrize("case", WORDS)
def test_question_asks_itself_again(kb, case):
    """The printed options of a question that was understood ask the same question, whatever was typed around it."""
    for given in ({"sentence": QUESTION.format(WORDS[case])}, {"anode": f"Fe2O3@{WORDS[case]}"}):
        try:
            first = ask(kb, **given)
        except ValueError:
            continue
        words = arguments(first)
        options = dict(zip(words[::2], words[1::2], strict=True))
        again = ask(
            kb,
            anode=options.get("--anode"),
            ion=options.get("--ion"),
            targets=[word for name, word in zip(words[::2], words[1::2], strict=True) if name == "--target"],
            c_rate=options.get("--c-rate"),
            temperature=options.get("--temperature"),
        )
        assert first.anode.value == again.anode.value
        assert first.targets.value == again.targets.value
        assert first.c_rate.value == again.c_rate.value


ENDLESS = {
    "zeros": (b"", b"\0"),
    "header": (b"", b"question,"),
    "cell": (b"question\n", b"SEI "),
    "cells": (b"question\n", b","),
    "quoted": (b"question\n", b'"SEI '),
}


@pytest.mark.parametrize("case", ENDLESS)
def test_endless_line_of_a_table(folder, case):
    """A line that does not end, as that of a device, is refused before memory is."""
    start, more = ENDLESS[case]
    (folder / "table.csv").write_bytes(start + more * (LONGEST_LINE // len(more) + 1))
    done = invoke("screen", "table.csv", "-o", "answers.csv")
    assert 3 == done.exit_code
    assert "a line of the table has more than 2,000,000 characters" in done.stderr
    assert ["table.csv"] == [path.name for path in folder.iterdir()]


def test_longest_cells_are_within_a_line(kb):
    """A row whose every cell is as long as a cell may be is a row, and its fault is told."""
    (row,) = screen(["anode,ion\n", f"{'S' * 100_000},{'K' * 100_000}\n"], kb)
    assert row.fault


@pytest.mark.skipif(os.name != "posix", reason="devices of POSIX")
def test_device_instead_of_an_answer():
    """A device is not read as an answer until memory ends."""
    done = invoke("replay", "/dev/zero")
    assert 3 == done.exit_code
    assert "is larger than 16 MiB" in done.stderr


REPLAYED = [
    ("sentence", "SEI \x1b[31m"), ("sentence", "\ud800"), ("sentence", 5), ("unused", ["\u202e"]), ("notes", ["\x9b"]),
    ("anode", {"word": "Fe2O3\x1b]0;x\x07"}), ("anode", {"word": 5}), ("ion", {"note": "\u2028"}),
    ("ion", {"words": ["\ud800"]}), ("ion", {"otherwise": "\0"}), ("outside", ["nothing"]),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), REPLAYED, ids=[f"{field}-{value!a:.20}" for field, value in REPLAYED])
def test_doctored_answer_is_refused(folder, field, value):
    """Words in the file of an answer that no answer holds, since they could not be shown, are not shown."""
    sentence = "SEI on Fe2O3 in a lithium cell at C/10"
    assert 0 == invoke("recommend", sentence, *DRAWS, "--format", "json", "-o", "old.json").exit_code
    assert 0 == invoke("replay", "old.json").exit_code
    data = json.loads((folder / "old.json").read_text(encoding="utf-8"))
    old = data["question"][field]
    data["question"][field] = old | value if isinstance(value, dict) else value
    (folder / "old.json").write_text(json.dumps(data), encoding="utf-8")
    done = invoke("replay", "old.json")
    assert (3, "") == (done.exit_code, done.stdout)
    assert set() == steering(done.stderr)


@pytest.mark.skipif(os.name != "posix", reason="words are bytes on POSIX only")
def test_bytes_that_are_no_text(folder):
    """A word that is no UTF-8, as another terminal would send it, is read around."""
    import subprocess
    import sys

    command = [sys.executable, "-m", "insitu_advisor", "recommend", b"SEI on silicon \xff\xfe", "--full", *DRAWS]
    done = subprocess.run(command, capture_output=True, env=environment(), check=False, timeout=60)
    assert (0, b"") == (done.returncode, done.stderr)
    assert "- Sentence: SEI on silicon (given)" in done.stdout.decode()
