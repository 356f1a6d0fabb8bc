"""A reference as one line of a list."""

from __future__ import annotations

from insitu_advisor.knowledge.literature import Reference


def entry(reference: Reference) -> str:
    """Authors, title, journal, year, volume, pages, then DOI or address, and what of it was read."""
    where = " ".join(part for part in (reference.journal or reference.publisher, _year(reference)) if part)
    numbers = ", ".join(part for part in (reference.volume, reference.pages) if part)
    parts = [
        reference.authors,
        reference.title or f"[{reference.about}]",
        ", ".join(part for part in (where, numbers) if part),
        _address(reference),
    ]
    text = " ".join(
        part if part.endswith((".", "?", "!")) or part.startswith("http") else f"{part}." for part in parts if part
    )
    notes = []
    if reference.review_number:
        notes.append(f"reference {reference.review_number} of the review")
    if reference.read:
        notes.append(f"read: {reference.read}")
    return f"{text} ({'; '.join(notes)})" if notes else text


def _year(reference: Reference) -> str:
    return str(reference.year) if reference.year else ""


def _address(reference: Reference) -> str:
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    return reference.eprint or reference.url or ""
