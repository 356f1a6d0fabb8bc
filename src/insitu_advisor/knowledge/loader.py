"""From YAML files to one validated knowledge base."""

from __future__ import annotations

import contextlib
import hashlib
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from insitu_advisor.knowledge import cache, yaml_file
from insitu_advisor.knowledge.base import SECTIONS, KnowledgeBase
from insitu_advisor.knowledge.errors import MOST_TOLD, KnowledgeError, Problem
from insitu_advisor.knowledge.finding import Finding
from insitu_advisor.knowledge.overlay import merge
from insitu_advisor.knowledge.yaml_file import LocPath

_PYDANTIC_STEP = re.compile(r"[\[(]|^constrained-")
PACKAGE = Path(__file__).resolve().parent.parent
FILES = (
    "about", "anodes", "combinations", "conflicts", "facilities", "lexicon", "materials", "outside", "perspectives",
    "references", "rules", "searches", "studies", "targets", "techniques", "ways/eis", "ways/ftir", "ways/nmr",
    "ways/raman", "ways/sans", "ways/tem", "ways/xps", "ways/xrd", "weights",
)  # fmt: skip
# Holds the hash of the files above, for which the tests have seen that everything in them holds together.
RELEASED = "released.sha256"


class Page(NamedTuple):
    """One file of knowledge as it was read."""

    path: Path
    text: str
    data: dict[str, Any]


def data_folder() -> Path:
    """Folder of the shipped YAML files: inside an installed package, or `data/` of a checkout.

    Raises KnowledgeError when neither is there.
    """
    candidates = (PACKAGE / "data", PACKAGE.parent.parent / "data")
    for folder in candidates:
        if (folder / "techniques.yaml").is_file():
            return folder
    raise KnowledgeError(
        [Problem(str(candidates[0]), None, "", "the shipped knowledge base is missing; reinstall insitu-advisor")]
    )


def load_knowledge_base(*overlays: str | Path) -> KnowledgeBase:
    """The shipped knowledge base, with the user's own files laid over it in the order given.

    Loading happens once per set of files; the result is read-only and shared. Raises KnowledgeError that lists every
    fault with file and line.
    """
    paths = [Path(overlay) for overlay in overlays]
    return _load(tuple((path, yaml_file.read_text(path)) for path in paths))


@lru_cache(maxsize=8)
def _load(overlays: tuple[tuple[Path, str], ...]) -> KnowledgeBase:
    if not overlays:
        return _shipped()
    own = [Page(path, text, yaml_file.parse(text, path)) for path, text in overlays]
    return build([*shipped_pages(), *own], overlays=tuple(str(path) for path, _ in overlays))


def _shipped() -> KnowledgeBase:
    """The shipped knowledge base, from its kept copy where one fits the files as they are now."""
    contents = {path: yaml_file.read_bytes(path) for path in _shipped_paths()}
    sha256 = _digest((path.name, content) for path, content in contents.items())
    kept = cache.read(sha256)
    if kept is not None:
        with contextlib.suppress(ValidationError):
            copy = KnowledgeBase.model_validate_json(kept)
            if copy.sha256 == sha256:
                return copy
    pages = tuple(_page(path, yaml_file.decoded(content, path)) for path, content in contents.items())
    kb = build(pages, sha256=sha256)
    cache.write(kb.sha256, _merged(pages) | {"sha256": kb.sha256})
    return kb


@lru_cache(maxsize=1)
def shipped_pages() -> tuple[Page, ...]:
    """The pages of the shipped knowledge base."""
    return tuple(_page(path, yaml_file.read_text(path)) for path in _shipped_paths())


def _page(path: Path, text: str) -> Page:
    return Page(path, text, yaml_file.parse(text, path))


def _shipped_paths() -> list[Path]:
    folder = data_folder()
    return [folder / f"{name}.yaml" for name in FILES]


def build(pages: Sequence[Page], overlays: tuple[str, ...] = (), sha256: str = "") -> KnowledgeBase:
    """One knowledge base from pages laid over each other in order. Raises KnowledgeError for any fault.

    `sha256` is their hash, where it was worked out before.

    Whether everything holds together is not gone through again for pages whose hash is the one they were released with.
    """
    _known_sections(pages)
    sha256 = sha256 or digest((page.path.name, page.text) for page in pages)
    try:
        kb = KnowledgeBase.model_validate(_merged(pages) | {"sha256": sha256, "overlays": overlays})
    except ValidationError as error:
        refuse(pages, misfits(error))
        raise
    if sha256 != _released():
        from insitu_advisor.knowledge.check import findings

        refuse(pages, findings(kb))
    return kb


def _released() -> str:
    """The hash of the shipped files as they were when all checks were last seen to pass; empty where none is noted."""
    try:
        return (data_folder() / RELEASED).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def digest(named_texts: Iterable[tuple[str, str]]) -> str:
    """SHA-256 over names and contents of the files, as 64 hexadecimal digits; line ends do not matter."""
    return _digest((name, text.encode()) for name, text in named_texts)


def _digest(named_contents: Iterable[tuple[str, bytes]]) -> str:
    """The same over contents as they lie in the file, so that nothing has to be decoded to find a kept copy."""
    sha = hashlib.sha256()
    for name, content in named_contents:
        plain = content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        sha.update(name.encode(errors="surrogateescape") + b"\0" + plain + b"\0")
    return sha.hexdigest()


def _merged(pages: Sequence[Page]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for page in pages:
        merged = merge(merged, page.data)
    return merged


def _known_sections(pages: Sequence[Page]) -> None:
    for page in pages:
        unknown = (
            Finding((section,), f"there is no section '{section}'", word=section, known=SECTIONS)
            for section in page.data
            if section not in SECTIONS
        )
        refuse([page], unknown)


def refuse(pages: Sequence[Page], faults: Iterable[Finding]) -> None:
    """Raise KnowledgeError if there is a fault: the first ones each with file and line, the rest counted."""
    rest = iter(faults)
    first = list(islice(rest, MOST_TOLD))
    if first:
        raise KnowledgeError(_problems(pages, first), more=sum(1 for _ in rest))


def misfits(error: ValidationError) -> Iterator[Finding]:
    """What does not fit the form of an entry, as pydantic found it."""
    return (Finding(item["loc"], wording(item)) for item in error.errors(include_url=False))


def _problems(pages: Sequence[Page], faults: Sequence[Finding]) -> Iterator[Problem]:
    """Each fault in the last page that speaks of the entry, with the line of its nearest written parent."""
    places = [tuple(step for step in _blamed(pages, fault) if not _PYDANTIC_STEP.search(str(step))) for fault in faults]
    owners = [max(range(len(pages)), key=lambda at: (_depth(pages[at].data, steps), at)) for steps in places]
    lines: dict[tuple[int, LocPath], int | None] = {}
    for owner in set(owners):
        own = list(dict.fromkeys(steps for at, steps in zip(owners, places, strict=True) if at == owner))
        found = yaml_file.lines_of(pages[owner].text, own)
        lines.update(((owner, steps), line) for steps, line in zip(own, found, strict=True))
    for fault, owner, steps in zip(faults, owners, places, strict=True):
        where = " > ".join(str(step + 1 if isinstance(step, int) else step) for step in steps)
        yield Problem(str(pages[owner].path), lines[owner, steps], where, fault.told)


def _blamed(pages: Sequence[Page], finding: Finding) -> tuple[str | int, ...]:
    """Of the two places of a finding, the one a later page wrote."""
    places = [place for place in (finding.loc, finding.also) if place]
    return max(places, key=lambda place: _author(pages, place))


def _author(pages: Sequence[Page], loc: tuple[str | int, ...]) -> int:
    """Index of the last page that wrote a place; -1 when none did in full."""
    return max((index for index, page in enumerate(pages) if _depth(page.data, loc) == len(loc)), default=-1)


def _depth(data: Any, loc: tuple[str | int, ...]) -> int:
    step: Any
    for count, step in enumerate(loc):
        if (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        ):
            data = data[step]
        else:
            return count
    return len(loc)


# What is wrong by the kind of the error; the words for the same kind in pydantic change from release to release.
_WORDING = {
    "missing": "'{key}' is missing; add it",
    "extra_forbidden": "there is no field '{key}' here; check the spelling against a shipped entry",
    "model_type": "must be a mapping: indented lines of 'key: value'",
    "tuple_type": "must be a list, such as [one, two]",
    "too_short": "has {actual_length} entries; it needs at least {min_length}",
    "too_long": "has {actual_length} entries; it takes {max_length} at most",
    "string_type": "must be text; put it in quotes",
    "string_too_short": "must not be empty",
    "string_too_long": "must be no longer than {max_length} characters",
    "bool_type": "must be true or false, without quotes",
    "int_type": "must be a whole number, without quotes",
    "float_type": "must be a number, without quotes",
    "finite_number": "must be a finite number",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than": "must be less than {lt:g}",
    "less_than_equal": "must be {le:g} or less",
}
_SAME_WORDING = {
    "dict_type": "model_type",
    "mapping_type": "model_type",
    "model_attributes_type": "model_type",
    "list_type": "tuple_type",
    "int_from_float": "int_type",
    "int_parsing": "int_type",
    "float_parsing": "float_type",
    "bool_parsing": "bool_type",
}


def wording(error: Any) -> str:
    """What is wrong with an entry, in the words of somebody who edits YAML; words of pydantic are quoted, if at all."""
    key = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "literal_error":
            return f"'{error['input']}' is not allowed; choose from {error['ctx']['expected']}"
        case "greater_than_equal" | "less_than_equal" if key == "rating" and error["loc"][0] == "techniques":
            return f"{error['input']} is no rating; write 1, 2 or 3, and give a zero with its reason under 'blind_to'"
        case "greater_than_equal" | "less_than_equal" if key == "rating":
            return f"{error['input']} is no rating; write a whole number from 0 to 3"
        case "string_pattern_mismatch" if key in {"tier", "cost", "preparation"}:
            return f"'{error['input']}' is no tier; write low, moderate, high or very-high, with + for half a step more"
        case "string_pattern_mismatch" if key == "basis":
            return f"'{error['input']}' is no basis; write review N.N, literature, facility, derived or judgement"
        case "string_pattern_mismatch":
            return f"'{error['input']}' does not fit the pattern {error['ctx']['pattern']}"
        case "value_error":
            return str(error["ctx"]["error"])
        case kind:
            words = _WORDING.get(_SAME_WORDING.get(kind, kind))
            if words is None:
                return f'does not fit here; the checker says "{error["msg"]}"'
            return words.format(key=key, **error.get("ctx", {}))
