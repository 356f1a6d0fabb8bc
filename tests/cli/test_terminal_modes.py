"""Pipes, terminals and locales: no escape codes in a pipe, no lost text, no crash."""

import itertools
import os
import re
import struct
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from cli.running import ESCAPE, NO_TERMINAL, each, environment, forked, invoke, run

MODES = {
    "plain": {},
    "no-colour": {"NO_COLOR": "1"},
    "forced-colour": {"FORCE_COLOR": "1"},
    "forced-by-others": {"PY_COLORS": "1", "CLICOLOR_FORCE": "1", "TTY_COMPATIBLE": "1"},
    "dumb": {"TERM": "dumb"},
    "fine-terminal": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "narrow": {"COLUMNS": "40"},
    "github": {"GITHUB_ACTIONS": "true"},
    "windows-western": {"PYTHONIOENCODING": "cp1252"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "c-locale": {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
}
ANSWERS = {
    "recommend": ("recommend", "--anode", "alloy", "--ion", "K", "--samples", "100"),
    "compare": ("compare", "xrd", "tem"),
    "references": ("show", "sources"),
}
ON_A_TERMINAL = {
    **ANSWERS,
    "report": ("report", "--anode", "silicon", "--ion", "Li", "--format", "text", "--samples", "100"),
    "materials": ("show", "materials"),
    "speeds": ("show", "speeds", "--c-rate", "C/10"),
    "show": ("show", "raman"),
    "why": ("why", "xrd", "--anode", "alloy"),
    "plan": ("plan", "--anode", "silicon"),
}
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
COLOURS = re.compile(r"\x1b\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[\d;]*)?m")


@cache
def piped(case):
    """A command's answer in a pipe, with nothing in the environment that steers it."""
    return invoke(*ON_A_TERMINAL[case]).stdout_bytes


def on_terminal(*words, columns=100, env=None, start=forked):
    """Exit code and everything a command shows on a terminal of this width, line ends as in a file."""
    fcntl, pty, termios = (pytest.importorskip(name, reason=NO_TERMINAL) for name in ("fcntl", "pty", "termios"))
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    # The echo of the terminal would turn line ends into CR LF.
    settings = termios.tcgetattr(theirs)
    settings[1] &= ~termios.OPOST
    termios.tcsetattr(theirs, termios.TCSANOW, settings)
    streams = dict.fromkeys(range(3), os.ttyname(theirs))
    with ThreadPoolExecutor(max_workers=1) as pool:
        shown = pool.submit(lambda: b"".join(iter(lambda: _read(ours), b"")))
        done = start(*words, env={"TERM": "xterm-256color"} | (env or {}), streams=streams)
        os.close(theirs)
    os.close(ours)
    return done.returncode, shown.result()


def started(*words, env, streams):
    """A command in a process of its own with these streams."""
    files = [os.open(path, os.O_RDWR | os.O_NOCTTY) for path in streams.values()]
    command = [sys.executable, "-m", "insitu_advisor", *words]
    done = subprocess.run(
        command, stdin=files[0], stdout=files[1], stderr=files[2], env=environment(env), check=False, timeout=60
    )
    for file in files:
        os.close(file)
    return done


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux reports a terminal whose other end is closed as an error.
        return b""


def letters(text):
    """How often each letter and digit stands in a text, escape codes left out."""
    return Counter(character for character in ESCAPES.sub("", text) if character.isalnum())


@cache
def headers(case):
    """The header lines of the tables in an answer, which a narrow terminal may drop."""
    words = [word for word in ON_A_TERMINAL[case] if word not in {"--format", "text"}]
    return "".join(re.findall(r"^\| (.+) \|\n\| [:-]", invoke(*words, "--format", "markdown").stdout, re.MULTILINE))


def could_be_narrower(line):
    """Whether nothing excuses a line for being wider than the terminal: a command and a single word are never cut."""
    return not line.lstrip().startswith("insitu-advisor ") and len(line.split()) > 1


PIPED = [
    *(("recommend", mode) for mode in MODES if mode != "narrow"),
    *(("references", mode) for mode in ("ascii", "c-locale")),
]


@pytest.fixture(scope="module")
def answers():
    """What a pipe gets, in every mode."""
    return each(lambda case: run(*ANSWERS[case[0]], env=MODES[case[1]]), PIPED)


@pytest.fixture(scope="module")
def refusals():
    """What a wrong word is answered with, in every mode."""
    return each(lambda mode: run("recommend", "--anode", "xyzzy\u2013 \u2713", env=MODES[mode]), MODES)


class TestPipe:
    @pytest.mark.parametrize(("case", "mode"), PIPED)
    def test_same_bytes_in_every_mode(self, case, mode, answers):
        """A pipe gets the same UTF-8 text whatever the environment asks for, without an escape code."""
        done = answers[case, mode]
        assert (0, b"") == (done.returncode, done.stderr)
        assert ESCAPE not in done.stdout.decode("utf-8")
        assert piped(case) == done.stdout

    @pytest.mark.parametrize("case", ["recommend", "compare", "why"])
    def test_columns_are_honoured(self, case):
        """A pipe that says how wide it will be shown gets lines of that width, with every word of the long ones."""
        done = forked(*ON_A_TERMINAL[case], env={"COLUMNS": "60"})
        text = done.stdout.decode()
        assert [] == [line for line in text.splitlines() if len(line) > 60 and could_be_narrower(line)]
        assert letters(piped(case).decode()) == letters(text)

    @pytest.mark.parametrize("columns", ["", "wide", "-5"])
    def test_columns_that_are_no_number_count_for_nothing(self, columns):
        """Nothing but a number is a width."""
        assert piped("compare") == forked(*ANSWERS["compare"], env={"COLUMNS": columns}).stdout

    @pytest.mark.parametrize("mode", MODES)
    def test_errors_hold_no_escape_codes(self, mode, refusals):
        """Messages in a pipe hold no escape code, also with letters beyond the locale."""
        done = refusals[mode]
        assert (2, b"") == (done.returncode, done.stdout)
        assert b"--anode" in done.stderr
        assert ESCAPE.encode() not in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("mode", ["forced-colour", "forced-by-others", "github", "fine-terminal"])
    def test_help_holds_no_escape_codes(self, mode):
        """Help pages in a pipe hold no escape code."""
        done = run("recommend", "--help", env=MODES[mode])
        assert 0 == done.returncode, done.stderr
        assert done.stdout
        assert ESCAPE.encode() not in done.stdout + done.stderr

    def test_umlauts_survive_an_ascii_locale(self, answers):
        """Letters beyond ASCII reach a pipe as UTF-8."""
        text = answers["references", "ascii"].stdout.decode("utf-8")
        assert any(ord(character) > 127 for character in text)


WIDTHS = [*((case, 40) for case in ON_A_TERMINAL), ("report", 80), ("show", 200), ("speeds", 120)]
LACKING = list(itertools.product(["report", "references"], ["windows-western", "ascii", "c-locale"]))


@pytest.fixture(scope="module")
def shown_at():
    """What each command shows on a terminal of each width."""
    return each(lambda case: on_terminal(*ON_A_TERMINAL[case[0]], columns=case[1]), WIDTHS)


@pytest.fixture(scope="module")
def shown_lacking():
    """What a terminal shows whose encoding lacks letters."""
    return each(lambda case: on_terminal(*ON_A_TERMINAL[case[0]], env=MODES[case[1]], start=started), LACKING)


class TestTerminal:
    @pytest.mark.parametrize(("case", "columns"), WIDTHS)
    def test_no_text_is_lost(self, case, columns, shown_at):
        """A terminal of any width shows every letter a pipe gets, but for headers; only a command, to be copied whole,
        and a single word, such as an address, are ever wider than it."""
        code, shown = shown_at[case, columns]
        text = shown.decode("utf-8")
        assert 0 == code
        assert Counter() == letters(piped(case).decode("utf-8")) - letters(text) - letters(headers(case))
        lines = [ESCAPES.sub("", line).rstrip() for line in text.splitlines()]
        widest = max(filter(could_be_narrower, lines), key=len)
        assert len(widest) <= columns, widest

    def test_colour(self):
        """A terminal gets colour."""
        assert COLOURS.search(on_terminal(*ANSWERS["recommend"], start=started)[1].decode())

    @pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["no-colour", "dumb"])
    def test_no_colour(self, env):
        """NO_COLOR and a dumb terminal get none."""
        assert not COLOURS.search(on_terminal(*ANSWERS["recommend"], env=env)[1].decode())

    def test_dumb_terminal_gets_no_escape_codes(self):
        """A terminal that calls itself dumb gets plain text, wrapped to its width."""
        code, shown = on_terminal(*ANSWERS["recommend"], columns=60, env={"TERM": "dumb"})
        assert 0 == code
        assert ESCAPE.encode() not in shown
        assert letters(piped("recommend").decode()) == letters(shown.decode())

    @pytest.mark.parametrize(("case", "mode"), LACKING)
    def test_terminal_that_lacks_letters(self, case, mode, shown_lacking):
        """A terminal whose encoding lacks letters shows the rest instead of crashing."""
        code, shown = shown_lacking[case, mode]
        assert 0 == code, shown
        assert b"Traceback" not in shown
        assert b"our fault" not in shown

    @pytest.mark.parametrize("mode", ["windows-western", "ascii"])
    def test_error_on_a_terminal_that_lacks_letters(self, mode):
        """A message that repeats a letter the terminal lacks is still a message."""
        code, shown = on_terminal("recommend", "--anode", "xyzzy\u2013 \u2713", env=MODES[mode], start=started)
        assert 2 == code
        assert b"there is no anode" in shown

    def test_json_stays_json(self):
        """JSON on a terminal has neither colour nor breaks."""
        _, shown = on_terminal("recommend", "--ion", "K", "--samples", "100", "--format", "json", columns=40)
        assert invoke("recommend", "--ion", "K", "--samples", "100", "--format", "json").stdout_bytes == shown


def test_messages_fit_the_terminal(tmp_path):
    """A message and the tips below it are filled into the lines of a terminal, and lose no word."""
    words = (
        "report",
        "--anode",
        "alloy",
        "-o",
        str(tmp_path / "there" / "is" / "no" / "such" / "folder" / "report.md"),
    )
    code, shown = on_terminal(*words, columns=50)
    text = shown.decode()
    assert 3 == code
    assert [] == [line for line in text.splitlines() if len(line) > 50 and len(line.split()) > 1]
    assert "nothing was written" in " ".join(text.split())
    assert len(text.splitlines()) > 1
