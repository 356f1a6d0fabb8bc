"""The other electrode of a sentence: a metal that the anode is cycled against, or the same metal on both sides."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from insitu_advisor.engine.question.phrases import Match, Text
from insitu_advisor.engine.question.understood import Heard

_AGAINST = re.compile(
    r"(?:\b(?:vs\.?|versus|against) ?|\|{1,2} ?|// ?)(?:an? |the )?"
    r"(?P<ion>Li|Na|K|[Ll]ithium|[Ss]odium|[Pp]otassium)(?P<metal> metal| foil| discs?| chips?)?\b(?![-+/|]|-ion| ion)"
)
_ION = re.compile(r"^(?:li|na|k|lithium|sodium|potassium|ion|ions)\+?$", re.IGNORECASE)
_BOTH_SIDES = re.compile(
    r"(?<![\w/|])(?P<ion>Li|Na|K) ?[/|]{1,2} ?(?:[\w().+-]{1,60} ?[/|]{1,2} ?)?(?P=ion)(?![\w+/|])"
)
_ITS_CELL = re.compile(r" ?(?:/|\||cells?\b|(?:pouch|coin|full|cylindrical|18650|21700)\b)", re.IGNORECASE)
_OF_THE_CATHODE = re.compile(
    r"\b(?:of|in|on|at|inside|within) (?:the |my |our |an? )?(?:[\w.()-]{1,40} )?(?:cathode|positive electrode)s?\b"
    r"(?! (?:material )?(?:cells?|full cells?))|\bcathode side\b",
    re.IGNORECASE,
)


def counter_electrode(text: Text) -> frozenset[int]:
    """Places of the metal that an electrode is cycled against: `FeS2 vs Na`, `graphite || Li`; none in `K vs Na`."""
    found: set[int] = set()
    for match in _AGAINST.finditer(text.plain):
        first, behind = _from(text, match.start("ion")), _from(text, match.end())
        before = _from(text, match.start()) - 1
        if before >= 0 and not _ION.match(text.words[before].text):
            found.update(range(first, behind))
    return frozenset(found)


def _from(text: Text, start: int) -> int:
    """Place of the first word that begins at a sign of the text or behind it."""
    return bisect_left(text.words, start, key=attrgetter("start"))


def both_sides(text: Text) -> frozenset[int]:
    """Places of a metal that stands on both sides of a cell: `Li/LLZO/Li`."""
    found = _BOTH_SIDES.search(text.plain)
    if found is None:
        return frozenset()
    return frozenset({_from(text, found.start()), _from(text, found.end()) - 1})


def on_electrolyte(text: Text, solid: Sequence[Match]) -> frozenset[int]:
    """Places of a metal that is named right before a solid electrolyte: `Li on Li6PS5Cl`, `Na | NZSP`."""
    found: set[int] = set()
    for match in solid:
        first = min(match.places)
        before = text.words[first - 1] if first else None
        if before is not None and _ION.match(before.text):
            between = text.plain[before.end : text.words[first].start].strip()
            found |= {first - 1} if between in {"on", "/", "|", "||", "against", "in contact with"} else set()
    return frozenset(found)


def asks_of_cathode(text: Text, alone: frozenset[int]) -> bool:
    """Whether the positive electrode itself is asked about, or named `alone`, at these places, without its cell."""
    if _OF_THE_CATHODE.search(text.plain):
        return True
    return bool(alone) and _ITS_CELL.match(text.plain[text.words[max(alone)].end :]) is None


def told_by_electrodes(
    cell: Heard[tuple[str, ...]] | None, text: Text, against: frozenset[int], positive: frozenset[int]
) -> Heard[tuple[str, ...]] | None:
    """A cell cycled against a metal is a half cell, one with a positive electrode a full one, if not said otherwise."""
    said = () if cell is None else cell.value
    if not (against or positive) or {"half", "full", "symmetric"} & set(said):
        return cell
    kind, note = ("full", "a positive electrode is named") if positive else ("half", "cycled against a metal")
    words = (*(() if cell is None else cell.words), text.shown(positive or against))
    return Heard((*said, kind), words, note)
