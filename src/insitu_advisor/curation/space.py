"""The finite space of plain questions: ion, anode type, one target, budget, facilities, profile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.ranking import Scored, score_all
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.question import UNLIMITED, Anode, Answer, Goal, Question, Weights
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.vocabulary import CRITERIA

BUDGETS = ("moderate", UNLIMITED)


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
        profile = kb.profiles[self.profile].weights
        weights = tuple((criterion, profile.get(criterion, 0.0)) for criterion in CRITERIA)
        return base._replace(
            ion=Answer(self.ion),
            anode=Answer(Anode(self.anode, word=self.anode)),
            targets=Answer(tuple(Goal(target) for target in self.targets)),
            budget=Answer(self.budget),
            facilities=Answer(kb.presets[self.preset].facilities if self.preset else None),
            weights=Answer(Weights(weights, self.profile)),
        )


def plain_questions(kb: KnowledgeBase) -> Iterator[Plain]:
    """Every question of the space: one target each."""
    sets = [(target,) for target in kb.targets]
    for words in itertools.product(get_args(Ion), get_args(AnodeType), sets, BUDGETS, (*kb.presets, None), kb.profiles):
        yield Plain(*words)


def questions(kb: KnowledgeBase) -> Iterator[Question]:
    """Every question of the space as the knowledge base understands it."""
    base = ask(kb)
    for plain in plain_questions(kb):
        yield plain.of(kb, base)


def order(kb: KnowledgeBase, question: Question) -> list[Scored]:
    """The options that pass, best first; no reasons are made for the others, since thousands of questions are asked."""
    system = read_system(kb, question)
    return score_all(system, prepare(question, kb))[0]
