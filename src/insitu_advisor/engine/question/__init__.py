"""The question: what was asked, and where each answer to it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, Literal, TypeVar

from insitu_advisor.knowledge.claim import AnodeType, Ion, Scale
from insitu_advisor.knowledge.vocabulary import Criterion

T = TypeVar("T")

AnswerSource = Literal["given", "assumed", "lab-profile"]
UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """One answer with its source; `note` says what was understood or assumed, in words for the reader."""

    value: T
    source: AnswerSource = "given"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A complete question. None stands for an answer left open.

    `targets` are (id, weight) pairs; `facilities` None means no limit; `budget` and `max_preparation` None mean no cap
    while cost and effort still count, and `unlimited` takes the criterion out; `c_rate` is in 1/h.
    """

    ion: Answer[Ion | None]
    anode: Answer[AnodeType | None]
    material: Answer[str | None]
    targets: Answer[tuple[tuple[str, float], ...]]
    budget: Answer[str | None]
    max_preparation: Answer[str | None]
    facilities: Answer[tuple[str, ...] | None]
    scale: Answer[Scale | None]
    c_rate: Answer[float | None]
    weights: Answer[tuple[tuple[Criterion, float], ...]]
    profile: Answer[str | None]

    @property
    def target_ids(self) -> tuple[str, ...]:
        """Ids of the targets, in the order given."""
        return tuple(target for target, _ in self.targets.value)

    def with_answer(self, field: str, value: Any, note: str | None = None) -> Question:
        """The same question with one answer replaced."""
        return replace(self, **{field: Answer(value, "given", note)})
