"""Which question to ask next, and when no remaining answer can change the first place."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from insitu_advisor.engine.method.pace import RATES
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.ranking import score_all
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.question import UNLIMITED, Question, Weights
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA

Field = Literal["facilities", "budget", "c_rate", "scale", "weights"]
DECIDING_FIELDS: tuple[Field, ...] = ("facilities", "budget", "c_rate", "scale", "weights")
# Three of the usual rates are enough to see whether the rate matters, and keep the combinations few.
SOME_RATES = RATES[:5:2]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the remaining answers can still do.

    `settled` says that every combination of remaining answers leaves the same first place; `next` is the field whose
    answer splits the first place most; `tried` counts the questions ranked to know it.
    """

    settled: bool
    next: Field | None
    winners: tuple[str, ...]
    tried: int


@dataclass(slots=True)
class _Trial:
    """Winners met so far, over all combinations and per answer of each field."""

    winners: Counter[str] = field(default_factory=Counter)
    per_answer: dict[tuple[Field, int], Counter[str]] = field(default_factory=dict)
    tried: int = 0


def choices(kb: KnowledgeBase) -> Mapping[Field, Sequence[Any]]:
    """The answers each deciding field can have in an interview."""
    return {
        "facilities": [*(preset.facilities for preset in kb.presets.values()), None],
        "budget": [*TIERS[:3], UNLIMITED, None],
        "c_rate": [*SOME_RATES, None],
        "scale": ["atomic", "particle", "electrode", "cell", None],
        "weights": [
            Weights(tuple((criterion, profile.weights.get(criterion, 0.0)) for criterion in CRITERIA), key)
            for key, profile in kb.profiles.items()
        ],
    }


def outlook(kb: KnowledgeBase, question: Question, remaining: Sequence[Field]) -> Outlook:
    """Rank every combination of the remaining answers, and find what is worth asking next.

    The field asked next is the one that leaves the least uncertainty (mean entropy in bits) about the first place.
    """
    options = choices(kb)
    system = read_system(kb, question)
    trial = _Trial()
    for combo in itertools.product(*(range(len(options[name])) for name in remaining)):
        asked = question
        for name, index in zip(remaining, combo, strict=True):
            asked = asked.with_answer(name, options[name][index])
        scored, _ = score_all(system, prepare(asked, kb))
        winner = scored[0].option if scored else "none"
        trial.tried += 1
        trial.winners[winner] += 1
        for name, index in zip(remaining, combo, strict=True):
            trial.per_answer.setdefault((name, index), Counter())[winner] += 1
    settled = len(trial.winners) <= 1
    ranked = sorted(remaining, key=lambda name: _left_open(trial, name))
    return Outlook(
        settled,
        None if settled or not ranked else ranked[0],
        tuple(winner for winner, _ in trial.winners.most_common()),
        trial.tried,
    )


def _left_open(trial: _Trial, name: Field) -> float:
    """Mean entropy of the first place once this field is answered."""
    counts = [counter for (field_name, _), counter in trial.per_answer.items() if field_name == name]
    return sum(_entropy(counter) for counter in counts) / len(counts)


def _entropy(counter: Counter[str]) -> float:
    total = sum(counter.values())
    return -sum(count / total * math.log2(count / total) for count in counter.values())
