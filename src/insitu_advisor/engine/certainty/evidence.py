"""How much of a score rests on the review, on literature, on judgement."""

from __future__ import annotations

from collections.abc import Mapping

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.criteria import grounds
from insitu_advisor.knowledge.claim import BASES, BasisKind


def evidence(advice: Advice, option: Ranked) -> Mapping[BasisKind, float]:
    """Points of an option by the basis of what earned them; they add up to its score.

    The words of a basis are sourced; that a word counts as a certain number of points is judgement everywhere.
    """
    points: dict[BasisKind, float] = dict.fromkeys(BASES, 0.0)
    for part in option.parts:
        found = list(grounds(part.criterion, option.route, advice.problem)) or [("judgement", 1.0)]
        whole = sum(share for _, share in found)
        # Grounds that weigh nothing earned no points.
        for basis, share in found if whole else ():
            points[basis] += part.points * (share / whole)
    return points
