"""Why an option is out, and the smallest change of answer that lets it in."""

from __future__ import annotations

import itertools

from insitu_advisor.engine.method.advice import Change, Excluded
from insitu_advisor.engine.method.constraints import Constraint, failures
from insitu_advisor.engine.method.criteria import pace_for
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route, SystemReading, Way
from insitu_advisor.engine.question.question import Goal, Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.tier import TIERS


def exclusion(system: SystemReading, option: str, question: Question, problem: Problem) -> Excluded:
    """The exclusion of an option none of whose routes passes, told by the route that needs the fewest changes."""
    nearest, failed = min(
        ((route, failures(route, problem)) for route in system.routes[option]),
        key=lambda pair: _distance(pair[0], pair[1], problem),
    )
    return Excluded(
        id=option,
        kind=system.kb.kind(option),
        rule=_rule(nearest, problem, failed),
        failed=failed,
        route=nearest,
        remedy=_remedy(system.kb, nearest, question, problem, failed),
    )


def remedy(kb: KnowledgeBase, route: Route, question: Question, problem: Problem) -> tuple[Change, ...]:
    """The changes that let a route in; empty where physics forbids it."""
    return _remedy(kb, route, question, problem, failures(route, problem))


def _remedy(
    kb: KnowledgeBase, route: Route, question: Question, problem: Problem, failed: tuple[Constraint, ...]
) -> tuple[Change, ...]:
    changes = [_changes(kb, route, question, problem, constraint) for constraint in failed]
    return tuple(itertools.chain.from_iterable(changes)) if all(changes) else ()


def _distance(route: Route, failed: tuple[Constraint, ...], problem: Problem) -> tuple[bool, int, int, float]:
    """What no answer brings in last; then by how many answers to change, then instruments, then cost and effort."""
    blind = any(not any(way.ratings.values()) for way in route.ways)
    missing = 0 if problem.facilities is None else sum(need.isdisjoint(problem.facilities) for need in route.needs)
    more = min(_hindrances(way, problem) for way in route.ways) - 1 if "sees-none" in failed else 0
    return blind or "physics" in failed, len(failed) + more, missing, route.cost_place + route.preparation_place


def _hindrances(way: Way, problem: Problem) -> int:
    """How many answers keep a way that sees nothing of what is asked from seeing something: the goals, the rate."""
    unasked = not any(way.ratings[goal] for goal in problem.goal_ids)
    return unasked + _too_slow(way, problem)


def _too_slow(way: Way, problem: Problem) -> bool:
    return not any(pace_for(way, goal, problem.c_rate) for goal in problem.goal_ids)


def _changes(
    kb: KnowledgeBase, route: Route, question: Question, problem: Problem, constraint: Constraint
) -> tuple[Change, ...]:
    """What has to change for one failed constraint; nothing where no answer helps."""
    match constraint:
        case "facility":
            return (_access(kb, route, problem),)
        case "budget":
            tier = TIERS[route.dearest_cost]
            return (Change("budget", tier, f"raise the budget to {tier}", ("--budget", tier)),)
        case "preparation":
            tier = TIERS[route.dearest_preparation]
            said = f"allow preparation up to {tier}"
            return (Change("max_preparation", tier, said, ("--max-preparation", tier)),)
        case "sees-none":
            able = [_further(kb, way, question, problem) for way in route.ways]
            return min(filter(None, able), key=len, default=())
        case "physics":
            return ()


def _access(kb: KnowledgeBase, route: Route, problem: Problem) -> Change:
    """The instruments that are missing; a way names its instruments from the most to the least usual."""
    have = problem.facilities or frozenset()
    missing = dict.fromkeys(way.variant.facilities[0] for way in route.ways if way.facilities.isdisjoint(have))
    names = " and ".join(kb.facilities[facility].name for facility in missing)
    ordered = tuple(facility for facility in kb.facilities if facility in have or facility in missing)
    options = tuple(word for facility in missing for word in ("--facility", facility))
    return Change("facilities", ordered, f"gain access to {names}", options)


def _further(kb: KnowledgeBase, way: Way, question: Question, problem: Problem) -> tuple[Change, ...]:
    """What lets a way see something: the goal it sees best asked as well, the rate left open."""
    changes = []
    if not any(way.ratings[goal] for goal in problem.goal_ids):
        goal = max(kb.goals, key=way.ratings.__getitem__)
        if not way.ratings[goal]:
            return ()
        target = kb.whole[goal]
        more = Goal(target, 1.0, None if goal == target else goal)
        said = f"also ask about {kb.goals[goal].name}"
        changes.append(Change("targets", (*question.targets.value, more), said, ("--target", goal)))
    if _too_slow(way, problem):
        changes.append(Change("c_rate", None, "leave the C-rate open", ("--c-rate", "unknown")))
    return tuple(changes)


def _rule(route: Route, problem: Problem, failed: tuple[Constraint, ...]) -> str:
    """The id a reader can look up: the rule of the knowledge base where one decided, else the constraint."""
    if failed[0] == "physics":
        return route.excluded_by[0]
    if failed[0] == "sees-none" and not any(route.ratings[goal] for goal in problem.goal_ids):
        blinding = [steps[-1].id for way in route.ways for goal in problem.goal_ids if (steps := way.steered.get(goal))]
        return blinding[0] if blinding else "sees-none"
    return failed[0]
