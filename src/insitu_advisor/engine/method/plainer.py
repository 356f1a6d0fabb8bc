"""The ordinary way of a technique, where it does nearly as well as the way that came out best."""

from __future__ import annotations

from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.constraints import passes
from insitu_advisor.engine.method.ranking import scored
from insitu_advisor.engine.method.system import Way

NEARLY = 5.0


class Plainer(NamedTuple):
    """The first way listed for a technique that passes too, with its score (0-100)."""

    way: Way
    score: float


def plainer(advice: Advice, option: Ranked) -> Plainer | None:
    """The ordinary way of a single technique if it is not the chosen one and at most 5 points behind; else None."""
    ordinary = next((route for route in advice.system.routes[option.id] if passes(route, advice.problem)), None)
    if option.kind != "technique" or ordinary is None or ordinary is option.route:
        return None
    score = scored(option.id, ordinary, advice.problem).score
    return Plainer(ordinary.ways[0], score) if option.score - score <= NEARLY else None
