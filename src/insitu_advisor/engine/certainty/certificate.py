"""The certificate: how sure the first place is, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from insitu_advisor.engine.certainty.acceptability import SEED, Acceptability, acceptability
from insitu_advisor.engine.certainty.evidence import evidence
from insitu_advisor.engine.certainty.switching import Switch, switches
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS
from insitu_advisor.knowledge.claim import BasisKind

# A first place that holds in four draws of five is called clear, in half of them likely, else the answer is open.
CLEAR, LIKELY = 0.8, 0.5
Word = Literal["clear", "likely", "open"]


@dataclass(frozen=True, slots=True)
class Certificate:
    """Exact switch points, rank acceptability, and the evidence behind the points of the first place.

    `word` sums up the share of draws in which the first place holds; `rival` is the option that takes it most often
    otherwise, or None where nobody ever does.
    """

    first: str
    word: Word
    rival: str | None
    switches: tuple[Switch, ...]
    acceptability: Acceptability
    evidence: Mapping[BasisKind, float]


def certify(advice: Advice, draws: int = DRAWS, seed: int = SEED) -> Certificate | None:
    """The certificate of an answer; None when nothing passes. Raises ValueError for fewer than one draw."""
    best = advice.best
    if best is None:
        return None
    shares = acceptability(advice, draws, seed)
    others = [option.id for option in advice.ranking if option is not best and shares.first(option.id) > 0]
    return Certificate(
        first=best.id,
        word=word(shares.first(best.id)),
        rival=max(others, key=shares.first, default=None),
        switches=switches(advice.system, advice.problem, best.id),
        acceptability=shares,
        evidence=evidence(advice, best),
    )


def word(share: float) -> Word:
    """What a share of draws (0-1) is called."""
    return "clear" if share >= CLEAR else "likely" if share >= LIKELY else "open"
