"""What a word was read as, or why it was not."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.lexicon import WordKind

LONGEST_WORD = 300


class Reading(NamedTuple):
    """What a word stands for, in order; `note` tells the user how it was read where that is not plain, `otherwise` in
    short how to say what else may have been meant.

    `parts` are narrower asks (the onset of plating), `also` other ids it could have meant, `outside` techniques beyond
    the eight that are the usual answer, `unused` words that added nothing.
    """

    kind: WordKind
    words: str
    ids: tuple[str, ...]
    note: str | None = None
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    otherwise: str | None = None


class AnodeReading(NamedTuple):
    """An anode as the user calls it: its type, the listed material or relative it goes by, and the traits it has.

    `borrowed` says that `material` is only a relative; `ion` is what the word itself says (lithium metal). `traits` are
    those its name tells of, without those of the material, which depend on the ion. `otherwise` is the note in short,
    where a reader might have meant something else.
    """

    words: str
    type: AnodeType
    material: str | None = None
    borrowed: bool = False
    traits: tuple[str, ...] = ()
    ion: Ion | None = None
    note: str | None = None
    because: str | None = None
    basis: str = "judgement"
    sources: tuple[str, ...] = ()
    otherwise: str | None = None


class Unread(NamedTuple):
    """A word that was not read: what is wrong, what to do, and ids of related meaning."""

    kind: WordKind
    words: str
    advice: str
    related: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


Answered: TypeAlias = Reading | Unread


def too_long(kind: WordKind, word: str) -> Unread | None:
    """A refusal of a text that is no word; None for one that may be read."""
    if len(word) > LONGEST_WORD:
        start = word[:30] + "..."
        return Unread(kind, start, f"'{start}' has {len(word)} signs; write at most {LONGEST_WORD}")
    return None if word.strip() else Unread(kind, word, f"no {kind} is named; write one, or leave it out")
