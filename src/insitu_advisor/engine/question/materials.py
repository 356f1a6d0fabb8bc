"""The anode of a sentence, in the user's own words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from insitu_advisor.engine.question.anodes import read_anode
from insitu_advisor.engine.question.components import formula_in
from insitu_advisor.engine.question.formula import Composition
from insitu_advisor.engine.question.lexicon import Lexicon
from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.engine.question.reading import AnodeReading
from insitu_advisor.knowledge.claim import Ion

_CHUNK = re.compile(r"\S{1,80}")
ANODE_WORDS = frozenset({"anod", "electrod", "host", "typ", "material", "negativ"})
# Words that are materials behind --anode, and mean something else in most sentences.
_ALSO_ENGLISH = frozenset(
    {"lead", "in", "as", "at", "no", "he", "be", "i", "p", "k", "c", "go", "hc", "sc", "g", "a", "d"}
)
_LABEL = re.compile(
    r"(?:^|[.;,(?!\n] *)(?:the |my |our )?(?:anode|negative electrode|host|anode material|electrode material)s?: ?"
    r"(?P<name>(?:[^,;.:(]|[.,](?=[\w])|\((?=\S)[^()]{0,20}\)(?=\w)){1,120}(?: ?\([^()]{0,200}\))?)",
    re.IGNORECASE,
)
_UNSAID = frozenset(
    {"alkali", "ion", "carbon", "lithium", "sodium", "potassium", "li", "na", "li+", "na+", "k+", "metal", "organic"}
)
_TUBE = re.compile(r"[ -](?:X-ray )?(?:source|tube|radiation|K ?-?(?:alpha|α|a\b|beta))", re.IGNORECASE)
# `lithium metal on gold` is a metal anode.
_UNDER = re.compile(
    r"\b(?:Li|Na|K|[Ll]ithium|[Ss]odium|[Pp]otassium) metal (?:is |was )?(?:plated |deposited )?(?:on|onto) "
    r"(?:an? |the |bare |thin )?(?=\w)"
)
_MOST_CANDIDATES, _MOST_CHUNKS, _WIDEST = 24, 400, 8
_ALKALI = frozenset({"Li", "Na", "K"})
_INSIDE = frozenset({"C", "Si", "Ge", "Sn", "Pb", "P", "Sb", "Bi", "Al", "In", "Zn", "O", "S", "Se", "Te", "N", "F"})


class Named(NamedTuple):
    """An anode that was named: the user's words, their places, and the ion they imply."""

    words: str
    places: frozenset[int]
    ion: Ion | None
    note: str | None
    type: str


class _Candidate(NamedTuple):
    doubt: int
    place: int
    named: Named


def material_in(lexicon: Lexicon, text: Text, taken: frozenset[int]) -> Named | None:
    """The material a sentence is about: not one it is compared with, not a product, not the counter electrode."""
    found = list(_candidates(lexicon, text, taken))
    best = min(found, key=lambda each: (each.doubt, each.place, -len(each.named.places)), default=None)
    return None if best is None else best.named


def _candidates(lexicon: Lexicon, text: Text, taken: frozenset[int]) -> Iterator[_Candidate]:
    counters = [place for place, word in enumerate(text.words) if word.stem == "counter"]
    behind = lexicon.compared(text) | {place for counter in counters for place in range(counter - 2, counter)}
    behind |= {place for found in _UNDER.finditer(text.plain) for place in _at(text, found.end())}
    if said := labelled(text) - taken:
        first, last = text.words[min(said)], text.words[max(said)]
        words = text.plain[first.start : last.end].partition("(")[0].strip()
        read = read_anode(lexicon, words)
        if isinstance(read, AnodeReading):
            yield _Candidate(-1, min(said), Named(words, said, read.ion, read.note, read.type))
    seen: set[tuple[str, bool]] = set()
    goals = [match.places for match in lexicon.book("target").cover(text, close=True) if match.size > 1]
    for places in chain(_phrases(lexicon, text), _chunks(text)):
        if places & taken or _x_rays(text, places):
            continue
        asked = frozenset(place for goal in goals if not goal & places for place in goal)
        whole = _widened(lexicon, text, places, asked) - taken
        words, aside = _written(text, whole), bool(places & behind)
        if (words, aside) in seen or len(seen) == _MOST_CANDIDATES:
            continue
        seen.add((words, aside))
        read = read_anode(lexicon, words)
        if isinstance(read, AnodeReading):
            doubt = _doubt(read) + (4 if aside else 0) + (3 if _product(words) else 0)
            doubt -= 2 if read.type == "metal" and not aside and _as_anode(text, whole) else 0
            ion = read.ion or charged_with(words)
            yield _Candidate(doubt, min(places), Named(words, whole, ion, read.note, read.type))


def _at(text: Text, start: int) -> range:
    """The place of the word that begins at a sign of the text."""
    place = bisect_left(text.words, start, key=attrgetter("start"))
    return range(place, min(place + 1, len(text.words)))


def labelled(text: Text) -> frozenset[int]:
    """Places of what stands behind `Anode:`, up to the next comma, with what follows in brackets."""
    found = _LABEL.search(text.plain)
    if found is None:
        return frozenset()
    start, end = found.span("name")
    return frozenset(place for place, word in enumerate(text.words) if start <= word.start < end)


def _doubt(read: AnodeReading) -> int:
    """A carbon is often the coating, a metal often the counter electrode, a type often a process."""
    if read.type == "metal":
        return 2
    if read.material is None and read.because is None:
        return 3
    return 1 if read.material in {"doped-carbon", "graphene-oxide"} else 0


def _phrases(lexicon: Lexicon, text: Text) -> Iterator[frozenset[int]]:
    """Listed words; a word with other meanings only beside `anode`, `electrode` and the like."""
    for match in lexicon.book("anode").cover(text, close=True, kept=lambda match: _side_by_side(text, match)):
        stems = {text.words[place].stem for place in match.places}
        kind = match.meaning.means[0] in {"intercalation", "alloy", "conversion", "metal"}
        common = match.size == 1 and bool(stems & (_ALSO_ENGLISH | _UNSAID))
        plain_kind = kind and match.meaning.says is None
        if not (common or plain_kind) or _as_anode(text, match.places):
            yield match.places


def _beside_anode(text: Text, places: frozenset[int]) -> bool:
    behind = max(places) + 1
    return behind < len(text.words) and text.words[behind].stem in ANODE_WORDS


def _as_anode(text: Text, places: frozenset[int]) -> bool:
    """Whether a metal is called the anode or the electrode, so that it is no counter electrode."""
    return _beside_anode(text, places) or any(text.words[place].stem in {"anod", "electrod"} for place in places)


def _chunks(text: Text) -> Iterator[frozenset[int]]:
    """Formulas, by the places of the words they consist of."""
    known: dict[str, bool] = {}
    for found in _CHUNK.finditer(text.plain):
        chunk = _bare(found[0])
        if chunk not in known and len(known) < _MOST_CHUNKS:
            known[chunk] = _formula_like(chunk)
        if not known.get(chunk):
            continue
        start = found.start() + found[0].find(chunk)
        low = bisect_left(text.words, start, key=attrgetter("start"))
        high = bisect_left(text.words, start + len(chunk), key=attrgetter("start"))
        places = range(low, high)
        if places:
            yield frozenset(places)


def _bare(chunk: str) -> str:
    """A chunk without the signs around it; brackets of its own, as in TiO2(B), stay."""
    chunk = chunk.strip(",.;:?!'\"")
    for opening, closing in ("()", "[]"):
        if chunk.count(opening) != chunk.count(closing) or chunk.startswith(opening):
            chunk = chunk.strip(opening + closing)
    return chunk.strip(",.;:?!'\"")


def _formula_like(chunk: str) -> bool:
    """Whether a chunk, or a piece of it, is a formula and no English word or abbreviation."""
    pieces = [piece for piece in re.split(r"[@/|+]", chunk) if piece]
    joined = chunk.split("-")
    return any(map(_is_formula, pieces[:6])) or (1 < len(joined) <= 6 and all(map(_is_formula, joined)))


def _is_formula(piece: str) -> bool:
    made = formula_in(piece)
    return made is not None and _sure(piece, made)


def _sure(piece: str, made: Composition) -> bool:
    if len(made.atoms) > 1:
        return any(sign.islower() or sign.isdigit() for sign in piece) and not piece.islower()
    return len(piece) == 2 and piece[0].isupper() and piece.lower() not in _ALSO_ENGLISH and piece not in _ALKALI


def _widened(lexicon: Lexicon, text: Text, places: frozenset[int], asked: frozenset[int]) -> frozenset[int]:
    """The words with those that touch them without a space, and the words of form next to them that name no goal."""
    low, high = min(places), max(places)
    first, last = max(0, low - _WIDEST), min(len(text.words) - 1, high + _WIDEST)
    while low > first and low - 1 not in asked and _belongs(lexicon, text, low - 1, text.words[low - 1].stem):
        low -= 1
    while high < last and high + 1 not in asked and _belongs(lexicon, text, high, text.words[high + 1].stem):
        high += 1
    return frozenset(range(low, high + 1))


def _written(text: Text, places: frozenset[int]) -> str:
    """The words as they were written, with the bracket that closes behind the last."""
    words, end = text.shown(places), text.words[max(places)].end
    return f"{words})" if words.count("(") > words.count(")") and text.plain[end : end + 1] == ")" else words


def _belongs(lexicon: Lexicon, text: Text, place: int, neighbour: str) -> bool:
    """Whether the words at a place and behind it name one material: a form beside it, or parts of a blend."""
    between = text.plain[text.words[place].end : text.words[place + 1].start]
    if between and not between.strip("@/|+()[]"):
        # `Sb/KFSI` is an electrode in its salt.
        return between.strip() != "/" or neighbour not in _salts(lexicon)
    return between in {" ", "-"} and neighbour in lexicon.forms - ANODE_WORDS


def _salts(lexicon: Lexicon) -> frozenset[str]:
    """Stems of the salts by which an ion is told."""
    return frozenset(key[0] for key in lexicon.book("ion").phrases if len(key) == 1 and len(key[0]) > 3)


def _side_by_side(text: Text, match: Match) -> bool:
    return all(_joined(text, place) for place in sorted(match.places)[:-1])


def _joined(text: Text, place: int) -> bool:
    """Whether only a space or a sign that joins stands between a word and the next."""
    return text.plain[text.words[place].end : text.words[place + 1].start] in {" ", "-", "/", "("}


def charged_with(words: str) -> Ion | None:
    """The ion of a charged state."""
    made = next((formula_in(word) for word in words.split() if _is_product(word)), None)
    held = sorted(made.atoms.keys() & _ALKALI) if made is not None else []
    return held[0] if len(held) == 1 else None  # type: ignore[return-value]


def products_in(text: Text, own: frozenset[int]) -> frozenset[int]:
    """Places of compounds that a reaction makes, such as K3Bi, besides the anode: each is known by its phase."""
    starts = {text.words[place].start for place in own}
    found: set[int] = set()
    for match in _CHUNK.finditer(text.plain):
        chunk = _bare(match[0])
        start = match.start() + match[0].find(chunk)
        if start not in starts and any(map(str.isdigit, chunk)) and _product(chunk):
            found.update(_at(text, start))
    return frozenset(found)


def _x_rays(text: Text, places: frozenset[int]) -> bool:
    """Whether an element is the anode of an X-ray tube: `Ag source`, `Mo K alpha`."""
    behind = text.plain[text.words[max(places)].end :]
    return _TUBE.match(behind) is not None


def _product(words: str) -> bool:
    """Whether the words are a charged state, such as Li15Si4 or KC8, and no material that one buys."""
    return any(_is_product(word) for word in words.split())


def _is_product(word: str) -> bool:
    made = formula_in(word)
    if made is None or not made.atoms.keys() & _ALKALI:
        return False
    rest = made.atoms.keys() - _ALKALI
    return len(rest) == 1 and rest <= _INSIDE
