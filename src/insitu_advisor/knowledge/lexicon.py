"""Sections on what people type: words and what they mean, techniques outside the eight, rules for formulas."""

from typing import Annotated, Literal

from pydantic import Field

from insitu_advisor.knowledge.claim import AnodeType, CellWord, Claim, Entry, Id, Ion, Scale, Text
from insitu_advisor.knowledge.forms import FrozenMap

WordKind = Literal[
    "target", "facility", "way", "anode", "cathode", "battery", "ion", "cell", "electrolyte", "temperature", "scale",
    "budget", "form", "inert", "product", "filler", "cue", "not",
]  # fmt: skip
Symbol = Annotated[str, Field(pattern=r"^[A-Z][a-z]?$")]
GroupName = Annotated[str, Field(pattern=r"^[a-z_]+$", max_length=40)]


class WordList(Entry):
    """Phrases that mean the same; `also` declares what else they could mean, and with which words one asks for that.

    `{group}` in a phrase stands for any word of that group. The words of a phrase may come in any order. No `means` for
    a goal says that it is not covered; `with_ion` and
    `with_anode` give the meaning with one ion or on one type of anode; with `context` a phrase
    counts in a sentence only where no other goal is named; `says` is what a reader is told.
    """

    kind: WordKind
    means: tuple[Text, ...] = ()
    part: Id | None = None
    also: FrozenMap[Id, Text] = Field(default_factory=dict)
    with_ion: FrozenMap[Ion, Text] = Field(default_factory=dict)
    with_anode: FrozenMap[AnodeType, tuple[Text, ...]] = Field(default_factory=dict)
    context: Annotated[bool, Field(strict=True)] = False
    says: Text | None = None
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]


class Outsider(Claim):
    """A technique that is not ranked: what it is the usual answer for, what limits it, and who says so.

    An answer names it for a goal in `targets` that none of the eight sees best; at the scales in `first_at` (`open`: no
    scale was asked) it does so in any case. With `cells` it does so only where one of these cells was asked, and never
    where one of `never_in` was.
    """

    name: Text
    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]
    goals: tuple[Text, ...] = ()
    answers: Text
    targets: tuple[Id, ...] = ()
    first_at: tuple[Scale | Literal["open"], ...] = ()
    ions: tuple[Ion, ...] = ("Li", "Na", "K")
    cells: tuple[CellWord, ...] = ()
    never_in: tuple[CellWord, ...] = ()
    limits: Text


class ElementGroup(Claim):
    """Elements that behave alike towards an ion, or in a compound."""

    elements: Annotated[tuple[Symbol, ...], Field(min_length=1)]
    means: Text


class Makeup(Entry):
    """A condition over the elements of a formula; every field that is given must hold.

    `has`: of each entry one element or group, `|` stands between alternatives; `without`: none of these; `only`:
    nothing but these; `ratio`: so many atoms of the second (least, most) per atom of the first, if any; `unit`: a part
    in brackets; `ions`: with these ions only.
    """

    has: tuple[Text, ...] = ()
    without: tuple[Text, ...] = ()
    only: tuple[Text, ...] = ()
    ratio: tuple[Text, Text, float, float] | None = None
    unit: Text | None = None
    ions: tuple[Ion, ...] = ()


class AnodeRule(Claim):
    """How a formula is classified: condition, type, the reason in words ({by} is what decided), an example of each."""

    when: Makeup
    type: AnodeType
    by: Text
    because: Text
    examples: Annotated[tuple[Text, ...], Field(min_length=1)]


class TraitRule(Claim):
    """Which traits a formula switches on."""

    when: Makeup
    types: tuple[AnodeType, ...] = ()
    traits: Annotated[tuple[Id, ...], Field(min_length=1)]


class Kinship(Entry):
    """Materials that are not the listed one but near enough that its cautions and studies are borrowed, and said so.

    Of those in `unlike` only the traits are borrowed: what is said of the listed material by name holds not for them.
    """

    phrases: Annotated[tuple[Text, ...], Field(min_length=1)]
    unlike: tuple[Text, ...] = ()
    because: Text
