"""Invariants across the knowledge base: every word that is used exists, and no cell is missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple, get_args

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Claim, Entry, Ion
from insitu_advisor.knowledge.finding import Finding, Loc, unknown
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.technique import Technique
from insitu_advisor.knowledge.vocabulary import ANODE_WORDS, OPEN_WORDS
from insitu_advisor.knowledge.word_check import word_faults

IONS = get_args(Ion)
ANODES = get_args(AnodeType)
# A technique may leave metal anodes out: the review does, and own files were written before there were any.
OF_THE_REVIEW = tuple(anode for anode in ANODES if anode != "metal")


def findings(kb: KnowledgeBase) -> Iterator[Finding]:
    """Everything that does not hold together, each with the path of the entry and what to do."""
    yield from _sources(kb)
    for technique_id, technique in kb.techniques.items():
        yield from _technique(kb, ("techniques", technique_id), technique)
    yield from _combinations(kb)
    for rule_id, rule in kb.rules.items():
        yield from _rule(kb, ("rules", rule_id), rule)
    yield from _vocabulary(kb)
    yield from _literature(kb)
    yield from _doubles(kb)
    yield from word_faults(kb)


def claims(entry: object, loc: Loc = ()) -> list[tuple[Loc, Claim]]:
    """Every claim at or below an entry, with its path."""
    found: list[tuple[Loc, Claim]] = []
    _gather(found, entry, loc)
    return found


@lru_cache(maxsize=4)
def cited(kb: KnowledgeBase) -> Mapping[str, list[Loc]]:
    """The claims that rest on each source, by its key; gone through once, since that takes longer than a page."""
    found: dict[str, list[Loc]] = {}
    for loc, claim in claims(kb):
        for key in dict.fromkeys(claim.sources):
            found.setdefault(key, []).append(loc)
    return found


def _gather(found: list[tuple[Loc, Claim]], entry: Any, loc: Loc) -> None:
    """Add the claims at or below an entry."""
    is_claim, inner = _walk(type(entry))  # type: ignore[arg-type]
    if is_claim:
        found.append((loc, entry))
    for step, item in inner(entry) if inner else ():
        if item and _walk(type(item)).inner:  # type: ignore[arg-type]
            _gather(found, item, (*loc, step))


class _Walk(NamedTuple):
    """Whether the values of a class are claims, and how to go through what they hold, if anything."""

    is_claim: bool
    inner: Callable[[Any], Iterable[tuple[str | int, Any]]] | None


@cache
def _walk(kind: type) -> _Walk:
    """Asked once for each class: pydantic is slow to tell for each of 16,000 values whether it is a model's (10 ms)."""
    if issubclass(kind, Entry):
        names = tuple(kind.model_fields)
        return _Walk(issubclass(kind, Claim), lambda entry: [(name, getattr(entry, name)) for name in names])
    if issubclass(kind, tuple):
        return _Walk(False, enumerate)
    return _Walk(False, (lambda entry: entry.items()) if issubclass(kind, Mapping) else None)


def _unknown_keys(loc: Loc, kind: str, words: Collection[str], known: Collection[str]) -> Iterator[Finding]:
    """As `unknown`, for the keys of a mapping, each with its own place."""
    for word in words:
        yield from unknown((*loc, word), kind, [word], known)


def _sources(kb: KnowledgeBase) -> Iterator[Finding]:
    for loc, claim in claims(kb):
        yield from unknown((*loc, "sources"), "reference", claim.sources, kb.references)


def _technique(kb: KnowledgeBase, loc: Loc, technique: Technique) -> Iterator[Finding]:
    seen, blind = technique.information.keys(), technique.blind_to.keys()
    yield from _unknown_keys((*loc, "information"), "target", seen, kb.askable)
    yield from _unknown_keys((*loc, "blind_to"), "target", blind, kb.askable)
    for goal, whole in kb.whole.items():
        if {goal, whole}.isdisjoint(seen | blind):
            advice = "rate it under 'information', or give the reason under 'blind_to'"
            what = f"technique '{loc[-1]}' says nothing on target '{goal}'; {advice}"
            yield Finding((*loc, "information"), what, ("targets", whole))
    for target in kb.askable:
        if target in seen & blind:
            yield Finding((*loc, "blind_to", target), f"target '{target}' stands under 'information' as well; keep one")
    for ion in IONS:
        if ion not in technique.ions:
            yield Finding((*loc, "ions"), f"has no entry for {ion}")
    for anode in OF_THE_REVIEW:
        if anode not in technique.roles:
            yield Finding((*loc, "roles"), f"has no entry for '{anode}'")
    for variant_id, variant in technique.variants.items():
        here = (*loc, "variants", variant_id)
        yield from unknown((*here, "facilities"), "facility", variant.facilities, kb.facilities)
        yield from _unknown_keys((*here, "information"), "target", variant.information, kb.askable)
        yield from _unknown_keys((*here, "blind_to"), "target", variant.blind_to, kb.askable)
        for target in sorted(variant.information.keys() & variant.blind_to.keys()):
            yield Finding((*here, "blind_to", target), f"target '{target}' is rated here as well; keep one of the two")
    for index, spot in enumerate(technique.blind_spots):
        here = (*loc, "blind_spots", index, "when")
        yield from unknown((*loc, "blind_spots", index, "rule"), "rule", [spot.rule] if spot.rule else [], kb.rules)
        yield from unknown(here, "material", spot.when.material, kb.materials)
        yield from unknown(here, "variant", spot.when.variant, technique.variants)
        yield from unknown(here, "target", spot.when.target, kb.askable)


def _combinations(kb: KnowledgeBase) -> Iterator[Finding]:
    seen: dict[frozenset[str], str] = {}
    for pairing, combination in kb.combinations.items():
        loc: Loc = ("combinations", pairing)
        members = frozenset(combination.members)
        if len(members) < len(combination.members):
            yield Finding((*loc, "members"), "must be two different techniques")
        elif seen.setdefault(members, pairing) != pairing:
            yield Finding(loc, f"pairs the same techniques as '{seen[members]}'; keep one of the two")
        yield from unknown((*loc, "members"), "technique", combination.members, kb.techniques)
        if pairing != "+".join(combination.members):
            yield Finding((*loc, "members"), f"must be the two techniques of '{pairing}', in that order")
        yield from _unknown_keys((*loc, "adds"), "member", combination.adds, combination.members)


def _rule(kb: KnowledgeBase, loc: Loc, rule: Rule) -> Iterator[Finding]:
    yield from unknown((*loc, "technique"), "technique", [rule.technique], kb.techniques)
    yield from unknown((*loc, "targets"), "target", rule.targets, kb.askable)
    yield from unknown((*loc, "when", "targets"), "target", rule.when.targets, kb.askable)
    yield from unknown((*loc, "when", "materials"), "material", rule.when.materials, kb.materials)
    yield from unknown((*loc, "when", "traits"), "trait", rule.when.traits, kb.traits)
    if rule.technique in kb.techniques:
        yield from unknown((*loc, "variants"), "variant", rule.variants, kb.techniques[rule.technique].variants)


def _vocabulary(kb: KnowledgeBase) -> Iterator[Finding]:
    for anode in (*OF_THE_REVIEW, "unknown"):
        if anode not in kb.assumed_targets:
            yield Finding(("assumed_targets",), f"has no entry for '{anode}'")
    for anode_key, assumed in kb.assumed_targets.items():
        yield from unknown(("assumed_targets", anode_key, "targets"), "target", assumed.targets, kb.targets)
    for preset_id, preset in kb.presets.items():
        yield from unknown(("presets", preset_id, "facilities"), "facility", preset.facilities, kb.facilities)
    for material_id, material in kb.materials.items():
        loc = ("materials", material_id)
        yield from unknown((*loc, "traits"), "trait", material.traits, kb.traits)
        for ion, traits in material.traits_with.items():
            yield from unknown((*loc, "traits_with", ion), "trait", traits, kb.traits)
    yield from _reserved(kb)
    yield from _ambiguous("targets", {key: (key, target.name, *target.aliases) for key, target in kb.targets.items()})
    yield from _ambiguous("materials", {key: (key, item.name, *item.aliases) for key, item in kb.materials.items()})
    yield from _ambiguous("facilities", {key: (key, item.name, *item.aliases) for key, item in kb.facilities.items()})
    yield from _ambiguous("techniques", {key: (key, item.name, item.short) for key, item in kb.techniques.items()})


def _reserved(kb: KnowledgeBase) -> Iterator[Finding]:
    """A preset or an anode type would hide an entry that goes by the same word."""
    presets = {fold(preset): preset for preset in kb.presets}
    for key, facility in kb.facilities.items():
        for word in (key, facility.name, *facility.aliases):
            if preset := presets.get(fold(word)):
                what = f"goes by the word of the preset '{preset}'; choose another name"
                yield Finding(("facilities", key), what, ("presets", preset))
    for key, material in kb.materials.items():
        for word in (key, material.name, *material.aliases):
            if fold(word) in ANODE_WORDS or fold(word) in OPEN_WORDS:
                yield Finding(("materials", key), f"goes by the word '{word}', which means an anode type or 'unknown'")


def _ambiguous(section: str, words: dict[str, tuple[str, ...]]) -> Iterator[Finding]:
    owner: dict[str, str] = {}
    for key, names in words.items():
        for word in dict.fromkeys(fold(name) for name in names):
            if owner.setdefault(word, key) != key:
                what = f"shares the word '{word}' with '{owner[word]}'; one word can mean one thing only"
                yield Finding((section, key), what, (section, owner[word]))


def _doubles(kb: KnowledgeBase) -> Iterator[Finding]:
    """A paper that stands among the references twice, or a study that is counted twice."""
    papers: dict[str, str] = {}
    for key, reference in kb.references.items():
        for mark in filter(None, (reference.doi and reference.doi.lower(), reference.title and _bare(reference.title))):
            if papers.setdefault(mark, key) != key:
                yield Finding(("references", key), f"is the same paper as '{papers[mark]}'; keep one of the two")
    told: dict[str, str] = {}
    for key, study in kb.studies.items():
        if told.setdefault(study.reference, key) != key:
            what = f"tells of the same paper as '{told[study.reference]}'; keep one study for a paper"
            yield Finding(("studies", key), what, ("studies", told[study.reference]))


def _bare(title: str) -> str:
    """A title as it is compared: letters and digits only."""
    return "".join(character for character in title.lower() if character.isalnum())


def _literature(kb: KnowledgeBase) -> Iterator[Finding]:
    for study_id, study in kb.studies.items():
        loc = ("studies", study_id)
        yield from unknown((*loc, "reference"), "reference", [study.reference], kb.references)
        yield from unknown((*loc, "techniques"), "technique", study.techniques, kb.techniques)
        yield from _unknown_keys((*loc, "ways"), "technique of this study", study.ways, study.techniques)
        yield from unknown((*loc, "asked"), "target", study.asked, kb.askable)
        yield from unknown((*loc, "materials"), "material", study.materials, kb.materials)
    for material_id, material in kb.materials.items():
        for index, caution in enumerate(material.cautions):
            here = ("materials", material_id, "cautions", index, "techniques")
            yield from unknown(here, "technique", caution.techniques, kb.techniques)
            yield from unknown((*here[:-1], "targets"), "target", caution.targets, kb.askable)
    for conflict_id, conflict in kb.conflicts.items():
        loc = ("conflicts", conflict_id)
        yield from unknown((*loc, "techniques"), "technique", conflict.techniques, kb.techniques)
        yield from unknown((*loc, "materials"), "material", conflict.materials, kb.materials)
        yield from unknown((*loc, "targets"), "target", conflict.targets, kb.askable)
    for key, reference in kb.references.items():
        yield from unknown(("references", key, "in_situ"), "technique", reference.in_situ, kb.techniques)
        if reference.title is None and reference.about is None:
            yield Finding(("references", key), "needs a 'title', or 'about' in our own words for a title not seen")
