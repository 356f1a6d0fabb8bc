"""A reference as one line of a list."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from insitu_advisor.knowledge.literature import Reference

SEARCH = "https://search.crossref.org/?q="
WEB_SEARCH = "https://www.google.com/search?q="
# What Crossref keeps no record of, by the word for it.
ELSEWHERE = {"maker": "maker's page", "facility": "facility page", "dataset": "data set", "software": "software"}
# What was read of a source where all of it was.
WHOLE = {"full text", "page"}


class Item(NamedTuple):
    """A reference in parts: what is printed, where it leads, whether that is only a search, and what is noted."""

    text: str
    address: str
    searched: bool
    note: str


def item(reference: Reference) -> Item:
    """Authors, title, journal, year, volume and pages; DOI, address or a search for the title; what of it was read."""
    where = " ".join(part for part in (reference.journal or reference.publisher, _year(reference)) if part)
    numbers = ", ".join(part for part in (reference.volume, reference.pages) if part)
    parts = [reference.authors, title(reference), ", ".join(part for part in (where, numbers) if part)]
    text = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    address = _address(reference)
    notes = [f"reference {reference.review_number} of the review"] if reference.review_number else []
    notes += [reference.read] if reference.read and reference.read not in WHOLE else []
    return Item(text, address or _search(reference), not address, "; ".join(notes))


def entry(reference: Reference) -> str:
    """A reference as one line of plain text."""
    found = item(reference)
    label = "Search: " if found.searched else ""
    return f"{found.text} {label}{found.address}{f' ({found.note})' if found.note else ''}"


def title(reference: Reference) -> str:
    """The title; where none was seen, what the source is about, of what kind it is, and that this is no title."""
    if reference.title:
        return reference.title
    kind = ELSEWHERE.get(reference.kind, f"{reference.kind}, title not seen")
    about = reference.about or "no subject noted"
    return f"{about[:1].upper()}{about[1:]} ({kind})"


def _year(reference: Reference) -> str:
    return str(reference.year) if reference.year else ""


def _address(reference: Reference) -> str:
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    if reference.eprint:
        kind, _, number = reference.eprint.partition(":")
        if kind == "arXiv" and number:
            return f"https://arxiv.org/abs/{quote(number, safe='/')}"
    return reference.url or ""


def _search(reference: Reference) -> str:
    """A search for the words of the title, and for the first author where the title is not known."""
    who = (reference.authors or "").split(",")[0]
    year = _year(reference)
    words = reference.title or " ".join(part for part in (who, reference.journal, year, reference.about) if part)
    return (WEB_SEARCH if reference.kind in ELSEWHERE else SEARCH) + quote(words, safe="")
