"""Track record: how often a technique was used in situ on such an anode, counted from the studies of the knowledge base.

The written rule: no study found is 0, one is 1 (isolated), two to five are 2 (several), six or more are 3 (established).
Six is where the list stops being short enough to name every study; judgement. What the review says in words can raise a
count, never lower it, for the list is far from complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.technique import IonStanding, Role

SEVERAL, ESTABLISHED = 2, 6
Cell = tuple[str, Ion | None, AnodeType | None]


@dataclass(frozen=True, slots=True)
class Record:
    """How established a technique is for an anode type or an ion: standing 0-3, studies counted, and what raised it."""

    of: str
    standing: int
    studies: int
    claim: Role | IonStanding | None
    raised: bool


def standing(studies: int) -> int:
    """The standing 0-3 that a number of studies gives."""
    return 0 if not studies else 1 if studies < SEVERAL else 2 if studies < ESTABLISHED else 3


@lru_cache(maxsize=8)
def counts(kb: KnowledgeBase) -> Mapping[Cell, int]:
    """Confirmed studies by technique, ion and anode type; None stands for any."""
    found: Counter[Cell] = Counter()
    for study in kb.studies.values():
        if study.confirmed_by == "review text":
            continue
        for technique in study.techniques:
            found.update((technique, ion, None) for ion in study.ions)
            found.update((technique, None, anode) for anode in study.anode)
            found.update((technique, ion, anode) for ion in study.ions for anode in study.anode)
    return found


def records(kb: KnowledgeBase, technique_id: str, ion: Ion | None, anode: AnodeType | None) -> tuple[Record, ...]:
    """The track record for the anode type and for the ion, where they are given."""
    technique, found = kb.techniques[technique_id], counts(kb)
    kept: list[Record] = []
    if anode is not None:
        role = technique.roles.get(anode)
        kept.append(_record(f"{anode} anodes", found[technique_id, None, anode], role))
    if ion is not None:
        said = technique.ions[ion]
        kept.append(_record(ion, found[technique_id, ion, None], said))
    return tuple(kept)


def _record(of: str, studies: int, said: Role | IonStanding | None) -> Record:
    counted, floor = standing(studies), (said and said.standing) or 0
    return Record(of, max(counted, floor), studies, said, floor > counted)
