"""Constraints, criteria, score: from a question to advice."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice, Excluded, Kind, Part, Ranked
from insitu_advisor.engine.method.arithmetic import UNKNOWN_VALUE
from insitu_advisor.engine.method.constraints import candidates, sees_something
from insitu_advisor.engine.method.criteria import value_of
from insitu_advisor.engine.method.problem import Asked, prepare
from insitu_advisor.engine.method.remedy import exclusion
from insitu_advisor.engine.method.system import Route, SystemReading, read_system
from insitu_advisor.engine.question.question import Question
from insitu_advisor.knowledge.base import KnowledgeBase

PRINTED_DIGITS = 1


@dataclass(frozen=True, slots=True)
class Scored:
    """A route that passed, with its values per criterion and its exact score."""

    option: str
    route: Route
    values: tuple[float | None, ...]
    score: float


def recommend(question: Question, kb: KnowledgeBase | None = None) -> Advice:
    """Rank every option of the knowledge base (the shipped one unless given) for a question.

    Never raises for a valid question: options that pass no constraint are excluded with reason and remedy.
    """
    if kb is None:
        from insitu_advisor.knowledge.loader import load_knowledge_base

        kb = load_knowledge_base()
    asked = prepare(question)
    system = read_system(kb, question.ion.value, question.anode.value, question.material.value)
    scored, excluded = score_all(system, asked)
    return Advice(
        kb=kb,
        question=question,
        system=system,
        ranking=_ranked(kb, asked, scored),
        excluded=tuple(exclusion(kb, option, _kind(kb, option), system.routes[option], asked) for option in excluded),
    )


def score_all(system: SystemReading, asked: Asked) -> tuple[list[Scored], list[str]]:
    """Options that pass, best first, and the ids of those that do not, in the order of the knowledge base.

    A pairing is carried out with the very variants its members would use alone, so it can never look cheaper or see
    less than one of them.
    """
    members = {key: best_route(key, candidates(system.routes[key], asked), asked) for key in system.ways}
    scored: list[Scored] = []
    excluded: list[str] = []
    for option in system.routes:
        best = members[option] if option in members else _pair(system, asked, option, members)
        if best is not None and sees_something(best.route, asked):
            scored.append(best)
        else:
            excluded.append(option)
    scored.sort(key=_standing_order)
    return scored, excluded


def _pair(system: SystemReading, asked: Asked, option: str, members: Mapping[str, Scored | None]) -> Scored | None:
    chosen = [members[member] for member in system.kb.options[option]]
    if any(member is None for member in chosen):
        return None
    variants = tuple(member.route.ways[0].variant_id for member in chosen if member)
    return _scored(option, system.pairings[option][variants], asked)


def best_route(option: str, routes: Sequence[Route], asked: Asked) -> Scored | None:
    """The route with the highest score; the first listed wins a tie. None if there is none."""
    best: Scored | None = None
    for route in routes:
        scored = _scored(option, route, asked)
        if best is None or scored.score > best.score + 1e-12:
            best = scored
    return best


def _scored(option: str, route: Route, asked: Asked) -> Scored:
    values = tuple([value_of(criterion, route, asked) for criterion, _ in asked.shares])
    return Scored(option, route, values, total(values, asked))


def total(values: tuple[float | None, ...], asked: Asked) -> float:
    """The score: 100 times the weighted sum; a value that cannot be judged stands at the midpoint."""
    points = 0.0
    for value, (_, weight) in zip(values, asked.shares, strict=True):
        points += 100.0 * weight * (UNKNOWN_VALUE if value is None else value)
    return points


def _standing_order(scored: Scored) -> tuple[float, int, float]:
    """Highest score first; among equals the fewer experiments, then the cheaper."""
    return (-round(scored.score, 9), len(scored.route.ways), scored.route.cost_place + scored.route.preparation_place)


def _ranked(kb: KnowledgeBase, asked: Asked, scored: list[Scored]) -> tuple[Ranked, ...]:
    ranking: list[Ranked] = []
    for _, group in itertools.groupby(scored, key=lambda item: round(item.score, PRINTED_DIGITS)):
        items, rank = list(group), len(ranking) + 1
        level = tuple(item.option for item in items)
        ranking += [
            Ranked(rank, item.option, _kind(kb, item.option), item.route, _parts(item, asked), item.score, level)
            for item in items
        ]
    return tuple(ranking)


def _parts(item: Scored, asked: Asked) -> tuple[Part, ...]:
    return tuple(
        Part(criterion, weight, UNKNOWN_VALUE if value is None else value, value is not None)
        for (criterion, weight), value in zip(asked.shares, item.values, strict=True)
    )


def _kind(kb: KnowledgeBase, option: str) -> Kind:
    return "technique" if option in kb.techniques else "pairing"


__all__ = ["Excluded", "best_route", "recommend", "score_all", "total"]
