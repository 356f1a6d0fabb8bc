"""The finite space of plain questions: ion, anode type, one or two targets, budget, facilities, profile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.question import UNLIMITED, Anode, Answer, Goal, Question, Weights
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.vocabulary import CRITERIA

BUDGETS = ("low", "moderate", "high", UNLIMITED)


@dataclass(frozen=True, slots=True)
class Plain:
    """A question in words, so that two knowledge bases can be asked the same; `preset` None sets no limit."""

    ion: Ion
    anode: AnodeType
    targets: tuple[str, ...]
    budget: str
    preset: str | None
    profile: str

    def known_to(self, kb: KnowledgeBase) -> bool:
        """Whether a knowledge base has all these words."""
        return (
            kb.targets.keys() >= set(self.targets)
            and (self.preset is None or self.preset in kb.presets)
            and self.profile in kb.profiles
        )

    def of(self, kb: KnowledgeBase, base: Question) -> Question:
        """The question as a knowledge base understands it, over an open question `base`."""
        weights = kb.profiles[self.profile].weights
        values = tuple((criterion, weights.get(criterion, 0.0)) for criterion in CRITERIA)
        return replace(
            base,
            ion=Answer(self.ion),
            anode=Answer(Anode(self.anode, word=self.anode)),
            targets=Answer(tuple(Goal(target) for target in self.targets)),
            budget=Answer(self.budget),
            facilities=Answer(kb.presets[self.preset].facilities if self.preset else None),
            weights=Answer(Weights(values, self.profile)),
        )


def plain_questions(kb: KnowledgeBase, *, pairs: bool = False) -> Iterator[Plain]:
    """Every question of the space; `pairs` adds each pair of targets to each single one."""
    sets: list[tuple[str, ...]] = [(target,) for target in kb.targets]
    sets += itertools.combinations(kb.targets, 2) if pairs else []
    for words in itertools.product(get_args(Ion), get_args(AnodeType), sets, BUDGETS, (*kb.presets, None), kb.profiles):
        yield Plain(*words)


def questions(kb: KnowledgeBase, *, pairs: bool = False) -> Iterator[Question]:
    """Every question of the space as the knowledge base understands it."""
    base = ask(kb)
    for plain in plain_questions(kb, pairs=pairs):
        yield plain.of(kb, base)


def size(kb: KnowledgeBase, *, pairs: bool = False) -> int:
    """How many questions the space holds."""
    targets = len(kb.targets)
    sets = targets + (targets * (targets - 1) // 2 if pairs else 0)
    systems = len(get_args(Ion)) * len(get_args(AnodeType))
    return systems * sets * len(BUDGETS) * (len(kb.presets) + 1) * len(kb.profiles)
