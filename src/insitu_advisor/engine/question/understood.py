"""What a sentence was understood to say."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from insitu_advisor.knowledge.claim import Ion, Scale

T = TypeVar("T")


class Heard(NamedTuple, Generic[T]):
    """One answer with the words it was read from; `note` says how, `otherwise` how else to ask."""

    value: T
    words: tuple[str, ...]
    note: str | None = None
    otherwise: str | None = None


class Understood(NamedTuple):
    """What a sentence says. `anode` is in the user's own words; `targets` are ids in the order they were named.

    `techniques` are those named without saying whether they are there, `outside` techniques beyond the eight that were
    named, `unused` the words that gave no answer.
    """

    ion: Heard[Ion] | None = None
    anode: Heard[str] | None = None
    targets: Heard[tuple[str, ...]] | None = None
    parts: tuple[str, ...] = ()
    c_rate: Heard[float] | None = None
    scale: Heard[Scale] | None = None
    facilities: Heard[tuple[str, ...]] | None = None
    budget: Heard[str] | None = None
    cell: Heard[tuple[str, ...]] | None = None
    electrolyte: Heard[tuple[str, ...]] | None = None
    temperature: Heard[float] | None = None
    outside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was understood."""
        return not any((self.ion, self.anode, self.targets, self.facilities, self.electrolyte, self.cell, self.c_rate))
