"""What an anode is made of: the parts of a blend, each a listed word, a formula or a compound in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from insitu_advisor.engine.question.formula import (
    LONGEST_FORMULA,
    Classified,
    Composition,
    FormulaError,
    classify,
    parse,
)
from insitu_advisor.engine.question.lexicon import TYPES, Lexicon
from insitu_advisor.engine.question.phrases import Match, Meaning, Text
from insitu_advisor.engine.question.written import relative
from insitu_advisor.knowledge.lexicon import WordKind
from insitu_advisor.knowledge.stems import stem

_MINOR = re.compile(
    r"\b[\w,.()]{1,30}(?:[ -](?:co|surface))?[ -]?"
    r"(?:doped|coated|wrapped|encapsulated|sheathed|protected|derived)\b(?!$| (?:with|by|in|from)\b)"
)
_MINOR_BEHIND = re.compile(
    r"\b(?:(?:doped|coated|wrapped|covered|encapsulated|protected|sheathed) (?:with|by|in)|derived from)\b.*$"
)
_PARTS = re.compile(r"@|/|\||\+|,|⊂|\b(?:on|in|with|and|decorated|anchored|supported|filled|loaded|modified|plus|vs)\b")
_POLYMORPH = re.compile(r"^(?:[α-ωa-z]{1,5}|[123]?[THR]{1,2}'?)[-‐ ](?=[A-Z(])|\((?:[A-Z]|[a-z]+|[IVX]+)\)$")
_CARBONS = frozenset({"graphite", "expanded-graphite", "hard-carbon", "soft-carbon", "graphene-oxide", "doped-carbon"})


class Part(NamedTuple):
    """One component of an anode, as far as it was read; `rank` 0 stores most, 3 is a mere coating."""

    words: str
    rank: int
    listed: Meaning | None = None
    made_of: Composition | None = None


def whole_word(lexicon: Lexicon, text: str) -> Meaning | None:
    """The one listed word that the text is, but for forms, coatings and the ion."""
    found = _best(lexicon, text)
    if found is None:
        return None
    heard = lexicon.text(text)
    light = found.places | _light(lexicon, heard)
    return found.meaning if light >= set(range(len(heard.words))) else None


def _best(lexicon: Lexicon, text: str) -> Match | None:
    """The longest listed word in a text; of equals a relative before the listed, a material before a type."""
    found = lexicon.book("anode").matches(lexicon.text(text))
    if not found:
        return None
    most = max(match.size for match in found)
    longest = [match for match in found if match.size == most]
    return min(longest, key=lambda m: (m.meaning.means[0] in TYPES, min(m.places)))


def _light(lexicon: Lexicon, heard: Text) -> frozenset[int]:
    """Places of the words that do not change what an anode is: forms, coatings, the ion."""
    books = [lexicon.book(kind) for kind in ("form", "inert", "ion")]
    places = frozenset(place for book in books for match in book.cover(heard) for place in match.places)
    return places | {place for place, word in enumerate(heard.words) if word.stem in lexicon.fillers}


def parts_of(lexicon: Lexicon, text: str, ion: str | None) -> Iterator[Part]:
    """The components of an anode, in the order they are named; coatings and dopants come last."""
    minor = " / ".join([*_MINOR.findall(text), *_MINOR_BEHIND.findall(text)])
    major = _MINOR_BEHIND.sub(" ", _MINOR.sub(" ", text))
    for segment in _PARTS.split(major):
        yield from _segment(lexicon, segment.strip(" -"), ion, 0)
    for segment in _PARTS.split(re.sub(r"[ -](?:co|surface)?[ -]?(?:doped|coated|wrapped|derived)\b", " ", minor)):
        yield from _segment(lexicon, segment.strip(" -"), ion, 3)


def _segment(lexicon: Lexicon, segment: str, ion: str | None, least: int) -> Iterator[Part]:
    """What one component is: a listed word, formulas, or a compound in words."""
    if not segment or all_of("electrolyte", lexicon, segment):
        return
    inert = _all_inert(lexicon, segment)
    if (meaning := whole_word(lexicon, segment)) is not None:
        yield _listed(lexicon, segment, meaning, max(least, 2 if inert else 0))
        return
    if inert:
        return
    formulas = list(_formulas(lexicon, segment, ion))
    known = _best(lexicon, segment) if len(segment.split()) > 1 else None
    if known is not None and formulas and all({"C", "H"} <= made.atoms.keys() for _, made, _ in formulas):
        # `disodium terephthalate Na2C8H4O4`: a formula of carbon and hydrogen tells less than a name.
        formulas = []
    yield from (_ranked(lexicon, words, made, read, least) for words, made, read in formulas)
    if formulas:
        return
    made_of = in_words(lexicon, segment)
    if made_of is not None and (read := classify(lexicon.kb, made_of, ion)) is not None:
        yield _ranked(lexicon, segment, made_of, read, least)
    elif (best := _best(lexicon, segment)) is not None:
        yield _listed(lexicon, segment, best.meaning, least)


def all_of(kind: WordKind, lexicon: Lexicon, words: str) -> bool:
    """Whether words name something of a kind and nothing else; a plain word such as oxide says too little."""
    text = lexicon.text(words)
    found = frozenset(place for match in lexicon.book(kind).cover(text) for place in match.places)
    said = [word for place, word in enumerate(text.words) if place not in found and word.stem not in lexicon.fillers]
    return bool(found) and not said and any(not text.words[place].text.islower() for place in found)


def _all_inert(lexicon: Lexicon, segment: str) -> bool:
    """Whether a component is a coating or a support and nothing else."""
    text = lexicon.text(segment)
    found = lexicon.book("inert").matches(text)
    places = {place for match in found for place in match.places}
    forms = {place for match in lexicon.book("form").matches(text) for place in match.places}
    rest = {word.stem for place, word in enumerate(text.words) if place not in places | forms}
    return bool(found) and rest <= lexicon.fillers


def _listed(lexicon: Lexicon, words: str, meaning: Meaning, least: int) -> Part:
    meant = meaning.means[0]
    if meant in TYPES:
        rank = 2 if meant == "intercalation" else 1
    else:
        rank = 2 if meant in _CARBONS else 1 if lexicon.kb.materials[meant].type == "intercalation" else 0
    return Part(words, max(least, rank), meaning)


def _ranked(lexicon: Lexicon, words: str, made_of: Composition, read: Classified, least: int) -> Part:
    same = known_formulas(lexicon).get(made_of.share())
    if same is not None:
        return _listed(lexicon, words, same, least)
    rank = 2 if read.rule == "charged-carbon" else 1 if read.type in {"intercalation", "metal"} else 0
    return Part(words, max(least, rank), None, made_of)


def _formulas(lexicon: Lexicon, segment: str, ion: str | None) -> Iterator[tuple[str, Composition, Classified]]:
    """The formulas of a component that some rule speaks of; single elements joined by hyphens are one alloy."""
    for chunk in segment.split():
        whole = formula_in(chunk)
        pieces = (
            [(chunk, whole)]
            if whole is not None
            else [(piece, made) for piece in chunk.split("-") if (made := formula_in(piece)) is not None]
        )
        if len(pieces) > 1 and all(len(made.atoms) == 1 for _, made in pieces):
            pieces = [(chunk, _together(made for _, made in pieces))]
        for piece, made in pieces:
            if (read := classify(lexicon.kb, made, ion)) is not None:
                yield piece, made, read


def formula_in(chunk: str) -> Composition | None:
    """The composition of a chunk, prefixes and suffixes of its polymorph left out; None where it is no formula."""
    chunk = chunk.strip(".,;:'\"")
    if len(chunk) > LONGEST_FORMULA:
        return None
    for attempt in dict.fromkeys((chunk, _POLYMORPH.sub("", chunk), _POLYMORPH.sub("", chunk.rstrip("*")))):
        for spelled in (attempt, *_capitals(attempt)):
            try:
                return parse(spelled)
            except FormulaError:
                continue
    return None


def _capitals(text: str) -> tuple[str, ...]:
    """A formula typed in small letters, such as `cu6sn5`, in its usual spelling."""
    if not text.islower() or not any(sign.isdigit() for sign in text):
        return ()
    return (re.sub(r"[a-z]{1,2}", lambda m: m[0].capitalize(), text), re.sub(r"[a-z]", lambda m: m[0].upper(), text))


def _together(each: Iterable[Composition]) -> Composition:
    atoms: dict[str, float] = {}
    for made_of in each:
        for symbol, count in made_of.atoms.items():
            atoms[symbol] = atoms.get(symbol, 0.0) + count
    return Composition(atoms)


def in_words(lexicon: Lexicon, text: str) -> Composition | None:
    """A compound named in words, such as copper antimony sulfide; None when no element is named."""
    known = _formula_words(lexicon)
    pieces = [known[word.stem] for word in lexicon.text(text).words if word.stem in known]
    return _together(pieces) if pieces else None


@lru_cache(maxsize=8)
def _formula_words(lexicon: Lexicon) -> dict[str, Composition]:
    read = {stem(word): _strict(formula) for word, formula in lexicon.kb.formula_words.items()}
    return {word: made_of for word, made_of in read.items() if made_of is not None}


@lru_cache(maxsize=8)
def known_formulas(lexicon: Lexicon) -> dict[tuple[tuple[str, float], ...], Meaning]:
    """The listed materials and relatives that are formulas, by their composition."""
    known: dict[tuple[tuple[str, float], ...], Meaning] = {}
    for key, kin in lexicon.kb.kin.items():
        for phrase in kin.phrases:
            if (made_of := _strict(phrase)) is not None:
                known.setdefault(made_of.share(), relative(key, kin, phrase))
    for key, material in lexicon.kb.materials.items():
        for word in (material.name, *material.aliases):
            if (made_of := _strict(word)) is not None:
                known.setdefault(made_of.share(), Meaning(key, (key,)))
    return known


def _strict(word: str) -> Composition | None:
    try:
        return parse(word)
    except FormulaError:
        return None
