"""Words of having and lacking in a sentence: which of them speak of instruments, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.knowledge.stems import stem

_EXCEPT = frozenset(map(stem, ("except", "besides", "apart", "other")))
# What stands behind these is another thought: `no idea which TEM` lacks no TEM.
_BREAKS = frozenset(
    map(stem, ("what", "which", "who", "how", "why", "where", "when", "whether", "if", "because", "while"))
)
# `we have measured`, `we have to`: the verb says nothing of what one has.
_VERB = re.compile(r" (?:to|(?:\w+ )?(?!limited|restricted|need)(?:\w+ed|seen|found|shown|done|made|grown))\b")
# `have XRD` is said of an instrument only where one follows at once, and `equipment` where it heads a list.
_BARE = frozenset(map(stem, ("have", "has", "having", "possess", "possesses")))
_HEADS = frozenset(map(stem, ("equipment", "instruments", "instrumentation", "facilities", "tools")))
# So many words may stand between a word of having and an instrument, or describe one.
SOON = 3
_AS_LIST = re.compile(r" ?[:=]| (?:are|is|include|includes)\b")
_THAT = re.compile(r" (?:it|them|that|this|those)\b(?! \w)")

# The cues of the lexicon that are about instruments; `denying` ones turn the others round.
SAID = frozenset({"have", "lacking", "there", "gone", "denying"})

Way = Literal["have", "lacking", "there", "gone"]
_DENIED: dict[Way, Way] = {"have": "lacking", "there": "gone"}


class Cue(NamedTuple):
    """Words of having or lacking: before an instrument (`have`, `lacking`) or behind it (`there`, `gone`)."""

    way: Way
    places: frozenset[int]


class Clauses:
    """A text by its words and clauses; `idle` are stems that say nothing of instruments."""

    def __init__(self, lexicon: Lexicon, text: Text) -> None:
        self.lexicon, self.text = lexicon, text
        self.idle = (lexicon.fillers | {"access"}) - _BREAKS

    def _idle(self, start: int, end: int) -> bool:
        return all(self._stem(place) in self.idle for place in range(start, end))

    def _stem(self, place: int) -> str:
        return self.text.words[place].stem

    def _clause(self, places: frozenset[int]) -> int:
        return self.text.clauses[min(places)]


class Cues(Clauses):
    """The words of having and lacking of a text; `at` are the places of instruments."""

    def __init__(self, lexicon: Lexicon, text: Text, at: Mapping[int, Match]) -> None:
        super().__init__(lexicon, text)
        self.at = at

    def read(self) -> Iterator[Cue]:
        """Words of having and lacking; of two that overlap the longer, and those that are denied turned round."""
        chosen: list[Match] = []
        for match in self.lexicon.book("cue").matches(self.text, close=True):
            known = match.meaning.means[0] in SAID and match.places.isdisjoint(self.at)
            if known and all(match.places.isdisjoint(each.places) for each in chosen):
                chosen.append(match)
        chosen.sort(key=lambda match: min(match.places))
        for at, match in enumerate(chosen):
            way = self._turned(match)
            before = chosen[at - 1] if at else None
            denied = (
                before is not None
                and before.meaning.means[0] in {"denying", "lacking"}
                and self._clause(before.places) == self._clause(match.places)
                and self._idle(max(before.places) + 1, min(match.places))
            )
            if way == "denying":
                if max(match.places) + 1 in self.at and not self._asked(match):
                    yield Cue("lacking", match.places)
            elif denied and before is not None and way in _DENIED:
                yield Cue(_DENIED[way], match.places | before.places)
            elif not (way == "have" and self._says_nothing(match)) and not (way == "there" and self._asked(match)):
                yield Cue(way, match.places)  # type: ignore[arg-type]

    def _turned(self, match: Match) -> str:
        """What a cue says where it stands: `TEM: no`, `we cannot afford it`, `nothing apart from EIS`, `XRD only`."""
        way = match.meaning.means[0]
        first, last = min(match.places), max(match.places)
        behind = self.text.plain[self.text.words[last].end :].lower()
        if way == "lacking" and _EXCEPT & {self._stem(place) for place in match.places} and self._nothing(match):
            return "have"
        if way == "gone" and self.text.words[first].text.lower() in {"book", "books"}:
            return "have"
        ended = first - 1 in self.at and (not behind or behind[0] in ",.;)")
        if (ended and way in {"lacking", "denying"}) or (way == "lacking" and _THAT.match(behind)):
            return "gone"
        alone = first - 1 in self.at and last + 1 not in self.at and not behind.startswith(" at ")
        return "there" if way == "have" and self._stem(first) in {"only", "just"} and first == last and alone else way

    def _nothing(self, match: Match) -> bool:
        clause = self._clause(match.places)
        return any(
            word.stem == stem("nothing") and self.text.clauses[place] == clause
            for place, word in enumerate(self.text.words)
        )

    def _says_nothing(self, match: Match) -> bool:
        """Whether a word of having has nothing to do with instruments where it stands."""
        last = max(match.places)
        if len(match.places) == 1 and self._stem(last) in _HEADS:
            return _AS_LIST.match(self.text.plain[self.text.words[last].end :].lower()) is None
        if len(match.places) == 1 and self._stem(last) in _BARE:
            soon = range(last + 1, min(last + 1 + SOON, len(self.text.words)))
            clause = self._clause(match.places)
            near = any(place in self.at and self.text.clauses[place] == clause for place in soon)
            return not near or self._asked(match) or self._of_doing(match)
        return self._of_doing(match)

    def _of_doing(self, match: Match) -> bool:
        """Whether `we have` only helps a verb: `we have measured`, `we have to`."""
        last = max(match.places)
        rest = self.text.plain[self.text.words[last].end :].lower()
        return self._stem(last) == "have" and _VERB.match(rest) is not None

    def _asked(self, match: Match) -> bool:
        """Whether the clause is a question, which says of nothing that it is there."""
        last = max(match.places)
        ends = (sign for sign in self.text.plain[self.text.words[last].end :] if sign in ".;?!\n")
        return next(ends, "") == "?"
