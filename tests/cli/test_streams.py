"""Closed, full and odd streams, signals in the middle, and two who write the same file: the exit code stays true."""

import csv
import errno
import io
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from cli.running import environment, forked, invoke
from insitu_advisor.cli import output

pytestmark = pytest.mark.skipif(os.name != "posix", reason="streams, signals and links of POSIX")

QUESTION = ("--anode", "alloy", "--ion", "K", "--samples", "100")
TABLE = "anode,ion\nalloy,K\nalloy,Xx\n"
# Each with the exit code it has in all circumstances.
COMMANDS = {
    ("recommend", *QUESTION): 0,
    ("recommend", *QUESTION, "--format", "json"): 0,
    ("recommend", "--ion", "Xx"): 2,
    ("recommend", "--nonsense"): 2,
    ("recommend",): 2,
    (): 2,
    ("recommend", *QUESTION, "--kb", "nowhere.yaml"): 3,
    ("recommend", "--target", "crystalline-phase", "--facility", "potentiostat"): 4,
    ("screen", "questions.csv"): 0,
    ("screen", "-"): 3,
    ("lab", "init", "--ask"): 2,
    ("show", "raman"): 0,
    ("--version",): 0,
}
# Each as a shell writes it.
STREAMS = {
    "no-errors": "2>&-",
    "errors-full": "2>/dev/full",
    "errors-cannot-be-written": "2</dev/null",
    "no-input": "<&-",
    "nothing-but-output": "<&- 2>&-",
    "no-stream": "<&- >&- 2>&-",
    "no-output": ">&-",
}
# The same as files by number, where there is a word for it.
FILES = {
    "no-errors": {2: None},
    "errors-full": {2: "/dev/full"},
    "no-input": {0: None},
    "nothing-but-output": {0: None, 2: None},
    "no-stream": {0: None, 1: None, 2: None},
    "no-output": {1: None},
}
CLOSED = ("nothing-but-output", "no-stream")
MINE = f"{sys.executable} -m insitu_advisor"


def shell(words, redirected, cwd):
    """What a command does with its streams redirected by a shell."""
    command = f"{MINE} {' '.join(words)} {redirected}"
    return subprocess.run(
        command, shell=True, stdin=subprocess.DEVNULL, capture_output=True, env=environment(), cwd=cwd, check=False,
        timeout=60,
    )  # fmt: skip


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder to work in, with a table of questions."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions.csv").write_text(TABLE)
    return tmp_path


def whole(done, words, case):
    """A command has its exit code, and what it printed is what it prints with all streams open."""
    assert COMMANDS[words] == done.returncode, done.stderr
    assert b"our fault" not in done.stderr
    assert b"Traceback" not in done.stderr
    if case not in {"no-stream", "no-output"}:
        assert forked(*words).stdout == done.stdout


class TestStreams:
    @pytest.mark.parametrize("case", STREAMS)
    def test_exit_code_stays(self, case, here):
        """Whatever streams are closed or full, the answer is whole and the exit code is that of the answer."""
        whole(shell(("recommend", *QUESTION), STREAMS[case], here), ("recommend", *QUESTION), case)

    @pytest.mark.parametrize("case", CLOSED)
    @pytest.mark.parametrize("words", list(COMMANDS)[1:], ids=lambda words: " ".join(words) or "nothing")
    def test_exit_code_of_every_command_stays(self, words, case, here):
        """The same for every other command, where most is missing."""
        whole(forked(*words, streams=FILES[case], cwd=here), words, case)

    @pytest.mark.parametrize("case", STREAMS)
    def test_file_takes_no_place_of_a_stream(self, case, here):
        """A file that is written while streams are closed holds the answer and nothing else."""
        expected = invoke("recommend", *QUESTION).stdout
        words = ("recommend", *QUESTION, "-o", "answer.txt")
        done = forked(*words, streams=FILES[case]) if case in FILES else shell(words, STREAMS[case], here)
        assert (0, b"") == (done.returncode, done.stdout)
        assert expected == (here / "answer.txt").read_text(encoding="utf-8")

    def test_input_that_cannot_be_read(self, here):
        """A standard input open for writing only is named as such, and not the place of the answers."""
        done = shell(("screen", "-"), "0>nothing.csv", here)
        assert 3 == done.returncode
        assert b"cannot read the table" in done.stderr

    def test_no_input_is_said(self, here):
        """Without a standard input a table is asked for by name."""
        assert b"no standard input" in shell(("screen", "-"), "<&-", here).stderr


NO_TEXT = "\udcff\udcfe.yaml"
ODD_NAMES = {"not-utf-8": NO_TEXT, "escape": "\x1b[31m.yaml", "line-break": "a\nb.yaml", "turned": "\u202egnp.yaml"}


class TestOddNames:
    @pytest.mark.parametrize("name", ODD_NAMES.values(), ids=ODD_NAMES)
    @pytest.mark.parametrize("option", ["--lab", "--kb"])
    @pytest.mark.parametrize(
        "words",
        [
            *(("recommend", *QUESTION, "--format", form) for form in ("text", "markdown", "json", "jsonld")),
            ("report", *QUESTION),
            ("report", *QUESTION, "--format", "html"),
            ("plan", *QUESTION[:4]),
            ("screen", "questions.csv"),
        ],
        ids=" ".join,
    )
    def test_is_refused(self, here, words, option, name):
        """A file whose name no answer could show is refused with 3, in every format, before anything is printed."""
        content = (
            "name: Ours\ninstruments: {raman: {access: owned}}\n" if option == "--lab" else "traits: {soft: Soft.}\n"
        )
        Path(name).write_text(content)
        done = invoke(*words, option, name)
        assert (3, "") == (done.exit_code, done.stdout)
        assert "has a name that cannot be shown; rename the file" in done.stderr

    def test_in_the_environment(self, here):
        """The same holds for a profile named by the environment, in a process of its own."""
        Path(NO_TEXT).write_text("name: Ours\ninstruments: {raman: {access: owned}}\n")
        env = environment({"INSITU_ADVISOR_LAB": NO_TEXT})
        command = [sys.executable, "-m", "insitu_advisor", "recommend", *QUESTION]
        done = subprocess.run(command, capture_output=True, env=env, cwd=here, check=False, timeout=60)
        assert (3, b"") == (done.returncode, done.stdout)
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize(
        "words",
        [
            *(
                ("recommend", *QUESTION, option, NO_TEXT)
                for option in (
                    "--target", "--facility", "--weights", "--budget", "--versus-ion", "--format", "--electrolyte",
                )
            ),
            ("recommend", NO_TEXT),
            ("report", *QUESTION, "--title", NO_TEXT),
            ("report", *QUESTION, "--author", NO_TEXT),
            ("report", *QUESTION, "--title", NO_TEXT, "--format", "html"),
            ("compare", "xrd", NO_TEXT),
            ("why", NO_TEXT),
            ("show", NO_TEXT),
            ("screen", NO_TEXT),
            ("replay", NO_TEXT),
            ("kb", "check", NO_TEXT),
            ("help", NO_TEXT),
            (NO_TEXT,),
        ],
        ids=lambda words: " ".join(words).replace(NO_TEXT, "WORD"),
    )  # fmt: skip
    def test_word_that_is_no_text(self, here, words):
        """Any word of the command line may be bytes that are no text, and is answered or refused as a word."""
        done = forked(*words, cwd=here)
        assert done.returncode in {0, 2, 3}, done.stderr
        assert b"our fault" not in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("option", ["--title", "--author"])
    @pytest.mark.parametrize("word", ["\x1b]0;owned\x07", "a\nb", "\u202eb", NO_TEXT])
    def test_title_is_text(self, option, word):
        """A title that could steer a terminal, hide text or not be written is refused and spelled out."""
        done = invoke("report", *QUESTION, option, word, "--format", "text")
        assert (2, "") == (done.exit_code, done.stdout)
        assert option in done.stderr
        assert word not in done.stderr

    def test_answer_may_be_named_so(self, here):
        """An answer can be written to any name the disk takes."""
        assert 0 == invoke("show", "-o", NO_TEXT).exit_code
        assert Path(NO_TEXT).is_file()


IN_THE_MIDDLE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
number, step, *words = sys.argv[1:]
real = getattr(os, step)
def struck(*given, **named):
    done = real(*given, **named)
    if step != "open" or str(given[0]).endswith(".part"):
        os.kill(os.getpid(), int(number))
    return done
setattr(os, step, struck)
sys.argv = ["insitu-advisor", *words]
from insitu_advisor.cli.main import main
main()
"""
SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
WRITING = {
    "answer": ("recommend", *QUESTION, "-o", "new.txt"),
    "report": ("report", *QUESTION, "-o", "new.html"),
    "rows": ("screen", "questions.csv", "-o", "new.csv"),
    "citations": ("recommend", *QUESTION, "--cite", "ris", "new.ris"),
    "profile": ("lab", "init", "-o", "new.yaml"),
    "pictures": ("report", *QUESTION, "-o", "-", "--figures", "."),
}


class TestSignals:
    @pytest.mark.parametrize("step", ["fsync", "open"])
    @pytest.mark.parametrize("case", WRITING)
    @pytest.mark.parametrize("name", SIGNALS)
    def test_leaves_nothing(self, here, name, case, step):
        """A signal as a file is made or is about to be finished leaves no part of it, and ends as that signal does."""
        number = getattr(signal, name)
        words = (str(int(number)), step, *WRITING[case])
        done = forked(*words, program=IN_THE_MIDDLE, env={"INSITU_ADVISOR_LAB": "none"}, cwd=here)
        assert (130 if name == "SIGINT" else -number) == done.returncode, done.stderr
        assert b"Traceback" not in done.stderr
        assert ["questions.csv"] == [path.name for path in here.iterdir()]

    @pytest.mark.parametrize("name", SIGNALS)
    def test_from_outside(self, here, name):
        """A table that is still being answered leaves nothing when its program is ended."""
        program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        program += "from insitu_advisor.cli.main import main; main()"
        process = subprocess.Popen(
            [sys.executable, "-c", program, "screen", "-", "-o", "new.csv"],
            stdin=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), cwd=here,
        )  # fmt: skip
        process.stdin.write(TABLE.encode())
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not list(here.glob(".*.part")) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert list(here.glob(".*.part"))
        process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=60)
        assert (130 if name == "SIGINT" else -getattr(signal, name)) == process.returncode
        assert b"Traceback" not in said
        assert ["questions.csv"] == [path.name for path in here.iterdir()]

    def test_twice(self, here):
        """Whoever sends it twice does not disturb the tidying up."""
        program = IN_THE_MIDDLE.replace("int(number))", "int(number)); os.kill(os.getpid(), int(number))")
        command = [sys.executable, "-c", program, str(int(signal.SIGTERM)), "fsync", *WRITING["answer"]]
        done = subprocess.run(command, capture_output=True, env=environment(), cwd=here, check=False, timeout=60)
        assert -signal.SIGTERM == done.returncode
        assert ["questions.csv"] == [path.name for path in here.iterdir()]

    def test_nohup(self, here):
        """Where a user had it ignored, a signal stays ignored and the answer is written."""
        program = f"import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n{IN_THE_MIDDLE}"
        command = [sys.executable, "-c", program, str(int(signal.SIGHUP)), "fsync", *WRITING["answer"]]
        done = subprocess.run(command, capture_output=True, env=environment(), cwd=here, check=False, timeout=60)
        assert 0 == done.returncode
        assert (here / "new.txt").is_file()


def no_links(*_, **__):
    """What a file system without links says."""
    raise OSError(errno.EPERM, "no links here")


class TestTwoWriters:
    @pytest.fixture(params=["links", "no-links"])
    def _links(self, request, monkeypatch):
        """With links on the file system and without."""
        if request.param == "no-links":
            monkeypatch.setattr(os, "link", no_links)

    @pytest.mark.usefixtures("_links")
    def test_only_one_wins(self, here):
        """Of many who write the same new file at once, one does, and all others are told so; nobody overwrites."""
        start, outcomes = threading.Barrier(8), []

        def writing(number):
            start.wait()
            try:
                with output._part_beside(Path("new.txt"), replace=False) as file:
                    file.write(str(number).encode())
                outcomes.append(number)
            except FileExistsError:
                outcomes.append(None)

        threads = [threading.Thread(target=writing, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        (winner,) = (number for number in outcomes if number is not None)
        assert 8 == len(outcomes)
        assert str(winner) == Path("new.txt").read_text()
        assert {"questions.csv", "new.txt"} == {path.name for path in here.iterdir()}

    @pytest.mark.usefixtures("_links")
    @pytest.mark.parametrize("case", [case for case in WRITING if case != "pictures"])
    def test_file_that_appears_meanwhile(self, here, monkeypatch, case):
        """A file that somebody else wrote while we worked stays as it is, and that is said."""
        name = WRITING[case][-1]
        real = os.fsync

        def somebody(handle):
            real(handle)
            Path(name).write_text("theirs")

        monkeypatch.setattr(os, "fsync", somebody)
        done = invoke(*WRITING[case])
        assert 2 == done.exit_code
        assert f"{name} was written by somebody else meanwhile and was left as it is" in done.stderr
        assert "theirs" == Path(name).read_text()
        assert {"questions.csv", name} == {path.name for path in here.iterdir()}

    def test_forced(self, here, monkeypatch):
        """With --force it is replaced."""
        real = os.fsync
        monkeypatch.setattr(os, "fsync", lambda handle: (real(handle), Path("new.txt").write_text("theirs")))
        assert 0 == invoke(*WRITING["answer"], "--force").exit_code
        assert "theirs" != Path("new.txt").read_text()

    def test_processes(self, here):
        """Two whole programs: one answer, one exit code 0, one 2."""
        command = [sys.executable, "-m", "insitu_advisor", *WRITING["answer"]]
        both = [subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(), cwd=here) for _ in range(2)]
        for process in both:
            process.communicate(timeout=60)
        assert [0, 2] == sorted(process.returncode for process in both)
        assert {"questions.csv", "new.txt"} == {path.name for path in here.iterdir()}


class TestCitations:
    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that nobody can write to")
    @pytest.mark.parametrize("command", ["recommend", "report"])
    @pytest.mark.parametrize("path", ["/proc/x.bib", "/sys/x.bib", "nowhere/x.bib", ".", "/dev/null"])
    def test_unwritable_is_found_first(self, here, command, path):
        """Citations that could not be written are found before the answer is."""
        done = invoke(command, *QUESTION, "--cite", "bibtex", path, "-o", "answer.md")
        assert (3, "") == (done.exit_code, done.stdout)
        assert "Wrote" not in done.stderr
        assert ["questions.csv"] == [file.name for file in here.iterdir()]

    def test_lost_on_the_way(self, here, monkeypatch):
        """Citations that get lost after all are told apart from the answer, which is there."""
        real, calls = os.fsync, []

        def full(handle):
            calls.append(handle)
            if len(calls) == 2:
                raise OSError(errno.ENOSPC, "no space left")
            real(handle)

        monkeypatch.setattr(os, "fsync", full)
        done = invoke("recommend", *QUESTION, "--cite", "bibtex", "x.bib", "-o", "answer.md")
        assert 3 == done.exit_code
        assert "cannot write x.bib: no space left; the answer was written, the citations were not" in done.stderr
        assert {"questions.csv", "answer.md"} == {file.name for file in here.iterdir()}


def test_rows_are_whole(here):
    """A table of answers written to a file is what would have been printed."""
    assert 0 == invoke("screen", "questions.csv", "-o", "new.csv").exit_code
    text = Path("new.csv").read_text(encoding="utf-8")
    assert invoke("screen", "questions.csv").stdout == text
    assert 3 == len(list(csv.reader(io.StringIO(text))))
