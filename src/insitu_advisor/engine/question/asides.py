"""Goals that a sentence names and does not ask for: denied ones, and those that only say when something happens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text

Aside = Literal["denied", "absent", "circumstance"]

# Between `during` and what happens then may stand so many words: `during the first slow lithiation`.
_NEAR = 3
# `when does plating start` asks, `when plating starts` tells.
_ASKS = re.compile(r"\s+(?:do|does|did|is|are|was|were|will|would|can|could|should|might|may)\b", re.IGNORECASE)
# `whether or not cracks form` and `not only cracks` deny nothing.
_NO_DENIAL = frozenset({"or", "whether", "why", "if"})


class Asides:
    """What stands before the goals of a sentence and takes them out of the question."""

    def __init__(self, lexicon: Lexicon, text: Text) -> None:
        self.text = text
        self.fillers = lexicon.fillers
        self.ends: dict[int, Match] = {}
        for match in lexicon.book("cue").matches(text, close=True):
            if match.meaning.means[0] in {"denied", "lacking", "denying", "circumstance"}:
                self.ends.setdefault(max(match.places), match)

    def of(self, goal: Match) -> Aside | None:
        """Why a goal is named, where it is not asked for."""
        if self._free(goal):
            return "absent"
        if (cue := self._denying(min(goal.places))) is not None:
            return "absent" if cue == "lacking" else "denied"
        return "circumstance" if self._happening(goal) else None

    def asked(self, found: Sequence[Match]) -> tuple[list[Match], list[Match]]:
        """The goals that are asked for, and those that are not.

        Where nothing else is named, what happens meanwhile is asked about, and then what is said to be absent: `there
        is no SEI on LTO`. What is denied never is.
        """
        kinds = [self.of(match) for match in found]
        put = {kind: [match for match, each in zip(found, kinds, strict=True) if each == kind] for kind in set(kinds)}
        gone = put.get("denied", [])
        for kind in (None, "circumstance"):
            if kind in put:
                return put[kind], gone + put.get("absent", [])
        return put.get("absent", []), gone

    def _denying(self, first: int) -> str | None:
        """What words such as `not`, `no` or `no interest in` right before a place say."""
        cue = self.ends.get(first - 1)
        if cue is None or cue.meaning.means[0] == "circumstance":
            return None
        start = self.text.words[min(cue.places)].start
        before = re.findall(r"[a-z]+", self.text.plain[max(0, start - 12) : start].lower())
        same = self.text.clauses[min(cue.places)] == self.text.clauses[first]
        return cue.meaning.means[0] if same and not (before and before[-1] in _NO_DENIAL) else None

    def _free(self, goal: Match) -> bool:
        """Whether it is written as `dendrite-free`."""
        last = self.text.words[max(goal.places)]
        return self.text.plain[last.end :].lower().startswith("-free") or (
            last.stem == "fre" and self.text.plain[last.start - 1 : last.start] == "-"
        )

    def _happening(self, goal: Match) -> bool:
        """Whether it is what happens meanwhile: `during the first lithiation`, `when I plate sodium`."""
        first = min(goal.places)
        for place in range(first, max(-1, first - _NEAR - 2), -1):
            cue = self.ends.get(place)
            if cue is not None and cue.meaning.means[0] == "circumstance":
                asks = _ASKS.match(self.text.plain, self.text.words[place].end)
                return asks is None and (place < first or self._somebody(place))
            if place < first and self.text.words[place].stem not in self.fillers:
                return False
            if place and self.text.clauses[place] != self.text.clauses[place - 1]:
                return False
        return False

    def _somebody(self, place: int) -> bool:
        """Whether somebody does it: `when I plate`, which is no onset."""
        return re.match(r"\s+(?:i|we|you|they)\b", self.text.plain[self.text.words[place].end :].lower()) is not None
