"""Any anode: listed, a relative of a listed one, a blend, a formula or a compound in words."""

from __future__ import annotations

import re

from insitu_advisor.engine.question.components import Part, formula_in, parts_of, whole_word
from insitu_advisor.engine.question.formula import FormulaError, classify, parse, unknown_to_alloy
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.listed import TYPE_NAME, by_name, from_phrase, with_ion
from insitu_advisor.engine.question.near import related
from insitu_advisor.engine.question.phrases import Meaning
from insitu_advisor.engine.question.reading import AnodeReading, Unread, too_long
from insitu_advisor.engine.question.wording import joined, short
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.lexicon import WordKind
from insitu_advisor.knowledge.stems import as_typed, plain

_ASIDE = re.compile(r"(?<=\s)\((?![A-Z0-9])[^()]*\)|^\([a-z ]+\)\s")
# What an anode is against is its electrolyte or its counter electrode, and what a metal lies on no anode of its own.
_OPPOSITE = re.compile(
    r"(?<=\S) (?:against|versus|vs\.?|facing|touching|in contact with) "
    r"|(?<= metal) (?:plated |deposited )?(?:on|onto) ",
    re.IGNORECASE,
)
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_INSTEAD = "give a formula, or a type: intercalation, alloy, conversion or metal"
# What is no anode; the lexicon says so of the first two.
_KINDS: tuple[tuple[WordKind, str | None], ...] = (
    ("battery", None),
    ("cathode", None),
    ("electrolyte", "it is an electrolyte; say so with --electrolyte, and name the anode"),
)


def read_anode(lexicon: Lexicon, word: str, ion: str | None = None) -> AnodeReading | Unread:
    """An anode from what the user calls it; the words stay as they were given."""
    if refused := too_long("anode", word):
        return refused
    if (listed := by_name(lexicon, word, ion)) is not None:
        return listed
    text = _OPPOSITE.split(" ".join(plain(word).split()), maxsplit=1)[0]
    read = _composed(lexicon, word, text, ion)
    if isinstance(read, AnodeReading) and (formed := _form_traits(lexicon, text)):
        return read._replace(traits=(*read.traits, *formed))
    return read


def _form_traits(lexicon: Lexicon, text: str) -> tuple[str, ...]:
    """The traits that words for the form of a material tell of: nanoparticles are smaller than a focused beam."""
    found = lexicon.book("form").matches(lexicon.text(text))
    return tuple(dict.fromkeys(trait for match in found for trait in match.meaning.means))


def _composed(lexicon: Lexicon, word: str, text: str, ion: str | None) -> AnodeReading | Unread:
    """What a name says that is not listed word for word."""
    own = as_typed(word)
    bare = _ASIDE.sub(" ", text).strip() or text
    if (fault := _unbalanced(text)) is not None:
        return Unread("anode", word, f"'{short(own)}' {fault}; {_INSTEAD}")
    if says := _no_anode(lexicon, bare):
        return Unread("anode", word, f"'{short(own)}': {says}")
    if (whole := whole_word(lexicon, bare)) is not None:
        return from_phrase(lexicon, own, with_ion(whole, ion), ion)
    parts = sorted(parts_of(lexicon, bare, ion), key=lambda part: part.rank)
    alone = formula_in(bare)
    if not parts and alone is not None and " " not in bare:
        parts = [Part(bare, 0, None, alone)]
    if not parts:
        return _unread(lexicon, own)
    first = parts[0]
    blended = [part for part in parts if part.rank < 3]
    named = {part.listed.means[0] for part in blended if part.listed is not None}
    if named & {"silicon", "silicon-oxide"} and "graphite" in named:
        return from_phrase(lexicon, own, Meaning("silicon-graphite", ("silicon-graphite",)), ion)
    if first.listed is not None:
        return from_phrase(lexicon, own, with_ion(first.listed, ion), ion, first.words if len(blended) > 1 else None)
    return _from_formula(lexicon, own, first, ion, len(blended) > 1)


def _unbalanced(text: str) -> str | None:
    """What is wrong with the brackets of a name."""
    waiting: list[str] = []
    for sign in text:
        if sign in _CLOSING:
            waiting.append(_CLOSING[sign])
        elif sign in _CLOSING.values() and (not waiting or waiting.pop() != sign):
            return f"has a bracket '{sign}' that was not opened"
    return f"has a bracket that is not closed ('{waiting[-1]}' is missing)" if waiting else None


def _no_anode(lexicon: Lexicon, text: str) -> str | None:
    """What to say where nothing but a positive electrode or an electrolyte is named."""
    heard = lexicon.text(text)
    said = len([word for word in heard.words if word.stem not in lexicon.fillers])
    for kind, says in _KINDS:
        found = lexicon.book(kind).matches(heard)
        plain_word = len(heard.words) == 1 and heard.words[0].text.islower()
        if found and len(found[0].places) >= said and not (kind == "electrolyte" and plain_word):
            return says or found[0].meaning.says
    return None


def _from_formula(lexicon: Lexicon, own: str, part: Part, ion: str | None, blended: bool) -> AnodeReading | Unread:
    """What the rules say of a formula."""
    read = classify(lexicon.kb, part.made_of, ion) if part.made_of is not None else None
    if read is None:
        return _unread(lexicon, own)
    within = f"of its parts {part.words} is taken; " if blended else ""
    strange = unknown_to_alloy(lexicon.kb, read.by, ion) if read.rule == "alloying" else ()
    doubt = f"; no source is known to us for {joined(strange)} with {ion}" if strange else ""
    note = (
        f"{within}read as {TYPE_NAME[read.type]} because of {joined(read.by)}: {read.because}{doubt}; "
        f"correct it with --anode {_other(read.type)}"
    )
    metal: dict[str, Ion] = {"Li": "Li", "Na": "Na", "K": "K"}
    implied = metal.get(read.by[0]) if read.type == "metal" and len(read.by) == 1 else None
    correct = f"correct it with --anode {_other(read.type)}"
    in_short = f"{within}read as {TYPE_NAME[read.type]} because of {joined(read.by)}; {correct}"
    return AnodeReading(
        own, read.type, None, False, read.traits, implied, note, read.because, read.basis, read.sources, in_short
    )


def _other(kind: AnodeType) -> str:
    return " or ".join(each for each in ("intercalation", "alloy", "conversion") if each != kind)


def _unread(lexicon: Lexicon, own: str) -> Unread:
    ids = related(lexicon.book("anode"), lexicon.text(own), lexicon.fillers)
    told = short(own)
    try:
        made_of = parse(own)
    except FormulaError as error:
        looks = any(sign.isdigit() or sign in "()[]" for sign in own) and " " not in own
        why = f"'{told}' {error}" if looks else f"there is no anode '{told}'"
    else:
        why = f"no rule tells how '{told}' stores an ion ({joined(tuple(made_of.atoms))})"
    shown = f"near in meaning: {', '.join(ids)}; or " if ids else ""
    return Unread("anode", own, f"{why}; {shown}{_INSTEAD}", ids)
