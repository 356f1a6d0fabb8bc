"""The ordinary way of a technique, where it does nearly as well as the way that came out best."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.constraints import passes
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.ranking import best_route
from insitu_advisor.engine.method.system import Way

NEARLY = 5.0


@dataclass(frozen=True, slots=True)
class Plainer:
    """The first way listed for a technique that passes too, with its score (0-100)."""

    way: Way
    score: float


def plainer(advice: Advice, option: Ranked) -> Plainer | None:
    """The ordinary way of a single technique if it is not the chosen one and at most 5 points behind; else None."""
    if option.kind != "technique":
        return None
    asked = prepare(advice.question)
    routes = [route for route in advice.system.routes[option.id] if passes(route, asked)]
    ordinary = best_route(option.id, routes[:1], asked)
    if ordinary is None or ordinary.route is option.route or option.score - ordinary.score > NEARLY:
        return None
    return Plainer(ordinary.route.ways[0], ordinary.score)
