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

    A `material` and `goals` exclude nothing: studies of the very material come first, then those of the other anodes,
    and within both those that asked one of the goals.
    """

    ion: str | None = None
    anode: str | None = None
    techniques: str | Collection[str] = ()
    target: str | None = None
    material: str | None = None
    goals: frozenset[str] = frozenset()

    def names(self, study: Study) -> bool:
        """Whether a study is on the very material."""
        return self.material in study.materials

    def asks(self, study: Study) -> bool:
        """Whether a study asked one of the goals, or what one is a part of."""
        return not self.goals.isdisjoint(study.asked)


class Precedents(tuple[tuple[str, Study], ...], Shown):
    """Studies with their ids, best first, and what was looked for."""

    kb: KnowledgeBase
    wanted: Wanted

    def __new__(cls, found: Iterable[tuple[str, Study]], kb: KnowledgeBase, wanted: Wanted) -> Precedents:
        """Studies with what they were looked up by."""
        self = super().__new__(cls, found)
        self.kb, self.wanted = kb, wanted
        return self


def wanted_of(advice: Advice, techniques: Collection[str]) -> Wanted:
    """What a study with these techniques has to match to be near to a question."""
    question, goals = advice.question, advice.goals
    asked = frozenset({*goals, *(advice.kb.whole[goal] for goal in goals)})
    return Wanted(question.ion.value, question.anode_type, techniques, material=question.material, goals=asked)


def of_winner(advice: Advice) -> list[Wanted]:
    """What to look for of the first place; of its members too where there is no study of the pairing."""
    if advice.best is None:
        return []
    members = advice.kb.options[advice.best.id]
    wanted = wanted_of(advice, members)
    if len(members) == 1 or precedents(advice.kb, wanted):
        return [wanted]
    return [wanted, *(wanted._replace(techniques=(member,)) for member in members)]


def precedents(kb: KnowledgeBase, wanted: Wanted) -> Precedents:
    """Matching studies, first those of the very material, within both first those that asked one of the goals.

    Within each, those confirmed by title come first, then by abstract, then only by the text of the review.
    """
    found = [(key, study) for key, study in kb.studies.items() if _matches(study, wanted)]
    ordered = sorted(found, key=lambda item: (*_distance(wanted, item[1]), STRENGTH[item[1].confirmed_by]))
    return Precedents(ordered, kb, wanted)


def _distance(wanted: Wanted, study: Study) -> tuple[bool, bool]:
    return not wanted.names(study), not wanted.asks(study)


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
