"""How much of a score rests on the review, on literature, on judgement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.arithmetic import TOP_RATING
from insitu_advisor.engine.method.criteria import informants
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.words.reasons import seeing_way
from insitu_advisor.knowledge.claim import BASES, BasisKind, Claim

Grounds = Iterator[tuple[BasisKind, float]]


def evidence(advice: Advice, option: Ranked) -> Mapping[BasisKind, float]:
    """Points of an option by the basis of what earned them; they add up to its score.

    The words of a basis are sourced; that a word counts as a certain number of points is judgement everywhere.
    """
    points: dict[BasisKind, float] = dict.fromkeys(BASES, 0.0)
    for part in option.parts:
        grounds = list(_GROUNDS[part.criterion](advice, option.route)) if part.known else [("judgement", 1.0)]
        weight = sum(share for _, share in grounds)
        for basis, share in grounds:
            points[basis] += part.points * (share / weight if weight else 1.0 / len(grounds))  # type: ignore[index]
    return points


def _information(advice: Advice, route: Route) -> Grounds:
    for target, weight in advice.question.targets.value:
        way = seeing_way(route, target)
        share = weight * way.ratings[target] / TOP_RATING
        sight = way.sights.get(target)
        rules = way.steered.get(target, ())
        claim: Claim | None = advice.kb.rules[rules[-1]] if rules else sight
        yield (claim.basis_kind if claim else "judgement"), share


def _system(advice: Advice, route: Route) -> Grounds:
    case = route.documented
    if case is not None and case.confirmed == "confirmed":
        yield case.basis_kind, 1.0
        return
    weakest = min(route.ways, key=lambda way: sum(way.standings))
    question = advice.question
    if question.anode.value:
        role = weakest.technique.roles[question.anode.value]
        yield role.basis_kind, float(role.standing)
    if question.ion.value:
        standing = weakest.technique.ions[question.ion.value]
        yield standing.basis_kind, float(standing.standing)


def _resolution(advice: Advice, route: Route) -> Grounds:
    question = advice.question
    for ways, share in informants(route, prepare(question)):
        for way in ways:
            if question.scale.value is not None and question.scale.value in way.scales:
                yield way.scales[question.scale.value].basis_kind, share / len(ways)
            if question.c_rate.value is not None:
                yield (way.figure.basis_kind if way.figure else "judgement"), share / len(ways)


def _cost(advice: Advice, route: Route) -> Grounds:
    del advice
    for way in route.ways:
        yield way.cost.basis_kind, 1.0


def _preparation(advice: Advice, route: Route) -> Grounds:
    del advice
    for way in route.ways:
        yield way.preparation.basis_kind, 1.0


_GROUNDS = {
    "information": _information,
    "system": _system,
    "resolution": _resolution,
    "cost": _cost,
    "preparation": _preparation,
}
