"""How a source is called in a few words, and whose system its finding is."""

from __future__ import annotations

import re

from insitu_advisor.knowledge.literature import Reference

_WORDS_OF_TITLE = 6


def label(reference: Reference) -> str:
    """First author and year; without authors the first words of the title, without a title what it is about."""
    year = str(reference.year) if reference.year else "year not known"
    who = re.split("[,;]", reference.authors or "")[0].strip()
    if who:
        return f"{who} {year}" if reference.year else f"{who}, {year}"
    return f"{_opening(reference)}, {year}"


def _opening(reference: Reference) -> str:
    """The first words of a title in quotation marks; the first words of what a source without one is about."""
    words = (reference.title or reference.about or reference.publisher or reference.kind).split()
    start = " ".join(words[:_WORDS_OF_TITLE]).rstrip(",;:") + ("..." if len(words) > _WORDS_OF_TITLE else "")
    return f'"{start}"' if reference.title else start
