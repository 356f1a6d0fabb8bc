"""Questions that meet the condition of a rule, and questions that miss it by one answer."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, get_args

from engine.checks import asked
from engine.knowledge import ANODES, IONS, changed
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.engine.question.question import Anode
from insitu_advisor.engine.words.cautions import cautions, preparations
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import CellWord, ElectrolyteKind
from insitu_advisor.knowledge.rule import Rule

Words = dict[str, Any]
FEW = 4
CELLS, ELECTROLYTES = get_args(CellWord), get_args(ElectrolyteKind)


def triggering(kb: KnowledgeBase, rule: Rule) -> list[Words]:
    """Questions on which every part of the condition holds, one for each ion and material that can meet it."""
    when = rule.when
    besides: Words = {}
    if when.cells:
        besides["cell"] = when.cells[:1]
    if when.electrolytes:
        besides["electrolyte"] = when.electrolytes[0]
    if (warmth := _warmth(rule)) is not None:
        besides["temperature"] = warmth
    return [
        {
            "ion": ion,
            "anode": anode,
            "targets": when.targets[:1],
            "c_rate": when.c_rate_above and 2 * when.c_rate_above,
            **besides,
        }
        for ion in when.ions or IONS
        for anode in _anodes(kb, rule, ion)
    ]


def missing(kb: KnowledgeBase, rule: Rule) -> Iterator[Words]:
    """Questions on which exactly one part of the condition fails; none for a rule without a condition.

    They are made from the first and the last question that meets it.
    """
    when, every = rule.when, triggering(kb, rule)
    for words in every[:: max(1, len(every) - 1)]:
        if when.ions:
            yield from (words | {"ion": ion} for ion in IONS if ion not in when.ions)
            yield words | {"ion": None}
        if when.anodes or when.materials or when.traits:
            yield words | {"anode": None}
            yield from (words | {"anode": material} for material in _others(kb, rule, words["ion"]))
        if when.targets:
            yield words | {"targets": [_unasked(kb, rule)]}
        if when.c_rate_above:
            yield words | {"c_rate": when.c_rate_above}
            yield words | {"c_rate": None}
        if when.cells:
            yield words | {"cell": tuple(cell for cell in CELLS if cell not in when.cells)[:1]}
            yield words | {"cell": None}
        if when.electrolytes:
            yield words | {"electrolyte": next(kind for kind in ELECTROLYTES if kind not in when.electrolytes)}
            yield words | {"electrolyte": None}
        if when.temperature_above is not None or when.temperature_below is not None:
            yield from (words | {"temperature": limit} for limit in (when.temperature_above, when.temperature_below))


def ratings(kb: KnowledgeBase, rule: Rule, words: Words) -> dict[tuple[str, str], int]:
    """What each variant of the technique of a rule sees of each goal."""
    found = read_system(_alone(kb, rule.technique), asked(kb, **words)).ways[rule.technique]
    return {(way.variant_id, goal): rating for way in found for goal, rating in way.ratings.items()}


def scales(kb: KnowledgeBase, rule: Rule, words: Words) -> dict[tuple[str, str], tuple[str, str]]:
    """How far each variant of the technique of a rule resolves each scale, and why."""
    found = read_system(_alone(kb, rule.technique), asked(kb, **words)).ways[rule.technique]
    written = ((way, scale, said) for way in found for scale, said in way.scales.items())
    return {(way.variant_id, scale): (said.reach, said.because) for way, scale, said in written}


@lru_cache(maxsize=8)
def _alone(kb: KnowledgeBase, technique: str) -> KnowledgeBase:
    """The knowledge base with one technique only, which is read in a fraction of the time."""
    return changed(kb, techniques={technique: kb.techniques[technique]}, combinations={})


def told(advice: Advice, rule: Rule) -> set[str]:
    """The variants beside which a caution or a checklist line stands."""
    found = set()
    for route in advice.system.routes[rule.technique]:
        if rule.kind == "caution":
            lines = [caution.text.partition(": ")[2] for caution in cautions(advice, route)]
        else:
            lines = [step.text for _, steps in preparations(advice, route) for step in steps]
        if rule.sentence in lines:
            found.add(route.ways[0].variant_id)
    return found


def sees(advice: Advice, technique: str, goal: str) -> dict[str, int]:
    """What each variant of a technique sees of a goal."""
    return {way.variant_id: way.ratings[goal] for way in advice.system.ways[technique]}


def _warmth(rule: Rule) -> float | None:
    above, below = rule.when.temperature_above, rule.when.temperature_below
    if above is not None and below is not None:
        return (above + below) / 2
    return above + 1 if above is not None else below - 1 if below is not None else None


def _unasked(kb: KnowledgeBase, rule: Rule) -> str:
    """A target that the condition names neither whole nor in part."""
    named = {goal for target in rule.when.targets for goal in kb.goals_of(target)}
    return next(target for target in kb.targets if named.isdisjoint(kb.goals_of(target)))


def _anodes(kb: KnowledgeBase, rule: Rule, ion: str) -> list[str | Anode]:
    when = rule.when
    if not (when.materials or when.traits or when.anodes):
        return list(ANODES)
    listed: list[str | Anode] = [key for key in kb.materials if _meets(kb, rule, key, ion)]
    if when.anodes and not (when.materials or when.traits):
        return [*when.anodes, *listed[:: 1 + len(listed) // FEW]]
    return listed or [Anode((when.anodes or ANODES)[0], traits=when.traits[:1])]


def _others(kb: KnowledgeBase, rule: Rule, ion: str) -> list[str]:
    return [key for key in kb.materials if not _meets(kb, rule, key, ion)][::FEW][:FEW]


def _meets(kb: KnowledgeBase, rule: Rule, material_id: str, ion: str) -> bool:
    when, material = rule.when, kb.materials[material_id]
    traits = {*material.traits, *material.traits_with.get(ion, ())}
    return (
        (not when.materials or material_id in when.materials)
        and (not when.anodes or material.type in when.anodes)
        and (not when.traits or not traits.isdisjoint(when.traits))
    )
