"""The finite space of plain questions: ion, anode type, one or two targets, budget, facilities, profile."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

from insitu_advisor.engine.ask import ask
from insitu_advisor.engine.question import UNLIMITED, Answer, Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.vocabulary import CRITERIA

BUDGETS = ("low", "moderate", "high", UNLIMITED)


def questions(kb: KnowledgeBase, *, pairs: bool = False) -> Iterator[Question]:
    """Every question of the space; `pairs` adds each pair of targets to each single one."""
    profiles = [tuple((c, item.weights.get(c, 0.0)) for c in CRITERIA) for item in kb.profiles.values()]
    facilities = [*(preset.facilities for preset in kb.presets.values()), None]
    sets = [(target,) for target in kb.targets]
    sets += list(itertools.combinations(kb.targets, 2)) if pairs else []  # type: ignore[arg-type]
    base = ask(kb)
    for ion, anode in itertools.product(get_args(Ion), get_args(AnodeType)):
        system = base.with_answer("ion", ion).with_answer("anode", anode)
        for targets in sets:
            asked = system.with_answer("targets", tuple((target, 1.0) for target in targets))
            for budget, kit, weights in itertools.product(BUDGETS, facilities, profiles):
                yield _with(asked, budget, kit, weights)


def size(kb: KnowledgeBase, *, pairs: bool = False) -> int:
    """How many questions the space holds."""
    targets = len(kb.targets)
    sets = targets + (targets * (targets - 1) // 2 if pairs else 0)
    return 9 * sets * len(BUDGETS) * (len(kb.presets) + 1) * len(kb.profiles)


def _with(
    question: Question, budget: str, kit: tuple[str, ...] | None, weights: tuple[tuple[str, float], ...]
) -> Question:
    return replace(question, budget=Answer(budget), facilities=Answer(kit), weights=Answer(weights))  # type: ignore[arg-type]
