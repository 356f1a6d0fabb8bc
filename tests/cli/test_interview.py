"""The interview: what it asks next, when it stops, and what it ends in."""

import itertools
import json
import math
import os
import re
import shlex
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest

from cli.running import NO_TERMINAL, environment, invoke, run
from insitu_advisor.cli import interview as wizard
from insitu_advisor.engine.inquiry import interview
from insitu_advisor.engine.inquiry.interview import DECIDING_FIELDS, Outlook, choices, outlook
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import reproduce

pytestmark = pytest.mark.usefixtures("alone")

QUESTIONS = {
    "open": {"ion": "Li", "anode": "silicon", "targets": ["fracture"]},
    "narrow": {"ion": "K", "anode": "graphite", "targets": ["charge-transfer"]},
    "two": {"ion": "Na", "anode": "hard carbon", "targets": ["pore-filling", "gas-evolution"]},
}
FIELDS = [("budget", "scale"), ("weights",), ("facilities", "c_rate"), ("scale", "weights", "c_rate")]
SETTLED = re.compile(
    r"No usual answer to what is left changes the first place \((?P<tried>[\d,]+) combinations tried\)\."
    r"(?P<single> Naming single instruments still can\.)?"
)


def narrow(text):
    """A text with one space for any run of white space."""
    return " ".join(text.split())


def winners(kb, question, fields):
    """First place for every combination of answers to some fields."""
    found = {}
    for answers in itertools.product(*(choices(kb)[field] for field in fields)):
        asked = question
        for field, answer in zip(fields, answers, strict=True):
            asked = asked.with_answer(field, answer)
        best = recommend(asked, kb).best
        found[answers] = best.id if best else "none"
    return found


def doubt(found, place):
    """Mean entropy, in bits, of the first place once the field at this place is answered."""
    groups = {}
    for answers, winner in found.items():
        groups.setdefault(answers[place], []).append(winner)
    return sum(entropy(Counter(group)) for group in groups.values()) / len(groups)


def entropy(counts):
    """Entropy of a distribution in bits."""
    return sum(count / counts.total() * math.log2(counts.total() / count) for count in counts.values())


class TestOutlook:
    @pytest.mark.parametrize("fields", FIELDS, ids="+".join)
    @pytest.mark.parametrize("words", QUESTIONS.values(), ids=QUESTIONS)
    def test_agrees_with_brute_force(self, kb, words, fields):
        """Settled, next field, winners and count are those found by asking every combination."""
        question = ask(kb, **words)
        found = winners(kb, question, fields)
        view = outlook(kb, question, fields)
        assert (len(set(found.values())) == 1) == view.settled
        assert (set(found.values()), len(found)) == (set(view.winners), view.tried)
        assert (view.next is None) == view.settled
        if view.next:
            left = {field: doubt(found, place) for place, field in enumerate(fields)}
            assert pytest.approx(min(left.values())) == left[view.next]

    def test_both_outcomes_are_met(self, kb):
        """Among the cases above some are settled and some are not."""
        settled = {outlook(kb, ask(kb, **words), fields).settled for words in QUESTIONS.values() for fields in FIELDS}
        assert {True, False} == settled

    def test_nothing_left_is_settled(self, kb):
        """With every field answered, one question is left and nothing is asked."""
        view = outlook(kb, ask(kb, **QUESTIONS["open"]), [])
        assert (True, None, 1) == (view.settled, view.next, view.tried)

    def test_hand_made_case(self, kb, monkeypatch):
        """The budget decides alone (0 bits left), the scale not at all (1 bit left): the budget is asked."""
        few = {"scale": ["atomic", "electrode"], "budget": ["low", None]}
        monkeypatch.setattr(interview, "choices", lambda kb: few)
        first = SimpleNamespace(option="cheap"), SimpleNamespace(option="dear")
        monkeypatch.setattr(interview, "score_all", lambda _, problem: ([first[problem.budget is None]], []))
        view = outlook(kb, ask(kb, ion="Li", anode="silicon", targets=["ion-diffusion"]), ["scale", "budget"])
        assert ("budget", 4, {"cheap", "dear"}) == (view.next, view.tried, set(view.winners))


def scripted(script):
    """A prompt that answers each field from a script, several words one after the other; else with don't know."""
    asked = []
    waiting = {field: list(words) for field, words in script.items()}

    def prompt(asking, number):
        asked.append(asking.field)
        words = waiting.get(asking.field)
        return words.pop(0) if words else ""

    return prompt, asked


class TestInterview:
    @pytest.mark.parametrize("word", ["", "unknown", "don't know", "Don't know"])
    def test_dont_know_is_legal_everywhere(self, folder, word):
        """Somebody who knows nothing is asked each question at most once and gets the answer to an open question."""
        asked = []
        words = wizard.interview(lambda asking, number: asked.append(asking.field) or word)
        assert len(set(asked)) == len(asked)
        assert ["target", "anode", "ion"] == asked[:3]
        assert not words.anything_given

    @pytest.mark.parametrize(
        ("field", "wrong", "right", "nearest"),
        [
            ("ion", "Mg", "Li", "there is no ion 'Mg'"),
            ("anode", "silicn", "silicon", "silicon"),
            ("target", "bananas", "dendrites", "bananas"),
            ("facility", "departmnt", "department", "department"),
        ],
    )
    def test_wrong_word_is_asked_again(self, folder, capsys, field, wrong, right, nearest):
        """A word that is not understood is answered with the nearest and asked again; the right one is kept."""
        script = {"ion": ["Li"], "anode": ["silicon"], "target": ["fracture"]} | {field: [wrong, right]}
        prompt, asked = scripted(script)
        words = wizard.interview(prompt)
        assert 2 == asked.count(field)
        assert nearest in capsys.readouterr().err
        assert getattr(words, field) in (right, [right])

    def test_first_answer_may_be_a_sentence(self, folder):
        """What a sentence says is not asked again."""
        prompt, asked = scripted({"target": ["Does the SEI on silicon grow in lithium cells?"]})
        words = wizard.interview(prompt)
        assert "Does the SEI on silicon grow in lithium cells?" == words.sentence
        assert {"anode", "ion"}.isdisjoint(asked)

    def test_list_of_what_can_be_said(self, kb, folder, capsys):
        """A question mark lists the words that fit, and the question is asked again."""
        prompt, asked = scripted({"target": ["?", "fracture"], "scale": ["?", "cell"]})
        words = wizard.interview(prompt)
        shown = narrow(capsys.readouterr().err)
        assert ["fracture"] == words.target
        assert 2 == asked.count("target")
        assert set(kb.targets) <= set(re.findall(r"[\w-]+", shown))

    def test_way_back(self, folder):
        """`back` takes the last answer away and asks for it again; at the first question it changes nothing."""
        prompt, asked = scripted({"target": ["back", "fracture", "gas"], "anode": ["back", "silicon"]})
        words = wizard.interview(prompt)
        assert ["target", "target", "anode", "target", "anode"] == asked[:5]
        assert (["gas"], "silicon") == (words.target, words.anode)

    def test_stops_when_settled(self, kb, folder, capsys):
        """As soon as no answer it offers can change the first place, nothing more is asked, and it says so."""
        prompt, asked = scripted({"ion": ["Li"], "anode": ["silicon"], "target": ["fracture"], "facility": ["bench"]})
        words = wizard.interview(prompt)
        assert ["target", "anode", "ion"] == asked[:3]
        said = SETTLED.fullmatch(narrow(capsys.readouterr().err))
        names = {asking.field: name for name, asking in wizard.DECIDING.items()}
        remaining = [field for field in DECIDING_FIELDS if field not in {names[field] for field in asked[3:]}]
        view = outlook(kb, words.ask(kb), remaining)
        assert view.settled
        assert (f"{view.tried:,}", "facilities" in remaining) == (said["tried"], bool(said["single"]))

    def test_asks_what_decides_most(self, kb, folder):
        """Each further question is the one the outlook names."""
        prompt, asked = scripted({"ion": ["Li"], "anode": ["silicon"], "target": ["fracture"]})
        wizard.interview(prompt)
        remaining, question, expected = list(DECIDING_FIELDS), ask(kb, **QUESTIONS["open"]), []
        while (view := outlook(kb, question, remaining)).next:
            expected.append(wizard.DECIDING[view.next].field)
            remaining.remove(view.next)
        assert ["target", "anode", "ion", *expected] == asked

    @pytest.mark.parametrize(
        "script",
        [
            {"ion": ["sodium"], "anode": ["hard carbon"], "target": ["plateau mechanism, gas"]},
            {"ion": ["K"], "target": ["dendrites"], "facility": ["department, nmr"], "weights": ["frugal"]},
            {"anode": ["oxide"], "budget": ["moderate"], "scale": ["particle"], "c_rate": ["C/5"]},
        ],
        ids=["sodium", "potassium", "oxide"],
    )
    def test_command_gives_the_same_ranking(self, kb, folder, script):
        """The interview ends in a question whose command gives the same ranking and scores."""
        setting = wizard.interview(scripted(script)[0]).read()
        expected = [(item.id, round(item.score, 6)) for item in recommend(setting.question, setting.kb).ranking]
        command = shlex.split(reproduce(setting.question, setting.kb))[1:]
        answer = json.loads(invoke(*command, "--samples", "100", "--format", "json").stdout)
        assert expected == [(item["id"], item["score"]) for item in answer["ranking"]]

    def test_single_instruments_are_left_open(self, folder, monkeypatch, capsys):
        """Where the facilities were not asked it says that single instruments can still change the first place."""
        monkeypatch.setattr(interview, "outlook", lambda *_: Outlook(True, None, ("eis",), 7))
        wizard.interview(scripted({"ion": ["Li"]})[0])
        said = SETTLED.fullmatch(narrow(capsys.readouterr().err))
        assert ("7", True) == (said["tried"], bool(said["single"]))

    @pytest.mark.parametrize("columns", [30, 60])
    def test_prompts_fit_the_terminal(self, monkeypatch, capsys, columns):
        """Every prompt is wrapped to the width of the terminal and loses no word."""
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(wizard.typer, "prompt", lambda *_, **__: "")
        for asking in (*wizard.FIRST, *wizard.DECIDING.values()):
            wizard._prompt(asking, 1)
            shown = capsys.readouterr().out
            assert max(map(len, shown.splitlines())) <= columns
            for words in (asking.words, asking.why, asking.examples):
                assert words in narrow(shown)


def session(*lines, cwd):
    """Exit code and everything shown when these lines are typed on a terminal."""
    pty = pytest.importorskip("pty", reason=NO_TERMINAL)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "insitu_advisor", "recommend"],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environment({"TERM": "dumb"}), cwd=cwd,
    )  # fmt: skip
    os.close(theirs)
    os.write(ours, "".join(f"{line}\n" for line in lines).encode())
    shown = b"".join(iter(lambda: _read(ours), b"")).decode()
    os.close(ours)
    return process.wait(timeout=60), shown.replace("\r\n", "\n")


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux reports a terminal whose other end is closed as an error.
        return b""


class TestCommand:
    def test_needs_a_terminal(self, folder):
        """Without a terminal to ask on, nothing is asked: 2, and what could have been said."""
        done = run("recommend", cwd=folder)
        assert (2, b"") == (done.returncode, done.stdout)
        assert b"insitu-advisor recommend --anode silicon" in done.stderr
        assert b"Traceback" not in done.stderr

    def test_whole_session(self, folder):
        """On a terminal a session ends with the answer and the command that gives it again."""
        code, shown = session("cracks", "silicn", "silicon", "Li", "bench", *[""] * 5, cwd=folder)
        assert 0 == code, shown
        assert "near in meaning: silicon" in narrow(shown)
        assert re.search(r"^DO +", shown, re.MULTILINE)
        command = "insitu-advisor recommend --anode silicon --ion Li --target fracture"
        assert f"Ask again with: {command}" in narrow(shown)

    def test_counts_its_questions(self, folder):
        """Each question says its number and how many there are at most."""
        _, shown = session("cracks", "silicon", "Li", *[""] * 6, cwd=folder)
        assert ["1", "2", "3"] == re.findall(r"(\d) of \d at most", narrow(shown))[:3]

    def test_end_of_input(self, folder):
        """A user who ends the input leaves without an answer and without a traceback."""
        code, shown = session("cracks", "\x04", cwd=folder)
        assert 0 != code
        assert "Traceback" not in shown
