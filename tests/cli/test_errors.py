"""Wrong words and wrong files: an exit code, what is wrong, what to do, and never a traceback."""

import errno
import os
import re
from pathlib import Path

import pytest
import typer.main

from cli.running import ESCAPE, forked, invoke
from insitu_advisor.cli.app import app

K = ("--ion", "K")
FEW = (*K, "--samples", "100")
NO_RATE = "write 0.1, C/10, 1C or 2C"
WORDS = {
    "material": (("recommend", "--anode", "silcon"), "--anode", "near in meaning: silicon"),
    "anode-type": (("recommend", "--anode", "aloy"), "--anode", "a type: intercalation, alloy"),
    "far-off-material": (("recommend", "--anode", "xyzzy"), "--anode", "a type: intercalation, alloy"),
    "ion": (("recommend", "--ion", "Mg"), "--ion", "choose Li, Na or K"),
    "target": (("recommend", "--target", "fractuer"), "--target", "near in meaning: fracture"),
    "target-alias": (("recommend", "--target", "dendirtes"), "--target", "near in meaning: metal-plating"),
    "far-off-target": (("recommend", "--target", "colour"), "--target", "choose from crystalline-phase"),
    "budget": (("recommend", "--budget", "modrate"), "--budget", "choose from low, moderate"),
    "preparation": (("recommend", "--max-preparation", "hihg"), "--max-preparation", "choose from low, moderate"),
    "facility": (("recommend", "--facility", "synchroton"), "--facility", "near in meaning: synchrotron"),
    "scale": (("recommend", "--scale", "atmic"), "--scale", "choose from atomic, particle"),
    "profile": (("recommend", "--weights", "frugl"), "--weights", "choose from balanced"),
    "criterion": (("recommend", "--weights", "cst=2"), "--weights", "choose from information"),
    "format": (("recommend", *K, "--format", "jsn"), "--format", "did you mean 'json'?"),
    "report-format": (("report", "--format", "markdwn"), "--format", "did you mean 'markdown'?"),
    "cite-format": (("recommend", *K, "--cite", "bibtx", "x.bib"), "--cite", "did you mean 'bibtex'?"),
    "list": (("show", "materals"), "materals", "did you mean 'materials'?"),
    "show": (("show", "ramn"), "ramn", "did you mean 'raman'?"),
    "technique": (("why", "ramn"), "ramn", "choose from xrd, tem"),
    "technique-to-compare": (("compare", "xrd", "ten"), "'ten'", "choose from xrd, tem"),
    "technique-of-a-study": (("show", "studies", "--technique", "ramn"), "ramn", "choose from xrd, tem"),
    "pairing": (("why", "xrd+nmr"), "xrd+nmr", "the pairings are xrd+tem, xrd+raman, tem+eis"),
    "command": (("recomend",), "recomend", "recommend"),
    "option": (("recommend", "--anod", "alloy"), "--anod", "--anode"),
    "target-weight": (("recommend", "--target", "fracture=high"), "--target", "write for example fracture=2"),
    "empty-target-weight": (("recommend", "--target", "fracture="), "--target", "write for example fracture=2"),
    "endless-target-weight": (("recommend", "--target", "fracture=inf"), "--target", "is not a number"),
    "zero-target-weight": (("recommend", "--target", "fracture=0"), "--target", "leave the target out instead"),
    "criterion-weight": (("recommend", "--weights", "cost=dear"), "--weights", "write for example cost=2"),
    "no-number-weight": (("recommend", "--weights", "cost=nan"), "--weights", "is not a number"),
    "negative-weight": (("recommend", "--weights", "cost=-1"), "--weights", "must not be negative"),
    "same-target-twice": (
        ("recommend", "--target", "fracture=1", "--target", "fracture=2"),
        "--target",
        "give it once",
    ),
    "alias-of-a-target-twice": (
        ("recommend", "--target", "fracture=1", "--target", "cracking=2"),
        "--target",
        "give it once",
    ),
    "two-profiles": (("recommend", "--weights", "frugal", "--weights", "insight"), "--weights", "name one"),
    "one-option-to-compare": (("compare", "xrd"), "OPTIONS", "at least two different options"),
    "same-option-to-compare": (("compare", "xrd", "XRD"), "OPTIONS", "at least two different options"),
    "too-few-samples": (("recommend", "--samples", "5"), "--samples", "100"),
    "no-experiments": (("plan", "--max", "0"), "--max", "1"),
}  # fmt: skip


@pytest.mark.parametrize("case", WORDS)
def test_wrong_word(case, tmp_path, monkeypatch):
    """A word that is not understood ends with 2, names the place, and says what to write instead."""
    monkeypatch.chdir(tmp_path)
    words, place, advice = WORDS[case]
    done = invoke(*words)
    assert (2, "") == (done.exit_code, done.stdout)
    message = after_usage(done.stderr)
    assert place in message
    assert advice in message
    assert "Traceback" not in done.output
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("explain", "raman"), "'why'"),
        (("materials",), "'show materials'"),
        (("Which species make up the SEI?",), "put 'recommend' before your question"),
        (("show", "ramn"), "'raman'"),
        (("show", "potasium"), "'potassium'"),
    ],
)
def test_tip_of_related_meaning(words, meant):
    """A wrong word is answered with the word of related meaning, not with an internal id."""
    done = invoke(*words)
    assert (2, "") == (done.exit_code, done.stdout)
    assert meant in next(line for line in done.stderr.splitlines() if line.startswith("  Tip: "))


@pytest.mark.parametrize("case", WORDS)
def test_what_matters_comes_first(case, tmp_path, monkeypatch):
    """The first line says what is wrong, the last how the command is used."""
    monkeypatch.chdir(tmp_path)
    first, *_, last = invoke(*WORDS[case][0]).stderr.splitlines()
    assert first.startswith("Error: ")
    assert last.startswith("  Usage: insitu-advisor ")


@pytest.mark.parametrize("rate", ["fast", "", "C/", "C/0", "-1", "1/10", "C/-10", "nan", "inf", "10 C C", "1..5"])
def test_bad_c_rate(rate):
    """A C-rate that is none is answered with how to write one."""
    done = invoke("recommend", f"--c-rate={rate}")
    assert (2, "") == (done.exit_code, done.stdout)
    assert NO_RATE in done.stderr


@pytest.mark.parametrize("rate", ["0", "1e9", "C/0.0001", "0.0C"])
def test_impossible_c_rate(rate):
    """A C-rate no cell can have is refused with the limits."""
    done = invoke("recommend", f"--c-rate={rate}")
    assert (2, "") == (done.exit_code, done.stdout)
    assert f"the C-rate '{rate}'" in done.stderr
    assert "1000" in done.stderr.partition(rate)[2]


@pytest.mark.parametrize(
    "words",
    [
        ("why", "x"),
        ("compare", "xrd", "x"),
        ("show", "speeds", "--c-rate", "x"),
        ("show", "speeds", "--technique", "x"),
        ("show", "studies", "--technique", "x"),
        ("show", "studies", "--target", "x"),
        ("show", "goals", "--ion", "K"),
        ("show", "x"),
        ("recommend", "--max-preparation", "x"),
        ("recommend", "--c-rate", "x"),
        ("recommend", *K, "--cite", "x", "y"),
        ("screen", "x.csv", "--format", "x"),
    ],
    ids=" ".join,
)
def test_message_names_what_was_typed(words):
    """A message names the option that was typed, or the argument that the help shows."""
    done = invoke(*words)
    named = re.match(r"Error: ([\w-]+): ", done.stderr)[1]
    shown = invoke(words[0], "--help").stdout.splitlines()[0]
    assert named in words if "-" in named else named.lower() in re.findall(r"\w+", shown)


@pytest.mark.parametrize("what", ["ion", "anode", "budget", "facility"])
def test_message_names_the_other_question(what):
    """A wrong word of the question to compare with is not laid at the door of the first question."""
    done = invoke("recommend", *K, f"--versus-{what}", "xyzzy")
    assert (2, "") == (done.exit_code, done.stdout)
    assert f"--versus-{what}" in done.stderr


def after_usage(stderr):
    """The message below the usage and the hint at the help, which the library for command lines words as it likes."""
    return stderr.rpartition("\n\n")[2]


def arguments_of(command):
    """Names of the arguments a command takes."""
    params = typer.main.get_command(app).commands[command].params
    return [param.name for param in params if param.param_type_name == "argument"]


class TestOutputFile:
    def test_existing_file_is_left_alone(self, tmp_path):
        """A file that exists is not touched, and the message says how to replace it."""
        path = tmp_path / "report.md"
        path.write_text("mine")
        done = invoke("report", *FEW, "-o", str(path))
        assert (2, "") == (done.exit_code, done.stdout)
        assert f"{path} exists and was left as it is; add --force to replace it" in done.stderr
        assert "mine" == path.read_text()

    def test_force_replaces(self, tmp_path):
        """`--force` replaces the whole file."""
        path = tmp_path / "report.md"
        path.write_text("mine" * 100_000)
        assert 0 == invoke("report", *FEW, "-o", str(path), "--force").exit_code
        assert invoke("report", *FEW).stdout == path.read_text(encoding="utf-8")

    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_folder(self, tmp_path, force):
        """A folder is not written to, not even with `--force`."""
        done = invoke("report", *FEW, "-o", str(tmp_path), *force)
        assert (3, f"Error: {tmp_path} is a folder; give the name of a file in it\n") == (done.exit_code, done.stderr)
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_symbolic_link(self, tmp_path, force):
        """A link is neither followed nor replaced."""
        target, link = tmp_path / "target.md", tmp_path / "link.md"
        target.write_text("mine")
        link.symlink_to(target)
        done = invoke("report", *FEW, "-o", str(link), *force)
        assert 3 == done.exit_code
        assert "is a symbolic link; give the file it points to" in done.stderr
        assert "mine" == target.read_text()
        assert link.is_symlink()

    def test_link_that_leads_nowhere(self, tmp_path):
        """A link to a file that is not there creates nothing."""
        link = tmp_path / "link.md"
        link.symlink_to(tmp_path / "gone.md")
        assert 3 == invoke("report", *FEW, "-o", str(link)).exit_code
        assert [link] == list(tmp_path.iterdir())

    def test_missing_folder(self, tmp_path):
        """A folder that is not there is not made."""
        done = invoke("report", *FEW, "-o", str(tmp_path / "gone" / "report.md"))
        assert 3 == done.exit_code
        assert "cannot write" in done.stderr
        assert "nothing was written" in done.stderr
        assert [] == list(tmp_path.iterdir())

    def test_file_in_place_of_the_folder(self, tmp_path):
        """A path that leads through a file is an error of the path."""
        (tmp_path / "file").write_text("mine")
        done = invoke("report", *FEW, "-o", str(tmp_path / "file" / "report.md"))
        assert 3 == done.exit_code
        assert "nothing was written" in done.stderr

    def test_unwritable_folder(self, tmp_path, monkeypatch):
        """A folder that may not be written to is named with the system's reason."""

        real = os.open

        def refuse(name, *rest):
            if str(name).endswith(".part"):
                raise PermissionError(errno.EACCES, "the system's words")
            return real(name, *rest)

        monkeypatch.setattr(os, "open", refuse)
        path = tmp_path / "report.md"
        done = invoke("report", *FEW, "-o", str(path))
        assert (3, f"Error: cannot write {path}: the system's words; nothing was written\n") == (
            done.exit_code,
            done.stderr,
        )
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("length", [253, 300, 5000])
    @pytest.mark.parametrize("option", [("-o",), ("--cite", "bibtex")], ids=["output", "cite"])
    def test_name_too_long(self, tmp_path, monkeypatch, option, length):
        """A name no disk can hold is an error of the name, not of ours."""
        monkeypatch.chdir(tmp_path)
        done = invoke("report", *FEW, *option, "a" * length + ".md")
        assert 3 == done.exit_code, done.stderr
        assert "cannot write" in done.stderr
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        "words",
        [
            ("recommend", *K, "--kb"),
            ("recommend", *K, "--lab"),
            ("screen",),
            ("replay",),
            ("kb", "check"),
            ("kb", "diff", "shipped"),
        ],
        ids=" ".join,
    )
    def test_name_to_read_too_long(self, words):
        """The same holds for the name of a file to read."""
        done = invoke(*words, "a" * 5000)
        assert (3, "") == (done.exit_code, done.stdout)
        assert done.stderr.startswith("Error: ")

    @pytest.mark.parametrize("force", [(), ("--force",)])
    def test_device(self, force):
        """A device is never replaced by a file."""
        done = invoke("report", *FEW, "-o", os.devnull, *force)
        assert 3 == done.exit_code
        assert "is not a regular file; choose another name" in done.stderr
        assert not Path(os.devnull).is_file()

    def test_wrong_format_writes_no_citations(self, tmp_path):
        """A wrong word stops the command before it has written anything."""
        path = tmp_path / "x.bib"
        done = invoke("recommend", *K, "--cite", "bibtex", str(path), "--format", "jsn")
        assert 2 == done.exit_code
        assert [] == list(tmp_path.iterdir())

    def test_existing_output_writes_no_citations(self, tmp_path):
        """An output that cannot be written stops the command before it has written the citations."""
        path = tmp_path / "report.md"
        path.write_text("mine")
        done = invoke("report", *FEW, "-o", str(path), "--cite", "bibtex", str(tmp_path / "x.bib"))
        assert 2 == done.exit_code
        assert [path] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("command", ["recommend", "report"])
    @pytest.mark.parametrize("fault", ["exists", "folder", "link", "format"])
    def test_citations_that_cannot_be_written(self, tmp_path, command, fault):
        """A place for citations that is no good is refused before the answer is written."""
        path = tmp_path / "x.bib"
        match fault:
            case "exists":
                path.write_text("mine")
            case "folder":
                path.mkdir()
            case "link":
                path.symlink_to(tmp_path / "gone")
        form = "bibtx" if fault == "format" else "bibtex"
        done = invoke(command, *FEW, "-o", str(tmp_path / "answer.md"), "--cite", form, str(path))
        assert (3 if fault in {"folder", "link"} else 2, "") == (done.exit_code, done.stdout)
        assert not (tmp_path / "answer.md").exists()

    def test_citations_in_a_missing_folder(self, tmp_path):
        """When the message says that nothing was written, nothing was."""
        path = tmp_path / "answer.md"
        done = invoke("report", *FEW, "-o", str(path), "--cite", "bibtex", str(tmp_path / "gone" / "x.bib"))
        assert 3 == done.exit_code
        assert "nothing was written" in done.stderr
        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize("command", ["recommend", "report"])
    @pytest.mark.parametrize("spelling", ["one", "./one", "folder/../one", "{absolute}"])
    def test_one_file_for_two_things(self, tmp_path, monkeypatch, command, spelling):
        """The answer does not overwrite its own citations, however the file is spelled."""
        monkeypatch.chdir(tmp_path)
        (tmp_path / "folder").mkdir()
        cited = spelling.format(absolute=tmp_path / "one")
        done = invoke(command, *FEW, "-o", "one", "--cite", "bibtex", cited, "--force")
        assert (2, "") == (done.exit_code, done.stdout)
        assert done.stderr.startswith("Error: --cite: ")
        assert ["folder"] == [path.name for path in tmp_path.iterdir()]

    def test_one_file_by_two_ways(self, tmp_path):
        """A link to the folder does not hide that two names are one file."""
        folder, link = tmp_path / "folder", tmp_path / "link"
        folder.mkdir()
        link.symlink_to(folder)
        done = invoke("report", *FEW, "-o", str(folder / "one"), "--cite", "bibtex", str(link / "one"), "--force")
        assert 2 == done.exit_code
        assert [] == list(folder.iterdir())

    @pytest.mark.parametrize("what", [("ion", "K"), ("anode", "alloy"), ("budget", "low"), ("facility", "bench")])
    def test_citations_of_a_difference(self, tmp_path, what):
        """Citations that were asked for together with a comparison are refused aloud."""
        path = tmp_path / "x.bib"
        done = invoke("recommend", "--ion", "Na", f"--versus-{what[0]}", what[1], "--cite", "bibtex", str(path))
        assert (2, "") == (done.exit_code, done.stdout)
        assert done.stderr.startswith("Error: --cite: ")
        assert not path.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, which stands for a full disk on Linux")
class TestFullDisk:
    @pytest.mark.parametrize("words", [("recommend", *FEW), ("--help",), ("report", *FEW, "-o", "-")])
    def test_standard_output(self, words):
        """A full disk behind standard output is named as such and is not reported as a fault of ours."""
        done = to_full_disk(*words)
        assert (3, f"Error: cannot write the answer: {os.strerror(errno.ENOSPC)}\n") == done

    def test_output_file(self, tmp_path):
        """Standard output may be full while a file is written."""
        path = tmp_path / "report.md"
        assert 0 == to_full_disk("report", *FEW, "-o", str(path))[0]
        assert path.read_text(encoding="utf-8").startswith("# ")


def to_full_disk(*words):
    """Exit code and stderr of a command whose standard output has no room."""
    done = forked(*words, streams={1: "/dev/full"})
    return done.returncode, done.stderr.decode()


class TestOwnFile:
    @pytest.mark.parametrize(
        ("text", "line", "advice"),
        [
            ("techniqes: {}\n", 1, "did you mean 'techniques'?"),
            ("techniques:\n  xrd:\n    information:\n      strain: {rating: 3, sees: x}\n", 4, "no target 'strain'"),
            ("facilities:\n  our-lab:\n    name: Our lab\n", 2, "'access' is missing; add it"),
            ("traits: {a: b\n", 2, "is not valid YAML"),
            ("", 1, "must be a mapping of sections"),
        ],
        ids=["section", "target", "missing-field", "no-yaml", "empty"],
    )
    @pytest.mark.parametrize(
        "words", [("recommend", *K), ("plan",), ("show", "goals"), ("show", "speeds")], ids=" ".join
    )
    def test_invalid(self, tmp_path, words, text, line, advice):
        """A fault in the user's own file ends with 3 and names file, line and remedy."""
        path = tmp_path / "own.yaml"
        path.write_text(text)
        done = invoke(*words, "--kb", str(path))
        assert (3, "") == (done.exit_code, done.stdout)
        first = next(row for row in done.stderr.splitlines() if str(path) in row)
        assert f"{path}:{line}: " in first
        assert advice in done.stderr
        assert ESCAPE not in done.stderr

    def test_missing(self, tmp_path):
        """A file that is not there is named."""
        done = invoke("recommend", *K, "--kb", str(tmp_path / "gone.yaml"))
        assert (3, f"Error: {tmp_path / 'gone.yaml'}: there is no such file; check the path\n") == (
            done.exit_code,
            done.stderr,
        )
