"""Reading YAML without its traps: no aliases, no duplicate keys, no surprise types, and a line for every path."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from insitu_advisor.knowledge.errors import KnowledgeError, Problem

if TYPE_CHECKING:
    import yaml

LARGEST_FILE = 8 * 1024 * 1024
DEEPEST_NESTING = 24
LocPath = tuple[str | int, ...]


def read_text(path: Path) -> str:
    """Text of a YAML file in UTF-8.

    Raises KnowledgeError when the file is missing, is not a regular file, is larger than 8 MiB or is not UTF-8.
    """
    try:
        if not path.exists():
            raise _fault(path, None, "there is no such file; check the path")
        if not path.is_file():
            raise _fault(path, None, "is not a regular file; give the path of a YAML file")
        if path.stat().st_size > LARGEST_FILE:
            raise _fault(path, None, f"is larger than {LARGEST_FILE // 2**20} MiB; split it")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _fault(path, None, f"is not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise _fault(path, None, f"cannot be read: {error.strerror or error}") from error


def parse(text: str, path: Path, *, guarded: bool = True) -> dict[str, Any]:
    """The mapping written in a YAML text.

    `guarded` first walks the events and refuses aliases, tags and deep nesting, as for any file a user brings. Raises
    KnowledgeError with file and line for text that is no YAML, holds a key twice, or is not a mapping.
    """
    import yaml

    try:
        if guarded:
            _refuse_bombs(text, path)
        data = yaml.load(text, Loader=_loader())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = f"is not valid YAML: {error.problem or error.context}"
        raise _fault(path, mark.line + 1 if mark else None, problem) from error
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        raise _fault(path, line, "holds a control character; write plain text") from error
    except yaml.YAMLError as error:
        raise _fault(path, None, f"is not valid YAML: {str(error).splitlines()[0]}") from error
    except (RecursionError, ValueError) as error:
        raise _fault(path, None, f"cannot be read as YAML: {error}") from error
    if not isinstance(data, dict):
        raise _fault(path, 1, "must be a mapping of sections, such as 'techniques:' or 'rules:'")
    return data


def line_of(text: str, loc: LocPath) -> int | None:
    """Line of the entry at a path of keys and indices, or of its nearest parent; None if the text has no tree."""
    import yaml

    try:
        node = yaml.compose(text, Loader=_loader())
    except yaml.YAMLError:
        return None
    line = node.start_mark.line + 1 if node else None
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            hit = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if hit is None:
                continue
            line, node = hit[0].start_mark.line + 1, hit[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _fault(path: Path, line: int | None, what: str) -> KnowledgeError:
    return KnowledgeError([Problem(str(path), line, "", what)])


def _refuse_bombs(text: str, path: Path) -> None:
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=_loader()):
        if isinstance(event, yaml.AliasEvent):
            raise _fault(path, _line(event), "uses a YAML alias (*name); write the value out instead")
        if (tag := getattr(event, "tag", None)) is not None:
            raise _fault(path, _line(event), f"uses a YAML tag ({tag}); write the plain value instead")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
            if depth > DEEPEST_NESTING:
                raise _fault(path, _line(event), f"is nested more than {DEEPEST_NESTING} levels deep")
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1


def _line(event: yaml.Event) -> int | None:
    return event.start_mark.line + 1 if event.start_mark else None


_cached_loader: type[yaml.SafeLoader] | None = None


def _loader() -> type[yaml.SafeLoader]:
    """A safe loader, in C where the wheel has it, that knows only the plain types of YAML 1.2."""
    global _cached_loader  # noqa: PLW0603
    if _cached_loader is None:
        _cached_loader = _build_loader()
    return _cached_loader


def _build_loader() -> type[yaml.SafeLoader]:
    import yaml

    class PlainLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """YAML 1.1 would read `NO` as False, `1:1` as 61 and `010` as 8; here they stay what a chemist wrote."""

        yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
            mapping: dict[Any, Any] = {}
            for key_node, value_node in node.value:
                key = self.construct_object(key_node, deep=True)
                fault = None
                if not isinstance(key, str):
                    fault = f"the key {key!r} is not text; put it in quotes"
                elif key in mapping:
                    fault = f"the key '{key}' stands here a second time; merge the two entries"
                if fault:
                    raise yaml.constructor.ConstructorError(None, None, fault, key_node.start_mark)
                mapping[key] = self.construct_object(value_node, deep=deep)
            return mapping

    plain = {
        "tag:yaml.org,2002:bool": (r"^(?:true|false)$", "tf"),
        "tag:yaml.org,2002:null": (r"^(?:null|~|)$", ["n", "~", ""]),
        "tag:yaml.org,2002:int": (r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789"),
        "tag:yaml.org,2002:float": (
            r"^[-+]?(?:(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)$",
            "-+.0123456789",
        ),
    }
    for tag, (pattern, first) in plain.items():
        PlainLoader.add_implicit_resolver(tag, re.compile(pattern), list(first))
    return PlainLoader
