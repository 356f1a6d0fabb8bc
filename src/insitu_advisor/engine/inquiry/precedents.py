"""Published studies that really used a technique on such an anode."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.shown import Shown
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study

STRENGTH = {"full text": 0, "abstract": 1, "title": 2, "review text": 3}


class Wanted(NamedTuple):
    """What a precedent must match; None is open. `techniques` must all have been used in the same study.

    A `material` excludes nothing: its own studies come first, then those of the other anodes.
    """

    ion: str | None = None
    anode: str | None = None
    techniques: str | Collection[str] = ()
    target: str | None = None
    material: str | None = None

    def names(self, study: Study) -> bool:
        """Whether a study is on the very material."""
        return self.material in study.materials


class Precedents(tuple[tuple[str, Study], ...], Shown):
    """Studies with their ids, best first, and what was looked for."""

    kb: KnowledgeBase
    wanted: Wanted

    def __new__(cls, found: Iterable[tuple[str, Study]], kb: KnowledgeBase, wanted: Wanted) -> Precedents:
        """Studies with what they were looked up by."""
        self = super().__new__(cls, found)
        self.kb, self.wanted = kb, wanted
        return self


def of_winner(advice: Advice) -> list[Wanted]:
    """What to look for of the first place; of its members too where there is no study of the pairing."""
    best, question = advice.best, advice.question
    if best is None:
        return []
    members = advice.kb.options[best.id]
    wanted = Wanted(question.ion.value, question.anode_type, members, material=question.material)
    if len(members) == 1 or precedents(advice.kb, wanted):
        return [wanted]
    return [wanted, *(wanted._replace(techniques=(member,)) for member in members)]


def precedents(kb: KnowledgeBase, wanted: Wanted) -> Precedents:
    """Matching studies, first those of the very material.

    Within these and the others, those confirmed by title come first, then by abstract, then only by the text of the
    review.
    """
    found = [(key, study) for key, study in kb.studies.items() if _matches(study, wanted)]
    ordered = sorted(found, key=lambda item: (not wanted.names(item[1]), STRENGTH[item[1].confirmed_by]))
    return Precedents(ordered, kb, wanted)


def _several(words: str | Collection[str]) -> set[str]:
    """One word by itself, or several."""
    return {words} if isinstance(words, str) else set(words)


def _matches(study: Study, wanted: Wanted) -> bool:
    return (
        (wanted.ion is None or wanted.ion in study.ions)
        and (wanted.anode is None or wanted.anode in study.anode)
        and _several(wanted.techniques) <= set(study.techniques)
        and (wanted.target is None or wanted.target in study.asked)
    )
