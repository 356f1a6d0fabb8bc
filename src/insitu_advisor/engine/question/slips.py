"""Slips of the pen in a sentence: `craking` is read as cracking, and said so."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from insitu_advisor.knowledge.stems import stem

if TYPE_CHECKING:
    from insitu_advisor.engine.question.lexicon import Lexicon

# Shorter words have too many neighbours, and a formula is never guessed.
_LONG = re.compile(r"\b[a-z]{6,20}\b")
_ALIKE = 0.88
_MOST = 8


def corrected(lexicon: Lexicon, plain: str) -> tuple[str, tuple[str, ...]]:
    """A plain text with the slips put right, and what was put right; at most eight unknown words are looked at."""
    unknown = [word for word in dict.fromkeys(_LONG.findall(plain)) if stem(word) not in lexicon.stems][:_MOST]
    meant = {word: found for word in unknown if (found := _meant(lexicon, word)) is not None}
    for word, found in meant.items():
        plain = re.sub(rf"\b{word}\b", found, plain)
    return plain, tuple(f"'{word}' is read as {found}" for word, found in meant.items())


def _meant(lexicon: Lexicon, word: str) -> str | None:
    """The one known word that begins with the same letter and differs by a letter or two."""
    alike = [each for each in lexicon.long_words if each[0] == word[0] and abs(len(each) - len(word)) <= 2]
    close = difflib.get_close_matches(word, alike, n=1, cutoff=_ALIKE)
    return close[0] if close else None
