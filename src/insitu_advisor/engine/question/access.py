"""Which instruments a sentence says are at hand, and which are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from insitu_advisor.engine.question.having import Having
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text

_IN_LAB = re.compile(r"\bin (?:our|my|the|this) (?:own )?(?P<lab>lab|laboratory)\b")


_LIST = re.compile(r" ?(?::|\(|[-–] |,? ?(?:namely|i\.e\.|that is|which is|which means)\b)", re.IGNORECASE)


class Access(NamedTuple):
    """Instruments in the order of the knowledge base, and the places they were read from."""

    facilities: tuple[str, ...]
    places: frozenset[int]


def access(lexicon: Lexicon, text: Text) -> Access | None:
    """What is said of instruments; None where none is said to be there or missing.

    A technique that is only mentioned says nothing: it has to stand with words such as `we have` or `without`. A preset
    such as the department speaks for itself.
    """
    there: dict[str, None] = {}
    missing: set[str] = set()
    places: set[int] = set()
    lab = {place for found in _IN_LAB.finditer(text.plain.lower()) for place in _at(text, found.start("lab"))}
    book = lexicon.book("facility")
    found = book.cover(text, close=True, kept=lambda m: m.places.isdisjoint(lab) and not text.parted(m.places))
    named = [match for match in found if match.meaning.means]
    told = list(Having(lexicon, text, named).said())
    for said in told:
        places |= said.places
        if said.there and _spelled_out(lexicon, text, said.match, [each.match for each in told if each.there]):
            continue
        meant = lexicon.instruments(said.match.meaning)
        if said.there:
            there.update(dict.fromkeys(meant))
        else:
            missing.update(_beyond(lexicon, said.match, meant), _of_technique(lexicon, text, said.match))
    if not places:
        return None
    kept = there or dict.fromkeys(lexicon.kb.facilities)
    return Access(tuple(key for key in lexicon.kb.facilities if key in kept and key not in missing), frozenset(places))


def _spelled_out(lexicon: Lexicon, text: Text, match: Match, others: Sequence[Match]) -> bool:
    """Whether a list behind a preset says what is in it: `only what our department has: XRD, Raman`."""
    end = text.words[max(match.places)].end
    preset = not lexicon.kb.presets.keys().isdisjoint(match.meaning.means)
    listed = any(text.words[min(other.places)].start > end for other in others)
    return preset and listed and _LIST.match(text.plain[end:]) is not None


def idle(lexicon: Lexicon, text: Text) -> tuple[frozenset[int], ...]:
    """Places of what is said to be at hand and decides nothing, such as a cycler."""
    named = lexicon.book("not").cover(text, close=True)
    return tuple(said.match.places for said in Having(lexicon, text, named).said() if said.there)


def _at(text: Text, start: int) -> Iterator[int]:
    """The place of the word that begins at a sign of the text."""
    return (place for place, word in enumerate(text.words) if word.start == start)


def _beyond(lexicon: Lexicon, match: Match, meant: Sequence[str]) -> set[str]:
    """What is missing where a preset is denied: only what no smaller one holds, since the bench is there without it."""
    presets = lexicon.kb.presets
    if not any(each in presets for each in match.meaning.means):
        return set(meant)
    smaller = (set(each.facilities) for each in presets.values() if set(each.facilities) < set(meant))
    return set(meant).difference(*smaller)


def _of_technique(lexicon: Lexicon, text: Text, match: Match) -> set[str]:
    """The instruments that go with a technique whose name was denied, but for those that serve others too.

    A special instrument, such as a liquid cell, is denied by itself.
    """
    heard = text.shown(match.places)
    ways = [way for way in lexicon.book("way").matches(lexicon.text(heard)) if way.size == match.size]
    named = {each for way in ways for each in way.meaning.means}
    own: set[str] = set()
    for key in named:
        if match.meaning.means != _ordinary(lexicon, key):
            continue
        used = lexicon.used_by(key)
        own |= {each for each in used if not any(each in lexicon.used_by(o) for o in lexicon.kb.techniques if o != key)}
    return own


def _ordinary(lexicon: Lexicon, technique: str) -> tuple[str, ...]:
    """The instruments that the plain name of a technique stands for."""
    found = lexicon.book("facility").cover(lexicon.text(lexicon.kb.techniques[technique].short))
    return found[0].meaning.means if found else ()
