"""Why an option is out, and the smallest change of answer that lets it in."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Change, Excluded, Kind
from insitu_advisor.engine.method.constraints import Constraint, failures
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.question.question import Goal, Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.tier import TIERS


def exclusion(
    kb: KnowledgeBase, option: str, kind: Kind, routes: tuple[Route, ...], question: Question, problem: Problem
) -> Excluded:
    """The exclusion of an option none of whose routes passes, told by the route that needs the fewest changes."""
    nearest, failed = min(
        ((route, failures(route, problem)) for route in routes), key=lambda pair: _distance(*pair, problem)
    )
    return Excluded(
        id=option,
        kind=kind,
        rule=_rule(nearest, problem, failed),
        failed=failed,
        route=nearest,
        remedy=_remedy(kb, nearest, question, problem, failed),
    )


def remedy(kb: KnowledgeBase, route: Route, question: Question, problem: Problem) -> tuple[Change, ...]:
    """The changes that let a route in, one for each failed constraint; empty where physics forbids it."""
    return _remedy(kb, route, question, problem, failures(route, problem))


def _remedy(
    kb: KnowledgeBase, route: Route, question: Question, problem: Problem, failed: tuple[Constraint, ...]
) -> tuple[Change, ...]:
    changes = [_change(kb, route, question, problem, constraint) for constraint in failed]
    return tuple(change for change in changes if change) if all(changes) else ()


def _distance(route: Route, failed: tuple[Constraint, ...], problem: Problem) -> tuple[bool, int, int, float]:
    missing = 0 if problem.facilities is None else sum(need.isdisjoint(problem.facilities) for need in route.needs)
    return "physics" in failed, len(failed), missing, route.cost_place + route.preparation_place


def _change(
    kb: KnowledgeBase, route: Route, question: Question, problem: Problem, constraint: Constraint
) -> Change | None:
    match constraint:
        case "facility":
            return _access(kb, route, problem)
        case "budget":
            tier = TIERS[route.dearest_cost]
            return Change("budget", tier, f"raise the budget to {tier}", ("--budget", tier))
        case "preparation":
            tier = TIERS[route.dearest_preparation]
            return Change("max_preparation", tier, f"allow preparation up to {tier}", ("--max-preparation", tier))
        case "sees-none":
            return _further(kb, route, question, problem)
        case "physics":
            return None


def _access(kb: KnowledgeBase, route: Route, problem: Problem) -> Change:
    """The instruments that are missing; a way names its instruments from the most to the least usual."""
    have = problem.facilities or frozenset()
    missing = dict.fromkeys(way.variant.facilities[0] for way in route.ways if way.facilities.isdisjoint(have))
    names = " and ".join(kb.facilities[facility].name for facility in missing)
    ordered = tuple(facility for facility in kb.facilities if facility in have or facility in missing)
    options = tuple(word for facility in missing for word in ("--facility", facility))
    return Change("facilities", ordered, f"gain access to {names}", options)


def _further(kb: KnowledgeBase, route: Route, question: Question, problem: Problem) -> Change | None:
    """The scale left open where the route sees something at another, else the goal it sees best asked as well."""
    if any(route.ratings[goal] for goal in problem.goal_ids):
        return Change("scale", None, "leave the scale open", ("--scale", "unknown"))
    goal = max(kb.goals, key=route.ratings.__getitem__)
    if not route.ratings[goal]:
        return None
    target = kb.whole[goal]
    more = Goal(target, 1.0, None if goal == target else goal)
    said = f"also ask about {kb.goals[goal].name}"
    return Change("targets", (*question.targets.value, more), said, ("--target", goal))


def _rule(route: Route, problem: Problem, failed: tuple[Constraint, ...]) -> str:
    """The id a reader can look up: the rule of the knowledge base where one decided, else the constraint."""
    if failed[0] == "physics":
        return route.excluded_by[0]
    if failed[0] == "sees-none":
        steering = [step.id for way in route.ways for goal in problem.goal_ids for step in way.steered.get(goal, ())]
        return steering[0] if steering else "sees-none"
    return failed[0]
