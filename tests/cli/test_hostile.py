"""Files, words and circumstances meant to do harm, or that merely could."""

import os
import signal
import subprocess
import sys
import tempfile
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from insitu_advisor.engine.ask import QuestionError, ask
from insitu_advisor.engine.ranking import recommend
from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import FILES, Page, build, data_folder, load_knowledge_base

from .running import ESCAPE, environment, invoke, run

OWN = Path("own.yaml")
MARKUP = "[bold red]Hall[/] <script>alert(1)</script> | **x** `y` $z$ =cmd|' /C calc'!A0 {{x}} %s"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
REFUSED = {
    "bomb": (BOMB.encode(), "uses a YAML alias"),
    "merge-key": (b"traits: &t {a: b}\nrules:\n  <<: *t\n", "uses a YAML alias"),
    "alias-to-itself": (b"traits: &t [*t]\n", "uses a YAML alias"),
    "deep-lists": (b"traits: " + b"[" * 100_000, "is nested more than 24 levels deep"),
    "deep-mappings": (b"{a: " * 100_000, "is nested more than 24 levels deep"),
    "deep-blocks": (b"".join(b" " * depth + b"a:\n" for depth in range(500)), "is nested more than 24 levels deep"),
    "latin-1": ("traits: {a: Für}\n".encode("latin-1"), "is not UTF-8 text"),
    "utf-16": ("traits: {a: b}\n".encode("utf-16"), "is not UTF-8 text"),
    "utf-16-without-mark": ("traits: {a: b}\n".encode("utf-16-le"), "control character"),
    "nul": (b"traits: {a: b\0}\n", "control character"),
    "bell": (b"traits: {a: b\x07}\n", "control character"),
    "escape-sequence": (b"traits: {a: \x1b]0;owned\x07}\n", "control character"),
    "c1-escape": ("traits: {a: \x9b31m}\n".encode(), "control character"),
    "written-escape-sequence": (b'traits: {a: "\\e[31mred"}\n', "control character (U+001B)"),
    "turned-text": ("traits: {a: \u202egnp.exe}\n".encode(), "control character (U+202E)"),
    "hidden-text": ("traits: {a: x\u200by}\n".encode(), "control character (U+200B)"),
    "python-call": (b"traits: !!python/object/apply:os.system ['touch owned']\n", "tag"),
    "python-object": (b"traits: !!python/object/new:subprocess.Popen [[touch, owned]]\n", "tag"),
    "python-name": (b"traits: !!python/name:os.system\n", "tag"),
    "own-tag": (b"traits: !touch owned\n", "tag"),
}  # fmt: skip


@cache
def shipped() -> tuple[Page, ...]:
    """The shipped files, read once."""
    paths = [data_folder() / f"{name}.yaml" for name in FILES]
    return tuple(Page(path, text := yaml_file.read_text(path), yaml_file.parse(text, path)) for path in paths)


def lay(text):
    """A knowledge base with this text laid over the shipped one; KnowledgeError if it does not fit."""
    return build([*shipped(), Page(OWN, text, yaml_file.parse(text, OWN))])


class TestKnowledgeFile:
    @pytest.mark.parametrize("case", REFUSED)
    def test_is_refused(self, case, tmp_path, monkeypatch):
        """A hostile file is refused as an invalid file, and the message cannot harm a terminal."""
        monkeypatch.chdir(tmp_path)
        content, words = REFUSED[case]
        OWN.write_bytes(content)
        done = invoke("recommend", "--kb", str(OWN))
        assert (3, "") == (done.exit_code, done.stdout)
        assert str(OWN) in done.stderr
        assert words in done.stderr
        assert unprintable(done.stderr) == set()
        assert [OWN] == [path.relative_to(tmp_path) for path in tmp_path.iterdir()]

    @pytest.mark.parametrize(
        "text",
        [
            '"\\e[31mred": {}\n',
            '"\\e]0;owned\\a": {}\n',
            'traits: {"\\e[2J": a}\n',
            'techniques: {xrd: {"\\r\\e[Kfine": 1}}\n',
            'facilities: {x: {name: a, access: b, "\\u202Egnp": c}}\n',
            'techniques: {xrd: {cost: {tier: "\\e[31m", says: a}}}\n',
            'techniques: {xrd: {variants: {laboratory: {facilities: ["\\e[31mlab"]}}}}\n',
        ],
    )
    def test_message_is_printable(self, text, tmp_path):
        """A fault is told without repeating the control characters it is made of."""
        path = tmp_path / "own.yaml"
        path.write_text(text)
        done = invoke("recommend", "--kb", str(path))
        assert 3 == done.exit_code
        assert f"{path}:1: " in done.stderr
        assert unprintable(done.stderr) == set()

    def test_larger_than_8_mib(self, tmp_path):
        """A file above 8 MiB is refused unread, however little of the disk it takes."""
        path = tmp_path / "own.yaml"
        with path.open("wb") as file:
            file.truncate(2**40)
        done = invoke("recommend", "--kb", str(path))
        assert 3 == done.exit_code
        assert "is larger than 8 MiB; split it" in done.stderr

    @pytest.mark.parametrize("path", ["/dev/zero", "/dev/stdin", "."])
    def test_no_regular_file(self, path):
        """A device or a folder is not read."""
        done = invoke("recommend", "--kb", path)
        assert 3 == done.exit_code
        assert "is not a regular file" in done.stderr

    @pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
    def test_named_pipe(self, tmp_path):
        """A pipe nobody writes to does not hang the command."""
        path = tmp_path / "own.yaml"
        os.mkfifo(path)
        assert 3 == run("recommend", "--kb", str(path)).returncode

    @pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
    def test_name_that_is_no_text(self, tmp_path):
        """A file whose name is not UTF-8 is read or refused, not stumbled over."""
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m.yaml"))
        path.write_text("traits:\n  magnetic: Attracted by a magnet.\n")
        done = run("recommend", "--kb", str(path), "--format", "json")
        assert done.returncode in {0, 3}, done.stderr
        assert ESCAPE.encode() not in done.stdout + done.stderr


class TestMarkup:
    @pytest.fixture
    def own(self, tmp_path):
        """A file whose words are markup of many kinds."""
        path = tmp_path / "own.yaml"
        path.write_text(
            "facilities:\n  lab-xrd:\n"
            f'    name: "{MARKUP}"\n    access: "{MARKUP}"\n'
            f'techniques:\n  xrd:\n    cost: {{tier: low, says: "{MARKUP}"}}\n'
        )
        return ("--kb", str(path))

    @pytest.mark.parametrize("words", [("recommend",), ("list", "facilities"), ("report", "--format", "text")])
    def test_text_shows_it_as_it_stands(self, own, words):
        """Nothing in a user's words is read as markup in plain text."""
        done = invoke(*words, *own)
        assert 0 == done.exit_code
        assert MARKUP in done.stdout

    @pytest.mark.parametrize("words", [("recommend",), ("list", "facilities"), ("report",), ("show", "lab-xrd")])
    def test_markdown_renders_as_text(self, own, words):
        """Markdown made of a user's words renders to the same words, without an element of their own."""
        from markdown_it import MarkdownIt

        done = invoke(*words, *own, "--format", "markdown")
        assert 0 == done.exit_code
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(done.stdout)
        inline = [child for token in tokens for child in token.children or ()]
        assert [] == [child.content for child in inline if child.type in {"html_inline", "code_inline", "image"}]
        assert "".join(child.content for child in inline if child.type == "text").count(MARKUP)

    def test_terminal_shows_it_as_it_stands(self, own):
        """Rich markup in a user's words is shown, not obeyed."""
        import io

        from rich.console import Console

        from insitu_advisor.render import terminal
        from insitu_advisor.render.listing import LISTS

        base = load_knowledge_base(own[1])
        console = Console(file=io.StringIO(), width=300, height=50, force_terminal=True, color_system=None)
        terminal.show(LISTS["facilities"](base), base, console)
        shown = "".join(console.file.getvalue().split())
        assert "[boldred]Hall[/]<script>" in shown

    def test_json_stays_json(self, own):
        """Markup changes nothing about JSON."""
        import json

        data = json.loads(invoke("list", "facilities", *own, "--format", "json").stdout)
        assert MARKUP in json.dumps(data, ensure_ascii=False).replace("\\\\", "\\")


@pytest.mark.parametrize("option", ["--anode", "--ion", "--target", "--facility", "--budget", "--scale", "--weights"])
def test_escape_sequence_in_a_word(option):
    """A word with an escape sequence, pasted from somewhere, is not played back to the terminal."""
    done = invoke("recommend", option, "\x1b]0;owned\x07x")
    assert (2, "") == (done.exit_code, done.stdout)
    assert unprintable(done.stderr) == set()


def unprintable(text):
    """The characters of a text that could steer a terminal or turn the reading direction."""
    return {character for character in text if unicodedata.category(character) in {"Cc", "Cf"}} - {"\n"}


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
class TestCircumstances:
    @pytest.mark.parametrize("words", [("list", "references"), ("report",), ("recommend", "--format", "json"), ("--help",)])
    def test_closed_pipe(self, words):
        """A reader that stops early, as `head -1` does, ends the command quietly."""
        ours, theirs = os.pipe()
        os.close(ours)
        done = subprocess.run(
            [sys.executable, "-m", "insitu_advisor", *words],
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
            timeout=60,
        )
        os.close(theirs)
        assert (0, b"") == (done.returncode, done.stderr)

    def test_head(self):
        """`| head -1` shows the first line and nothing on stderr."""
        command = f"{sys.executable} -m insitu_advisor list references --format json | head -1"
        done = subprocess.run(command, shell=True, capture_output=True, env=environment(), check=False, timeout=60)
        assert (b"{\n", b"") == (done.stdout, done.stderr)

    @pytest.mark.parametrize("command", ["recommend", "report"])
    def test_ctrl_c(self, command):
        """Ctrl-C in the middle of the work ends with 130, without a traceback and without output."""
        program = (
            "import os, signal, sys\n"
            "import insitu_advisor.engine.certificate as certificate\n"
            "certificate.certify = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
            f"sys.argv = ['insitu-advisor', '{command}']\n"
            "from insitu_advisor.cli.main import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, env=environment(), check=False, timeout=60
        )
        assert (130, b"") == (done.returncode, done.stdout)
        assert b"Traceback" not in done.stderr

    @pytest.mark.slow
    def test_ctrl_c_from_outside(self):
        """A running process obeys Ctrl-C at once."""
        process = subprocess.Popen(
            [sys.executable, "-m", "insitu_advisor", "recommend", "--samples", "1000000"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        )
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (130, b"") == (process.returncode, out)
        assert b"Traceback" not in err

    def test_closed_standard_output(self):
        """Without a standard output there is nothing to answer to, and no fault of ours."""
        command = f"{sys.executable} -m insitu_advisor recommend >&-"
        done = subprocess.run(command, shell=True, capture_output=True, env=environment(), check=False, timeout=60)
        assert b"our fault" not in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("home", [None, "", "/nonexistent", "/proc", "/dev/null"])
    def test_home_of_no_use(self, home, tmp_path):
        """The command needs no home folder: missing, read-only or nonsense."""
        changed = {"HOME": home, "XDG_CONFIG_HOME": None, "XDG_CACHE_HOME": None, "XDG_DATA_HOME": None}
        done = run("recommend", env=changed, cwd=tmp_path)
        assert (0, b"") == (done.returncode, done.stderr)
        assert run("recommend", cwd=tmp_path).stdout == done.stdout

    def test_nothing_is_left_behind(self, tmp_path):
        """A question leaves no cache, log or settings at home or in the working folder."""
        home = tmp_path / "home"
        home.mkdir()
        assert 0 == run("recommend", env={"HOME": str(home)}, cwd=tmp_path).returncode
        assert [home] == list(tmp_path.rglob("*"))


FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
YAML_LIKE = st.text("abt:-[]{}&*!|>%@`'\"#,?~0.1e \n\t\\xu\u00e9\u2028\x85\ufeff", max_size=60)


def loads_or_complains(text):
    """Whether a text is knowledge; anything but success or KnowledgeError fails the test."""
    try:
        lay(text)
    except KnowledgeError as error:
        assert error.problems
        return False
    return True


class TestFuzz:
    @FUZZ
    @given(st.one_of(st.text(max_size=80), YAML_LIKE))
    @example("\ud800")
    @example("? []\n: 1")
    @example("- !!omap [a]")
    def test_random_text(self, text):
        """Any text at all is read, or refused as a fault of the file."""
        loads_or_complains(text)

    @FUZZ
    @given(st.binary(max_size=80))
    def test_random_bytes(self, content):
        """Any bytes at all are read, or refused as a fault of the file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "own.yaml"
            path.write_bytes(content)
            try:
                load_knowledge_base(path)
            except KnowledgeError as error:
                assert error.problems

    @FUZZ
    @given(
        name=st.sampled_from([name for name in FILES if name not in {"references", "techniques", "studies"}]),
        data=st.data(),
    )
    def test_mutated_characters(self, name, data):
        """A shipped file with a few characters changed is read, or refused as a fault of the file."""
        text = shipped()[FILES.index(name)].text
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(text)))
            cut = data.draw(st.integers(0, 6))
            text = text[:at] + data.draw(st.one_of(YAML_LIKE.map(lambda new: new[:4]), st.just(""))) + text[at + cut :]
        loads_or_complains(text)

    @FUZZ
    @given(name=st.sampled_from(FILES), data=st.data())
    def test_mutated_lines(self, name, data):
        """A shipped file with a line dropped, doubled, moved or turned in is read, or refused."""
        lines = shipped()[FILES.index(name)].text.splitlines(keepends=True)
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match data.draw(st.sampled_from(["drop", "double", "move", "indent", "dedent"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "move":
                lines.insert(to, lines.pop(at))
            case "indent":
                lines[at] = "  " + lines[at]
            case "dedent":
                lines[at] = lines[at].removeprefix("  ")
        loads_or_complains("".join(lines))

    VALUES = st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["xrd", "low", "K"])),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
        max_leaves=6,
    )

    @FUZZ
    @given(data=st.data(), value=VALUES)
    def test_value_of_the_wrong_kind(self, data, value):
        """A value of any kind in any place is taken, or refused as a fault of the file."""
        import json

        page = data.draw(st.sampled_from(shipped()))
        path, inner = [], page.data
        while isinstance(inner, dict) and inner and (not path or data.draw(st.integers(0, 5))):
            path.append(data.draw(st.sampled_from(sorted(inner))))
            inner = inner[path[-1]]
        for key in reversed(path):
            value = {key: value}
        loads_or_complains(json.dumps(value))

    @FUZZ
    @given(word=st.text(max_size=12), field=st.sampled_from(["anode", "ion", "budget", "max_preparation", "scale", "c_rate"]))
    @example(word="9" * 400, field="c_rate")
    @example(word="C/" + "9" * 400, field="c_rate")
    def test_any_word_in_a_question(self, kb, word, field):
        """Any word is understood and answered, or refused with advice."""
        try:
            question = ask(kb, **{field: word})
        except QuestionError as error:
            assert error.advice
        else:
            advice = recommend(question, kb)
            assert 11 == len(advice.ranking) + len(advice.excluded)

    @FUZZ
    @given(word=st.text(max_size=12), field=st.sampled_from(["targets", "facilities", "weights"]), tail=st.sampled_from(["", "=", "=1", "=1e9", "=-0"]))
    def test_any_word_in_a_list(self, kb, word, field, tail):
        """The same holds for the answers of which there may be several."""
        try:
            question = ask(kb, **{field: [word + tail]})
        except QuestionError as error:
            assert error.advice
        else:
            advice = recommend(question, kb)
            assert 11 == len(advice.ranking) + len(advice.excluded)


def test_fuzzing_can_succeed():
    """The shipped files pass through the same door, so that success is possible."""
    assert all(loads_or_complains(page.text) for page in shipped())
