"""Reading YAML without its traps: no aliases, tags, duplicate keys or surprise types, and a line for every path."""

from __future__ import annotations

import contextlib
import re
import stat
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from insitu_advisor.knowledge.errors import KnowledgeError, Problem, visible

LARGEST_FILE = 8 * 1024 * 1024
DEEPEST_NESTING = 24
TOO_DEEP = f"is nested more than {DEEPEST_NESTING} levels deep"
LocPath = tuple[str | int, ...]
# Line and inner entries of each entry that is kept, by key or index.
_Tree = dict[str, tuple[int, "_Tree"]]

# YAML 1.1 would read `NO` as False, `1:1` as 61 and `010` as 8; as in YAML 1.2 they stay what a chemist wrote.
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_NUMBER_STARTS = frozenset("-+.0123456789")


def read_text(path: Path) -> str:
    """Text of a YAML file, with plain line ends. Raises KnowledgeError as `read_bytes`, and for text not in UTF-8."""
    return decoded(read_bytes(path), path)


def decoded(content: bytes, path: Path) -> str:
    """Text of the content of a file, with plain line ends. Raises KnowledgeError for text not in UTF-8."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise _fault(path, None, f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error


def read_bytes(path: Path) -> bytes:
    """Content of a YAML file.

    Raises KnowledgeError when the file is missing, is not a regular file or is larger than 8 MiB, or when its name
    could not be shown in an answer that names it.
    """
    if visible(str(path)) != str(path):
        raise _fault(path, None, "has a name that cannot be shown; rename the file or its folder")
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise _fault(path, None, "is not a regular file; give the path of a YAML file")
        if found.st_size > LARGEST_FILE:
            raise _fault(path, None, f"is larger than {LARGEST_FILE // 2**20} MiB; split it")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _fault(path, None, "there is no such file; check the path") from error
    except OSError as error:
        raise _fault(path, None, f"cannot be read: {error.strerror or error}") from error


def parse(text: str, path: Path) -> dict[str, Any]:
    """The mapping written in a YAML text.

    Raises KnowledgeError with file and line for text that is no YAML, holds a key twice, uses an alias or a tag, is
    nested too deep, or is not a mapping.
    """
    import yaml

    try:
        data = _Reader(text, path).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if line := _line_too_deep(text[: mark.index] if mark else text):
            raise _fault(path, line, TOO_DEEP) from error
        problem = f"is not valid YAML; {_reader_says(error.problem or error.context)}"
        raise _fault(path, mark.line + 1 if mark else None, problem) from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise _fault(path, line, "holds a control character; write plain text") from error
    except yaml.YAMLError as error:
        raise _fault(path, None, f"is not valid YAML; {_reader_says(error)}") from error
    except ValueError as error:
        raise _fault(path, None, f"cannot be read as YAML; {_reader_says(error)}") from error
    if not isinstance(data, dict):
        raise _fault(path, 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'")
    return data


def lines_of(text: str, locs: Sequence[LocPath]) -> list[int | None]:
    """Line of the entry at each path of keys and indices, or of its nearest parent, of a text that could be parsed.

    The text is gone through once, and no more of it is kept than lies on the paths.
    """
    top, tree = _Places(text, {str(step) for loc in locs for step in loc}).document()
    return [_line_in(tree, loc, top) for loc in locs]


def _line_in(tree: _Tree, loc: LocPath, line: int | None) -> int | None:
    """Line of an entry in what is kept of a text; a step that is not written there is passed over."""
    for step in loc:
        hit = tree.get(str(step))
        if hit is not None:
            line, tree = hit
    return line


class _Places:
    """The lines on which some keys and indices of one YAML text stand."""

    def __init__(self, text: str, wanted: Collection[str]) -> None:
        import yaml

        self._yaml, self._wanted = yaml, wanted
        self._events: Iterator[Any] = yaml.parse(text, Loader=_loader())

    def document(self) -> tuple[int | None, _Tree]:
        """Line of the first entry, and what is kept of the tree."""
        event: Any = next((event for event in self._events if isinstance(event, self._yaml.NodeEvent)), None)
        return (None, {}) if event is None else (event.start_mark.line + 1, self._below(event))

    def _below(self, event: Any) -> _Tree:
        kept: _Tree = {}
        if isinstance(event, self._yaml.MappingStartEvent):
            while not isinstance(key := next(self._events), self._yaml.MappingEndEvent):
                self._keep(kept, key.value, key.start_mark.line + 1, next(self._events))
        elif isinstance(event, self._yaml.SequenceStartEvent):
            for index in count():
                if isinstance(item := next(self._events), self._yaml.SequenceEndEvent):
                    break
                self._keep(kept, str(index), item.start_mark.line + 1, item)
        return kept

    def _keep(self, kept: _Tree, step: str, line: int, value: Any) -> None:
        if step in self._wanted:
            kept[step] = (line, self._below(value))
            return
        open_ones = int(isinstance(value, self._yaml.CollectionStartEvent))
        while open_ones:
            event = next(self._events)
            if isinstance(event, self._yaml.CollectionStartEvent):
                open_ones += 1
            elif isinstance(event, self._yaml.CollectionEndEvent):
                open_ones -= 1


class _Reader:
    """Builds plain mappings, lists, texts and numbers from the events of one YAML text.

    The shipped files have some 50,000 events, so each is asked for at the loader itself, not by way of `yaml.parse`,
    and texts, which most of them are, are told first and by their very type. That took 12 of 62 ms off reading them.
    """

    def __init__(self, text: str, path: Path) -> None:
        import yaml

        self._yaml, self._path = yaml, path
        self._next: Callable[[], Any] = _loader()(text).get_event
        self._text, self._map_end, self._list_end = yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent

    def document(self) -> Any:
        """The only document of the text; None where the text is empty."""
        self._next()
        if isinstance(self._next(), self._yaml.StreamEndEvent):
            return None
        data = self._value(self._next(), 0)
        self._next()
        event = self._next()
        if not isinstance(event, self._yaml.StreamEndEvent):
            raise self._fault(event, "holds a second document after '---'; keep one in a file")
        return data

    def _value(self, event: Any, depth: int) -> Any:
        if type(event) is self._text and event.tag is None:
            return self._plain(event) if event.implicit[0] else event.value
        if isinstance(event, self._yaml.AliasEvent):
            raise self._fault(event, "uses a YAML alias (*name); write the value out instead")
        if event.tag is not None:
            raise self._fault(event, f"uses a YAML tag ({event.tag}); write the plain value instead")
        if depth == DEEPEST_NESTING:
            raise self._fault(event, TOO_DEEP)
        if isinstance(event, self._yaml.MappingStartEvent):
            return self._mapping(depth + 1)
        return self._sequence(depth + 1)

    def _mapping(self, depth: int) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        read, value, end = self._next, self._value, self._map_end
        while type(event := read()) is not end:
            key = value(event, depth)
            if type(key) is not str:
                raise self._fault(event, f"the key {key!r} is not text; put it in quotes")
            if key in mapping:
                raise self._fault(event, f"the key '{key}' stands here a second time; merge the two entries")
            mapping[key] = value(read(), depth)
        return mapping

    def _sequence(self, depth: int) -> list[Any]:
        items = []
        while type(event := self._next()) is not self._list_end:
            items.append(self._value(event, depth))
        return items

    def _plain(self, event: Any) -> Any:
        """What a word without quotes means: a truth value, nothing, a number, or itself."""
        word = event.value
        if word in _WORDS:
            return _WORDS[word]
        if word[0] not in _NUMBER_STARTS:
            return word
        if _DECIMAL.fullmatch(word):
            return float(word)
        if not _INTEGER.fullmatch(word):
            return word
        try:
            return int(word)
        except ValueError as error:
            raise self._fault(event, f"holds a number of {len(word)} digits; write a shorter one") from error

    def _fault(self, event: Any, what: str) -> KnowledgeError:
        return _fault(self._path, event.start_mark.line + 1, what)


def _fault(path: Path, line: int | None, what: str) -> KnowledgeError:
    return KnowledgeError([Problem(str(path), line, "", what)])


def _line_too_deep(text: str) -> int | None:
    """Line on which a text goes deeper than allowed; None if it does not, as far as it can be read.

    Some releases of PyYAML refuse depth themselves, in their own words and before our reader has come to it. Up to the
    place where they give up they read like all others, so that the complaint is the same with each.
    """
    import yaml

    depth = 0
    event: Any
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=_loader()):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST_NESTING:
                return int(event.start_mark.line) + 1
    return None


def _reader_says(complaint: object) -> str:
    """What the YAML reader complains about, as a quotation: its words change from release to release."""
    first_line, *_ = str(complaint).splitlines() or [""]
    return f'the reader says "{first_line}"'


def _loader() -> Any:
    """The loader in C where the wheel has it; only its events and its tree are used, so nothing is constructed."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
