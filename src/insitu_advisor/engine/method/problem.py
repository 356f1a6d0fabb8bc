"""The question prepared for arithmetic: what takes part, and how much it counts."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.method.arithmetic import shares
from insitu_advisor.engine.question.question import UNLIMITED, Question
from insitu_advisor.knowledge.claim import Scale
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA, Criterion


@dataclass(frozen=True, slots=True)
class Asked:
    """Targets with weights, caps as ordinal places (None: no cap), and the shares of the criteria that take part."""

    targets: tuple[tuple[str, float], ...]
    facilities: frozenset[str] | None
    budget: int | None
    max_preparation: int | None
    scale: Scale | None
    c_rate: float | None
    shares: tuple[tuple[Criterion, float], ...]


def prepare(question: Question) -> Asked:
    """What a question asks, ready to be computed with."""
    facilities = question.facilities.value
    return Asked(
        targets=question.targets.value,
        facilities=None if facilities is None else frozenset(facilities),
        budget=_cap(question.budget.value),
        max_preparation=_cap(question.max_preparation.value),
        scale=question.scale.value,
        c_rate=question.c_rate.value,
        shares=tuple(criterion_shares(question).items()),
    )


def criterion_shares(question: Question) -> dict[Criterion, float]:
    """Share of each criterion that takes part, summing to 1.

    A criterion nobody asked about takes no part: resolution without a scale or a C-rate, the system when ion and anode
    type are both open, cost or preparation declared unlimited, anything with a weight of zero. Should every criterion
    drop out, information alone decides.
    """
    absent: set[Criterion] = set()
    if question.scale.value is None and question.c_rate.value is None:
        absent.add("resolution")
    if question.ion.value is None and question.anode.value is None:
        absent.add("system")
    if question.budget.value == UNLIMITED:
        absent.add("cost")
    if question.max_preparation.value == UNLIMITED:
        absent.add("preparation")
    given = dict(question.weights.value)
    taking_part = {
        criterion: given[criterion] for criterion in CRITERIA if criterion not in absent and given[criterion]
    }
    if not taking_part:
        return {"information": 1.0}
    return shares(taking_part)  # type: ignore[return-value,arg-type]


def _cap(tier: str | None) -> int | None:
    return None if tier is None or tier == UNLIMITED else TIERS.index(tier)
