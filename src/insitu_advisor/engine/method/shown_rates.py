"""Rates at which a published study answered a goal: what was done counts before what a time per point makes us expect.

A time per point is often taken over from another cell, or guessed. Where a study used this very way, with this ion on
this anode type, asked this very goal and prints its C-rate, its points were enough for it at that rate.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.literature import Study

Key = tuple[str, str, Ion | None, AnodeType | None]
# A printed 1C and an asked 1.0 are the same rate, whatever the division left behind.
SAME = 1e-9


class Shown(NamedTuple):
    """The fastest rate (1/h) at which a goal was answered, and the reference of the study that did it."""

    rate: float
    reference: str

    def covers(self, c_rate: float) -> bool:
        """Whether this rate was reached."""
        return c_rate <= self.rate + SAME


def shown_rates(
    kb: KnowledgeBase, technique: str, variant: str, ion: Ion | None, anode: AnodeType | None
) -> Mapping[str, Shown]:
    """The fastest documented rate of a way for every goal it has one for; an open ion or anode type means any."""
    return _all(kb).get((technique, variant, ion, anode), {})


@lru_cache(maxsize=8)
def _all(kb: KnowledgeBase) -> Mapping[Key, Mapping[str, Shown]]:
    found: dict[Key, dict[str, Shown]] = {}
    for study in kb.studies.values():
        rate = study.fastest_rate
        if rate is None or study.confirmed_by == "review text":
            continue
        for key in _keys(study):
            goals = found.setdefault(key, {})
            for goal in (goal for target in study.asked for goal in kb.goals_of(target)):
                if goal not in goals or rate > goals[goal].rate:
                    goals[goal] = Shown(rate, study.reference)
    return MappingProxyType(found)


def _keys(study: Study) -> Iterator[Key]:
    ions: tuple[Ion | None, ...] = (None, *study.ions)
    anodes: tuple[AnodeType | None, ...] = (None, *study.anode)
    for technique, way in study.ways.items():
        yield from ((technique, way, ion, anode) for ion in ions for anode in anodes)
