"""At best: no question gives a technique a higher rating, and some system gives it this one."""

import itertools
from typing import get_args

from insitu_advisor.engine.method.at_best import at_best
from insitu_advisor.engine.method.system import System, read
from insitu_advisor.knowledge.claim import AnodeType, CellWord, Ion


def _systems(kb):
    """Systems that differ in ion, anode type, material and trait, each also in a cell."""
    traits = [frozenset(), *(frozenset((trait,)) for trait in kb.traits)]
    for ion, anode, trait in itertools.product(get_args(Ion), get_args(AnodeType), traits):
        yield System(ion, anode, None, trait)
    for ion, (key, item) in itertools.product(get_args(Ion), kb.materials.items()):
        yield System(ion, item.type, key, frozenset(item.traits_for(ion)))
    for ion, cell in itertools.product(get_args(Ion), get_args(CellWord)):
        yield System(ion, "metal", None, frozenset(), frozenset((cell,)))


def test_nothing_is_better_than_at_best(kb):
    """Over ions, anode types, materials, traits and cells no way of a technique is rated higher than at best."""
    best = {(technique, goal): at_best(kb, technique, goal) for technique in kb.techniques for goal in kb.goals}
    for system in _systems(kb):
        for technique, ways in read(kb, system).ways.items():
            for goal in kb.goals:
                assert max(way.ratings[goal] for way in ways) <= best[technique, goal].rating, (system, technique, goal)
    for (technique, goal), found in best.items():
        assert bool(found.rating) == bool(found.way) == bool(found.sees), (technique, goal)


def test_what_a_rule_raises_counts(kb):
    """Raman hints at fracture where a rule says so, and NMR sees short-range order best in some system."""
    assert (1, 3) == (at_best(kb, "raman", "fracture").rating, at_best(kb, "nmr", "amorphous-order").rating)
