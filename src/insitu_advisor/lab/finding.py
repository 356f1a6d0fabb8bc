"""Where a lab profile is found, and how it is read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.finding import Finding
from insitu_advisor.knowledge.loader import Page, misfits, refuse
from insitu_advisor.lab.places import locate
from insitu_advisor.lab.profile import LabProfile


@dataclass(frozen=True, slots=True)
class FoundLab:
    """A lab profile with the file it was read from, why that file was taken, and the hash of its text."""

    profile: LabProfile
    path: Path
    because: str
    sha256: str


def find(kb: KnowledgeBase, given: str | None) -> FoundLab | None:
    """The lab profile that applies, or None. Raises KnowledgeError for one that cannot be used."""
    place = locate(given)
    return read(kb, *place) if place else None


def read(kb: KnowledgeBase, path: Path, because: str) -> FoundLab:
    """A lab profile from a file. Raises KnowledgeError with file and line."""
    text = yaml_file.read_text(path)
    data = yaml_file.parse(text, path)
    page = Page(path, text, data)
    try:
        profile = LabProfile.model_validate(data)
    except ValidationError as error:
        refuse([page], misfits(error))
        raise
    unknown = (name for name in profile.instruments if name not in kb.facilities)
    refuse(
        [page],
        (
            Finding(("instruments", name), f"there is no facility '{name}'", word=name, known=kb.facilities)
            for name in unknown
        ),
    )
    return FoundLab(profile, path, because, hashlib.sha256(text.encode()).hexdigest())
