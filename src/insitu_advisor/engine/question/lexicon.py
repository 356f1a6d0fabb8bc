"""The words of a knowledge base: built once, asked once per word, and answered with what the word means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import get_args

from insitu_advisor.engine.question import remarks
from insitu_advisor.engine.question.near import related
from insitu_advisor.engine.question.phrases import Groups, Match, Meaning, PhraseBook, Text
from insitu_advisor.engine.question.reading import LONGEST_WORD, Answered, Reading, Unread, too_long
from insitu_advisor.engine.question.wording import short
from insitu_advisor.engine.question.written import written
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType
from insitu_advisor.knowledge.lexicon import WordKind
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.stems import plain, tokens, units

TYPES = frozenset(get_args(AnodeType))
_ADD_IT = "add it with --kb (docs/own-knowledge.md)"


class Lexicon:
    """What people type and what it means, for one knowledge base."""

    longest = LONGEST_WORD

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self._books: dict[str, PhraseBook] = {}

    @cached_property
    def groups(self) -> Groups:
        """The word groups and the small words; made only when a word needs them, as the phrase books are."""
        idle = [entry for entry in self.kb.lexicon.values() if entry.kind == "filler"]
        small = (word for entry in idle if "small" in entry.means for word in entry.phrases)
        return Groups(self.kb.word_groups, small, (word for entry in idle for word in entry.phrases))

    def text(self, words: str) -> Text:
        """A text ready to be read."""
        return self.groups.read(plain(words))

    def book(self, kind: WordKind) -> PhraseBook:
        """The phrases of one kind."""
        if kind not in self._books:
            self._books[kind] = PhraseBook(self.groups, written(self.kb, kind))
        return self._books[kind]

    @cached_property
    def outsiders(self) -> PhraseBook:
        """Techniques outside the eight by their names."""
        return PhraseBook(self.groups, ((Meaning(key, (key,)), item.phrases) for key, item in self.kb.outside.items()))

    @cached_property
    def outside_goals(self) -> PhraseBook:
        """Questions that a technique outside the eight answers best."""
        return PhraseBook(self.groups, ((Meaning(key, (key,)), item.goals) for key, item in self.kb.outside.items()))

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The very names of instruments and presets, which stand for themselves whatever else their words mean."""
        kb = self.kb
        words = ((word, (key,)) for key, item in kb.facilities.items() for word in (key, item.name, *item.aliases))
        return {fold(word): ids for word, ids in words} | {fold(key): p.facilities for key, p in kb.presets.items()}

    @cached_property
    def materials(self) -> Mapping[str, str]:
        """The very names of materials, which need no phrase book to be read; not those that only go by a relative."""
        listed = self.kb.materials
        relatives = {fold(phrase) for kin in self.kb.kin.values() for phrase in kin.phrases}
        words = ((fold(word), key) for key, item in listed.items() for word in (key, item.name, *item.aliases))
        return {word: key for word, key in words if word not in relatives}

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem that stands in some phrase, or that says nothing."""
        books = [self.book(kind) for kind in get_args(WordKind)] + [self.outsiders, self.outside_goals]
        groups = (unit for members in self.kb.word_groups.values() for member in members for unit in units(member))
        return self.fillers.union(groups, (unit for book in books for key in book.phrases for unit in key))

    @cached_property
    def long_words(self) -> tuple[str, ...]:
        """The words of six letters and more that name goals, anodes, ions and instruments or speak of having them."""
        kinds: tuple[WordKind, ...] = ("target", "anode", "ion", "facility", "cue")
        phrases = [phrase for kind in kinds for _, phrases in written(self.kb, kind) for phrase in phrases]
        members = [member for members in self.kb.word_groups.values() for member in members]
        words = {token.text for text in (*phrases, *members) for token in tokens(plain(text))}
        return tuple(sorted(word for word in words if len(word) >= 6 and word.isalpha() and word.islower()))

    @cached_property
    def types(self) -> Mapping[str, Meaning]:
        """The types of anodes by their ids, whose phrase book would take 9 of 10 ms of the reading to build."""
        found = written(self.kb, "anode")
        named = [(phrase, meaning) for meaning, phrases in found for phrase in phrases if phrase in TYPES]
        return dict(reversed(named))

    @property
    def fillers(self) -> frozenset[str]:
        """Stems that say nothing by themselves."""
        return self.groups.idle

    @cached_property
    def forms(self) -> frozenset[str]:
        """Stems of single words for the form of a material."""
        return frozenset(phrase[0] for phrase in self.book("form").phrases if len(phrase) == 1)

    def compared(self, text: Text) -> frozenset[int]:
        """Places right behind words of comparing, in the same clause: `than with Li`, `compared with sodium`.

        Behind `FeS2 vs Na` nothing is compared: that is the counter electrode.
        """
        # Only sentences compare.
        from insitu_advisor.engine.question.counter import counter_electrode

        cues = [match for match in self.book("cue").matches(text, close=True) if match.meaning.means == ("compared",)]
        counters = {place - 1 for place in counter_electrode(text)}
        said = [
            max(cue.places)
            for cue in cues
            if text.words[min(cue.places)].text.lower() != "compare" and max(cue.places) not in counters
        ]
        return frozenset(
            place
            for cue in said
            for place in range(cue + 1, min(cue + 4, len(text.words)))
            if text.clauses[place] == text.clauses[cue]
        )

    def knows(self, kind: WordKind, word: str) -> bool:
        """Whether a word is one of this kind, be it one that is said not to be covered."""
        return len(word) <= self.longest and bool(self.book(kind).cover(self.text(word)))

    def target(self, word: str, anode: str | None = None) -> Answered:
        """The goal or goals a word asks for, on this type of anode."""
        if refused := too_long("target", word):
            return refused
        text = self.text(word)
        found = self.covering(self.book("target"), text)
        named = self._largest(self.outsiders, text)
        best = self._largest(self.outside_goals, text)
        most = max((match.size for match in found), default=0)
        if named is not None and named.size > most:
            return self.outsider("target", word, named.meaning.key)
        outside = (best.meaning.key,) if best is not None and best.size > most else ()
        if not found:
            return self.outsider("target", word, outside[0]) if outside else self._unread("target", word, text)
        uncovered = [match for match in found if not match.meaning.means]
        if len(uncovered) == len(found):
            says = uncovered[0].meaning.says or ""
            return Unread("target", word, f"'{short(word)}' is not among the goals that are covered. {says}".strip())
        covered = [match for match in found if match.meaning.means]
        return self._goals(word, text, covered, outside, anode)

    def facility(self, word: str) -> Answered:
        """The instruments a word means: one, a preset's, or those a technique is ordinarily done on."""
        return self._plain_kind("facility", word)

    def option(self, word: str) -> Answered:
        """The technique a word means, by itself or by one way of doing it."""
        return self._plain_kind("way", word)

    def other(self, kind: WordKind, word: str) -> Answered:
        """The answer a word gives on cell, electrolyte, temperature, scale, budget or ion."""
        return self._plain_kind(kind, word)

    def outsider(self, kind: WordKind, word: str, key: str) -> Unread:
        """What to say to somebody who names a technique outside the eight."""
        item = self.kb.outside[key]
        named = "" if "".join(word.lower().split()) in "".join(item.name.lower().split()) else f" {item.name},"
        says = (
            f"'{short(word)}' is{named} not one of the eight that are ranked; it is the usual answer for questions "
            f"such as {item.answers}; {_ADD_IT}"
        )
        return Unread(kind, word, says, item.targets, (key,))

    def usual(self, key: str) -> str:
        """What a technique outside the eight is the usual answer for."""
        item = self.kb.outside[key]
        return f"{item.name} is the usual way to learn {item.answers}"

    def covering(self, book: PhraseBook, text: Text) -> list[Match]:
        """The phrases that say what a few words say, in their order; those that add only a filler are left out."""
        return [
            match
            for match in book.cover(text)
            if match.size > 1 or not {text.words[place].stem for place in match.places} <= self.fillers
        ] or book.cover(text)

    def _plain_kind(self, kind: WordKind, word: str) -> Answered:
        if refused := too_long(kind, word):
            return refused
        text = self.text(word)
        found = self.book(kind).cover(text)
        most = max((match.size for match in found), default=0)
        named = self._largest(self.outsiders, text)
        if named is not None and named.size > most and kind in {"facility", "way"}:
            return self.outsider(kind, word, named.meaning.key)
        idle = self._largest(self.book("not"), text) if kind == "facility" else None
        if idle is not None and idle.size > most:
            return Unread(kind, word, f"'{short(word)}': {idle.meaning.says}")
        if not found:
            return self._unread(kind, word, text)
        if not any(match.meaning.means for match in found):
            return Unread(kind, word, f"'{short(word)}': {found[0].meaning.says}")
        return self._reading(kind, word, text, [match for match in found if match.meaning.means])

    def _goals(self, word: str, text: Text, found: list[Match], outside: tuple[str, ...], anode: str | None) -> Reading:
        """What a word for goals was read as."""
        meanings = [match.meaning for match in found]
        parts = remarks.parts_of(self.kb, meanings, anode)
        notes = [note for each in meanings if (note := remarks.note(self.kb, each, anode, parts))]
        notes += [self.usual(key) for key in outside]
        return Reading(
            "target",
            word,
            tuple(dict.fromkeys(each for meaning in meanings for each in meaning.on(anode))),
            "; ".join(dict.fromkeys(notes)) or None,
            parts,
            tuple(dict.fromkeys(key for meaning in meanings for key, _ in meaning.also)),
            outside,
            self._left_over(text, found),
            remarks.otherwise(self.kb, meanings, anode, parts),
        )

    def _reading(self, kind: WordKind, word: str, text: Text, found: list[Match]) -> Reading:
        """What a word of another kind was read as."""
        meant = [self.instruments(m.meaning) if kind == "facility" else m.meaning.means for m in found]
        ids = tuple(dict.fromkeys(each for means in meant for each in means))
        return Reading(kind, word, ids, unused=self._left_over(text, found))

    def _left_over(self, text: Text, found: Iterable[Match]) -> tuple[str, ...]:
        """Words of a text that were not used and say something."""
        taken = {place for match in found for place in match.places}
        spare = [place for place in range(len(text.words)) if place not in taken]
        return tuple(text.words[place].text for place in spare if text.words[place].stem not in self.fillers)

    def instruments(self, meaning: Meaning) -> tuple[str, ...]:
        """The instruments of a facility or of a preset."""
        presets = self.kb.presets
        return tuple(
            key for each in meaning.means for key in (presets[each].facilities if each in presets else (each,))
        )

    def used_by(self, technique: str) -> frozenset[str]:
        """Every instrument that some way of doing a technique takes."""
        ways = self.kb.techniques[technique].variants.values()
        return frozenset(each for way in ways for each in way.facilities)

    def _largest(self, book: PhraseBook, text: Text) -> Match | None:
        return next(iter(book.matches(text)), None)

    def _unread(self, kind: WordKind, word: str, text: Text) -> Unread:
        ways = self.covering(self.book("way"), text) if kind == "target" else []
        if ways and not self._left_over(text, ways):
            name = self.kb.techniques[ways[0].meaning.means[0]].short
            says = f"'{short(word)}' is a way of measuring ({name}), not a goal; say what you want to learn by it"
            return Unread(kind, word, says)
        ids = related(self.book(kind), text, self.fillers)
        known = self.kb.targets if kind == "target" else self.kb.techniques if kind == "way" else None
        if ids:
            shown = f"near in meaning: {', '.join(ids)}"
        elif known is not None:
            shown = f"choose from {', '.join(known)}"
        else:
            every = dict.fromkeys(each for meaning in self.book(kind).phrases.values() for each in meaning.means)
            shown = f"choose from {', '.join(every)}"
        return Unread(kind, word, f"'{short(word)}' is {_NOT.get(kind, f'no {kind} that is known')}; {shown}", ids)


_NOT: dict[str, str] = {
    "way": "not one of the eight techniques or their pairings",
    "target": "not among the goals",
    "facility": "not among the instruments the eight techniques need",
}


@lru_cache(maxsize=8)
def lexicon_of(kb: KnowledgeBase) -> Lexicon:
    """The lexicon of a knowledge base, built once."""
    return Lexicon(kb)
