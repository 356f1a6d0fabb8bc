"""Which instruments a sentence says are at hand, and which are not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text

_FAR = 14


class Access(NamedTuple):
    """Instruments in the order of the knowledge base, and the places they were read from."""

    facilities: tuple[str, ...]
    places: frozenset[int]


def access(lexicon: Lexicon, text: Text) -> Access | None:
    """What is said of instruments; None where none is said to be there or missing.

    A technique that is only mentioned says nothing: it has to stand with words such as `we have` or `without`. A preset
    such as the department speaks for itself.
    """
    named = [match for match in lexicon.book("facility").cover(text, close=True) if match.meaning.means]
    cues = _cues(lexicon, text)
    there: dict[str, None] = {}
    missing: set[str] = set()
    places: set[int] = set()
    for match in named:
        cue = _governing(lexicon, text, match, cues, named)
        preset = any(each in lexicon.kb.presets for each in match.meaning.means)
        if cue is None and not preset:
            continue
        places |= match.places | (cue.places if cue is not None else frozenset())
        meant = lexicon.instruments(match.meaning)
        if cue is None or cue.meaning.means == ("have",):
            there.update(dict.fromkeys(meant))
        else:
            missing.update(meant, _of_technique(lexicon, text, match))
    if not places:
        return None
    kept = there or dict.fromkeys(lexicon.kb.facilities)
    return Access(tuple(key for key in lexicon.kb.facilities if key in kept and key not in missing), frozenset(places))


def _cues(lexicon: Lexicon, text: Text) -> list[Match]:
    """Words of having and lacking; of two that overlap the longer."""
    chosen: list[Match] = []
    for match in lexicon.book("cue").matches(text, close=True):
        if match.meaning.means[0] in {"have", "lacking"} and all(match.places.isdisjoint(c.places) for c in chosen):
            chosen.append(match)
    return chosen


def _governing(
    lexicon: Lexicon, text: Text, match: Match, cues: Iterable[Match], named: Iterable[Match]
) -> Match | None:
    """The cue that speaks of an instrument: the last before it, or a `not available` right behind it."""
    first, last = min(match.places), max(match.places)
    clause = text.clauses[first]
    same = [cue for cue in cues if text.clauses[min(cue.places)] == clause]
    said = [cue for cue in same if "available" in _spelled(text, cue)]
    behind = [cue for cue in said if _listed(lexicon, text, last, min(cue.places), named)]
    before = [cue for cue in same if max(cue.places) < first and first - max(cue.places) <= _FAR]
    if behind:
        return min(behind, key=lambda cue: min(cue.places))
    for cue in sorted(before, key=lambda cue: -max(cue.places)):
        if cue.meaning.means == ("have",) or _listed(lexicon, text, max(cue.places), first, named):
            return cue
    return None


def _spelled(text: Text, match: Match) -> str:
    return " ".join(text.words[place].text.lower() for place in match.places)


def _listed(lexicon: Lexicon, text: Text, start: int, end: int, named: Iterable[Match]) -> bool:
    """Whether nothing but instruments and small talk stands between two places, the first before the second."""
    if start >= end:
        return False
    instruments = {place for match in named for place in match.places}
    idle = lexicon.fillers | {"access"}
    return all(place in instruments or text.words[place].stem in idle for place in range(start + 1, end))


def _of_technique(lexicon: Lexicon, text: Text, match: Match) -> set[str]:
    """The instruments that go with a technique whose name was denied, but for those that serve others too."""
    heard = text.shown(match.places)
    ways = [way for way in lexicon.book("way").matches(lexicon.text(heard)) if way.size == match.size]
    named = {each for way in ways for each in way.meaning.means}
    own: set[str] = set()
    for key in named:
        used = lexicon.used_by(key)
        own |= {each for each in used if not any(each in lexicon.used_by(o) for o in lexicon.kb.techniques if o != key)}
    return own
