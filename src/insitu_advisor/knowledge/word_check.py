"""Invariants of what people type: every word meant exists, and no phrase has two owners unless that is declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, islice, product
from typing import NamedTuple, get_args

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, CellWord, ElectrolyteKind
from insitu_advisor.knowledge.lexicon import Makeup
from insitu_advisor.knowledge.stems import units

Loc = tuple[str | int, ...]
_CLAIMED = frozenset({"target", "facility", "way", "anode", "ion", "cell", "electrolyte", "temperature", "budget"})
_MOST_SPELLINGS = 20_000
_GROUPED = "<group>"


class WordFault(NamedTuple):
    """A fault in the words: where, what to do, and a second place that may have caused it."""

    loc: Loc
    what: str
    also: Loc = ()


class _Owner(NamedTuple):
    """Who owns a phrase: the place it is written in, what it means and what else it declares."""

    loc: Loc
    means: frozenset[str]
    declares: frozenset[str]


def word_faults(kb: KnowledgeBase) -> Iterator[WordFault]:
    """Everything that does not hold in lexicon, outsiders and anode rules."""
    yield from _groups(kb)
    yield from _meanings(kb)
    for key, item in kb.outside.items():
        yield from _unknown(("outside", key, "targets"), "target", item.targets, kb.askable)
    for kind in sorted(_CLAIMED):
        yield from _two_owners(kb, list(_owners(kb, kind)))
    yield from _rules(kb)


def _unknown(loc: Loc, kind: str, words: Collection[str], known: Collection[str]) -> Iterator[WordFault]:
    for word in words:
        if word not in known:
            shown = f"; known are {', '.join(sorted(known))}" if len(known) <= 25 else ""
            yield WordFault(loc, f"there is no {kind} '{word}'{shown}")


def _groups(kb: KnowledgeBase) -> Iterator[WordFault]:
    """Every group that a phrase names exists."""
    for section in ("lexicon", "outside"):
        for key, entry in getattr(kb, section).items():
            for field in ("phrases", "goals"):
                for index, phrase in enumerate(getattr(entry, field, ())):
                    named = [unit[1:-1] for unit in units(phrase) if unit[0] == "<"]
                    yield from _unknown((section, key, field, index), "word group", named, kb.word_groups)


def _meanings(kb: KnowledgeBase) -> Iterator[WordFault]:
    known: Mapping[str, Collection[str]] = {
        "target": kb.targets,
        "facility": {*kb.facilities, *kb.presets},
        "way": kb.techniques,
        "anode": {*kb.materials, *get_args(AnodeType)},
        "cell": get_args(CellWord),
        "electrolyte": get_args(ElectrolyteKind),
        "ion": ("Li", "Na", "K"),
    }
    for key, entry in kb.lexicon.items():
        loc: Loc = ("lexicon", key)
        yield from _unknown((*loc, "means"), entry.kind, entry.means, known.get(entry.kind, entry.means))
        yield from _unknown((*loc, "also"), entry.kind, entry.also, known.get(entry.kind, entry.also))
        if not entry.means and entry.kind in {"target", "electrolyte"} and entry.says is None:
            yield WordFault((*loc, "says"), "means nothing that is covered; tell the reader so under 'says'")
    for key in kb.kin:
        yield from _unknown(("kin", key), "material", [key], kb.materials)


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


def _two_owners(kb: KnowledgeBase, owners: list[tuple[Loc, str, _Owner]]) -> Iterator[WordFault]:
    """Phrases that two entries claim although neither declares what the other means."""
    spell = _Spelling(kb)
    first: dict[frozenset[str], tuple[Loc, _Owner]] = {}
    for loc, phrase, owner in owners:
        for spelled in spell(phrase):
            where, known = first.setdefault(spelled, (loc, owner))
            # Names and aliases among themselves are checked with their sections.
            if known.loc == owner.loc or known.means == owner.means or owner.loc[0] != "lexicon":
                continue
            if not (owner.means <= known.declares | known.means or known.means <= owner.declares | owner.means):
                said = " ".join(sorted(spelled - {_GROUPED}))
                what = (
                    f"'{phrase}' shares the words '{said}' with '{known.loc[-1]}'; declare it under 'also' or drop it"
                )
                yield WordFault(loc, what, where)
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
        written = tuple(unit for unit in asked if unit[0] != "<")
        grouped = [self._members.get(unit, ()) for unit in asked if unit[0] == "<"]
        mark = (_GROUPED,) if grouped else ()
        for chosen in islice(product(*grouped), _MOST_SPELLINGS):
            yield frozenset(chain(written, mark, *chosen))


def _rules(kb: KnowledgeBase) -> Iterator[WordFault]:
    """Groups of elements and traits that rules name exist."""
    for section in ("anode_rules", "trait_rules"):
        for key, rule in getattr(kb, section).items():
            for name in _named(rule.when):
                if name not in kb.element_groups and not name[:1].isupper():
                    yield WordFault((section, key, "when"), f"there is no group of elements '{name}'")
    for key, follows in kb.trait_rules.items():
        yield from _unknown(("trait_rules", key, "traits"), "trait", follows.traits, kb.traits)


def _named(when: Makeup) -> Iterator[str]:
    entries = (*when.has, *when.without, *when.only, *(when.ratio[:2] if when.ratio else ()))
    yield from (name for entry in entries for name in str(entry).split("|"))
