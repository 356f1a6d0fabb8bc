"""Options side by side: what each sees that the others do not, and when to take which."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.system import Route, SystemReading
from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One option of a comparison: the route it is judged by, and its outcome where a question was asked."""

    id: str
    route: Route
    outcome: Ranked | Excluded | None
    only: tuple[str, ...]
    better: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Two or more options side by side. `advice` is None when no question was asked."""

    kb: KnowledgeBase
    system: SystemReading
    sides: tuple[Side, ...]
    advice: Advice | None


def compare(kb: KnowledgeBase, system: SystemReading, options: tuple[str, ...], advice: Advice | None) -> Comparison:
    """Compare options by the best rating any of their variants reaches on each of all targets.

    With a question the route is the one the answer chose; without one it is the ordinary variant of each technique.
    """
    ratings = {option: best_ratings(kb, system, option) for option in options}
    sides = []
    for option in options:
        outcome = advice.option(option) if advice else None
        others = [ratings[other] for other in options if other != option]
        mine = ratings[option]
        sides.append(
            Side(
                id=option,
                route=outcome.route if outcome else system.routes[option][0],
                outcome=outcome,
                only=tuple(t for t in kb.targets if mine[t] > 1 and not any(other[t] for other in others)),
                better=tuple(
                    t for t in kb.targets if any(o[t] for o in others) and all(mine[t] > o[t] for o in others)
                ),
            )
        )
    return Comparison(kb, system, tuple(sides), advice)


def best_ratings(kb: KnowledgeBase, system: SystemReading, option: str) -> dict[str, int]:
    """The best rating per target over all routes of an option."""
    return {target: max(route.ratings[target] for route in system.routes[option]) for target in kb.targets}


def when_to_take(comparison: Comparison, side: Side) -> str:
    """When to take one option rather than the others, in one sentence."""
    kb = comparison.kb
    reasons = []
    if side.only:
        reasons.append(f"you ask about {listed(target_names(kb, side.only))}, which only it sees")
    if side.better:
        reasons.append(f"you ask about {listed(target_names(kb, side.better))}, which it sees better")
    others = [other.route for other in comparison.sides if other is not side]
    if all(side.route.cost_place < other.cost_place for other in others):
        reasons.append("testing cost decides")
    if all(side.route.preparation_place < other.preparation_place for other in others):
        reasons.append("preparation has to be simple")
    if not reasons:
        return f"{kb.name(side.id)} is nowhere better than the rest of this list."
    return f"Take {kb.name(side.id)} when {'; or when '.join(reasons)}."
