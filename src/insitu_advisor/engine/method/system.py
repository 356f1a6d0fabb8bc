"""The knowledge base read for one system: what each way of measuring can tell about this ion, anode and material.

Rules of the kinds cap, raise and exclude depend on the system alone, never on what is asked, so a system is read once
and serves every question about it.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from insitu_advisor.engine.method.arithmetic import set_place
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.method.record import Record, record
from insitu_advisor.engine.method.shown_rates import Shown, shown_rates
from insitu_advisor.engine.method.steering import Draft, Steering, steer
from insitu_advisor.engine.question.question import Question
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, CellWord, ElectrolyteKind, Ion, Scale, ScaleReading
from insitu_advisor.knowledge.combination import Case
from insitu_advisor.knowledge.rule import STEERING_KINDS, Condition, Rule
from insitu_advisor.knowledge.technique import Figure, Graded, Sight, Technique, Tempo, Variant

TEMPO_SECONDS: Mapping[str, float] = MappingProxyType(
    {"seconds": 10.0, "minutes": 200.0, "tens-of-minutes": 1500.0, "hours": 10_000.0}
)


@by_identity
class Way(NamedTuple):
    """One variant of one technique, as it stands for one system.

    `ratings` covers every goal (0-3) after the rules; `steered` names the rules that changed a rating; `seconds` is the
    slow end of the practised time per data point, or stands for a tempo class, or is None where neither is known.
    `shown` holds for a goal the fastest rate at which a study of such a system answered it this way.
    """

    technique_id: str
    variant_id: str
    technique: Technique
    variant: Variant
    facilities: frozenset[str]
    ratings: Mapping[str, int]
    sights: Mapping[str, Sight]
    steered: Mapping[str, tuple[Steering, ...]]
    excluded_by: tuple[str, ...]
    cost: Graded
    preparation: Graded
    record: Record | None
    scales: Mapping[Scale, ScaleReading]
    figure: Figure | None
    tempo: Tempo | None
    seconds: float | None
    shown: Mapping[str, Shown]

    def __repr__(self) -> str:
        return f"<Way: {self.technique_id}, {self.variant_id}>"


@by_identity
class Route(NamedTuple):
    """One way of carrying out an option: one way for a single technique, one for each member of a set.

    `ratings` holds for every goal the rating of the member that sees it best.
    """

    ways: tuple[Way, ...]
    ratings: Mapping[str, int]
    needs: tuple[frozenset[str], ...]
    dearest_cost: int
    dearest_preparation: int
    cost_place: float
    preparation_place: float
    excluded_by: tuple[str, ...]
    documented: Case | None = None

    @property
    def documented_counts(self) -> bool:
        """Whether a confirmed published case of this very pairing, ion and anode type exists."""
        return self.documented is not None and self.documented.confirmed == "confirmed"


class System(NamedTuple):
    """What is in the cell: everything of a question that rules on ratings may depend on. None and empty are open."""

    ion: Ion | None = None
    anode: AnodeType | None = None
    material: str | None = None
    traits: frozenset[str] = frozenset()
    cell: frozenset[CellWord] = frozenset()
    electrolyte: ElectrolyteKind | None = None
    temperature: float | None = None


@by_identity
class SystemReading(NamedTuple):
    """Every option of the knowledge base with its routes, for one system.

    `pairings` finds the route of a pairing by the variants of its members.
    """

    kb: KnowledgeBase
    system: System
    ways: Mapping[str, tuple[Way, ...]]
    routes: Mapping[str, tuple[Route, ...]]
    pairings: Mapping[str, Mapping[tuple[str, ...], Route]]

    def __repr__(self) -> str:
        system = self.system
        return f"<SystemReading: {system.ion or 'any ion'}, {system.material or system.anode or 'any anode'}>"


def read_system(kb: KnowledgeBase, question: Question) -> SystemReading:
    """The knowledge base read for the system a question is about."""
    anode, ion = question.anode.value, question.ion.value
    traits = frozenset(anode.traits if anode else ())
    if anode and anode.material:
        traits |= kb.materials[anode.material].traits_for(ion)
    return read(
        kb,
        System(
            ion=ion,
            anode=question.anode_type,
            material=question.material,
            traits=traits,
            cell=frozenset(question.cell.value or ()),
            electrolyte=question.electrolyte.value,
            temperature=question.temperature.value,
        ),
    )


@lru_cache(maxsize=1024)
def read(kb: KnowledgeBase, system: System) -> SystemReading:
    """The knowledge base read for a system; cached, since a system is asked about again and again."""
    steering = _steering(kb, system)
    ways = {
        technique_id: tuple(
            _way(kb, technique_id, variant_id, system, steering.get(technique_id, ()))
            for variant_id in technique.variants
        )
        for technique_id, technique in kb.techniques.items()
    }
    routes = {
        option: tuple(
            make_route(combo, documented(kb, option, system.ion, system.anode))
            for combo in itertools.product(*(ways[member] for member in members))
        )
        for option, members in kb.options.items()
    }
    pairings = {
        option: MappingProxyType({tuple(way.variant_id for way in route.ways): route for route in routes[option]})
        for option in kb.combinations
    }
    return SystemReading(
        kb=kb,
        system=system,
        ways=MappingProxyType(ways),
        routes=MappingProxyType(routes),
        pairings=MappingProxyType(pairings),
    )


def documented(kb: KnowledgeBase, option: str, ion: Ion | None, anode: AnodeType | None) -> Case | None:
    """The published case of a pairing with this ion and anode type, or None."""
    combination = kb.combinations.get(option)
    return combination.documented_for(ion, anode) if combination else None


def make_route(ways: tuple[Way, ...], case: Case | None = None) -> Route:
    """One or more ways taken together: the better rating per goal, half a tier above the dearest, every instrument."""
    costs = [tier.position(way.cost.tier) for way in ways]
    efforts = [tier.position(way.preparation.tier) for way in ways]
    first = ways[0].ratings
    return Route(
        ways=ways,
        ratings=first if len(ways) == 1 else _best_of(ways),
        needs=tuple(way.facilities for way in ways),
        dearest_cost=int(max(costs)),
        dearest_preparation=int(max(efforts)),
        cost_place=set_place(costs),
        preparation_place=set_place(efforts),
        excluded_by=tuple(rule for way in ways for rule in way.excluded_by),
        documented=case,
    )


def _best_of(ways: tuple[Way, ...]) -> dict[str, int]:
    """The best rating of each goal; every way rates all goals, in the same order."""
    return dict(zip(ways[0].ratings, map(max, *(way.ratings.values() for way in ways)), strict=True))


def holds_for_system(condition: Condition, system: System) -> bool:
    """Whether the parts of a condition that speak of the system hold; an open answer meets no condition on it."""
    warmth = system.temperature
    return (
        (not condition.ions or system.ion in condition.ions)
        and (not condition.anodes or system.anode in condition.anodes)
        and (not condition.materials or system.material in condition.materials)
        and (not condition.traits or not system.traits.isdisjoint(condition.traits))
        and (not condition.cells or not system.cell.isdisjoint(condition.cells))
        and (not condition.electrolytes or system.electrolyte in condition.electrolytes)
        and (condition.temperature_above is None or (warmth is not None and warmth > condition.temperature_above))
        and (condition.temperature_below is None or (warmth is not None and warmth < condition.temperature_below))
    )


def _steering(kb: KnowledgeBase, system: System) -> Mapping[str, Sequence[tuple[str, Rule]]]:
    """The rules that move or exclude something in this system, by technique and in the order of the file."""
    found: dict[str, list[tuple[str, Rule]]] = {}
    for rule_id, rule in kb.rules.items():
        if _steers(rule, system):
            found.setdefault(rule.technique, []).append((rule_id, rule))
    return found


def _steers(rule: Rule, system: System) -> bool:
    return rule.kind in STEERING_KINDS and holds_for_system(rule.when, system)


def _way(
    kb: KnowledgeBase, technique_id: str, variant_id: str, system: System, rules: Sequence[tuple[str, Rule]]
) -> Way:
    technique = kb.techniques[technique_id]
    variant = technique.variants[variant_id]
    sights = _sights(kb, technique, variant)
    draft = Draft({goal: sights[goal].rating if goal in sights else 0 for goal in kb.goals}, dict(variant.scales))
    for rule_id, rule in rules:
        if not rule.variants or variant_id in rule.variants:
            steer(kb, draft, rule_id, rule)
    figure = variant.time_per_point
    tempo_seconds = TEMPO_SECONDS[variant.tempo.tempo] if variant.tempo else None
    return Way(
        technique_id=technique_id,
        variant_id=variant_id,
        technique=technique,
        variant=variant,
        facilities=frozenset(variant.facilities),
        ratings=MappingProxyType(draft.ratings),
        sights=MappingProxyType(sights),
        steered=MappingProxyType(draft.steered),
        excluded_by=tuple(draft.excluded_by),
        cost=variant.cost or technique.cost,
        preparation=variant.preparation or technique.preparation,
        record=record(kb, technique_id, system.ion, system.anode),
        scales=MappingProxyType(draft.scales),
        figure=figure,
        tempo=variant.tempo,
        seconds=figure.high if figure else tempo_seconds,
        shown=shown_rates(kb, technique_id, variant_id, system.ion, system.anode),
    )


def _sights(kb: KnowledgeBase, technique: Technique, variant: Variant) -> dict[str, Sight]:
    """What a way sees of each goal: its own word before that of the technique, a part's before that of the whole."""
    found: dict[str, Sight] = {}
    for goal, whole in kb.whole.items():
        for entry in (variant, technique):
            sight = entry.information.get(goal) or (None if goal in entry.blind_to else entry.information.get(whole))
            if sight is not None:
                found[goal] = sight
            if sight is not None or goal in entry.blind_to or whole in entry.blind_to:
                break
    return found
