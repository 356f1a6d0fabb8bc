"""The question prepared for arithmetic: what takes part, and how much it counts."""

from __future__ import annotations

from typing import Any, NamedTuple

from insitu_advisor.engine.method.arithmetic import shares
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.question.question import UNLIMITED, Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Scale
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA, Criterion


@by_identity
class Problem(NamedTuple):
    """Goals with their shares (sum 1), caps as ordinal places (None: no cap), shares of the criteria (sum 1).

    `looked` keeps what each way of measuring sees once it was looked at; it is no part of the problem.
    """

    goals: tuple[tuple[str, float], ...]
    facilities: frozenset[str] | None
    budget: int | None
    max_preparation: int | None
    scale: Scale | None
    c_rate: float | None
    shares: tuple[tuple[Criterion, float], ...]
    looked: dict[Any, Any]

    @property
    def limited(self) -> bool:
        """Whether instruments, cost or preparation were limited."""
        return any(limit is not None for limit in (self.facilities, self.budget, self.max_preparation))

    @property
    def goal_ids(self) -> tuple[str, ...]:
        """What is asked, in order; a target with parts stands as its parts."""
        return tuple(goal for goal, _ in self.goals)


def prepare(question: Question, kb: KnowledgeBase) -> Problem:
    """What a question asks, ready to be computed with."""
    facilities = question.facilities.value
    return Problem(
        goals=_goals(question, kb),
        facilities=None if facilities is None else frozenset(facilities),
        budget=_cap(question.budget.value),
        max_preparation=_cap(question.max_preparation.value),
        scale=question.scale.value,
        c_rate=question.c_rate.value,
        shares=tuple(criterion_shares(question).items()),
        looked={},
    )


def criteria_of(question: Question) -> list[Criterion]:
    """The criteria a question can put to use, whatever their weight."""
    absent: set[Criterion] = set()
    if question.ion.value is None and question.anode_type is None:
        absent.add("track-record")
    if question.budget.value == UNLIMITED:
        absent.add("cost")
    if question.max_preparation.value == UNLIMITED:
        absent.add("preparation")
    return [criterion for criterion in CRITERIA if criterion not in absent]


def criterion_shares(question: Question) -> dict[Criterion, float]:
    """Share of each criterion that takes part, summing to 1.

    A criterion nobody asked about takes no part: the track record when ion and anode type are both open, cost or
    preparation declared unlimited, anything with a weight of zero. Should every criterion drop out, information alone
    decides.
    """
    given = dict(question.weights.value.values)
    taking_part = {criterion: given[criterion] for criterion in criteria_of(question) if given[criterion]}
    if not taking_part:
        return {"information": 1.0}
    return shares(taking_part)  # type: ignore[return-value,arg-type]


def _goals(question: Question, kb: KnowledgeBase) -> tuple[tuple[str, float], ...]:
    """A target asked whole asks for each of its parts alike; a part asked twice counts with both weights."""
    weights: dict[str, float] = {}
    for asked in question.targets.value:
        parts = kb.goals_of(asked.id)
        for goal in parts:
            weights[goal] = weights.get(goal, 0.0) + asked.weight / len(parts)
    return tuple(shares(weights).items())


def _cap(tier: str | None) -> int | None:
    return None if tier is None or tier == UNLIMITED else TIERS.index(tier)
