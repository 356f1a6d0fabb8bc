"""Techniques that a sentence only names: of the eight, and beyond them."""

from __future__ import annotations

import re

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text

# In small letters these are words of their own.
_WORDS = frozenset(
    {"mas", "ir", "cars", "stem", "ups", "sas", "cest", "esca", "srs", "csi", "drift", "drifts", "arc", "arcs"}
)
_BROKEN = re.compile(r" (?:is|are|was) (?:broken|out of order|not available|unavailable|down|booked)\b")

Found = tuple[tuple[str, ...], frozenset[int]]


def techniques_in(lexicon: Lexicon, text: Text, used: frozenset[int]) -> Found:
    """Techniques that are only named, as in `is Raman or XRD better`, with their places."""
    found = [
        match
        for match in lexicon.book("way").cover(text, close=True)
        if match.places.isdisjoint(used) and not _other_word(text, match)
    ]
    return tuple(dict.fromkeys(each for match in found for each in match.meaning.means)), _places(found)


def outsiders_in(lexicon: Lexicon, text: Text, goals: frozenset[int]) -> Found:
    """Techniques beyond the eight that are named, with their places, or that are the usual answer to what is asked."""
    found = [
        match
        for match in lexicon.outsiders.cover(text, close=True)
        if not match.places <= goals
        and not _other_word(text, match)
        and not _BROKEN.match(text.plain[text.words[max(match.places)].end :])
    ]
    usual = [match for match in lexicon.outside_goals.cover(text, close=True) if match.size > 1]
    return tuple(dict.fromkeys(match.meaning.key for match in (*found, *usual))), _places(found)


def _places(found: list[Match]) -> frozenset[int]:
    return frozenset(place for match in found for place in match.places)


def _other_word(text: Text, match: Match) -> bool:
    word = text.words[min(match.places)].text
    return match.size == 1 and word in _WORDS
