"""Any anode: listed, a relative of a listed one, a blend, a formula or a compound in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from insitu_advisor.engine.question.formula import (
    LONGEST_FORMULA,
    Classified,
    Composition,
    FormulaError,
    classify,
    joined,
    parse,
    unknown_to_alloy,
)
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.near import related
from insitu_advisor.engine.question.phrases import Match, Meaning, Text
from insitu_advisor.engine.question.reading import AnodeReading, Unread, too_long
from insitu_advisor.knowledge.claim import Ion
from insitu_advisor.knowledge.lexicon import MetalOrType
from insitu_advisor.knowledge.stems import plain, stem

_TYPES = frozenset(get_args(MetalOrType))
_ASIDE = re.compile(r"(?<=\s)\((?![A-Z0-9])[^()]*\)|^\([a-z ]+\)\s")
_MINOR = re.compile(
    r"\b[\w,.()]{1,30}(?:[ -](?:co|surface))?[ -]?(?:doped|coated|wrapped|encapsulated|sheathed|protected)\b(?!$)"
)
_MINOR_BEHIND = re.compile(r"\b(?:doped|coated|wrapped|covered|encapsulated|protected|sheathed) (?:with|by|in)\b.*$")
_PARTS = re.compile(r"@|/|\||\+|,|⊂|\b(?:on|in|with|and|decorated|anchored|supported|filled|loaded|modified|plus|vs)\b")
_POLYMORPH = re.compile(r"^(?:[α-ωa-z]{1,5}|[123]?[THR]{1,2}'?)[-‐ ](?=[A-Z(])|\((?:[A-Z]|[a-z]+|[IVX]+)\)$")
_TYPE_NAME = {
    "intercalation": "an intercalation anode",
    "alloy": "an alloying anode",
    "conversion": "a conversion anode",
    "metal": "a metal anode",
}
_CARBONS = frozenset({"graphite", "expanded-graphite", "hard-carbon", "soft-carbon", "graphene-oxide", "doped-carbon"})


@dataclass(frozen=True, slots=True)
class _Part:
    """One component of an anode, as far as it was read; `rank` 0 stores most, 3 is a mere coating."""

    words: str
    rank: int
    listed: Meaning | None = None
    made_of: Composition | None = None


def read_anode(lexicon: Lexicon, word: str, ion: str | None = None) -> AnodeReading | Unread:
    """An anode from what the user calls it; the words stay as they were given."""
    if refused := too_long("anode", word):
        return refused
    own = " ".join(plain(word).split())
    bare = _ASIDE.sub(" ", own).strip() or own
    if cathode := _cathode(lexicon, bare):
        return Unread("anode", word, f"'{own}': {cathode}")
    if (whole := _whole(lexicon, bare)) is not None:
        return _from_phrase(lexicon, own, _with_ion(whole, ion))
    parts = sorted(_parts(lexicon, bare, ion), key=lambda part: part.rank)
    alone = formula_in(bare)
    if not parts and alone is not None and " " not in bare:
        parts = [_Part(bare, 0, None, alone)]
    if not parts:
        return _unread(lexicon, own)
    first = parts[0]
    blended = [part for part in parts if part.rank < 3]
    named = {part.listed.means[0] for part in blended if part.listed is not None}
    if named & {"silicon", "silicon-oxide"} and "graphite" in named:
        return _from_phrase(lexicon, own, Meaning("silicon-graphite", ("silicon-graphite",)))
    if first.listed is not None:
        return _from_phrase(lexicon, own, _with_ion(first.listed, ion), first.words if len(blended) > 1 else None)
    return _from_formula(lexicon, own, first, ion, len(blended) > 1)


def _cathode(lexicon: Lexicon, text: str) -> str | None:
    """What to say where nothing but a positive electrode is named."""
    heard = lexicon.text(text)
    found = lexicon.book("cathode").matches(heard)
    if not found or len(found[0].places) < len([w for w in heard.words if w.stem not in lexicon.fillers]):
        return None
    return found[0].meaning.says or "it is a positive electrode"


def _whole(lexicon: Lexicon, text: str) -> Meaning | None:
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
    return min(longest, key=lambda m: (m.meaning.means[0] in _TYPES, min(m.places)))


def _light(lexicon: Lexicon, heard: Text) -> frozenset[int]:
    """Places of the words that do not change what an anode is: forms, coatings, the ion."""
    books = [lexicon.book(kind) for kind in ("form", "inert", "ion")]
    places = frozenset(place for book in books for match in book.cover(heard) for place in match.places)
    return places | {place for place, word in enumerate(heard.words) if word.stem in lexicon.fillers}


def _from_phrase(lexicon: Lexicon, own: str, meaning: Meaning, part: str | None = None) -> AnodeReading:
    """What a listed word says of an anode."""
    meant = meaning.means[0]
    taken = f"of its parts {part} is taken; " if part else ""
    if meant in _TYPES:
        oxide = "the review's oxide-type anodes are taken as conversion anodes" if "oxide" in own.lower() else None
        note = f"{own} is treated as {_TYPE_NAME[meant]}: {meaning.says}" if meaning.says else oxide
        return AnodeReading(
            own,
            meant,  # type: ignore[arg-type]
            traits=("metallic",) if meant == "metal" else (),
            ion=_METAL_IONS.get(meaning.key),
            note=note,
            because=meaning.says,
        )
    material = lexicon.kb.materials[meant]
    borrowed = meaning.key.startswith("kin:")
    treated = f"treated as {_TYPE_NAME[material.type]}: {material.because}"
    note = (
        f"{taken}{material.name} is {treated}"
        if not borrowed
        else (f"{taken}{own} is {treated} What is known of {material.name} is borrowed, since {meaning.says}")
    )
    return AnodeReading(own, material.type, meant, borrowed, note=note, because=material.because)


_METAL_IONS: dict[str, Ion] = {
    "anode-lithium-metal": "Li", "anode-sodium-metal": "Na", "anode-potassium-metal": "K"
}  # fmt: skip


def _with_ion(meaning: Meaning, ion: str | None) -> Meaning:
    """The meaning with this ion, where that is another: aluminium foil is no bare foil for lithium."""
    meant = dict(meaning.with_ion).get(ion or "")
    return meaning if meant is None else Meaning(meaning.key, (meant,))


def _from_formula(lexicon: Lexicon, own: str, part: _Part, ion: str | None, blended: bool) -> AnodeReading | Unread:
    """What the rules say of a formula."""
    read = classify(lexicon.kb, part.made_of, ion) if part.made_of is not None else None
    if read is None:
        return _unread(lexicon, own)
    within = f"of its parts {part.words} is taken; " if blended else ""
    strange = unknown_to_alloy(lexicon.kb, read.by, ion) if read.rule == "alloying" else ()
    doubt = f"; no source is known to us for {joined(strange)} with {ion}" if strange else ""
    note = (
        f"{within}read as {_TYPE_NAME[read.type]} because of {joined(read.by)}: {read.because}{doubt}; "
        f"correct it with --anode {_other(read.type)}"
    )
    metal: dict[str, Ion] = {"Li": "Li", "Na": "Na", "K": "K"}
    implied = metal.get(read.by[0]) if read.type == "metal" and len(read.by) == 1 else None
    return AnodeReading(own, read.type, None, False, read.traits, implied, note, read.because, read.basis, read.sources)


def _other(kind: MetalOrType) -> str:
    return " or ".join(each for each in ("intercalation", "alloy", "conversion") if each != kind)


def _parts(lexicon: Lexicon, text: str, ion: str | None) -> Iterator[_Part]:
    """The components of an anode, in the order they are named; coatings and dopants come last."""
    minor = " / ".join([*_MINOR.findall(text), *_MINOR_BEHIND.findall(text)])
    major = _MINOR_BEHIND.sub(" ", _MINOR.sub(" ", text))
    for segment in _PARTS.split(major):
        yield from _segment(lexicon, segment.strip(" -"), ion, 0)
    for segment in _PARTS.split(re.sub(r"[ -](?:co|surface)?[ -]?(?:doped|coated|wrapped)\b", " ", minor)):
        yield from _segment(lexicon, segment.strip(" -"), ion, 3)


def _segment(lexicon: Lexicon, segment: str, ion: str | None, least: int) -> Iterator[_Part]:
    """What one component is: a listed word, formulas, or a compound in words."""
    if not segment:
        return
    inert = _all_inert(lexicon, segment)
    if (meaning := _whole(lexicon, segment)) is not None:
        yield _listed(lexicon, segment, meaning, max(least, 2 if inert else 0))
        return
    if inert:
        return
    formulas = list(_formulas(lexicon, segment, ion))
    yield from (_ranked(lexicon, words, made, read, least) for words, made, read in formulas)
    if formulas:
        return
    made_of = in_words(lexicon, segment)
    if made_of is not None and (read := classify(lexicon.kb, made_of, ion)) is not None:
        yield _ranked(lexicon, segment, made_of, read, least)
    elif (best := _best(lexicon, segment)) is not None:
        yield _listed(lexicon, segment, best.meaning, least)


def _all_inert(lexicon: Lexicon, segment: str) -> bool:
    """Whether a component is a coating or a support and nothing else."""
    text = lexicon.text(segment)
    found = lexicon.book("inert").matches(text)
    places = {place for match in found for place in match.places}
    forms = {place for match in lexicon.book("form").matches(text) for place in match.places}
    rest = {word.stem for place, word in enumerate(text.words) if place not in places | forms}
    return bool(found) and rest <= lexicon.fillers


def _listed(lexicon: Lexicon, words: str, meaning: Meaning, least: int) -> _Part:
    meant = meaning.means[0]
    if meant in _TYPES:
        rank = 2 if meant == "intercalation" else 1
    else:
        rank = 2 if meant in _CARBONS else 1 if lexicon.kb.materials[meant].type == "intercalation" else 0
    return _Part(words, max(least, rank), meaning)


def _ranked(lexicon: Lexicon, words: str, made_of: Composition, read: Classified, least: int) -> _Part:
    same = known_formulas(lexicon).get(made_of.share())
    if same is not None:
        return _listed(lexicon, words, same, least)
    rank = 2 if read.rule == "charged-carbon" else 1 if read.type in {"intercalation", "metal"} else 0
    return _Part(words, max(least, rank), None, made_of)


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
    return {stem(word): parse(formula) for word, formula in lexicon.kb.formula_words.items()}


@lru_cache(maxsize=8)
def known_formulas(lexicon: Lexicon) -> dict[tuple[tuple[str, float], ...], Meaning]:
    """The listed materials and relatives that are formulas, by their composition."""
    known: dict[tuple[tuple[str, float], ...], Meaning] = {}
    for key, kin in lexicon.kb.kin.items():
        for phrase in kin.phrases:
            if (made_of := _strict(phrase)) is not None:
                known.setdefault(made_of.share(), Meaning(f"kin:{key}", (key,), says=kin.because))
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


def _unread(lexicon: Lexicon, own: str) -> Unread:
    ids = related(lexicon.book("anode"), lexicon.text(own), lexicon.fillers)
    shown = f"near in meaning: {', '.join(ids)}; or give" if ids else "give"
    short = own if len(own) <= 60 else own[:57] + "..."
    try:
        made_of = parse(own)
    except FormulaError as error:
        looks = any(sign.isdigit() or sign in "()[]" for sign in own) and " " not in own
        why = f"'{short}' {error}" if looks else f"there is no anode '{short}'"
    else:
        why = f"no rule tells how '{short}' stores an ion ({' and '.join(made_of.atoms)})"
    return Unread("anode", own, f"{why}; {shown} a formula, or a type: intercalation, alloy, conversion or metal", ids)
