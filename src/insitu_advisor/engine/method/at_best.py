"""How well a technique sees a goal where everything suits it: the best over its ways and over every system."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from insitu_advisor.engine.method.system import System, read
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.rule import Condition


class AtBest(NamedTuple):
    """The best rating 0-3, the name of the way that has it, and what it sees there; no words where nothing is seen."""

    rating: int
    way: str
    sees: str


def at_best(kb: KnowledgeBase, technique_id: str, goal: str) -> AtBest:
    """How a technique sees a goal with the way, ion, anode and cell that suit it best; the first of equals."""
    best = AtBest(0, "", "")
    for system in _systems(kb, technique_id, goal):
        for way in read(kb, system).ways[technique_id]:
            if way.ratings[goal] > best.rating:
                steps = way.steered.get(goal)
                sees = steps[-1].rule.sentence if steps else way.sights[goal].sees
                best = AtBest(way.ratings[goal], way.variant.name, sees)
    return best


def _systems(kb: KnowledgeBase, technique_id: str, goal: str) -> Iterator[System]:
    """The system of which nothing is said, and those of every rule that raises this rating."""
    yield System()
    for rule in kb.rules.values():
        if rule.kind == "raise" and rule.technique == technique_id and {goal, kb.whole[goal]} & {*rule.targets}:
            yield from _meeting(rule.when)


def _meeting(when: Condition) -> Iterator[System]:
    """The systems that meet a condition and say nothing else."""
    above, below = when.temperature_above, when.temperature_below
    warmth = above + 1 if above is not None else below - 1 if below is not None else None
    traits = [frozenset((trait,)) for trait in when.traits] or [frozenset()]
    cells = [frozenset((cell,)) for cell in when.cells] or [frozenset()]
    for ion, anode, material in itertools.product(
        when.ions or (None,), when.anodes or (None,), when.materials or (None,)
    ):
        for trait, cell, electrolyte in itertools.product(traits, cells, when.electrolytes or (None,)):
            yield System(ion, anode, material, trait, cell, electrolyte, warmth)
