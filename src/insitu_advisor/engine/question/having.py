"""The instruments of a sentence and the words of having and lacking around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from insitu_advisor.engine.question.cues import SOON, Clauses, Cue, Cues, Way
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.knowledge.stems import stem

# How far words such as `we have` reach.
_FAR = 14
_CONTRAST = frozenset({"but", "however", "though", "although", "yet"})
_AT = re.compile(r"\b(?:in|at|of) (?:the |our |my )?$")
_NOT_OURS = frozenset(map(stem, ("partner", "collaborator", "external", "neighbouring")))
# `the department has a Raman`: it is the owner, and what it owns is told.
_OWNS = re.compile(r"'?s? (?:has|have|owns|offers|provides|runs|got)\b(?! no\b)")
_OURS = re.compile(r"\b(?:our|my)(?: own| new| old| lab)* $")
_QUANTITIES = frozenset(map(stem, ("impedance", "diffraction")))
_RESULT = re.compile(
    r" (?:shows?|gives?|says?|tells?|looks?|goes|went|doubl|increas|decreas|indicat|data|patterns?|results?|spectr"
    r"|curves?|images?|measurements?|suggests?|reveal|arcs?|signals?|keeps?)"
)
_IS_ONE = (" is ", "'s ", " was ")
_IS = (*_IS_ONE, " are ", " were ")

_WITH = re.compile(r" (?:with|from|at|in) (?:an? |the )?\w")
# `we have XRD, does TEM add anything?` has no TEM.
_NEW_QUESTION = re.compile(r"[,;:-] ?(?:so |and |but )?(?:do|does|can|could|would|should|is|are|will)\b")

# What words behind an instrument say of it, and what they say of instruments that follow.
_AS_BEFORE: dict[Way, Way] = {"there": "have", "gone": "lacking"}


class Said(NamedTuple):
    """An instrument that is there, or is not, and the words that say so."""

    match: Match
    there: bool
    places: frozenset[int]


class Having(Clauses):
    """The instruments of a text and the words of having and lacking around them."""

    def __init__(self, lexicon: Lexicon, text: Text, named: Sequence[Match]) -> None:
        super().__init__(lexicon, text)
        self.named = [match for match in named if not self._outdone(match, named)]
        self.at = {place: match for match in self.named for place in match.places}
        self.cues = list(Cues(lexicon, text, self.at).read())

    def said(self) -> Iterator[Said]:
        """Each instrument of which something is said."""
        before, behind, listed = self._before(), self._behind(), self._listed()
        for match in self.named:
            cue = behind.get(match) or before.get(match)
            if self._elsewhere(match):
                continue
            if cue is not None:
                yield Said(match, cue.way in {"have", "there"}, match.places | cue.places)
            elif self._speaks(match) or match in listed:
                yield Said(match, True, match.places)

    def _speaks(self, match: Match) -> bool:
        """Whether a name says by itself that it is there: `our Raman`, `the department`; `everything` does not."""
        ahead = self.text.ahead(min(match.places)).lower()
        whole = self._preset(match) and self._stem(min(match.places)) != stem("everything")
        return whole or (_OURS.search(ahead) is not None and not self._measured(match))

    def _measured(self, match: Match) -> bool:
        """Whether it is what was measured, and no instrument: `our impedance goes up`, `our XRD shows nothing`."""
        behind = self.text.plain[self.text.words[max(match.places)].end :].lower()
        return self._stem(max(match.places)) in _QUANTITIES or _RESULT.match(behind) is not None

    def _preset(self, match: Match) -> bool:
        return any(each in self.lexicon.kb.presets for each in match.meaning.means)

    def _elsewhere(self, match: Match) -> bool:
        first = min(match.places)
        lent = re.search(r"\bfrom (?:the |our |a )?$", self.text.ahead(first).lower())
        owner = _OWNS.match(self.text.plain[self.text.words[max(match.places)].end :].lower())
        return (first > 0 and self.text.words[first - 1].stem in _NOT_OURS) or (
            (lent is not None or owner is not None or self._is_place(match)) and self._preset(match)
        )

    def _is_place(self, match: Match) -> bool:
        """Whether a preset is only where the instruments are: `an XRD and a Raman in the department`."""
        first, clause = min(match.places), self._clause(match.places)
        ahead = self.text.ahead(first).lower()
        others = [each for each in self.named if max(each.places) < first and self._clause(each.places) == clause]
        return not all(map(self._preset, others)) and _AT.search(ahead) is not None

    def _listed(self) -> set[Match]:
        """A row such as `lab XRD, Raman, potentiostat`: with an instrument in it that is no technique, it is owned."""
        listed: set[Match] = set()
        row: list[Match] = []
        for at, match in enumerate(self.named):
            row.append(match)
            last = match is self.named[-1]
            gap = "or" if last else self._between(match, self.named[at + 1]).strip(" ,;+&/")
            if gap not in {"", "and", "a", "an", "and a", "and an"}:
                if len(row) > 1 and not all(self.lexicon.knows("way", self.text.shown(each.places)) for each in row):
                    listed.update(row)
                row = []
        return listed

    def _outdone(self, match: Match, named: Sequence[Match]) -> bool:
        """Whether `everything` is said of what another preset of the clause holds."""
        return self._stem(min(match.places)) == stem("everything") and any(
            self._preset(other) and other is not match and self._clause(other.places) == self._clause(match.places)
            for other in named
        )

    def _before(self) -> dict[Match, Cue]:
        """What the words before each instrument say: the last of them that reaches so far."""
        found: dict[Match, Cue] = {}
        starts = {min(cue.places): cue for cue in self.cues if cue.way in {"have", "lacking"} or self._leads(cue)}
        cue: Cue | None = None
        for place, word in enumerate(self.text.words):
            if place and self.text.clauses[place] != self.text.clauses[place - 1]:
                cue = None
            if place in starts:
                started = starts[place]
                cue = Cue(_AS_BEFORE.get(started.way, started.way), started.places)
            elif cue is None or place in cue.places:
                continue
            elif place - max(cue.places) > _FAR or _NEW_QUESTION.search(self._gap(max(cue.places), place)):
                cue = None
            elif (match := self.at.get(place)) is not None:
                found.setdefault(match, self._had_after_all(cue, match))
            elif word.stem in _CONTRAST:
                cue = Cue("have", cue.places | {place}) if cue.way == "lacking" else None
            elif cue.way == "lacking" and word.stem not in self.idle:
                cue = None
        return found

    def _had_after_all(self, cue: Cue, match: Match) -> Cue:
        """The words before an instrument, or that it is there: `no synchrotron, diffractometer with Mo tube`."""
        first, last = min(match.places), max(match.places)
        ahead = self.text.ahead(first).rstrip()
        described = _WITH.match(self.text.plain[self.text.words[last].end :]) is not None
        another = any(max(cue.places) < max(other.places) < first for other in self.named)
        if cue.way == "lacking" and described and another and ahead.endswith(","):
            return Cue("have", cue.places)
        return cue

    def _leads(self, cue: Cue) -> bool:
        """Whether words that stand behind instruments stand before them here: `available: XRD and Raman`."""
        last = max(cue.places)
        behind = self.text.plain[self.text.words[last].end :].lower()
        leads = last + 1 in self.at or behind.startswith((":", " to ", *_IS))
        return cue.way in _AS_BEFORE and leads and not self._run(cue)

    def _behind(self) -> dict[Match, Cue]:
        """What the words behind each instrument say of it."""
        found: dict[Match, Cue] = {}
        for cue in self.cues:
            if cue.way in _AS_BEFORE:
                found |= dict.fromkeys(self._meant(cue, self._run(cue)), cue)
        return found

    def _run(self, cue: Cue) -> list[Match]:
        """The instruments in a row right before a cue, the nearest first."""
        run: list[Match] = []
        place = min(cue.places) - 1
        while place >= 0 and self.text.clauses[place] == self._clause(cue.places):
            match = self.at.get(place)
            if match is not None:
                run.append(match)
                place = min(match.places)
            elif self._stem(place) not in self.idle or (run and self._stem(place) in _CONTRAST):
                described = self._described(place, cue) if not run else None
                if described is None:
                    break
                run.append(described)
                place = min(described.places)
            place -= 1
        return run

    def _described(self, place: int, cue: Cue) -> Match | None:
        """The instrument that is described before a cue: `lab XRD with Be window is what we have`."""
        for match in self.named:
            last = max(match.places)
            gap = self._gap(last, min(cue.places))
            if last < place <= last + SOON and _WITH.match(gap) and not set(",;:") & set(gap):
                return match
        return None

    def _meant(self, cue: Cue, run: list[Match]) -> list[Match]:
        """Of a row of instruments those a cue behind it speaks of, where words before the row say the opposite."""
        if not run:
            return run
        first = min(run[-1].places)
        ahead = [each for each in self.cues if each.way in {"have", "lacking"} and max(each.places) < first]
        opposite = any(
            each.way != _AS_BEFORE[cue.way]
            and self._clause(each.places) == self._clause(cue.places)
            and self._idle(max(each.places) + 1, first)
            for each in ahead
        )
        if not opposite:
            return run
        between = [self._between(left, right) for left, right in zip(run[1:], run, strict=False)]
        stated = self._gap(max(run[0].places), min(cue.places))
        commas = [count for count, gap in enumerate(between, 1) if "," in gap]
        ends = [count for count, gap in enumerate(between, 1) if "," in gap or " and " in gap]
        # `XPS is` speaks of the last alone, `FTIR and Raman are` of all behind the first comma.
        if commas and not any(word in stated for word in _IS_ONE):
            return run[: commas[-1]]
        if ends and any(word in stated for word in _IS):
            return run[: ends[0]]
        return run if cue.way == "gone" else []

    def _between(self, left: Match, right: Match) -> str:
        return self._gap(max(left.places), min(right.places))

    def _gap(self, left: int, right: int) -> str:
        return self.text.plain[self.text.words[left].end : self.text.words[right].start].lower()
