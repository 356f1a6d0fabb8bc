"""Reading a file of a user: written words stay words, and what cannot be read is refused."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import load_knowledge_base
from knowledge.own_files import problems_of


class TestWrittenWordsStay:
    @pytest.mark.parametrize(
        "word",
        [
            "NO",
            "no",
            "Yes",
            "on",
            "8:1:1",
            "1:1",
            "010",
            "-007",
            "0x1F",
            "1_000",
            "2026-11-22",
        ],
    )
    def test_as_text(self, word):
        """What YAML 1.1 would turn into a truth value, a number or a date stays text."""
        assert {"a": word, word: "a"} == yaml_file.parse(f"a: {word}\n{word}: a\n", Path("own.yaml"))

    @pytest.mark.parametrize(
        ("word", "value"), [("1e-9", 1e-9), ("1E3", 1000.0), ("-2", -2), (".5", 0.5), ("0", 0), ("true", True)]
    )
    def test_as_number(self, word, value):
        """What a chemist means as a number is one, with or without a decimal point."""
        found = yaml_file.parse(f"a: {word}\n", Path("own.yaml"))["a"]
        assert (value, type(value)) == (found, type(found))

    def test_in_the_knowledge_base(self, tmp_path):
        """An alias that YAML 1.1 would read as a truth value or a clock time is found as it was written."""
        path = tmp_path / "own.yaml"
        path.write_text("materials:\n  blend: {name: blend, aliases: [NO, 8:1:1], type: alloy, because: It alloys.}\n")
        assert ("NO", "8:1:1") == load_knowledge_base(path).materials["blend"].aliases

    def test_page_number_with_a_leading_zero(self, tmp_path):
        """A page or article number keeps its leading zero."""
        path = tmp_path / "own.yaml"
        path.write_text("references:\n  us2026: {kind: article, title: Ours, pages: 010}\n")
        assert "010" == load_knowledge_base(path).references["us2026"].pages

    def test_small_number_in_the_knowledge_base(self, tmp_path):
        """1e-9 is a number, not a word."""
        path = tmp_path / "own.yaml"
        path.write_text(
            "techniques:\n  xrd:\n    variants:\n      laboratory:\n        resolution:\n"
            "          - {quantity: lateral, value: 1e-9, unit: nm, means: A tiny step.}\n"
        )
        (figure,) = load_knowledge_base(path).techniques["xrd"].variants["laboratory"].resolution
        assert 1e-9 == figure.value


UNREADABLE = {
    "alias": (b"traits:\n  a: &x Soft.\n  b: *x\n", 3, "uses a YAML alias (*name); write the value out instead"),
    "nesting": (b"traits:\n  a: " + b"[" * 30 + b"]" * 30 + b"\n", 2, "is nested more than 24 levels deep"),
    "deep-nesting": (b"traits: " + b"[" * 9999 + b"]" * 9999, 1, "is nested more than 24 levels deep"),
    "not-utf-8": (b"traits:\n  a: \xc4hnlich\n", None, "is not UTF-8 text (byte 13); save it as UTF-8"),
    "empty": (b"", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "comment-only": (b"# to do\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "list-at-top": (b"- traits\n- rules\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "text-at-top": (b"traits\n", 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'"),
    "key-twice-deep": (
        b"rules:\n  own:\n    kind: cap\n    kind: raise\n",
        4,
        "the key 'kind' stands here a second time",
    ),
    "key-is-a-number": (b"traits:\n  7: Lucky.\n", 2, "the key 7 is not text; put it in quotes"),
    "two-documents": (b"traits: {}\n---\nrules: {}\n", 2, "holds a second document after '---'; keep one in a file"),
    "tab": (b"traits:\n\ta: Soft.\n", 2, "is not valid YAML"),
    "open-bracket": (b"traits: {a: Soft.\n", 2, "is not valid YAML"),
    "python-object": (
        b"traits: !!python/object/apply:os.getcwd []\n",
        1,
        "uses a YAML tag (tag:yaml.org,2002:python/object/apply:os.getcwd); write the plain value instead",
    ),
    "tag-of-a-bool": (b"traits:\n  a: !!bool maybe\n", 2, "uses a YAML tag (tag:yaml.org,2002:bool)"),
    "tag-of-a-number": (b'traits:\n  a: !!int ""\n', 2, "uses a YAML tag (tag:yaml.org,2002:int)"),
    "tag-of-a-date": (b"traits:\n  a: !!timestamp soon\n", 2, "uses a YAML tag (tag:yaml.org,2002:timestamp)"),
    "tag-of-a-set": (b"traits:\n  a: !!set [1]\n", 2, "uses a YAML tag (tag:yaml.org,2002:set)"),
    "tag-that-fits": (b"traits:\n  a: !!str Soft.\n", 2, "uses a YAML tag (tag:yaml.org,2002:str)"),
    "tag-of-ones-own": (b"traits:\n  a: !own Soft.\n", 2, "uses a YAML tag (!own); write the plain value instead"),
    "control-character": (b"traits:\n  a: \x1b[31mred\n", 2, "holds a control character; write plain text"),
    "endless-number": (
        b"traits:\n  a: " + b"9" * 5000 + b"\n",
        2,
        "holds a number of 5000 digits; write a shorter one",
    ),
}


@pytest.mark.parametrize("file", UNREADABLE)
def test_unreadable_file_is_refused(tmp_path, file):
    """A file that cannot be read as knowledge is refused with file, line where there is one, and the reason."""
    content, line, words = UNREADABLE[file]
    path = tmp_path / "own.yaml"
    path.write_bytes(content)
    (problem,) = problems_of(path)
    assert (str(path), line) == (problem.file, problem.line)
    assert words in problem.what


def giving_up_at(depth):
    """A reader that looks ahead and refuses lists deeper than this, at the first one too many, in words of its own."""
    loader = yaml_file._loader()

    def read(text):
        places = [place for place, character in enumerate(text) if character == "["]
        if len(places) > depth:
            place = places[depth]
            mark = yaml.Mark("file", place, text.count("\n", 0, place), 0, None, None)
            raise yaml.MarkedYAMLError(problem="des poupées russes", problem_mark=mark)
        return loader(text)

    return lambda: read


class TestDepth:
    @pytest.mark.parametrize("limit", [25, 26, 100, 500])
    @pytest.mark.parametrize("before", ["", "µ: Å\n", "b: [x]\n"])
    def test_reader_that_refuses_depth_itself(self, limit, before, monkeypatch):
        """Depth is named in our words and at its line, whatever the YAML reader of the day does about it."""
        monkeypatch.setattr(yaml_file, "_loader", giving_up_at(limit))
        with pytest.raises(KnowledgeError) as caught:
            yaml_file.parse(f"{before}traits:\n  " + "[" * 9999, Path("own.yaml"))
        line = 2 + before.count("\n")
        assert f"own.yaml:{line}: is nested more than 24 levels deep" == str(caught.value)

    def test_other_complaints_are_quoted(self, monkeypatch):
        """What the reader says about anything else is shown as its own words, after ours."""
        monkeypatch.setattr(yaml_file, "_loader", giving_up_at(2))
        with pytest.raises(KnowledgeError) as caught:
            yaml_file.parse("a: [[[]]]", Path("own.yaml"))
        assert 'own.yaml:1: is not valid YAML; the reader says "des poupées russes"' == str(caught.value)


class TestRefusedPaths:
    def test_missing_file(self, tmp_path):
        """A path that leads nowhere is named."""
        (problem,) = problems_of(tmp_path / "gone.yaml")
        expected = f"{tmp_path / 'gone.yaml'}: there is no such file; check the path"
        assert expected == str(problem)

    def test_folder(self, tmp_path):
        """A folder is no file of knowledge."""
        (problem,) = problems_of(tmp_path)
        assert "is not a regular file; give the path of a YAML file" == problem.what

    def test_locked_file(self, tmp_path, monkeypatch):
        """A file that may not be read is named with the system's reason."""
        path = tmp_path / "own.yaml"
        path.write_text("traits: {}\n")

        def refuse(*_: object, **__: object) -> str:
            raise PermissionError(errno.EACCES, "the system's words")

        monkeypatch.setattr(Path, "read_bytes", refuse)
        with pytest.raises(KnowledgeError) as caught:
            yaml_file.read_text(path)
        assert f"{path}: cannot be read: the system's words" == str(caught.value)

    def test_raw_control_character(self, tmp_path):
        """The complaint about a raw control character does not carry it to the terminal."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"traits:\n  magnetic: \x1b[31mred\n")
        (problem,) = problems_of(path)
        assert f"{path}:2: holds a control character; write plain text" == str(problem)

    def test_control_character_after_wide_ones(self, tmp_path):
        """The line of a control character is right after text beyond ASCII, such as Å or µ."""
        path = tmp_path / "own.yaml"
        path.write_bytes("traits:\n  a: µµµµµ Å\n  b: red\x07\n  c: Soft.\n".encode())
        assert 3 == problems_of(path)[0].line

    def test_too_large(self, tmp_path):
        """A file above 8 MiB is refused before it is read."""
        path = tmp_path / "own.yaml"
        with path.open("wb") as file:
            file.truncate(8 * 2**20 + 1)
        (problem,) = problems_of(path)
        assert "is larger than 8 MiB; split it" == problem.what

    def test_largest(self, tmp_path):
        """A file of exactly 8 MiB passes."""
        path = tmp_path / "own.yaml"
        text = b"traits: {magnetic: Attracted by a magnet.}\n"
        path.write_bytes(text + b"#" * (8 * 2**20 - len(text)))
        assert "Attracted by a magnet." == load_knowledge_base(path).traits["magnetic"]

    def test_nesting_of_24(self):
        """24 levels pass, 25 do not."""
        text = "a: " + "[" * 23 + "]" * 23
        assert ["a"] == list(yaml_file.parse(text, Path("own.yaml")))
        with pytest.raises(KnowledgeError, match="nested more than 24 levels"):
            yaml_file.parse("a: " + "[" * 24 + "]" * 24, Path("own.yaml"))

    def test_byte_order_mark(self, tmp_path):
        """A file saved by a Windows editor is read."""
        path = tmp_path / "own.yaml"
        path.write_bytes(b"\xef\xbb\xbftraits:\r\n  magnetic: Attracted by a magnet.\r\n")
        assert "Attracted by a magnet." == load_knowledge_base(path).traits["magnetic"]


@pytest.mark.parametrize("module", ["insitu_advisor"])
def test_nothing_is_read_at_import(module):
    """Importing the package loads neither a YAML reader nor pydantic, and opens no data file."""
    program = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        f"import {module}\n"
        "print([name for name in ('yaml', 'pydantic') if name in sys.modules])\n"
        "print([name for name in opened if name.endswith('.yaml')])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "[]\n[]\n" == done.stdout
