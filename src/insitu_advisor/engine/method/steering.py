"""What rules do to one way of measuring: ratings they move, scales they blur, and whether they take it out."""

from __future__ import annotations

from typing import NamedTuple

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Scale, ScaleReading
from insitu_advisor.knowledge.rule import Rule


class Steering(NamedTuple):
    """A rule that moved a rating, with its id."""

    id: str
    rule: Rule


class Draft:
    """One way while rules are applied to it; `steered` names the rules that moved a rating."""

    def __init__(self, ratings: dict[str, int], scales: dict[Scale, ScaleReading]) -> None:
        self.ratings, self.scales = ratings, scales
        self.steered: dict[str, tuple[Steering, ...]] = {}
        self.excluded_by: list[str] = []


def steer(kb: KnowledgeBase, draft: Draft, rule_id: str, rule: Rule) -> None:
    """Apply one rule; they act in the order of the file."""
    if rule.kind == "exclude":
        draft.excluded_by.append(rule_id)
    elif rule.scale and rule.reach:
        # Everything in it was checked as part of the rule.
        said = ScaleReading.model_construct(
            reach=rule.reach, because=rule.sentence, basis=rule.basis, sources=rule.sources
        )
        draft.scales[rule.scale] = said
    else:
        _move(kb, draft, Steering(rule_id, rule))


def _move(kb: KnowledgeBase, draft: Draft, by: Steering) -> None:
    """Move the ratings a rule names, those of all parts where it names a whole."""
    limit = by.rule.rating or 0
    for goal in (goal for target in by.rule.targets for goal in _moved(kb, draft, by.rule.kind, target)):
        old = draft.ratings[goal]
        new = min(old, limit) if by.rule.kind == "cap" else max(old, limit)
        if new != old:
            draft.ratings[goal] = new
            draft.steered[goal] = (*draft.steered.get(goal, ()), by)


def _moved(kb: KnowledgeBase, draft: Draft, kind: str, target: str) -> tuple[str, ...]:
    """The goals that move with a target; seeing more of the whole does not open the eyes to what a way is blind to."""
    narrower = kb.targets[target].narrower if target in kb.targets else ()
    moved = [goal for goal in narrower if kind == "cap" or draft.ratings[goal] or not draft.ratings[target]]
    return (*kb.goals_of(target), *moved)
