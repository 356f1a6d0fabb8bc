"""Hard constraints: facility, budget, preparation, physics, and seeing at least one goal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal

from insitu_advisor.engine.method.criteria import sees
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route

Constraint = Literal["physics", "sees-none", "facility", "budget", "preparation"]


def failures(route: Route, problem: Problem) -> tuple[Constraint, ...]:
    """The constraints a route fails, physics first."""
    failed = _barred(route, problem)
    if not sees(route, problem):
        failed.insert(int("physics" in failed), "sees-none")
    return tuple(failed)


def _barred(route: Route, problem: Problem) -> list[Constraint]:
    """What keeps a route from being carried out; a cap is read technique by technique, for the dearest member."""
    failed: list[Constraint] = []
    if route.excluded_by:
        failed.append("physics")
    if problem.facilities is not None and not reachable(route, problem.facilities):
        failed.append("facility")
    if problem.budget is not None and route.dearest_cost > problem.budget:
        failed.append("budget")
    if problem.max_preparation is not None and route.dearest_preparation > problem.max_preparation:
        failed.append("preparation")
    return failed


def reachable(route: Route, facilities: Collection[str]) -> bool:
    """Whether these instruments are enough for every member of a route."""
    return all(not need.isdisjoint(facilities) for need in route.needs)


def passes(route: Route, problem: Problem) -> bool:
    """Whether a route meets every constraint."""
    return not failures(route, problem)


def candidates(routes: Sequence[Route], problem: Problem) -> list[Route]:
    """The routes of a technique that a set may use: those that pass, or else those that can at least be carried out."""
    possible = [route for route in routes if not _barred(route, problem)]
    return [route for route in possible if sees(route, problem)] or possible
