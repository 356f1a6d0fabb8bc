"""Goals that a sentence names and does not ask for: denied ones, causes, and those that only say when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.knowledge.stems import stem

Aside = Literal["denied", "absent", "circumstance", "varied"]

# Between `during` and what happens then may stand so many words: `during the first slow lithiation`.
_NEAR = 3
# `when does plating start` asks, `when plating starts` tells.
_ASKS = re.compile(r"\s+(?:do|does|did|is|are|was|were|will|would|can|could|should|might|may)\b", re.IGNORECASE)
# `whether or not cracks form` and `not only cracks` deny nothing.
_NO_DENIAL = frozenset({"or", "whether", "why", "if"})
# What stands between two goals of one list, such as `cracks, swelling or kinetics`.
_COMMA = re.compile(r"\s*,\s*")
_OR = re.compile(r"\s*,?\s*(?:or|nor|and|&|/)\s+(?:(?:the|its|any|their|about|for|in|of|also|how|not)\s+)*")
# `as lithium enters the host` tells when; `as well as` does not.
_AS = re.compile(r"(?<!well )(?<!such )(?<!same )(?<!much )(?<!fast )\bas (?:the |more )?$", re.IGNORECASE)
_VERB = re.compile(r" (?:is |are )?\w+")
# `I want to know when lithium plates` asks for the onset; behind another goal `when` only tells.
_WANTED = re.compile(
    r"(?:know|see|tell|detect|show|learn|find|determine|predict|spot|reveal|reveals|indicate|indicates|out|about|say|and|or|[.;?!:]|^)\s*$"
)
_ON = re.compile(r"\b(?:on|upon|under) (?:the |first |repeated |slow |fast )?$", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:ent|leav|diffus|mov|migrat|insert|intercalat|plat|deposit|grow|crack|swell|form|expand|shrink|ris|fall|drop"
    r"|climb|increas|decreas)(?:er)?(?:e?s)\b"
)
# What is varied stands before one of these verbs, or behind words such as `as a function of`.
_CAUSES = frozenset(
    map(
        stem,
        ("affect", "influence", "impact", "change", "alter", "modify", "control", "govern", "determine", "steer",
         "extend", "shift", "accelerate", "hinder", "suppress", "promote", "improve", "drive", "delay", "widen",
         "enhance", "tune", "decide", "reduce", "increase", "decrease", "lower", "raise", "prevent", "help", "keep",
         "make", "stabilize", "protect", "stop", "slow"),
    )
)  # fmt: skip
_MATTERS = re.compile(r" (?:matters?|plays? (?:a|any) role|ha(?:s|ve) (?:an?|any) (?:influence|effect|impact))\b")
_IT = re.compile(r" (?:it|this|that|them|these)\b")
_EFFECT_OF = re.compile(
    r"\b(?:effects?|influences?|impacts?|roles?) (?:of|that) (?:[\w-]+ ){0,3}$"
    r"|\bdepend(?:s|ent|ence|ing)?(?: [\w-]+){0,5} (?:up)?on(?: [\w -]{1,40}(?:,| and| or))? (?:the |its |their )?$"
    r"|\b(?:as a function of|at which|at what|with (?:in|de)creasing|with(?:out)?(?: an?| the| and without)?) "
    r"(?:the |its |their )?$"
    r"|\b(?:follows?|tracks?|at|vs\.?|versus|over|per|by|between|along) (?:the |a |an )?(?:[\w-]+ ){0,2}$|\d ?%? ?$",
    re.IGNORECASE,
)


class Asides:
    """What stands around the goals of a sentence and takes them out of the question."""

    def __init__(self, lexicon: Lexicon, text: Text) -> None:
        self.text = text
        self.fillers = lexicon.fillers
        self.ends: dict[int, Match] = {}
        self.varied: set[int] = set()
        for match in lexicon.book("cue").matches(text, close=True):
            if match.meaning.means[0] in {"denied", "lacking", "denying", "circumstance"}:
                self.ends.setdefault(max(match.places), match)
            elif match.meaning.means[0] == "varied":
                self.varied |= match.places

    def of(self, goal: Match) -> Aside | None:
        """Why a goal is named, where it is not asked for."""
        if self._free(goal):
            return "absent"
        for start in sorted(place for place in goal.places if place - 1 not in goal.places):
            if (cue := self._denying(start)) is not None:
                return "absent" if cue == "lacking" else "denied"
        return "circumstance" if self._happening(goal) else None

    def asked(self, found: Sequence[Match]) -> tuple[list[Match], list[Match]]:
        """The goals that are asked for, and those that are not.

        Where nothing else is named, what is varied is asked about, then what happens meanwhile, and then what is said
        to be absent: `there is no SEI on LTO`. What is denied never is.
        """
        goals = sorted(found, key=lambda match: (min(match.places), max(match.places)))
        kinds = [self.of(match) for match in goals]
        for at in range(1, len(goals)):
            if kinds[at] is None and kinds[at - 1] in {"denied", "absent"} and self._listed(goals, at):
                kinds[at] = kinds[at - 1]
        kinds = [
            "varied" if kind is None and self._cause(goal, goals, kinds) else kind
            for goal, kind in zip(goals, kinds, strict=True)
        ]
        put = {kind: [match for match, each in zip(goals, kinds, strict=True) if each == kind] for kind in set(kinds)}
        gone = put.get("denied", [])
        for kind in (None, "varied", "circumstance"):
            if kind in put:
                return put[kind], gone + put.get("absent", [])
        return put.get("absent", []), gone

    def _listed(self, goals: Sequence[Match], at: int) -> bool:
        """Whether a goal goes on with the list of the one before: `neither cracks, swelling or kinetics`."""
        if self._gap(goals, at, _OR):
            return True
        return self._gap(goals, at, _COMMA) and at + 1 < len(goals) and self._listed(goals, at + 1)

    def _gap(self, goals: Sequence[Match], at: int, between: re.Pattern[str]) -> bool:
        left, right = self.text.words[max(goals[at - 1].places)], self.text.words[min(goals[at].places)]
        return between.fullmatch(self.text.plain[left.end : right.start].lower()) is not None

    def _cause(self, goal: Match, goals: Sequence[Match], kinds: Sequence[Aside | None]) -> bool:
        """Whether a goal is only what one varies from sample to sample, and another is what it does."""
        others = [
            match for match, kind in zip(goals, kinds, strict=True) if kind is None and match.places != goal.places
        ]
        said = {place for place in goal.places - self.text.things if self.text.words[place].stem not in self.fillers}
        if not others or not said or not said <= self.varied:
            return False
        first, last = min(goal.places), max(goal.places)
        if _MATTERS.match(self.text.plain[self.text.words[last].end :]):
            return True
        if _EFFECT_OF.search(self.text.ahead(min(said))):
            return True
        verbs = [
            place
            for place, word in enumerate(self.text.words)
            if place > last and word.stem in _CAUSES and self.text.clauses[place] == self.text.clauses[first]
        ]
        if not verbs:
            return False
        upon = _IT.match(self.text.plain[self.text.words[verbs[0]].end :]) is not None
        return any(min(match.places) > last and max(match.places) > verbs[0] for match in others) or (
            upon and any(max(match.places) < first for match in others)
        )

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
        if _AS.search(self.text.ahead(first)) and _DOES.search(self._said(goal)):
            return True
        if len(goal.places) == 1 and _ON.search(self.text.ahead(first)):
            return self.text.words[first].text.lower().endswith(("ing", "ion"))
        for place in range(first, max(-1, first - _NEAR - 2), -1):
            cue = self.ends.get(place)
            if cue is not None and cue.meaning.means[0] == "circumstance":
                asks = _ASKS.match(self.text.plain, self.text.words[place].end)
                return asks is None and (place < first or self._somebody(place) or not self._wanted(place))
            if place < first and self.text.words[place].stem not in self.fillers and place not in self.text.things:
                return False
            if place and self.text.clauses[place] != self.text.clauses[place - 1]:
                return False
        return False

    def _wanted(self, place: int) -> bool:
        """Whether what happens `when` is asked for, as in `know when lithium plates`."""
        return _WANTED.search(self.text.ahead(place).lower()) is not None

    def _said(self, goal: Match) -> str:
        """The words of a goal with the verb right behind."""
        last = self.text.words[max(goal.places)].end
        verb = _VERB.match(self.text.plain[last:])
        return self.text.shown(goal.places) + (verb[0] if verb else "")

    def _somebody(self, place: int) -> bool:
        """Whether somebody does it: `when I plate`, which is no onset."""
        return re.match(r"\s+(?:i|we|you|they)\b", self.text.plain[self.text.words[place].end :].lower()) is not None
