"""Constraints, criteria, score: from a question to advice."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Part, Ranked
from insitu_advisor.engine.method.constraints import candidates
from insitu_advisor.engine.method.criteria import sees, values
from insitu_advisor.engine.method.problem import Problem, prepare
from insitu_advisor.engine.method.remedy import exclusion
from insitu_advisor.engine.method.system import Route, SystemReading, read_system
from insitu_advisor.engine.question.question import Question
from insitu_advisor.knowledge.base import KnowledgeBase

# Scores that print the same are ties.
PRINTED_DIGITS = 0


class Scored(NamedTuple):
    """A route that passed, with its values per criterion and its exact score."""

    option: str
    route: Route
    values: tuple[float, ...]
    score: float


def recommend(question: Question, kb: KnowledgeBase | None = None) -> Advice:
    """Rank every option of the knowledge base (the shipped one unless given) for a question.

    Never raises for a valid question: options that pass no constraint are excluded with reason and remedy.
    """
    if kb is None:
        from insitu_advisor.knowledge.loader import load_knowledge_base

        kb = load_knowledge_base()
    problem = prepare(question, kb)
    system = read_system(kb, question)
    scored, excluded = score_all(system, problem)
    return Advice(
        kb=kb,
        question=question,
        problem=problem,
        system=system,
        ranking=_ranked(kb, problem, scored),
        told_out=lambda: tuple(exclusion(system, option, question, problem) for option in excluded),
    )


def score_all(system: SystemReading, problem: Problem) -> tuple[list[Scored], list[str]]:
    """Options that pass, best first, and the ids of those that do not, in the order of the knowledge base.

    A technique has one way in use, the one with the highest score, and every set it is a member of uses that very way:
    so a pairing can never look cheaper, or see less, than one of its members.
    """
    members = in_use(system, problem)
    scored: list[Scored] = []
    excluded: list[str] = []
    for option in system.routes:
        best = members[option] if option in members else _pair(system, problem, option, members)
        if best is not None and sees(best.route, problem):
            scored.append(best)
        else:
            excluded.append(option)
    scored.sort(key=_standing_order)
    return scored, excluded


def in_use(system: SystemReading, problem: Problem) -> Mapping[str, Scored | None]:
    """For every technique the way it would be carried out; None where no way is allowed."""
    return {key: best_route(key, candidates(system.routes[key], problem), problem) for key in system.ways}


def _pair(system: SystemReading, problem: Problem, option: str, members: Mapping[str, Scored | None]) -> Scored | None:
    chosen = [members[member] for member in system.kb.options[option]]
    if any(member is None for member in chosen):
        return None
    variants = tuple(member.route.ways[0].variant_id for member in chosen if member)
    return scored(option, system.pairings[option][variants], problem)


def best_route(option: str, routes: Sequence[Route], problem: Problem) -> Scored | None:
    """The route with the highest score; the first listed wins a tie. None if there is none."""
    best: Scored | None = None
    for route in routes:
        one = scored(option, route, problem)
        if best is None or one.score > best.score + 1e-12:
            best = one
    return best


def scored(option: str, route: Route, problem: Problem) -> Scored:
    """A route with its values and its score: 100 times the weighted sum."""
    found: tuple[float, ...] = values(route, problem)  # type: ignore[assignment]
    points = 0.0
    for value, (_, weight) in zip(found, problem.shares, strict=True):
        points += 100.0 * weight * value
    return Scored(option, route, found, points)


def _standing_order(item: Scored) -> tuple[float, int, float]:
    """Highest score first; among equals the fewer experiments, then the cheaper."""
    return (-round(item.score, 9), len(item.route.ways), item.route.cost_place + item.route.preparation_place)


def _ranked(kb: KnowledgeBase, problem: Problem, items: list[Scored]) -> tuple[Ranked, ...]:
    ranking: list[Ranked] = []
    for _, group in itertools.groupby(items, key=lambda item: round(item.score, PRINTED_DIGITS)):
        same, rank = list(group), len(ranking) + 1
        level = tuple(item.option for item in same)
        ranking += [
            Ranked(rank, item.option, kb.kind(item.option), item.route, _parts(item, problem), item.score, level)
            for item in same
        ]
    return tuple(ranking)


def _parts(item: Scored, problem: Problem) -> tuple[Part, ...]:
    return tuple(
        Part(criterion, weight, value) for (criterion, weight), value in zip(problem.shares, item.values, strict=True)
    )
