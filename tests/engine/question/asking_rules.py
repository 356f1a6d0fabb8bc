"""Questions that meet the condition of a rule, and questions that miss it by one answer."""

from collections.abc import Iterator
from typing import Any

from engine.checks import advise
from engine.knowledge import ANODES, IONS
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words.cautions import cautions, preparations
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.rule import Rule

Words = dict[str, Any]


def triggering(kb: KnowledgeBase, rule: Rule) -> list[Words]:
    """Questions on which every part of the condition holds, one for each ion and material that can meet it."""
    when = rule.when
    return [
        {"ion": ion, "anode": anode, "targets": when.targets[:1], "c_rate": when.c_rate_above and 2 * when.c_rate_above}
        for ion in when.ions or IONS
        for anode in _anodes(kb, rule, ion)
    ]


def missing(kb: KnowledgeBase, rule: Rule) -> Iterator[Words]:
    """Questions on which exactly one part of the condition fails; none for a rule without a condition."""
    when = rule.when
    for words in triggering(kb, rule):
        if when.ions:
            yield from (words | {"ion": ion} for ion in IONS if ion not in when.ions)
            yield words | {"ion": None}
        if when.anodes or when.materials or when.traits:
            yield words | {"anode": None}
            yield from (words | {"anode": material} for material in _others(kb, rule, words["ion"]))
        if when.targets:
            yield words | {"targets": [next(target for target in kb.targets if target not in when.targets)]}
        if when.c_rate_above:
            yield words | {"c_rate": when.c_rate_above}
            yield words | {"c_rate": None}


def ratings(kb: KnowledgeBase, rule: Rule, words: Words) -> dict[tuple[str, str], int]:
    """What each variant of the technique of a rule sees of each target."""
    found = advise(kb, **words).system.ways[rule.technique]
    return {(way.variant_id, target): rating for way in found for target, rating in way.ratings.items()}


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


def sees(advice: Advice, technique: str, target: str) -> dict[str, int]:
    """What each variant of a technique sees of a target."""
    return {way.variant_id: way.ratings[target] for way in advice.system.ways[technique]}


def _anodes(kb: KnowledgeBase, rule: Rule, ion: str) -> list[str]:
    if rule.when.materials or rule.when.traits or rule.when.anodes:
        return [key for key in kb.materials if _meets(kb, rule, key, ion)]
    return list(ANODES)


def _others(kb: KnowledgeBase, rule: Rule, ion: str) -> list[str]:
    return [key for key in kb.materials if not _meets(kb, rule, key, ion)][:5]


def _meets(kb: KnowledgeBase, rule: Rule, material_id: str, ion: str) -> bool:
    when, material = rule.when, kb.materials[material_id]
    traits = {*material.traits, *material.traits_with.get(ion, ())}
    return (
        (not when.materials or material_id in when.materials)
        and (not when.anodes or material.type in when.anodes)
        and (not when.traits or not traits.isdisjoint(when.traits))
    )
