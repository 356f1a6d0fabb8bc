"""Hard constraints: facility, budget, preparation, physics, and seeing at least one target."""

from __future__ import annotations

from typing import Literal

from insitu_advisor.engine.asked import Asked
from insitu_advisor.engine.reading import Route

Constraint = Literal["facility", "budget", "preparation", "sees-none", "physics"]


def passes(route: Route, asked: Asked) -> bool:
    """Whether a route meets every constraint."""
    return (
        not route.excluded_by
        and (asked.budget is None or route.dearest_cost <= asked.budget)
        and (asked.max_preparation is None or route.dearest_preparation <= asked.max_preparation)
        and (asked.facilities is None or all(not need.isdisjoint(asked.facilities) for need in route.needs))
        and any(route.ratings[target] for target, _ in asked.targets)
    )


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
