"""Words as they are compared: one spelling for British and American, singular and plural, signs above and below."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"[a-z0-9]+(?:[.'][a-z0-9]+)*\+?", re.IGNORECASE)
_UNIT = re.compile(rf"<[a-z_]+>|{_WORD.pattern}", re.IGNORECASE)
_SIGNS = {
    "µ": "u",
    "μ": "u",
    "′": "'",
    "→": " ",
    "×": "x",
    "−": "-",
    "–": "-",
    "—": " - ",
    "‑": "-",
    "‐": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "·": "*",
    "‧": "*",
}
_SIGN_TABLE = str.maketrans(_SIGNS)
# Spelling first, then endings; only what both spellings share has to stay.
_SPELLING = (
    ("sulph", "sulf"), ("aluminium", "aluminum"), ("fibre", "fiber"), ("centre", "center"), ("colour", "color"),
    ("behaviour", "behavior"), ("haem", "hem"), ("ageing", "aging"), ("isation", "ization"), ("lyse", "lyze"),
    ("moessbauer", "mossbauer"), ("mould", "mold"), ("vapour", "vapor"), ("modell", "model"), ("labell", "label"),
)  # fmt: skip
_AS_WRITTEN = frozenset({"gas", "bias", "species", "series", "analysis", "always", "basis", "perhaps", "plus", "gauss"})
_BRITISH_VERB = re.compile(r"(?<=[a-z]{4})is(?=(?:e|es|ed|ing)$)")
# `SnSe` is no plural of `SnS`, but `CNTs` is one of `CNT`.
_FORMULA_LIKE = re.compile(r"^(?=.*[a-z]).+?[A-Z]")
_LOWER_RUN = re.compile(r"[a-z]{3}")
_MANY = re.compile(r"(?<=[A-Z]{2})s$")
_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = ("ing", "ion", "ed", "ly", "e")


class Token(NamedTuple):
    """One word of a text: as written, its stem, and where it stands in the plain text."""

    text: str
    stem: str
    start: int
    end: int


def plain(text: str) -> str:
    """Text with ordinary letters and signs: no accents, sub- or superscripts, control or formatting characters."""
    if text.isascii() and text.isprintable():
        return text
    spelled = unicodedata.normalize("NFKD", text.translate(_SIGN_TABLE)).translate(_SIGN_TABLE)
    kept = (c if c.isprintable() else " " for c in spelled if unicodedata.category(c) not in {"Mn", "Cf"})
    return "".join(kept)


def as_typed(text: str) -> str:
    """Text as it was typed, but on one line, without signs that steer a terminal, hide text or cannot be written."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def tokens(text: str) -> list[Token]:
    """The words of a plain text in order."""
    return [Token(m[0], stem(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order."""
    return tuple(token.stem for token in tokens(plain(text)))


def units(phrase: str, small: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """What a phrase asks for, in order: stems and `<group>`s, the small words left out unless there is nothing else."""
    found = tuple(part if part[0] == "<" else stem(part) for part in _UNIT.findall(plain(phrase)))
    return tuple(unit for unit in found if unit not in small) or found


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending: `cracks`, `cracked` and `cracking` are one, `oxide` and `oxidation` are two."""
    word = word.removesuffix("'s").removesuffix("'S")
    if _FORMULA_LIKE.match(word) and not _LOWER_RUN.search(word):
        return _MANY.sub("", word).lower()
    word = word.lower().replace("'", "")
    if len(word) > 40 or not word.isalpha():
        return word.removesuffix("s") if word.endswith("+s") else word
    for british, american in _SPELLING:
        word = word.replace(british, american)
    word = _BRITISH_VERB.sub("iz", word)
    if word in _AS_WRITTEN:
        return word
    word = _singular(word).replace("ization", "ize")
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if (
            rest != word
            and rest[-1:] + ending != "eed"
            and len(rest) >= (4 if ending == "e" else 3)
            and _VOWEL.search(rest)
        ):
            return _single_end(rest)
    return _single_end(word)


def _singular(word: str) -> str:
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word.removesuffix("ies") + "y"
    return word.removesuffix("s")


def _single_end(word: str) -> str:
    """`mapp` of `mapping` is `map`; `swell` stays."""
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    return word[:-1] if doubled else word
