"""Files, words and circumstances meant to do harm, or that merely could."""

import errno
import hashlib
import io
import json
import os
import random
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.console import Console

from cli.running import ESCAPE, environment, forked, invoke, run
from insitu_advisor import __version__
from insitu_advisor.knowledge import cache, loader
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages.listing import LISTS

OWN = Path("own.yaml")
K = ("--ion", "K")
FEW = (*K, "--samples", "100")
# A process started in the background of a shell, as some CI does, begins with Ctrl-C ignored.
OBEY_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
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


class TestKnowledgeFile:
    @pytest.mark.parametrize("case", REFUSED)
    def test_is_refused(self, case, tmp_path, monkeypatch):
        """A hostile file is refused as an invalid file, and the message cannot harm a terminal."""
        monkeypatch.chdir(tmp_path)
        content, words = REFUSED[case]
        OWN.write_bytes(content)
        done = invoke("recommend", *K, "--kb", str(OWN))
        assert (3, "") == (done.exit_code, done.stdout)
        assert str(OWN) in done.stderr
        assert words in done.stderr
        assert set() == unprintable(done.stderr)
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
    def test_message_is_printable(self, text, tmp_path, monkeypatch):
        """A fault is told without repeating the control characters it is made of."""
        monkeypatch.chdir(tmp_path)
        OWN.write_text(text)
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge_base(OWN)
        assert str(caught.value).startswith("own.yaml:1: ")
        assert set() == unprintable(str(caught.value))

    def test_larger_than_8_mib(self, tmp_path):
        """A file above 8 MiB is refused unread, however little of the disk it takes."""
        path = tmp_path / "own.yaml"
        with path.open("wb") as file:
            file.truncate(2**40)
        done = invoke("recommend", *K, "--kb", str(path))
        assert 3 == done.exit_code
        assert "is larger than 8 MiB; split it" in done.stderr

    @pytest.mark.parametrize("path", [".", *(("/dev/zero", "/dev/stdin") if os.name == "posix" else ())])
    def test_no_regular_file(self, path):
        """A device or a folder is not read."""
        done = invoke("recommend", *K, "--kb", path)
        assert 3 == done.exit_code
        assert "is not a regular file" in done.stderr

    @pytest.mark.skipif(os.name != "posix", reason="named pipes are POSIX")
    def test_named_pipe(self, tmp_path):
        """A pipe nobody writes to does not hang the command."""
        path = tmp_path / "own.yaml"
        os.mkfifo(path)
        assert 3 == run("recommend", *K, "--kb", str(path)).returncode

    @pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
    @pytest.mark.parametrize("form", ["text", "json"])
    def test_name_that_is_no_text(self, form, tmp_path):
        """A file whose name is not UTF-8 is read or refused, not stumbled over."""
        path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\x1b[31m.yaml"))
        path.write_text("traits:\n  magnetic: Attracted by a magnet.\n")
        done = forked("recommend", *FEW, "--kb", str(path), "--format", form)
        assert done.returncode in {0, 3}, done.stderr
        assert b"our fault" not in done.stderr
        assert b"Traceback" not in done.stderr
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

    @pytest.mark.parametrize(
        "words", [("recommend", *K, "--full"), ("show", "instruments", "--full"), ("report", "--format", "text")]
    )
    def test_text_shows_it_as_it_stands(self, own, words):
        """Nothing in a user's words is read as markup in plain text."""
        done = invoke(*words, *own)
        assert 0 == done.exit_code
        assert MARKUP in done.stdout

    @pytest.mark.parametrize(
        "words", [("recommend", *K, "--full"), ("show", "instruments", "--full"), ("report",), ("show", "lab-xrd")]
    )
    def test_markdown_renders_as_text(self, own, words):
        """Markdown made of a user's words renders to the same words, without an element of their own."""
        done = invoke(*words, *own, "--format", "markdown")
        assert 0 == done.exit_code
        tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(done.stdout)
        inline = [child for token in tokens for child in token.children or ()]
        assert [] == [child.content for child in inline if child.type in {"html_inline", "code_inline", "image"}]
        assert "".join(child.content for child in inline if child.type == "text").count(MARKUP)

    def test_terminal_shows_it_as_it_stands(self, own):
        """Rich markup in a user's words is shown, not obeyed."""
        base = load_knowledge_base(own[1])
        console = Console(file=io.StringIO(), width=300, height=50, force_terminal=True, color_system=None)
        text.show(LISTS["instruments"](base, True), base, console)
        shown = "".join(console.file.getvalue().split())
        assert "[boldred]Hall[/]<script>" in shown

    def test_json_stays_json(self, own):
        """Markup changes nothing about JSON."""
        data = json.loads(invoke("show", "instruments", "--full", *own, "--format", "json").stdout)
        assert MARKUP in json.dumps(data, ensure_ascii=False).replace("\\\\", "\\")


PASTED = "\x1b]0;owned\x07x"
SPELLED = r"\x1b]0;owned\x07x"
WORDS = [
    *(
        ("recommend", *K, option, PASTED)
        for option in (
            "--anode", "--ion", "--target", "--budget", "--max-preparation", "--facility", "--scale", "--c-rate",
            "--weights", "--versus-ion", "--versus-anode", "--format",
        )
    ),
    ("recommend", *K, "--cite", PASTED, "sources"),
    ("report", "--format", PASTED),
    ("compare", "xrd", PASTED),
    ("why", PASTED),
    ("show", "studies", "--technique", PASTED),
    ("show", "speeds", "--c-rate", PASTED),
    ("show", PASTED),
    ("help", PASTED),
    ("screen", "-", "--format", PASTED),
    (PASTED,),
    ("recommend", f"--{PASTED}"),
    ("why", "xrd", PASTED),
]  # fmt: skip
PLACES = [
    ("recommend", *K, "--kb", PASTED),
    ("recommend", *K, "--lab", PASTED),
    ("recommend", *FEW, "-o", f"{PASTED}/answer"),
    ("screen", PASTED),
    ("replay", PASTED),
    ("kb", "check", PASTED),
    ("kb", "diff", "shipped", PASTED),
    ("kb", "stats", PASTED),
    ("lab", "show", "--lab", PASTED),
]


@pytest.mark.parametrize("words", WORDS, ids=lambda words: " ".join(words).replace(PASTED, "WORD"))
def test_escape_sequence_in_a_word(words):
    """A word with an escape sequence, pasted from somewhere, is spelled out and not played back to the terminal."""
    done = invoke(*words)
    assert (2, "") == (done.exit_code, done.stdout)
    assert set() == unprintable(done.stderr)
    assert "owned" in done.stderr


@pytest.mark.parametrize("words", PLACES, ids=lambda words: " ".join(words).replace(PASTED, "NAME"))
def test_escape_sequence_in_a_file_name(words, tmp_path, monkeypatch):
    """The same holds for the name of a file."""
    monkeypatch.chdir(tmp_path)
    done = invoke(*words)
    assert (3, "") == (done.exit_code, done.stdout)
    assert set() == unprintable(done.stderr)
    assert SPELLED in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_escape_sequence_in_the_name_of_the_answer(tmp_path, monkeypatch):
    """The report of success repeats the name no other way than a message of failure."""
    monkeypatch.chdir(tmp_path)
    done = invoke("show", "-o", PASTED)
    assert (0, "") == (done.exit_code, done.stdout)
    assert set() == unprintable(done.stderr)
    assert [PASTED] == [path.name for path in tmp_path.iterdir()]


def test_escape_sequence_in_the_environment():
    """A variable of the environment is repeated in the same way."""
    done = invoke("report", *FEW, env={"SOURCE_DATE_EPOCH": PASTED})
    assert (2, "") == (done.exit_code, done.stdout)
    assert set() == unprintable(done.stderr)


def unprintable(text):
    """The characters of a text that could steer a terminal or turn the reading direction."""
    return {character for character in set(text) if unicodedata.category(character) in {"Cc", "Cf"}} - {"\n"}


OWN_PLACES = dict.fromkeys(
    ("INSITU_ADVISOR_CACHE", "INSITU_ADVISOR_LAB", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
)


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
class TestCircumstances:
    @pytest.mark.parametrize(
        "words",
        [("recommend", *K), ("recommend", *K, "--format", "json"), ("report",), ("show", "sources")],
        ids=" ".join,
    )
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
        command = f"{sys.executable} -m insitu_advisor show sources --format json | head -1"
        done = subprocess.run(command, shell=True, capture_output=True, env=environment(), check=False, timeout=60)
        assert (b"{\n", b"") == (done.stdout, done.stderr)

    @pytest.mark.parametrize("command", ["recommend", "report"])
    def test_ctrl_c(self, command):
        """Ctrl-C in the middle of the work ends with 130, without a traceback and without output."""
        program = (
            f"{OBEY_CTRL_C}\n"
            "import os, signal, sys\n"
            "import insitu_advisor.engine.certainty.certificate as certificate\n"
            "certificate.certify = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
            f"sys.argv = ['insitu-advisor', '{command}', '--ion', 'K']\n"
            "from insitu_advisor.cli.main import main\n"
            "main()\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, env=environment(), check=False, timeout=60
        )
        assert (130, b"") == (done.returncode, done.stdout)
        assert b"Traceback" not in done.stderr

    def test_ctrl_c_from_outside(self):
        """A process in the middle of a million draws obeys Ctrl-C at once."""
        program = (
            f"{OBEY_CTRL_C}\n"
            "import sys\n"
            "import insitu_advisor.engine.certainty.certificate as certificate\n"
            "real = certificate.certify\n"
            "def certify(*given):\n"
            "    print('drawing', file=sys.stderr, flush=True)\n"
            "    return real(*given)\n"
            "certificate.certify = certify\n"
            "sys.argv = ['insitu-advisor', 'report', '--samples', '1000000']\n"
            "from insitu_advisor.cli.main import main\n"
            "main()\n"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
        )
        assert b"drawing\n" == process.stderr.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (130, b"") == (process.returncode, out)
        assert b"Traceback" not in err

    @pytest.mark.parametrize(
        "words", ["recommend --ion K", "report --format json", "screen questions.csv", "--version"]
    )
    def test_closed_standard_output(self, words, tmp_path):
        """Without a standard output there is nothing to answer to, and no fault of ours."""
        (tmp_path / "questions.csv").write_text("anode,ion\nalloy,K\n")
        done = forked(*words.split(), streams={1: None}, cwd=tmp_path)
        assert done.returncode in {0, 3}
        assert b"our fault" not in done.stderr
        assert b"Traceback" not in done.stderr

    @pytest.mark.parametrize("home", [None, "", "/proc", "/dev/null"])
    def test_home_of_no_use(self, home, tmp_path):
        """The command needs no home folder: unset, read-only or nonsense."""
        changed = OWN_PLACES | {"HOME": home}
        done = forked("recommend", *FEW, env=changed, cwd=tmp_path)
        assert (0, b"") == (done.returncode, done.stderr)
        assert invoke("recommend", *FEW).stdout_bytes == done.stdout

    def test_little_is_left_behind(self, tmp_path):
        """A question leaves nothing in the working folder, and at home one kept copy in the cache folder."""
        home, work = tmp_path / "home", tmp_path / "work"
        home.mkdir()
        work.mkdir()
        for _ in range(2):
            assert 0 == forked("show", env=OWN_PLACES | {"HOME": str(home)}, cwd=work).returncode
        assert [] == list(work.iterdir())
        (copy,) = (path for path in home.rglob("*") if path.is_file())
        assert (".cache/insitu-advisor", ".json") == (copy.parent.relative_to(home).as_posix(), copy.suffix)


DAMAGED = {
    "empty": b"",
    "half": b'{"about": {"version": "20',
    "no-mapping": b"[]",
    "empty-mapping": b"{}",
    "wrong-kinds": b'{"techniques": 1, "targets": null}',
    "deep": b"[" * 100_000,
    "no-text": b"\xff\xfe\x00",
    "other-fields": b'{"about": {}, "sha256": "0", "overlays": ["x"]}',
}


def edited(sound):
    """The copy with another rating in it, as an editor would leave it: the seal stays."""
    data = json.loads(sound.partition(b"\n")[2])
    data["techniques"]["raman"]["cost"]["tier"] = "low"
    data["techniques"]["xrd"]["cost"]["tier"] = "very-high"
    return data


def sealed(data, bound):
    """A copy of this content with a seal over something else than what the program binds it to."""
    payload = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(bound + payload).hexdigest().encode() + b"\n" + payload


DOCTORED = {
    "edited": lambda sound: sound.partition(b"\n")[0] + b"\n" + json.dumps(edited(sound)).encode(),
    "sealed-over-itself": lambda sound: sealed(edited(sound), b""),
    "without-seal": lambda sound: sound.partition(b"\n")[2],
    "empty-seal": lambda sound: b"\n" + sound.partition(b"\n")[2],
    "seal-alone": lambda sound: sound.partition(b"\n")[0],
    "broken-link": lambda sound: sound.replace(b'"technique":"xrd"', b'"technique":"xrq"', 1),
    "cut": lambda sound: sound[: len(sound) // 2],
    "longer": lambda sound: sound + b" ",
    "of-other-files": lambda sound: sealed(edited(sound), f"insitu-advisor {__version__} {'0' * 64}\n".encode()),
}


def _open_to_all(copy, sound):
    copy.write_bytes(sound.replace(b"review", b"Review"))
    copy.chmod(0o666)


def _link_to(target):
    return lambda copy, sound: copy.symlink_to(target)


def _linked_copy(copy, sound):
    elsewhere = copy.parent / "elsewhere"
    elsewhere.write_bytes(sound)
    copy.symlink_to(elsewhere)


def _sparse(copy, sound):
    with copy.open("wb") as file:
        file.truncate(2**40)


IN_ITS_PLACE = {
    "pipe": lambda copy, sound: os.mkfifo(copy),
    "folder": lambda copy, sound: copy.mkdir(),
    "link-to-itself": lambda copy, sound: copy.symlink_to(copy),
    "link-to-nothing": _link_to("nowhere"),
    "link-to-zeros": _link_to("/dev/zero"),
    "link-to-a-copy": _linked_copy,
    "larger-than-memory": _sparse,
    "open-to-all": _open_to_all,
}


def afresh(monkeypatch):
    """The knowledge base as a new process loads it, without what this one remembers."""
    monkeypatch.setattr(loader, "_load", getattr(loader._load, "__wrapped__", loader._load))
    return loader.load_knowledge_base()


def dump_of(kb):
    """Everything a knowledge base holds, as text."""
    return {name: repr(getattr(kb, name)) for name in type(kb).model_fields}


class TestKeptCopy:
    @pytest.fixture
    def place(self, kb, tmp_path, monkeypatch):
        """A folder of copies with the one sound copy in it."""
        monkeypatch.setenv("INSITU_ADVISOR_CACHE", str(tmp_path))
        afresh(monkeypatch)
        assert [tmp_path / f"{kb.sha256}.json"] == list(tmp_path.iterdir())
        return tmp_path

    def test_changes_nothing(self, tmp_path):
        """The answer is the same when the copy is made, when it is read, and without one."""
        words = ("recommend", *FEW, "--format", "json")
        places = [str(tmp_path), str(tmp_path), "off"]
        answers = [run(*words, env={"INSITU_ADVISOR_CACHE": place}).stdout for place in places]
        assert [invoke(*words).stdout_bytes] * 3 == answers

    def test_sound_copy_is_read(self, kb, place, monkeypatch):
        """A sound copy spares reading the files, which is what it is for."""
        monkeypatch.setattr(loader, "build", None)
        assert kb.sha256 == afresh(monkeypatch).sha256

    @pytest.mark.parametrize("case", DAMAGED)
    def test_damaged(self, case, kb, place, monkeypatch, capsys):
        """A damaged copy is read past, and replaced by a sound one."""
        copy = place / f"{kb.sha256}.json"
        sound = copy.read_bytes()
        copy.write_bytes(DAMAGED[case])
        assert dump_of(kb) == dump_of(afresh(monkeypatch))
        assert sound == copy.read_bytes()
        assert ("", "") == capsys.readouterr()

    @pytest.mark.parametrize("case", DOCTORED)
    def test_doctored(self, case, kb, place, monkeypatch):
        """A copy that says anything but the files it is named after is read past, whatever seal it was given."""
        copy = place / f"{kb.sha256}.json"
        sound = copy.read_bytes()
        doctored = DOCTORED[case](sound)
        assert sound != doctored
        copy.write_bytes(doctored)
        assert dump_of(kb) == dump_of(afresh(monkeypatch))
        assert sound == copy.read_bytes()

    def test_any_byte_counts(self, kb, place, monkeypatch):
        """A flipped bit anywhere in a copy makes it none."""
        copy = place / f"{kb.sha256}.json"
        sound = copy.read_bytes()
        chance = random.Random(14)
        for at in (0, 64, 65, len(sound) - 1, *(chance.randrange(len(sound)) for _ in range(200))):
            changed = bytearray(sound)
            changed[at] ^= 1 << chance.randrange(8)
            copy.write_bytes(changed)
            assert cache.read(kb.sha256) is None, at
        copy.write_bytes(sound)
        assert cache.read(kb.sha256) is not None

    def test_copy_of_another_version(self, kb, place, monkeypatch):
        """A copy that another version of the program made is none."""
        monkeypatch.setattr(cache, "__version__", "0.0.9")
        assert cache.read(kb.sha256) is None

    @pytest.mark.skipif(os.name != "posix", reason="kinds of files of POSIX")
    @pytest.mark.parametrize("case", IN_ITS_PLACE)
    def test_something_else_in_its_place(self, case, kb, place):
        """What is no regular file, is a link to one or could be another's, is neither waited for nor believed."""
        copy = place / f"{kb.sha256}.json"
        sound = copy.read_bytes()
        copy.unlink()
        IN_ITS_PLACE[case](copy, sound)
        for _ in range(2):
            done = forked("show", env={"INSITU_ADVISOR_CACHE": str(place)})
            assert (0, b"") == (done.returncode, done.stderr)
            assert invoke("show").stdout_bytes == done.stdout
        assert not [path for path in place.iterdir() if path.suffix == ".part"]
        assert case == "folder" or (copy.is_file() and not copy.is_symlink() and sound == copy.read_bytes())

    def test_leftovers_are_swept(self, kb, place, monkeypatch):
        """Copies of other states go, and files that were never finished; nothing else does, nor what is being made."""
        old = [f"{'0' * 64}.json", "tmpab_12.part", "copy-xyz.part"]
        stays = ["copy-new.part", "mine.part", "notes.json", f"{'0' * 63}.json"]
        for name in (*old, *stays):
            (place / name).write_text("x")
        for name in (old[1], old[2], "mine.part"):
            os.utime(place / name, (0, 0))
        (place / f"{'1' * 64}.json").mkdir()
        copy = place / f"{kb.sha256}.json"
        copy.unlink()
        afresh(monkeypatch)
        assert {*stays, copy.name, f"{'1' * 64}.json"} == {path.name for path in place.iterdir()}

    @pytest.mark.parametrize("step", ["replace", "write"])
    def test_ended_midway(self, kb, place, monkeypatch, step):
        """Whatever stops the writing of a copy, nothing half-written is left, and no fault of it is told."""
        (place / f"{kb.sha256}.json").unlink()

        def fail(*_, **__):
            raise OSError(errno.ENOSPC, "full")

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", fail) if step == "replace" else patch.setattr(os, "fdopen", fail)
            cache.write(kb.sha256, {})
        assert [] == list(place.iterdir())

    @pytest.mark.parametrize("place", ["/dev/null", "/proc"])
    def test_folder_of_no_use(self, place):
        """A folder in which no copy can be kept is no fault."""
        done = forked("show", env={"INSITU_ADVISOR_CACHE": place})
        assert (0, b"") == (done.returncode, done.stderr)
