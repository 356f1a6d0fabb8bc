"""Why an option is out, and the smallest change of answer that lets it in."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Change, Excluded, Kind
from insitu_advisor.engine.method.constraints import Constraint, failures
from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.system import Route
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.tier import TIERS


def exclusion(kb: KnowledgeBase, option: str, kind: Kind, routes: tuple[Route, ...], asked: Asked) -> Excluded:
    """The exclusion of an option none of whose routes passes, told by the route that needs the fewest changes."""
    nearest = min(routes, key=lambda route: _distance(route, asked))
    failed = failures(nearest, asked)
    return Excluded(
        id=option,
        kind=kind,
        rule=_rule(nearest, asked, failed),
        failed=failed,
        route=nearest,
        remedy=remedy(kb, nearest, asked, failed),
    )


def remedy(kb: KnowledgeBase, route: Route, asked: Asked, failed: tuple[Constraint, ...]) -> tuple[Change, ...]:
    """The changes that let a route in, one for each failed constraint; empty where physics forbids it."""
    if "physics" in failed:
        return ()
    changes = []
    for constraint in failed:
        change = _change(kb, route, asked, constraint)
        if change is None:
            return ()
        changes.append(change)
    return tuple(changes)


def _distance(route: Route, asked: Asked) -> tuple[bool, int, int, float]:
    failed = failures(route, asked)
    missing = 0 if asked.facilities is None else sum(need.isdisjoint(asked.facilities) for need in route.needs)
    return "physics" in failed, len(failed), missing, route.cost_place + route.preparation_place


def _change(kb: KnowledgeBase, route: Route, asked: Asked, constraint: Constraint) -> Change | None:
    match constraint:
        case "facility":
            have = asked.facilities or frozenset()
            missing = [_easiest(way.variant.facilities) for way in route.ways if way.facilities.isdisjoint(have)]
            names = " and ".join(kb.facilities[facility].name for facility in dict.fromkeys(missing))
            chosen = have | set(missing)
            ordered = tuple(facility for facility in kb.facilities if facility in chosen)
            return Change("facilities", ordered, f"gain access to {names}")
        case "budget":
            tier = TIERS[route.dearest_cost]
            return Change("budget", tier, f"raise the budget to {tier}")
        case "preparation":
            tier = TIERS[route.dearest_preparation]
            return Change("max_preparation", tier, f"allow preparation up to {tier}")
        case "sees-none":
            return _further_target(kb, route, asked)
        case "physics":
            return None


def _easiest(facilities: tuple[str, ...]) -> str:
    """Variants name their facilities from the most to the least usual."""
    return facilities[0]


def _further_target(kb: KnowledgeBase, route: Route, asked: Asked) -> Change | None:
    """The target the route sees best, added to those asked."""
    rating, target = max(((route.ratings[target], target) for target in kb.targets), key=lambda pair: pair[0])
    if not rating:
        return None
    return Change("targets", (*asked.targets, (target, 1.0)), f"also ask about {kb.targets[target].name} ({target})")


def _rule(route: Route, asked: Asked, failed: tuple[Constraint, ...]) -> str:
    """The id a reader can look up: the rule of the knowledge base where one decided, else the constraint."""
    if failed[0] == "physics":
        return route.excluded_by[0]
    if failed[0] == "sees-none":
        steering = [rule for way in route.ways for target, _ in asked.targets for rule in way.steered.get(target, ())]
        return steering[0] if steering else "sees-none"
    return failed[0]
