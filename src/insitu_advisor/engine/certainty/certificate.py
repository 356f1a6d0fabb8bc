"""The certificate: how sure the first place is, in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from insitu_advisor.engine.certainty.acceptability import SEED, Acceptability, acceptability
from insitu_advisor.engine.certainty.evidence import evidence
from insitu_advisor.engine.certainty.switching import Stretch, Switch, paths_of, switches
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS
from insitu_advisor.knowledge.claim import BasisKind

# A first place that holds in four draws of five is called clear, in half of them likely, else the answer is open.
CLEAR, LIKELY = 0.8, 0.5
Word = Literal["clear", "likely", "open"]


class Holding(NamedTuple):
    """How firmly an option holds its place: the share of draws (0-1), the word for it, and what can take its place.

    `rival` is the option that takes it most often otherwise, or None where nobody ever does; `switches` are exact.
    """

    option: str
    share: float
    word: Word
    rival: str | None
    switches: tuple[Switch, ...]


class Certificate(NamedTuple):
    """How firmly the first place is held, and the best single technique its place among these; and why.

    Where the first place is a single technique the two are the same.
    """

    first: Holding
    start: Holding
    acceptability: Acceptability
    evidence: Mapping[BasisKind, float]

    @property
    def paired(self) -> bool:
        """Whether a pairing is first, so that first of all options and first of the single techniques are two."""
        return self.start is not self.first


def certify(advice: Advice, draws: int = DRAWS, seed: int = SEED) -> Certificate | None:
    """The certificate of an answer; None when nothing passes. Raises ValueError for fewer than one draw."""
    best = advice.best
    if best is None:
        return None
    shares = acceptability(advice, draws, seed)
    paths = paths_of(advice.system, advice.problem)
    first = _holding(advice, {option: ranks[0] for option, ranks in shares.ranks.items()}, paths)
    start = first if best.kind == "technique" else _holding(advice, shares.starts, paths)
    return Certificate(first, start, shares, evidence(advice, best))


def _holding(advice: Advice, firsts: Mapping[str, float], paths: Sequence[list[Stretch]]) -> Holding:
    """The best of some options in the order of the ranking, and how firmly it is the best of these."""
    best, *others = firsts
    return Holding(
        option=best,
        share=firsts[best],
        word=word(firsts[best]),
        rival=max((option for option in others if firsts[option] > 0), key=firsts.__getitem__, default=None),
        switches=switches(paths, advice.problem, best, firsts),
    )


def word(share: float) -> Word:
    """What a share of draws (0-1) is called."""
    return "clear" if share >= CLEAR else "likely" if share >= LIKELY else "open"
