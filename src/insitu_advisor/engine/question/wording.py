"""How the words of a question are told back to the one who typed them."""

from __future__ import annotations

from collections.abc import Sequence


def short(word: str) -> str:
    """A word as a message shows it: no more than 60 signs of it."""
    return word if len(word) <= 60 else word[:57] + "..."


def joined(words: Sequence[str]) -> str:
    """`Sn`, `Sn and Sb`, `Sn, Sb and Bi`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
