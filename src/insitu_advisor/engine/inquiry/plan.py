"""The best set of experiments for all targets: an exact search over the sets of techniques."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.arithmetic import information_value
from insitu_advisor.engine.method.constraints import passes
from insitu_advisor.engine.method.problem import Asked, prepare
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.knowledge import tier

MOST_EXPERIMENTS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Experiment:
    """One experiment of a plan: its way, the targets it answers better than those before it, its information alone."""

    way: Way
    adds: tuple[tuple[str, int], ...]
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """The best set of one size: `value` is the information 0-1 it gives, `gain` the step from the best smaller set."""

    experiments: tuple[Experiment, ...]
    value: float
    gain: float
    documented: str | None
    uncovered: tuple[str, ...]

    @property
    def pays(self) -> bool:
        """Whether this size tells more than the best smaller set."""
        return self.gain > 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The best set of every size up to the limit, and the targets no allowed experiment sees."""

    advice: Advice
    stages: tuple[Stage, ...]
    invisible: tuple[str, ...]

    @property
    def best(self) -> Stage | None:
        """The smallest set that tells as much as any set within the limit."""
        paying = [stage for stage in self.stages if stage.pays]
        return paying[-1] if paying else None


def plan(advice: Advice, most: int = MOST_EXPERIMENTS) -> Plan:
    """The best sets of one to `most` experiments for all targets within the constraints, found by trying every set.

    Among sets that tell as much, the one whose experiments cost and take least wins.
    """
    asked = prepare(advice.question)
    pools = [pool for option, routes in advice.system.routes.items() if (pool := _ways(routes, asked, option))]
    stages: list[Stage] = []
    before = 0.0
    for size in range(1, min(most, len(pools)) + 1):
        ways = max(
            (ways for chosen in itertools.combinations(pools, size) for ways in itertools.product(*chosen)),
            key=lambda ways: _merit(ways, asked),
        )
        value = _value(ways, asked)
        stages.append(_stage(advice, ways, asked, value, value - before))
        before = max(before, value)
    seen = {target for pool in pools for way in pool for target, _ in asked.targets if way.ratings[target]}
    return Plan(advice, tuple(stages), tuple(target for target, _ in asked.targets if target not in seen))


def _ways(routes: tuple[Route, ...], asked: Asked, option: str) -> tuple[Way, ...]:
    """The ways of a single technique that pass the constraints."""
    if "+" in option:
        return ()
    return tuple(route.ways[0] for route in routes if passes(route, asked))


def _value(ways: tuple[Way, ...], asked: Asked) -> float:
    best = [max(way.ratings[target] for way in ways) for target, _ in asked.targets]
    return information_value(best, [weight for _, weight in asked.targets])


def _merit(ways: tuple[Way, ...], asked: Asked) -> tuple[float, float, float]:
    """Most information first, then the least cost and effort, then the best established."""
    return round(_value(ways, asked), 9), -sum(map(burden, ways)), float(sum(sum(way.standings) for way in ways))


def burden(way: Way) -> float:
    """Cost and effort of one way on the ordinal scale, for putting the cheap experiments first."""
    return tier.position(way.cost.tier) + tier.position(way.preparation.tier)


def _stage(advice: Advice, ways: tuple[Way, ...], asked: Asked, value: float, gain: float) -> Stage:
    ordered = sorted(ways, key=lambda way: (burden(way), -_value((way,), asked)))
    reached = dict.fromkeys((target for target, _ in asked.targets), 0)
    experiments = []
    for way in ordered:
        adds = tuple((target, way.ratings[target]) for target in reached if way.ratings[target] > reached[target])
        reached.update(adds)
        experiments.append(Experiment(way, adds, _value((way,), asked)))
    members = frozenset(way.technique_id for way in ways)
    documented = next((key for key, item in advice.kb.combinations.items() if frozenset(item.members) == members), None)
    uncovered = tuple(target for target, rating in reached.items() if not rating)
    return Stage(tuple(experiments), value, gain, documented, uncovered)
