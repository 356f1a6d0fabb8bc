"""How words are compared: the same word in another dress, and the known word nearest to an unknown one."""

from __future__ import annotations

from collections.abc import Collection

# Beyond these nobody meant a known word, and looking for it would take seconds.
LONGEST_WORD, MOST_WORDS, MOST_LISTED = 100, 10_000, 30


def fold(word: str) -> str:
    """A word as it is compared: lower case, with one space for any run of spaces, hyphens and underscores."""
    return " ".join(word.lower().replace("-", " ").replace("_", " ").split())


def nearest(word: str, known: Collection[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, else a list of the known words if they are few."""
    import difflib

    if len(word) <= LONGEST_WORD and len(known) <= MOST_WORDS:
        close = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
        if close:
            return f"; did you mean '{close[0]}'?"
    return f"; known are {', '.join(sorted(known))}" if 0 < len(known) <= MOST_LISTED else ""
