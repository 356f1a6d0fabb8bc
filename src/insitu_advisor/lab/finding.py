"""Where a lab profile is found, and how it is read."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import nearest
from insitu_advisor.knowledge.errors import KnowledgeError, Problem
from insitu_advisor.knowledge.loader import wording
from insitu_advisor.lab.profile import LabProfile

FILE_NAME = "lab.yaml"
VARIABLE = "INSITU_ADVISOR_LAB"
SWITCHED_OFF = frozenset({"none", "off", ""})


@dataclass(frozen=True, slots=True)
class FoundLab:
    """A lab profile with the file it was read from, why that file was taken, and the hash of its text."""

    profile: LabProfile
    path: Path
    because: str
    sha256: str


def find(kb: KnowledgeBase, given: str | None) -> FoundLab | None:
    """The lab profile that applies: the file given, then the environment, the project folder, the user's config folder.

    `none` switches it off. Raises KnowledgeError for a file that is named but cannot be used.
    """
    if given is not None:
        return None if given in SWITCHED_OFF else read(kb, Path(given), "given")
    if (named := os.environ.get(VARIABLE)) is not None:
        return None if named in SWITCHED_OFF else read(kb, Path(named), f"named by {VARIABLE}")
    for path, because in ((Path(FILE_NAME), "found in this folder"), (config_file(), "found in the config folder")):
        if path is not None and path.is_file():
            return read(kb, path, because)
    return None


def config_file() -> Path | None:
    """The lab profile in the user's config folder; None without a home."""
    base = os.environ.get("APPDATA") if sys.platform == "win32" else os.environ.get("XDG_CONFIG_HOME")
    try:
        folder = Path(base) if base else Path.home() / ".config"
    except RuntimeError:
        return None
    return folder / "insitu-advisor" / FILE_NAME


def read(kb: KnowledgeBase, path: Path, because: str) -> FoundLab:
    """A lab profile from a file. Raises KnowledgeError with file and line."""
    text = yaml_file.read_text(path)
    data = yaml_file.parse(text, path)
    try:
        profile = LabProfile.model_validate(data)
    except ValidationError as error:
        raise KnowledgeError([_problem(path, text, item["loc"], wording(item)) for item in error.errors()]) from error
    unknown = [
        _problem(path, text, ("instruments", name), f"there is no facility '{name}'{nearest(name, kb.facilities)}")
        for name in profile.instruments
        if name not in kb.facilities
    ]
    if unknown:
        raise KnowledgeError(unknown)
    return FoundLab(profile, path, because, hashlib.sha256(text.encode()).hexdigest())


def _problem(path: Path, text: str, loc: tuple[str | int, ...], what: str) -> Problem:
    steps = tuple(step for step in loc if step != "[key]")
    return Problem(str(path), yaml_file.line_of(text, steps), " > ".join(map(str, steps)), what)
