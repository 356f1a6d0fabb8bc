"""What is written is whole, and the same for the same question."""

import datetime
import errno
import os
import stat
from pathlib import Path

import pytest

from cli.running import each, invoke, run

QUESTION = ("--anode", "silicon", "--ion", "Li", "--target", "fracture", "--target", "sei-growth")
FEW = ("--samples", "100")
SAME = {
    "recommend": ("recommend", *QUESTION, *FEW),
    "json": ("recommend", *QUESTION, "--format", "json", *FEW),
    "report": ("report", *QUESTION, *FEW),
    "compare": ("compare", "xrd", "tem", *QUESTION),
    "plan": ("plan", *QUESTION),
    "why": ("why", "nmr", *QUESTION),
    "citations": ("recommend", *QUESTION, "--cite", "bibtex", "-", "-o", "answer.txt", "--force", *FEW),
}


@pytest.fixture
def path(tmp_path):
    """A file that is not there yet."""
    return tmp_path / "answer.md"


class TestWholeOrNotAtAll:
    @pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
    @pytest.mark.parametrize("before", [None, "mine"])
    def test_failure_midway(self, path, monkeypatch, step, before):
        """Whatever step of the writing fails, the old file stays and no part of the new one is left."""
        if before:
            path.write_text(before)

        def fail(*_, **__):
            raise OSError(errno.ENOSPC, "the system's words")

        monkeypatch.setattr(os if step == "fsync" else Path, step, fail)
        done = invoke("report", *FEW, "-o", str(path), "--force")
        monkeypatch.undo()
        assert 3 == done.exit_code
        assert f"cannot write {path}: the system's words; nothing was written" in done.stderr
        assert ([path] if before else []) == list(path.parent.iterdir())
        assert before == (path.read_text() if before else None)

    def test_ctrl_c_midway(self, path, monkeypatch):
        """An interrupted writing leaves nothing behind."""

        def interrupt(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        invoke("report", *FEW, "-o", str(path))
        assert [] == list(path.parent.iterdir())

    def test_no_temporary_file_is_left(self, path):
        """After the writing only the file itself is there."""
        assert 0 == invoke("report", *FEW, "-o", str(path)).exit_code
        assert [path] == list(path.parent.iterdir())

    @pytest.mark.skipif(os.name != "posix", reason="file modes are those of POSIX")
    def test_mode_follows_the_umask(self, path):
        """The file can be read by whoever the user's umask lets read."""
        old = os.umask(0o027)
        try:
            invoke("report", *FEW, "-o", str(path))
        finally:
            os.umask(old)
        assert 0o640 == stat.S_IMODE(path.stat().st_mode)

    @pytest.mark.parametrize("form", ["text", "markdown", "json"])
    def test_file_holds_what_would_be_printed(self, path, form):
        """A file has the bytes a pipe would get."""
        words = ("recommend", *QUESTION, *FEW, "--format", form)
        assert 0 == invoke(*words, "-o", str(path)).exit_code
        assert invoke(*words).stdout_bytes == path.read_bytes()

    def test_line_ends(self, path):
        """Lines end in one way on every system, and the file ends in a line break."""
        invoke("report", *FEW, "-o", str(path))
        content = path.read_bytes()
        assert b"\r" not in content
        assert content.endswith(b"\n")
        assert not content.endswith(b"\n\n")

    def test_answer_without_options_is_written(self, path):
        """An answer in which nothing passes is written too, and still ends with 4."""
        words = ("report", "--facility", "potentiostat", "--target", "crystalline-phase")
        assert 4 == invoke(*words, "-o", str(path)).exit_code
        assert "Nothing within your limits can answer this" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [("recommend", *QUESTION, *FEW), ("report", *FEW), ("compare", "xrd", "tem"), ("show", "goals")],
    ids=" ".join,
)
def test_dash_prints(words):
    """`-o -` is standard output."""
    done = invoke(*words, "-o", "-")
    assert (0, "") == (done.exit_code, done.stderr)
    assert invoke(*words).stdout == done.stdout


PLACES = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Lima", "LC_ALL": "C"},
)


@pytest.mark.parametrize("case", SAME)
def test_same_bytes_in_every_process(case, tmp_path, monkeypatch):
    """The same question has the same answer to the byte, however a process orders its sets, and wherever it runs."""
    monkeypatch.chdir(tmp_path)
    first, second = each(lambda place: run(*SAME[case], env=PLACES[place]), range(len(PLACES))).values()
    assert 0 == first.returncode, first.stderr
    assert first.stdout
    assert first.stdout == second.stdout


class TestDate:
    def test_epoch_adds_the_date(self):
        """SOURCE_DATE_EPOCH dates a report, in UTC whatever the time zone."""
        for zone in ("Asia/Tokyo", "America/Lima"):
            done = run("report", *FEW, env={"SOURCE_DATE_EPOCH": "1700000000", "TZ": zone})
            assert b"2023-11-14" in done.stdout

    def test_empty_epoch(self):
        """An empty variable is none."""
        assert invoke("report", *FEW).stdout == invoke("report", *FEW, env={"SOURCE_DATE_EPOCH": ""}).stdout

    @pytest.mark.parametrize(
        "epoch",
        [
            "yesterday",
            "1.5",
            "2023-11-14",
            "99999999999999999",
            "0x10",
            "1_000",
            " 5",
            "-1",
            "+5",
            "\u0665",
            "\u00b2",
            "1e9",
        ],
    )
    def test_bad_epoch(self, epoch):
        """A date that is none is an error that names the variable."""
        done = invoke("report", *FEW, env={"SOURCE_DATE_EPOCH": epoch})
        assert (2, "") == (done.exit_code, done.stdout)
        assert f"SOURCE_DATE_EPOCH is '{epoch}'" in done.stderr
        assert "unset it" in done.stderr

    def test_bad_epoch_writes_nothing(self, path):
        """A bad date stops the report before a file is written."""
        done = invoke(
            "report", "-o", str(path), "--cite", "bibtex", str(path) + ".bib", env={"SOURCE_DATE_EPOCH": "soon"}
        )
        assert 2 == done.exit_code
        assert [] == list(path.parent.iterdir())

    @pytest.mark.parametrize("case", ["recommend", "json", "report", "citations"])
    def test_no_clock_otherwise(self, case, tmp_path, monkeypatch):
        """Without SOURCE_DATE_EPOCH no answer holds the day it was made."""
        monkeypatch.chdir(tmp_path)
        days = {datetime.datetime.now(datetime.UTC).date().isoformat(), datetime.date.today().isoformat()}
        text = invoke(*SAME[case]).stdout
        assert set() == {day for day in days if day in text}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestEnding:
    @pytest.mark.parametrize(
        ("command", "name", "start"),
        [
            ("report", "a.html", "<!doctype html>"),
            ("report", "a.md", "# In situ techniques"),
            ("report", "a.JSON", "{"),
            ("report", "a.txt", "In situ techniques"),
            ("report", "a.out", "# In situ techniques"),
            ("recommend", "a.md", "**Silicon"),
            ("recommend", "a.jsonld", "{"),
            ("recommend", "a", "Silicon"),
        ],
    )
    def test_file_is_what_it_is_named(self, folder, command, name, start):
        """Without a format, a file becomes what its ending says, and the usual format where it says nothing."""
        assert 0 == invoke(command, *QUESTION, *FEW, "-o", name).exit_code
        assert (folder / name).read_text(encoding="utf-8").startswith(start)

    def test_named_format_wins(self, folder):
        """A format that was named counts, whatever the ending."""
        assert 0 == invoke("report", *QUESTION, *FEW, "-o", "a.html", "--format", "markdown").exit_code
        assert (folder / "a.html").read_text(encoding="utf-8").startswith("# In situ techniques")

    @pytest.mark.parametrize(
        ("command", "name"), [("report", "a.pdf"), ("recommend", "a.html"), ("recommend", "a.csv")]
    )
    def test_other_format_is_refused(self, folder, command, name):
        """A file named after a format that is not written here is refused, before anything is written."""
        done = invoke(command, *QUESTION, *FEW, "-o", name)
        assert 2 == done.exit_code
        assert f"{name} asks for" in done.stderr
        assert [] == list(folder.iterdir())
