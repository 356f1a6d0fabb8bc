"""A free sentence, read into the answers of a question: which words gave each answer, and which gave none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeVar, cast

from insitu_advisor.engine.question import remarks
from insitu_advisor.engine.question.access import access, idle
from insitu_advisor.engine.question.amounts import Amount, fastest, harshest, rates, temperatures, to_add
from insitu_advisor.engine.question.anodes import read_anode
from insitu_advisor.engine.question.counter import (
    asks_of_cathode,
    both_sides,
    counter_electrode,
    on_electrolyte,
    told_by_electrodes,
)
from insitu_advisor.engine.question.goals import Goals
from insitu_advisor.engine.question.ions import ion_in
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.materials import Named, labelled, material_in, products_in
from insitu_advisor.engine.question.methods import outsiders_in, techniques_in
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.engine.question.reading import AnodeReading, Unread
from insitu_advisor.engine.question.slips import corrected
from insitu_advisor.engine.question.understood import Heard, Understood
from insitu_advisor.engine.question.wording import joined
from insitu_advisor.knowledge.claim import Ion
from insitu_advisor.knowledge.lexicon import WordKind
from insitu_advisor.knowledge.stems import plain

LONGEST_SENTENCE = 2000
# `(de)lithiation` asks for lithiation as well.
_BOTH_WAYS = re.compile(r"\(de-?\)[ -]?", re.IGNORECASE)
# `0.1 V vs Na/Na+` is a potential, and no symmetric cell.
_REFERENCE = re.compile(r"\b(?:vs\.?|versus|against) ?(Li|Na|K)\+? ?[/|] ?\1\b\+?")
_ONE_GRAIN = re.compile(
    r"\b(?:an?|one|each|every) (?:[\w-]+ ){0,3}"
    r"(?P<grain>(?:nano|micro)?(?:particle|wire|rod|tube|sheet|crystal|flake|fib(?:re|er)|sphere|cube|platelet|ribbon|belt)|grain)\b"
    r"(?![ -](?:size|based|anode|electrode|array|film|composite|cell|powder|structure|phase|lattice|surface))",
    re.IGNORECASE,
)
_SOLID = frozenset({"sulfide", "oxide", "polymer"})
T = TypeVar("T")
# One word of these says nothing in a sentence: every cell has an electrode, and a high rate is no high budget.
_MORE_THAN_ONE_WORD = frozenset({"scale", "budget"})
_SINGLE_ENOUGH = frozenset({"cheap", "cheaply", "inexpensiv", "atomistic", "nanoscal", "angstrom"})
_TOO_COMMON = {
    "electrolyte": frozenset({"oxid", "sulfid", "polymer", "carbonat", "ceramic", "pc", "il"}),
    "cell": frozenset({"symmetric", "symmetrical"}),
    "cathode": frozenset({"cathod", "sulfur"}),
}  # fmt: skip


def read_sentence(lexicon: Lexicon, sentence: str, anode: str | None = None) -> Understood | Unread:
    """The answers a sentence of up to 2,000 characters gives; `anode` is the type, where it is said elsewhere."""
    if len(sentence) > LONGEST_SENTENCE:
        start = sentence[:30] + "..."
        says = f"the text has {len(sentence)} characters; write at most {LONGEST_SENTENCE}, or use the options"
        return Unread("target", start, says)
    put_right, slips = corrected(lexicon, _REFERENCE.sub(r"(\1)", _BOTH_WAYS.sub("", plain(sentence))))
    text = lexicon.groups.read(put_right)
    for match in lexicon.book("battery").cover(text, close=True):
        if not match.places & lexicon.compared(text):
            return Unread("anode", text.shown(match.places), f"'{text.shown(match.places)}': {match.meaning.says}")
    return _Hearing(lexicon, text, anode, slips).understood()


class _Hearing:
    """One sentence while it is read; `used` are the places of the words that gave an answer."""

    def __init__(self, lexicon: Lexicon, text: Text, anode: str | None, notes: tuple[str, ...]) -> None:
        self.lexicon, self.text, self.anode = lexicon, text, anode
        self._notes = notes
        self.used: set[int] = set()

    def understood(self) -> Understood:
        """Every answer; what was read first is not read again as something else."""
        found_rates, found_heat = rates(self.text.plain), temperatures(self.text.plain)
        at_hand = access(self.lexicon, self.text)
        facilities = None if at_hand is None else self._heard(at_hand.facilities, at_hand.places)
        for places in idle(self.lexicon, self.text):
            self._notes += (f"'{self._heard(None, places).words[0]}' limits no technique here",)
        against = counter_electrode(self.text)
        taken = frozenset(self.used) | against | self._idioms()
        cell, electrolyte = self._several("cell", taken), self._several("electrolyte", taken)
        scale = self._one("scale", taken) or self._single_grain()
        positive = frozenset(p for match in self._matches("cathode", taken) for p in match.places)
        amounts = (*found_rates, *found_heat)
        named = material_in(self.lexicon, self.text, taken | self._salts() | positive | self._within(amounts))
        named = named or self._bare_metal(cell)
        self.used |= against | positive
        if asks_of_cathode(self.text, positive if named is None else frozenset()):
            self._notes = ("the advisor covers anodes: nothing is said of the positive electrode", *self._notes)
        # Cheap tin is no cheap technique.
        budget = self._one("budget", taken | ({min(named.places) - 1} if named is not None else frozenset()))
        ion = self._ion(named)
        targets = self._targets(named, self._type(named, ion), taken)
        goals = frozenset() if targets is None else frozenset(self.used)
        techniques, named_there = techniques_in(self.lexicon, self.text, frozenset(self.used))
        outside, named_outside = outsiders_in(self.lexicon, self.text, goals)
        self.used |= named_there | named_outside
        if named is not None:
            self.used |= self._same_material(named)
        rate, warmth = fastest(found_rates, self.text.plain), harshest(found_heat, self.text.plain)
        self._notes += to_add(self.text.plain, rate, warmth)
        several = (each for each in (rate, warmth) if each is not None and each.note)
        self._notes += tuple(f"{each.words[0]}: {each.note}" for each in several)
        return Understood(
            ion=ion,
            anode=None if named is None else self._heard(named.words, named.places, named.note),
            targets=targets,
            parts=self._parts,
            c_rate=rate,
            scale=scale,  # type: ignore[arg-type]
            facilities=facilities,
            budget=budget,
            cell=told_by_electrodes(cell, self.text, against, positive),
            electrolyte=electrolyte,
            temperature=warmth or self._room(),
            outside=outside,
            notes=tuple(self._notes),
            unused=self._unused(amounts),
            techniques=techniques,
        )

    _parts: tuple[str, ...] = ()

    def _heard(self, value: T, places: Iterable[int], note: str | None = None) -> Heard[T]:
        found = frozenset(places)
        self.used |= found
        return Heard(value, (self.text.shown(found),), note)

    def _matches(self, kind: WordKind, taken: frozenset[int]) -> list[Match]:
        """The phrases of a kind that say something in a sentence."""
        common = _TOO_COMMON.get(kind, frozenset())
        return [
            match
            for match in self.lexicon.book(kind).cover(self.text, close=True)
            if match.places.isdisjoint(taken)
            and not (match.size == 1 and self._stem(match) in common and not self._in_it(match))
            and not (kind == "electrolyte" and self._no_electrolyte(match))
            and (match.size > 1 or kind not in _MORE_THAN_ONE_WORD or self._stem(match) in _SINGLE_ENOUGH)
        ]

    def _in_it(self, match: Match) -> bool:
        """Whether a cell is run `in carbonate`: then it is the electrolyte, and no species of an SEI."""
        word = self.text.words[min(match.places)]
        ahead, behind = self.text.plain[: word.start].lower(), self.text.plain[word.end :].lower()
        inside = ahead.endswith((" in ", " in a ", " in an "))
        return inside and not re.match(r" (?!based|electrolyte|with|at|and)[a-z]", behind)

    def _no_electrolyte(self, match: Match) -> bool:
        """Whether a solvent is only the name of what it polymerizes to, poly(VC), or a word that of the interphase."""
        interphase = {place for run in self.text.occurs.get("<sei>", ()) for place in run}
        start = self.text.words[min(match.places)].start
        return match.places <= interphase or self.text.plain[:start].lower().endswith("poly(")

    def _stem(self, match: Match) -> str:
        return self.text.words[min(match.places)].stem

    def _type(self, named: Named | None, ion: Heard[Ion] | None) -> str | None:
        """The type of the anode with this ion: aluminium foil is an alloying anode for lithium alone."""
        read = None if named is None else read_anode(self.lexicon, named.words, None if ion is None else ion.value)
        return self.anode or (read.type if isinstance(read, AnodeReading) else None)

    def _targets(self, named: Named | None, anode: str | None, taken: frozenset[int]) -> Heard[tuple[str, ...]] | None:
        """The goals asked for; those that are denied are used up as well."""
        own = labelled(self.text) | (named.places if named else frozenset())
        goals = Goals(self.lexicon, self.text, own, self._salts())
        found = goals.found(taken, anode)
        chosen, denied = goals.asked(found)
        self.used |= {place for match in denied for place in match.places}
        beyond = [match for match in found if not match.meaning.means and match not in denied]
        told = [match for match in beyond if match.meaning.says and not (chosen and match.meaning.context)]
        self._notes += tuple(dict.fromkeys(map(self._told, told)))
        if not chosen:
            return self._products(own)
        meanings, kb = [match.meaning for match in chosen], self.lexicon.kb
        self._parts = remarks.parts_of(kb, meanings, anode)
        notes = dict.fromkeys(filter(None, (remarks.note(kb, meaning, anode, self._parts) for meaning in meanings)))
        ids = tuple(dict.fromkeys(each for match in chosen for each in match.meaning.on(anode)))
        if "reaction-intermediates" in ids and products_in(self.text, own):
            ids = tuple(dict.fromkeys((*ids, "crystalline-phase")))
        words = tuple(dict.fromkeys(self.text.shown(match.places) for match in chosen))
        self.used |= {place for match in chosen for place in match.places}
        otherwise = remarks.otherwise(kb, meanings, anode, self._parts)
        return Heard(ids, words, "; ".join(notes) or None, otherwise)

    def _products(self, own: frozenset[int]) -> Heard[tuple[str, ...]] | None:
        """The phases that are asked about by their formulas alone, such as Na15Sn4."""
        found = products_in(self.text, own)
        return self._heard(("crystalline-phase",), found) if found else None

    def _told(self, match: Match) -> str:
        """What is told of a goal that is not covered, behind its words where it speaks of them as `it`."""
        says = match.meaning.says or ""
        return f"'{self.text.shown(match.places)}': {says}" if says.startswith("it ") else says

    def _several(self, kind: WordKind, taken: frozenset[int]) -> Heard[tuple[str, ...]] | None:
        found = self._matches(kind, taken)
        said = [match for match in found if match.meaning.means]
        if not said:
            self._notes += tuple(f"{self.text.shown(m.places)}: {m.meaning.says}" for m in found)
            return None
        ids = tuple(dict.fromkeys(each for match in said for each in match.meaning.means))
        if kind == "electrolyte" and len(ids) > 1:
            others = joined([self.text.shown(match.places) for match in said if ids[0] not in match.meaning.means])
            self._notes += (f"one electrolyte is asked about at a time: {ids[0]}, and not {others}",)
        return self._heard(ids, (place for match in said for place in match.places))

    def _one(self, kind: WordKind, taken: frozenset[int]) -> Heard[str] | None:
        found = self._matches(kind, taken)
        return self._heard(found[0].meaning.means[0], found[0].places) if found else None

    def _single_grain(self) -> Heard[str] | None:
        """One particle, as in `a crystalline silicon particle`, is looked at on its own scale."""
        found = _ONE_GRAIN.search(self.text.plain)
        if found is None:
            return None
        grain = found.start("grain")
        places = [place for place, word in enumerate(self.text.words) if word.start == grain]
        return self._heard("particle", places) if places else None

    def _salts(self) -> frozenset[int]:
        """Places of the words of an electrolyte, which are no anode."""
        return frozenset(p for match in self._matches("electrolyte", frozenset()) for p in match.places)

    def _same_material(self, named: Named) -> frozenset[int]:
        """Places where the anode is named again, and words of its form beside them."""
        words = self.text.words
        stems = {words[place].stem for place in named.places} - self.lexicon.fillers
        again = {place for place, word in enumerate(words) if word.stem in stems} | labelled(self.text)
        for place, word in enumerate(words):
            if word.stem in self.lexicon.forms and {place - 1, place + 1} & again:
                again.add(place)
        return frozenset(again)

    def _ion(self, named: Named | None) -> Heard[Ion] | None:
        """The ion, and a note on others that are named besides it."""
        said = ion_in(self.lexicon, self.text, named, self._matches("cathode", frozenset()))
        if said is None:
            return None
        for other, places in said.others:
            self._notes += (f"--versus-ion {other} compares with {other}",)
            self.used |= places
        return self._heard(said.ion, said.places)

    def _idioms(self) -> frozenset[int]:
        """Places of words that mean something else together, such as `orders of magnitude`."""
        cues = self.lexicon.book("cue").matches(self.text, close=True)
        return frozenset(place for cue in cues if cue.meaning.means == ("idiom",) for place in cue.places)

    def _bare_metal(self, cell: Heard[tuple[str, ...]] | None) -> Named | None:
        """The metal anode of a symmetric cell, or on a solid electrolyte, where no other electrode is named."""
        solid = [match for match in self._matches("electrolyte", frozenset()) if _SOLID & set(match.meaning.means)]
        places = both_sides(self.text) | on_electrolyte(self.text, solid)
        if cell is not None and "symmetric" in cell.value:
            places |= {place for match in self._matches("cell", frozenset()) for place in match.places}
        ions = [match for match in self.lexicon.book("ion").matches(self.text, close=True) if match.size == 1]
        if not places or not ions:
            return None
        first = min(ions, key=lambda match: min(match.places)).meaning.means[0]
        return Named(
            f"{first} metal", places, cast(Ion, first), "the metal itself, since no other electrode is named", "metal"
        )

    def _room(self) -> Heard[float] | None:
        found = self.lexicon.book("temperature").cover(self.text, close=True)
        return self._heard(float(found[0].meaning.means[0]), found[0].places) if found else None

    def _unused(self, amounts: Iterable[Amount]) -> tuple[str, ...]:
        """Runs of words that gave no answer, without those that say nothing."""
        told = self.used | self._within(amounts)
        spare = [
            place
            for place, word in enumerate(self.text.words)
            if place not in told and word.stem not in self.lexicon.fillers
        ]
        runs: list[list[int]] = []
        for place in spare:
            if runs and runs[-1][-1] == place - 1 and self._between(place) in {" ", "-", "/"}:
                runs[-1].append(place)
            else:
                runs.append([place])
        return tuple(dict.fromkeys(self.text.shown(run) for run in runs))

    def _within(self, amounts: Iterable[Amount]) -> frozenset[int]:
        """Places of the words of numbers, such as the C of 10 °C."""
        starts = [word.start for word in self.text.words]
        spans = ((bisect_left(starts, amount.start), bisect_left(starts, amount.end)) for amount in amounts)
        return frozenset(place for first, end in spans for place in range(first, end))

    def _between(self, place: int) -> str:
        """What stands between a word and the one before."""
        return self.text.plain[self.text.words[place - 1].end : self.text.words[place].start]
