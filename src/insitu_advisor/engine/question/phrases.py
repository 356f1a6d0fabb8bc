"""Finding phrases in a text: the words of a phrase may come in any order, near each other, with small words between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from insitu_advisor.knowledge.stems import Token, stem, tokens, units

_SLACK = 2
# An ion written with its charge, such as sn4+, stands for its element as well.
_CHARGE = re.compile(r"^([a-z]{1,2})\d?\+$")
# A bond by its sign, such as C=O.
DOUBLE_BOND = re.compile(r"\b([CNSP])=([OCNS])\b")
_FARTHEST = 8
_BEFORE = 160
_MOST_PLACES = 60
# A phrase that starts with one of these has to start with it in the text as well.
_LEADING = frozenset(
    map(
        stem, ("how", "where", "when", "what", "which", "why", "over", "across", "through", "expanded", "against", "vs")
    )
)
# No phrase reaches over one of these: what stands behind them is another thought.
_BARRIERS = frozenset(
    map(stem, ("because", "whereas", "whether", "but", "although", "though", "if", "while", "during", "only", "just"))
)
_ENDS = frozenset(".;?!\n")
_THINGS = ("<ion>", "<body>", "<layer>", "<grain>")


class Meaning(NamedTuple):
    """What a phrase means, under the key it is written under; `declared` readings win over plain ones."""

    key: str
    means: tuple[str, ...]
    part: str | None = None
    also: tuple[tuple[str, str], ...] = ()
    says: str | None = None
    with_ion: tuple[tuple[str, str], ...] = ()
    with_anode: tuple[tuple[str, tuple[str, ...]], ...] = ()

    context: bool = False

    def on(self, anode: str | None) -> tuple[str, ...]:
        """What it means on this type of anode."""
        return dict(self.with_anode).get(anode or "", self.means)

    @property
    def declared(self) -> bool:
        """Whether this reading says that others are possible, stands for several things, or for a part of one."""
        return bool(self.also) or len(self.means) > 1 or self.part is not None


class Match(NamedTuple):
    """A phrase that was found: its meaning, how many words it has, and the places of these words."""

    meaning: Meaning
    size: int
    places: frozenset[int]
    groups: int

    @property
    def span(self) -> int:
        """How far the words lie apart."""
        return max(self.places) - min(self.places)


class Text(NamedTuple):
    """A text cut into words: the words that count, the clause each stands in, and where each stem or group occurs."""

    plain: str
    words: tuple[Token, ...]
    clauses: tuple[int, ...]
    occurs: Mapping[str, Sequence[tuple[int, ...]]]

    @property
    def things(self) -> frozenset[int]:
        """The places of words that only say of what: ions, particles, electrodes."""
        return frozenset(place for group in _THINGS for run in self.occurs.get(group, ()) for place in run)

    def ahead(self, place: int) -> str:
        """What stands before a word, as far as it may say something of it: the last 160 signs."""
        start = self.words[place].start
        return self.plain[max(0, start - _BEFORE) : start]

    def follows(self, places: Iterable[int], word: str) -> bool:
        """Whether a small word, which is none of the words that count, comes right behind these places."""
        return self.plain[self.words[max(places)].end :].lower().startswith(f" {word} ")

    def parted(self, places: Iterable[int]) -> bool:
        """Whether a comma or the like stands between these places."""
        found = sorted(places)
        return any(sign in ",;:" for sign in self.plain[self.words[found[0]].end : self.words[found[-1]].start])

    def shown(self, places: Iterable[int]) -> str:
        """The words at these places as they were written, with all that stands between neighbours."""
        shown: list[str] = []
        before = -2
        for place in sorted(places):
            start, end = self.words[place].start, self.words[place].end
            if place == before + 1:
                shown[-1] += self.plain[self.words[before].end : end]
            else:
                shown.append(self.plain[start:end])
            before = place
        return " ".join(" ".join(shown).split())


class Groups:
    """The word groups of the lexicon, and the small words that are skipped."""

    def __init__(self, groups: Mapping[str, Sequence[str]], small: Iterable[str], idle: Iterable[str] = ()) -> None:
        self.small = frozenset(unit for word in small for unit in units(word))
        self.idle = frozenset(unit for word in idle for unit in units(word)) | self.small
        self._members: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, members in groups.items():
            for member in members:
                found = units(member, self.small)
                self._members.setdefault(found[0], []).append((found, f"<{name}>"))

    def read(self, plain: str) -> Text:
        """A plain text, ready to look for phrases in."""
        every = tokens(plain)
        words: list[Token] = []
        clauses: list[int] = []
        clause, before = 0, 0
        for token in every:
            clause += any(sign in _ENDS for sign in plain[before : token.start])
            before = token.end
            if token.stem not in self.small:
                words.append(token)
                clauses.append(clause)
        return Text(plain, tuple(words), tuple(clauses), self._occurrences(words))

    def _occurrences(self, words: Sequence[Token]) -> dict[str, list[tuple[int, ...]]]:
        occurs: dict[str, list[tuple[int, ...]]] = {}
        stems = [word.stem for word in words]
        for place, written in enumerate(stems):
            occurs.setdefault(written, []).append((place,))
            bare = _CHARGE.sub(r"\1", written)
            if bare != written:
                occurs.setdefault(bare, []).append((place,))
            for member, group in self._members.get(bare, ()):
                if (bare, *stems[place + 1 : place + len(member)]) == member:
                    occurs.setdefault(group, []).append(tuple(range(place, place + len(member))))
        return occurs


class PhraseBook:
    """The phrases of one kind with their meanings."""

    def __init__(self, groups: Groups, entries: Iterable[tuple[Meaning, Iterable[str]]]) -> None:
        phrases: dict[tuple[str, ...], Meaning] = {}
        self._leads: dict[tuple[str, ...], str] = {}
        self._tails: dict[tuple[str, ...], str] = {}
        for meaning, written in entries:
            for phrase in written:
                asked = units(phrase, groups.small)
                key = tuple(sorted(asked))
                # A name in signs we do not read, such as Chinese ones, cannot be found.
                if not asked:
                    continue
                if asked[0] in _LEADING:
                    self._leads[key] = asked[0]
                tail = units(phrase)[-1]
                self._tails[key] = tail if tail in groups.small and self._tails.get(key, tail) == tail else ""
                if key not in phrases or (meaning.declared and not phrases[key].declared):
                    phrases[key] = meaning
        self.phrases: Mapping[tuple[str, ...], Meaning] = phrases
        self._idle = groups.idle
        often: dict[str, int] = {}
        for key in phrases:
            for unit in key:
                often[unit] = often.get(unit, 0) + 1
        self._by_unit: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for key, meaning in phrases.items():
            self._by_unit.setdefault(min(key, key=lambda unit: often[unit]), []).append((key, meaning))

    def matches(self, text: Text, close: bool = False) -> list[Match]:
        """Every phrase found, the longest and closest first; equals in the order of their places.

        `close` is for sentences: the words of a phrase without groups then have to stand side by side.
        """
        found = [
            Match(meaning, len(places), places, sum(unit[0] == "<" for unit in key))
            for unit in text.occurs
            for key, meaning in self._by_unit.get(unit, ())
            if all(other in text.occurs for other in key)
            for places in _places(text, key, unit, _slack(key, close))
            if key not in self._leads or text.words[min(places)].stem == self._leads[key]
            if not self._tails[key] or text.follows(places, self._tails[key])
        ]
        found.sort(key=lambda m: (-m.size, m.span, not m.meaning.also, m.groups, not m.meaning.declared, min(m.places)))
        return found

    def cover(self, text: Text, close: bool = False, kept: Callable[[Match], bool] | None = None) -> list[Match]:
        """Matches that each say something new, in the order of the text.

        A phrase counts when one of its words was not yet used; two phrases may share a word, as composition and
        thickness share the SEI, but then the other word has to say something by itself, which the name of an ion or
        an electrode does not.
        """
        chosen: list[Match] = []
        used: set[int] = set()
        for match in filter(kept or bool, self.matches(text, close)):
            new = match.places - used
            if new == match.places or any(text.words[place].stem not in self._idle for place in new - text.things):
                chosen.append(match)
                used |= match.places
        return sorted(chosen, key=lambda match: (min(match.places), max(match.places)))


def _slack(key: tuple[str, ...], close: bool) -> int:
    """How many other words may stand between those of a phrase."""
    if len(key) == 1 or (close and not any(unit[0] == "<" for unit in key)):
        return 0
    return _SLACK


def _places(text: Text, key: tuple[str, ...], anchor: str, slack: int) -> Iterable[frozenset[int]]:
    """Where all units of a phrase stand near one of its units, in one clause and without sharing a word."""
    others = sorted(key, key=_LEADING.__contains__)
    others.remove(anchor)
    for start in text.occurs[anchor][:_MOST_PLACES]:
        taken = set(start)
        for unit in others:
            nearest = min(
                (
                    place
                    for place in _near(text.occurs[unit], start[0])
                    if taken.isdisjoint(place)
                    and text.clauses[place[0]] == text.clauses[start[0]]
                    and (unit not in _LEADING or place[0] < min(taken))
                ),
                key=lambda place: (_distance(place, start), -len(place), place[0]),
                default=None,
            )
            if nearest is None:
                break
            taken.update(nearest)
        else:
            first, last = min(taken), max(taken)
            apart = any(text.words[at].stem in _BARRIERS for at in range(first + 1, last) if at not in taken)
            if last - first < len(taken) + slack and not apart:
                yield frozenset(taken)


def _distance(place: Sequence[int], start: Sequence[int]) -> int:
    """How far two runs of words lie apart, from their nearer ends."""
    return max(place[0] - start[-1], start[0] - place[-1])


def _near(places: Sequence[tuple[int, ...]], start: int) -> Iterable[tuple[int, ...]]:
    """The occurrences at most eight words away."""
    low = bisect_left(places, start - _FARTHEST, key=itemgetter(0))
    return places[low : bisect_right(places, start + _FARTHEST, lo=low, key=itemgetter(0))]
