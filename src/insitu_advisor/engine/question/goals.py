"""The goals of a sentence: which phrases name one, and which of those are asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from insitu_advisor.engine.question.asides import Asides
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.materials import ANODE_WORDS
from insitu_advisor.engine.question.neighbours import Neighbours
from insitu_advisor.engine.question.phrases import DOUBLE_BOND, Match, Meaning, PhraseBook, Text

_KINDS_OF_ANODE = frozenset({"convers", "conversion", "alloy", "intercalat", "intercalation", "insert", "insertion"})
_ITS = re.compile(r"\b(?:its|their)(?: [\w-]+ and(?: the| its)?)? $", re.IGNORECASE)
_OTHERS = frozenset({"order", "orders", "oxygens"})
_THICKER = re.compile(r"^(?:thicker|thicken|thickens|thickening|growing|grows)$", re.IGNORECASE)
# Signs that no phrase can hold: a bond as C=O, an element with its valence as Mn(0) or Fe(III).
_SIGNS = {
    "bond-disorder": DOUBLE_BOND,
    "oxidation-state": re.compile(r"\b(?!Na|Li|K\b)[A-Z][a-z]?\((?:0|I{1,3}|IV|VI{0,2}|V)\)"),
}
_ONLY_AHEAD = re.compile(r"\b(?:only|just|merely|nothing but)(?: the)? $", re.IGNORECASE)
_ONLY_BEHIND = re.compile(r"^ (?:only|alone|is enough|will do|suffices)\b", re.IGNORECASE)
_ASKING = frozenset({"which", "what", "form"})
_FAR = 60
_WHY = re.compile(r"\b(?:why|causes?|caused|reasons?|origins?|responsible|explains?|behind|understand)\b[^.;?!,]*$")
_OFFERED = re.compile(r":|[,?] (?:is|are|was|were|do|does|did|or|because|due|maybe|perhaps) ", re.IGNORECASE)
_INSIDE = re.compile(r" (?:in|inside|within) (?:the |its |this |an? )?(?:[\w-]+ ){0,2}$", re.IGNORECASE)
_WHAT_OF_IT = re.compile(r"\bwhat (?:is in it|is it made of|does it (?:consist|contain)|it is made of|it consists of)")
# `are they amorphous?` asks, `amorphous silicon` only names.
_ASKED_OF_IT = re.compile(
    r"\b(?:is|are|was|were|whether|if|stays?|becomes?|turns?|remains?)\b[^.;!\n]*$", re.IGNORECASE
)
_BEGINS_ASKING = re.compile(
    r"(?:^|[:;,.?!] ?|\b(?:whether|if|and) )(?:is|are|was|were) (?:[\w()-]+ ){1,4}$", re.IGNORECASE
)
_ENDS_ASKING = re.compile(r"^(?: or \w+| upon \w+| on \w+)?\s*\?")


class Goals:
    """The goals named in a text; `own` are the places of the anode's name, `salts` those of the electrolyte's."""

    def __init__(self, lexicon: Lexicon, text: Text, own: frozenset[int], salts: frozenset[int]) -> None:
        self.lexicon, self.text, self.own, self.salts = lexicon, text, own, salts
        self.near = Neighbours(lexicon, text, own)

    def found(self, taken: frozenset[int], anode: str | None = None) -> list[Match]:
        """Every goal named; a bare name of an electrolyte, of the anode, of its kind or of its metal names none."""
        book = self.lexicon.book("target")
        named = book.cover(self.text, close=True, kept=lambda match: self._holds(match, taken))
        named += [sign for key, signs in _SIGNS.items() for sign in self._signs(book, key, signs)]
        return [
            match
            for match in self._of_the_film(self._of_the_decay(named), book)
            if not (anode == "metal" and match.meaning.key == "metal-itself")
            and not self._said_by_another(match, named)
            and not match.places - self.text.things <= self.salts
            and not match.places <= self.own
            and not self._kind_of_anode(match)
            and not (match.size == 1 and (self._stem(match) in self.lexicon.fillers or self._other_word(match)))
        ]

    def _signs(self, book: PhraseBook, key: str, signs: re.Pattern[str]) -> Iterator[Match]:
        """A goal that is written with a sign of its own."""
        meaning = _meaning(book, key)
        spans = [(found.start(), found.end()) for found in signs.finditer(self.text.plain)]
        places = frozenset(
            place for place, word in enumerate(self.text.words) if any(at <= word.start < end for at, end in spans)
        )
        if places and meaning is not None:
            yield Match(meaning, 2, places, 0)

    def _of_the_film(self, named: list[Match], book: PhraseBook) -> list[Match]:
        """The goals, with `its resistance` behind an SEI that was named read as that of the SEI."""
        films = sorted(place for run in self.text.occurs.get("<sei>", ()) for place in run)
        if not films:
            return named
        growth = _meaning(book, "sei-growth")
        if growth is not None and any(match.meaning.key == "capacity-fade" for match in named):
            # What fades because of its film does so because the film grows.
            named = [match._replace(meaning=growth) if match.meaning.key == "sei" else match for match in named]
        found = [self._within_the_film(match, films, book) for match in named]
        for group, key in (("<growing>", "sei-growth"), ("<chemistry>", "sei-composition")):
            own = {
                place
                for run in self.text.occurs.get(group, ())
                for place in run
                if films[0] < place
                and (_ITS.search(self.text.ahead(place)) or (key == "sei-growth" and self._grows(films[0], place)))
            }
            if key == "sei-composition":
                asked = _WHAT_OF_IT.finditer(self.text.plain)
                starts = {found.start() for found in asked if found.start() > self.text.words[films[0]].end}
                own |= {place for place, word in enumerate(self.text.words) if word.start in starts}
            own -= {place for match in found if match.meaning.key == key for place in match.places}
            meaning = _meaning(book, key)
            if own and meaning is not None:
                # The bare name of the film says no more than what is said of it.
                kept = (match for match in found if not match.places <= own and match.meaning.key != "sei")
                found = [*kept, Match(meaning, 2, frozenset(own), 1)]
        return found

    def _grows(self, film: int, place: int) -> bool:
        """Whether an SEI that was named gets thicker: `the SEI on hard carbon is getting thicker`."""
        between = self.text.plain[self.text.words[film].end : self.text.words[place].start]
        return _THICKER.match(self.text.words[place].text) is not None and not set(between) & set(",;.?!")

    def _within_the_film(self, match: Match, films: list[int], book: PhraseBook) -> Match:
        """A goal, with what forms in the SEI read as its composition, and not as its growth."""
        if match.meaning.key != "sei-growth" or max(match.places) not in films:
            return match
        first, start = self.text.words[min(match.places)], self.text.words[min(match.places & set(films))].start
        inside = _INSIDE.search(self.text.plain[first.end : start]) if first.start < start else None
        meaning = _meaning(book, "sei-composition")
        return match._replace(meaning=meaning) if inside is not None and meaning is not None else match

    def _said_by_another(self, match: Match, named: Sequence[Match]) -> bool:
        """Whether a goal shares words with another and adds only such that say nothing by themselves."""
        return any(
            other.places & match.places
            and other.places != match.places
            and other.meaning.means != match.meaning.means
            and all(self._idle(place, of_part=other.meaning.part is not None) for place in match.places - other.places)
            and not all(self._idle(place) for place in other.places - match.places)
            for other in named
        )

    def _of_the_decay(self, named: list[Match]) -> list[Match]:
        """The goals, with products read as those of what is said to decompose, and not of the anode's reaction."""
        decay = next((match.meaning for match in named if match.meaning.key == "electrolyte-decomposition"), None)
        if decay is None:
            return named
        return [match._replace(meaning=decay) if self._products(match) else match for match in named]

    def _products(self, match: Match) -> bool:
        return {self.text.words[place].stem for place in match.places} - _ASKING == {"product"}

    def _idle(self, place: int, of_part: bool = False) -> bool:
        """Whether a word says nothing by itself; beside a part of a goal the name of an ion does not either."""
        return self.text.words[place].stem in self.lexicon.fillers or (of_part and place in self.text.things)

    def asked(self, found: Sequence[Match]) -> tuple[list[Match], list[Match]]:
        """Of the goals named those asked for, and those denied.

        A broad goal counts only where no narrower one is named, and no whole goal for words that name a part of it.
        """
        narrow = [
            match for match in found if (len(match.meaning.means) == 1 or match.size > 1) and self._counts(match, found)
        ]
        means = [match for match in narrow or found if match.meaning.means]
        asked, denied = Asides(self.lexicon, self.text).asked(means)
        parts = [match for match in asked if match.meaning.part]
        whole = [match for match in asked if match.meaning.part or not any(self._within(p, match) for p in parts)]
        return whole, denied

    def _within(self, part: Match, whole: Match) -> bool:
        """Whether a part is asked of a whole, and not both: by the same words, or with `only` beside the part."""
        if part.meaning.means != whole.meaning.means:
            return False
        return bool(part.places & whole.places) or self._alone(part)

    def _alone(self, match: Match) -> bool:
        """Whether it is asked for by itself: `onset only`, `just the onset`."""
        words, places = self.text.words, match.places
        if any(words[place].text.lower() in {"only", "just"} for place in places):
            return True
        behind = self.text.plain[words[max(places)].end :]
        return bool(_ONLY_AHEAD.search(self.text.ahead(min(places))) or _ONLY_BEHIND.match(behind))

    def _holds(self, match: Match, taken: frozenset[int]) -> bool:
        """Whether the words of a phrase belong together here."""
        return match.places.isdisjoint(taken) and not any(self.near.claim(match, place) for place in match.places)

    def _kind_of_anode(self, match: Match) -> bool:
        """Whether a word only says what sort of electrode is meant, as in `a conversion electrode`."""
        behind = max(match.places) + 1
        return (
            match.size == 1
            and self._stem(match) in _KINDS_OF_ANODE
            and behind < len(self.text.words)
            and self.text.words[behind].stem in ANODE_WORDS
        )

    def _counts(self, match: Match, found: Sequence[Match]) -> bool:
        """Whether a goal counts beside others; what is mostly a sample or a symptom only where it is asked about."""
        if not match.meaning.context or self._of_it(match) or (match.meaning.part and self._alone(match)):
            return True
        return self._why(match) and not self._suspected(match, found)

    def _suspected(self, symptom: Match, found: Sequence[Match]) -> bool:
        """Whether a cause is offered behind a symptom: `why does it lose capacity, is it cracks or the SEI`."""
        end = self.text.words[max(symptom.places)].end
        offered = _OFFERED.search(self.text.plain, end)
        return offered is not None and any(
            self.text.words[min(other.places)].start >= offered.start() and not other.meaning.context for other in found
        )

    def _of_it(self, match: Match) -> bool:
        """Whether the sentence asks whether something is so: `are they amorphous?`."""
        first, last = self.text.words[min(match.places)], self.text.words[max(match.places)]
        ahead, behind = self.text.plain[: first.start], self.text.plain[last.end :]
        asked = _ASKED_OF_IT.search(ahead) and _ENDS_ASKING.match(behind)
        begun = _BEGINS_ASKING.search(ahead) and not re.match(r" \w", behind)
        return match.size == 1 and bool(asked or begun)

    def _why(self, match: Match) -> bool:
        """Whether it is asked why something is so: `why does its capacity fade`, which is no mere symptom then."""
        ahead = self.text.ahead(min(match.places)).lower()
        return len(match.meaning.means) > 1 and _WHY.search(ahead[-_FAR:]) is not None

    def _other_word(self, match: Match) -> bool:
        """Whether it only looks alike: an order is no ordering, and Co, not in capitals, no carbon monoxide."""
        word = self.text.words[min(match.places)].text
        if word.endswith("+") and match.meaning.key == "gas-evolution":
            return True
        return word.lower() in _OTHERS or (len(word) <= 2 and not word.isupper())

    def _stem(self, match: Match) -> str:
        return self.text.words[min(match.places)].stem


def _meaning(book: PhraseBook, key: str) -> Meaning | None:
    """The meaning that is written under a key."""
    return next((meaning for meaning in book.phrases.values() if meaning.key == key), None)
