"""The access ladder: what is best this week, this quarter, and with a proposal."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.lab.profile import RUNGS, LabProfile, Rung


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The best option with everything within reach at one rung; `best` is None when nothing passes."""

    rung: Rung
    facilities: tuple[str, ...]
    best: Ranked | None


def reach(lab: LabProfile, rung: Rung) -> tuple[str, ...]:
    """The instruments within reach at a rung, those of the lower rungs included."""
    allowed = RUNGS[: RUNGS.index(rung) + 1]
    return tuple(facility for facility, item in lab.instruments.items() if item.rung in allowed)


def ladder(advice: Advice, lab: LabProfile) -> tuple[Step, ...]:
    """The same question asked with the instruments of each rung."""
    steps = []
    for rung in RUNGS:
        facilities = reach(lab, rung)
        question = advice.question.with_answer("facilities", facilities)
        steps.append(Step(rung, facilities, recommend(question, advice.kb).best if facilities else None))
    return tuple(steps)
