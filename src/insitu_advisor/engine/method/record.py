"""Track record: how often a technique was used in situ on such an anode, counted from the studies we know of.

The written rule: no study is 0 (none), one is 1 (isolated), two to five are 2 (several), six or more are 3
(established). Six is where one stops naming every study; judgement. What a claim says in words can raise a count,
never lower it, for the list is far from complete.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, BasisKind, Ion
from insitu_advisor.knowledge.technique import IonStanding, Role

SEVERAL, ESTABLISHED = 2, 6
Cell = tuple[str, Ion | None, AnodeType | None]


class Record(NamedTuple):
    """How established a technique is on such an anode: standing 0-3, studies counted, what is said of its role.

    `raised` is True where the word of a claim lifts the standing above what the studies alone would give.
    """

    of: str
    standing: int
    studies: int
    claims: tuple[Role | IonStanding, ...]
    raised: bool

    @property
    def basis(self) -> BasisKind:
        """What the standing rests on: the claim that raised it, or the studies counted."""
        raising = (claim.basis_kind for claim in self.claims if self.raised and claim.standing == self.standing)
        return next(raising, "literature")


def standing(studies: int) -> int:
    """The standing 0-3 that a number of studies gives."""
    return 0 if not studies else 1 if studies < SEVERAL else 2 if studies < ESTABLISHED else 3


@lru_cache(maxsize=8)
def counts(kb: KnowledgeBase) -> Mapping[Cell, int]:
    """Confirmed studies by technique, ion and anode type; None stands for any."""
    studies = (study for study in kb.studies.values() if study.confirmed_by != "review text")
    return Counter(
        cell for study in studies for cell in product(study.techniques, (*study.ions, None), (*study.anode, None))
    )


def record(kb: KnowledgeBase, technique_id: str, ion: Ion | None, anode: AnodeType | None) -> Record | None:
    """The track record on this anode type with this ion, or on what is known of the two; None where neither is."""
    if ion is None and anode is None:
        return None
    technique = kb.techniques[technique_id]
    said = (technique.roles.get(anode) if anode else None, technique.ions[ion] if ion else None)
    studies = counts(kb)[technique_id, ion, anode]
    counted, floor = standing(studies), max((claim.standing or 0 for claim in said if claim), default=0)
    of = " and ".join(filter(None, (f"{anode} anodes" if anode else "", ion or "")))
    return Record(of, max(counted, floor), studies, tuple(claim for claim in said if claim), floor > counted)
