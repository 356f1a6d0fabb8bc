"""Hard constraints: facility, budget, preparation, physics, and seeing at least one target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.system import Route

Constraint = Literal["facility", "budget", "preparation", "sees-none", "physics"]


def feasible(route: Route, asked: Asked) -> bool:
    """Whether a route can be carried out: physics, budget, preparation and facility allow it."""
    return (
        not route.excluded_by
        and (asked.budget is None or route.dearest_cost <= asked.budget)
        and (asked.max_preparation is None or route.dearest_preparation <= asked.max_preparation)
        and (asked.facilities is None or all(not need.isdisjoint(asked.facilities) for need in route.needs))
    )


def sees_something(route: Route, asked: Asked) -> bool:
    """Whether a route sees at least one of the targets."""
    return any(route.ratings[target] for target, _ in asked.targets)


def passes(route: Route, asked: Asked) -> bool:
    """Whether a route meets every constraint."""
    return feasible(route, asked) and sees_something(route, asked)


def candidates(routes: Sequence[Route], asked: Asked) -> list[Route]:
    """The routes of a technique that a pairing may use: those that pass, or else those that are at least feasible."""
    usable = [route for route in routes if feasible(route, asked)]
    return [route for route in usable if sees_something(route, asked)] or usable


def failures(route: Route, asked: Asked) -> tuple[Constraint, ...]:
    """The constraints a route fails, physics first; a cap is read technique by technique, for the dearest member."""
    failed: list[Constraint] = []
    if route.excluded_by:
        failed.append("physics")
    if not any(route.ratings[target] for target, _ in asked.targets):
        failed.append("sees-none")
    if asked.facilities is not None and any(need.isdisjoint(asked.facilities) for need in route.needs):
        failed.append("facility")
    if asked.budget is not None and route.dearest_cost > asked.budget:
        failed.append("budget")
    if asked.max_preparation is not None and route.dearest_preparation > asked.max_preparation:
        failed.append("preparation")
    return tuple(failed)
