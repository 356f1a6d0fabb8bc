"""A fault in a knowledge base, before it is known in which file it stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from insitu_advisor.knowledge.spelling import nearest

Loc = tuple[str | int, ...]


class Finding(NamedTuple):
    """A fault: where, what to do, a second place that may have caused it, and a word among those it may stand for."""

    loc: Loc
    what: str
    also: Loc = ()
    word: str = ""
    known: Collection[str] = ()

    @property
    def told(self) -> str:
        """What to do, with the known word nearest to the unknown one: looked for only here, since that takes long."""
        return f"{self.what}{nearest(self.word, self.known)}" if self.word else self.what


def unknown(loc: Loc, kind: str, words: Iterable[str], known: Collection[str]) -> Iterator[Finding]:
    """A fault for each word that is not among the known ones."""
    for word in words:
        if word not in known:
            yield Finding(loc, f"there is no {kind} '{word}'", word=word, known=known)
