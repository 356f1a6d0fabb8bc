"""References, published studies, what was searched for in vain, and the conflicts between sources."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from insitu_advisor.knowledge.claim import (
    AnodeType,
    Claim,
    Entry,
    Id,
    Ion,
    Number,
    Statement,
    Text,
    printable,
)
from insitu_advisor.knowledge.forms import FrozenMap
from insitu_advisor.knowledge.rule import Condition

ReferenceKind = Literal[
    "article",
    "review",
    "preprint",
    "thesis",
    "dataset",
    "software",
    "maker",
    "facility",
    "conference",
    "patent",
    "report",
]
TechniqueIds = tuple[Id, ...]
_RATE = re.compile(r"\bC/(?P<hours>\d+(?:\.\d+)?)|(?P<times>\d+(?:\.\d+)?) ?C\b")


def _rates(text: str) -> list[float]:
    """Every C-rate of a text, such as `C/4 and 1C`, in 1/h."""
    found = _RATE.finditer(text)
    return [1.0 / float(rate["hours"]) if rate["hours"] else float(rate["times"]) for rate in found]


def _names_a_rate(text: str) -> str:
    if not _rates(text):
        raise ValueError("names no C-rate; write it as printed, such as C/10 or 2C, or leave it out")
    return text


class Reference(Entry):
    """A source. `read` says what of it was seen; `review_number` is its number in the review's own list."""

    kind: ReferenceKind = "article"
    review_number: Annotated[int, Field(ge=1, le=136, strict=True)] | None = None
    authors: Text | None = None
    title: Text | None = None
    about: Text | None = None
    journal: Text | None = None
    publisher: Text | None = None
    year: Annotated[int, Field(ge=1900, le=2100, strict=True)] | None = None
    volume: Text | None = None
    pages: Text | None = None
    doi: Annotated[str, Field(pattern=r"^10\.\d{4,9}/[^\s<>\"]+$"), AfterValidator(printable)] | None = None
    eprint: Text | None = None
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"]+$"), AfterValidator(printable)] | None = None
    read: Text | None = None
    in_situ: TechniqueIds = ()
    note: Text | None = None


class Study(Entry):
    """A published study that used a technique on an anode: what it asked and found, where what was read of it tells.

    `material` is in the words of the study; `materials` are the materials of the knowledge base it belongs to. `ways`
    says how a technique was done: the id of a way, or a short name where there is none. `c_rate` and `cell` are as
    printed; `seconds_per_point` is one number or [low, high]. A rate, the id of a way and a goal that was asked say
    together that this way follows such a cell up to there.
    """

    reference: Id
    ions: Annotated[tuple[Ion, ...], Field(min_length=1)]
    anode: Annotated[
        tuple[AnodeType, ...],
        Field(min_length=1),
    ]
    material: Text
    materials: tuple[Id, ...] = ()
    techniques: Annotated[TechniqueIds, Field(min_length=1)]
    in_review_list: Annotated[bool, Field(strict=True)]
    confirmed_by: Literal["title", "abstract", "full text", "review text"]
    ways: FrozenMap[Id, Text] = Field(default_factory=dict)
    asked: tuple[Id, ...] = ()
    asked_basis: Literal["title", "abstract", "full text", "review text"] | None = None
    found: Text | None = None
    c_rate: Annotated[Text, AfterValidator(_names_a_rate)] | None = None
    seconds_per_point: Number | tuple[Number, Number] | None = None
    cell: Text | None = None
    note: Text | None = None

    @property
    def fastest_rate(self) -> float | None:
        """The fastest C-rate printed, in 1/h."""
        return max(_rates(self.c_rate)) if self.c_rate else None


class Conflict(Entry):
    """Two sources that disagree, and how to live with it."""

    topic: Text
    one_side: Statement
    other_side: Statement
    advice: Text
    techniques: tuple[Id, ...] = ()
    ions: tuple[Ion, ...] = ()
    materials: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()


class Perspective(Statement):
    """What the review wishes for in its outlook; shown as a caution where its condition, if it has one, holds."""

    when: Condition = Condition()


class Search(Entry):
    """What was looked for where fewer than two studies are known: the queries as typed, or `instead` why none."""

    ion: Ion
    anode: AnodeType
    technique: Id
    queries: tuple[Text, ...] = ()
    instead: Text | None = None


__all__ = ["Claim", "Conflict", "Reference", "Search", "Study"]
