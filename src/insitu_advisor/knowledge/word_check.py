"""Invariants of what people type: every word meant exists, and no phrase has two owners unless that is declared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice, product
from typing import NamedTuple, get_args

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, CellWord, ElectrolyteKind, Scale
from insitu_advisor.knowledge.finding import Finding, Loc, unknown
from insitu_advisor.knowledge.lexicon import Makeup
from insitu_advisor.knowledge.stems import units
from insitu_advisor.knowledge.tier import TIERS

_FINDABLE = re.compile(r"[A-Za-z0-9]")
_CLAIMED = frozenset({"target", "facility", "way", "anode", "ion", "cell", "electrolyte", "temperature", "budget"})
_MOST_SPELLINGS = 20_000
_GROUPED = "<group>"
# Kinds of words that say nothing where they mean nothing.
_MEANING = frozenset({"facility", "way", "anode", "ion", "temperature", "scale", "budget", "cue"})


class _Owner(NamedTuple):
    """Who owns a phrase: the place it is written in, what it means and what else it declares."""

    loc: Loc
    means: frozenset[str]
    declares: frozenset[str]


def word_faults(kb: KnowledgeBase) -> Iterator[Finding]:
    """Everything that does not hold in lexicon, outsiders and anode rules."""
    yield from _groups(kb)
    yield from _meanings(kb)
    for key, item in kb.outside.items():
        yield from unknown(("outside", key, "targets"), "target", item.targets, kb.askable)
    spell = _Spelling(kb)
    for kind in sorted(_CLAIMED):
        yield from _two_owners(spell, list(_owners(kb, kind)))
    yield from _rules(kb)


def _groups(kb: KnowledgeBase) -> Iterator[Finding]:
    """Every phrase can be found, and every group that it names exists."""
    for loc, phrase in _phrases(kb):
        if "<" not in phrase and _FINDABLE.search(phrase):
            continue
        found = units(phrase)
        if not found:
            yield Finding(loc, f"'{phrase}' has no letter from A to Z and no digit; write a word that can be found")
        named = [unit[1:-1] for unit in found if unit[0] == "<"]
        yield from unknown(loc, "word group", named, kb.word_groups)


def _phrases(kb: KnowledgeBase) -> Iterator[tuple[Loc, str]]:
    """Everything that is written to be found in what people type, with its place."""
    for name, members in kb.word_groups.items():
        yield from ((("word_groups", name, index), member) for index, member in enumerate(members))
    for section in ("lexicon", "outside", "kin"):
        for key, entry in getattr(kb, section).items():
            for field in ("phrases", "goals"):
                for index, phrase in enumerate(getattr(entry, field, ())):
                    yield (section, key, field, index), phrase


def _meanings(kb: KnowledgeBase) -> Iterator[Finding]:
    known: Mapping[str, Collection[str]] = {
        "target": kb.targets,
        "facility": {*kb.facilities, *kb.presets},
        "way": kb.techniques,
        "anode": {*kb.materials, *get_args(AnodeType)},
        "cell": get_args(CellWord),
        "electrolyte": get_args(ElectrolyteKind),
        "ion": ("Li", "Na", "K"),
        "scale": get_args(Scale),
        "form": kb.traits,
        "budget": (*TIERS, "unlimited"),
    }
    for key, entry in kb.lexicon.items():
        loc: Loc = ("lexicon", key)
        yield from unknown((*loc, "means"), entry.kind, entry.means, known.get(entry.kind, entry.means))
        yield from unknown((*loc, "also"), entry.kind, entry.also, known.get(entry.kind, entry.also))
        if not entry.means and entry.kind in {"target", "electrolyte"} and entry.says is None:
            yield Finding((*loc, "says"), "means nothing that is covered; tell the reader so under 'says'")
        if not entry.means and entry.kind in _MEANING:
            yield Finding((*loc, "means"), f"means nothing; say which {entry.kind} is meant")
        if entry.kind == "temperature" and not all(map(_number, entry.means)):
            yield Finding((*loc, "means"), f"'{entry.means[0]}' is no temperature in degrees Celsius, such as '25'")
        yield from unknown((*loc, "part"), "part of a target", filter(None, [entry.part]), kb.whole)
        for ion, other in entry.with_ion.items():
            yield from unknown((*loc, "with_ion", ion), entry.kind, [other], known.get(entry.kind, [other]))
        for anode, others in entry.with_anode.items():
            yield from unknown((*loc, "with_anode", anode), entry.kind, others, known.get(entry.kind, others))
    for key in kb.kin:
        yield from unknown(("kin", key), "material", [key], kb.materials)


def _number(word: str) -> bool:
    return re.fullmatch(r"-?\d{1,3}(\.\d{1,3})?", word, re.ASCII) is not None


def _owners(kb: KnowledgeBase, kind: str) -> Iterator[tuple[Loc, str, _Owner]]:
    """Every phrase of a kind with its place and owner, ids, names and aliases first."""
    names: dict[str, dict[str, tuple[str, ...]]] = {
        "target": {key: (key, item.name, *item.aliases) for key, item in kb.targets.items()},
        "facility": {key: (key, item.name, *item.aliases) for key, item in kb.facilities.items()},
    }
    for key, words in names.get(kind, {}).items():
        loc: Loc = ("targets" if kind == "target" else "facilities", key)
        yield from ((loc, word, _Owner(loc, frozenset({key}), frozenset())) for word in words)
    for key, entry in kb.lexicon.items():
        # A goal that is not covered gives way to anything that is.
        if entry.kind == kind and entry.means and not kb.presets.keys() & set(entry.means):
            owner = _Owner(("lexicon", key), frozenset(entry.means), frozenset(entry.also))
            yield from ((("lexicon", key, "phrases", at), phrase, owner) for at, phrase in enumerate(entry.phrases))


def _two_owners(spell: _Spelling, owners: list[tuple[Loc, str, _Owner]]) -> Iterator[Finding]:
    """Phrases that two entries claim although neither declares what the other means."""
    first: dict[frozenset[str], tuple[Loc, _Owner]] = {}
    for loc, phrase, owner in owners:
        for spelled in spell(phrase):
            where, known = first.setdefault(spelled, (loc, owner))
            # Names and aliases among themselves are checked with their sections.
            if known is owner or known.loc == owner.loc or known.means == owner.means or owner.loc[0] != "lexicon":
                continue
            if not (owner.means <= known.declares | known.means or known.means <= owner.declares | owner.means):
                said = " ".join(sorted(spelled - {_GROUPED}))
                what = (
                    f"'{phrase}' shares the words '{said}' with '{known.loc[-1]}'; declare it under 'also' or drop it"
                )
                yield Finding(loc, what, where)
                break


class _Spelling:
    """Phrases as sets of stems. One with groups gives way to one that is written out, so these are told apart."""

    def __init__(self, kb: KnowledgeBase) -> None:
        entry = kb.lexicon.get("small-word")
        self._small = frozenset(unit for word in (entry.phrases if entry else ()) for unit in units(word))
        self._members = {
            f"<{name}>": tuple(units(word, self._small) for word in words) for name, words in kb.word_groups.items()
        }

    def __call__(self, phrase: str) -> Iterator[frozenset[str]]:
        asked = units(phrase, self._small)
        grouped = [self._members.get(unit, ()) for unit in asked if unit[0] == "<"]
        if not grouped:
            yield frozenset(asked)
            return
        written = frozenset((*(unit for unit in asked if unit[0] != "<"), _GROUPED))
        for chosen in islice(product(*grouped), _MOST_SPELLINGS):
            yield written.union(*chosen)


def _rules(kb: KnowledgeBase) -> Iterator[Finding]:
    """Groups of elements and traits that rules name exist."""
    for section in ("anode_rules", "trait_rules"):
        for key, rule in getattr(kb, section).items():
            for name in _named(rule.when):
                if name not in kb.element_groups and not name[:1].isupper():
                    yield Finding((section, key, "when"), f"there is no group of elements '{name}'")
    for key, follows in kb.trait_rules.items():
        yield from unknown(("trait_rules", key, "traits"), "trait", follows.traits, kb.traits)


def _named(when: Makeup) -> Iterator[str]:
    entries = (*when.has, *when.without, *when.only, *(when.ratio[:2] if when.ratio else ()))
    yield from (name for entry in entries for name in str(entry).split("|"))
