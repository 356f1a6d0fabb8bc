"""Published studies that really used a technique on such an anode."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.shown import Shown
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study

STRENGTH = {"full text": 0, "abstract": 1, "title": 2, "review text": 3}


class Wanted(NamedTuple):
    """What a precedent must match; None is open. `techniques` must all have been used in the same study.

    A `material` and `goals` exclude nothing: studies of the very material come first, and of these and of the others
    those that asked one of the goals.
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

    def distance(self, study: Study) -> tuple[bool, bool]:
        """How far a study is from what is asked: by its material, then by what it asked."""
        return not self.names(study), self.goals.isdisjoint(study.asked)


class Precedents(tuple[tuple[str, Study], ...], Shown):
    """Studies with their ids, best first, and what was looked for."""

    kb: KnowledgeBase
    wanted: Wanted

    def __new__(cls, found: Iterable[tuple[str, Study]], kb: KnowledgeBase, wanted: Wanted) -> Precedents:
        """Studies with what they were looked up by."""
        self = super().__new__(cls, found)
        self.kb, self.wanted = kb, wanted
        return self


def wanted_for(advice: Advice, techniques: Sequence[str]) -> Wanted:
    """What to look for of some techniques used together, for the system and the goals of a question."""
    question = advice.question
    asked = frozenset(question.target_ids) | frozenset(advice.goals)
    return Wanted(question.ion.value, question.anode_type, tuple(techniques), material=question.material, goals=asked)


def of_winner(advice: Advice) -> list[Wanted]:
    """What to look for of the first place; of its members too where no study of the pairing is on the very anode."""
    best = advice.best
    if best is None:
        return []
    members = advice.kb.options[best.id]
    wanted = wanted_for(advice, members)
    found = [study for _, study in precedents(advice.kb, wanted)]
    if len(members) == 1 or any(wanted.material is None or wanted.names(study) for study in found):
        return [wanted]
    return [wanted, *(wanted_for(advice, (member,)) for member in members)]


def nearest(advice: Advice) -> tuple[str, Study] | None:
    """The published study nearest to an answer.

    That is the nearest of all by its material, then by what it asked; of equals one of the experiment to start with,
    then one of the first place, then one of the other techniques of these. One of any technique takes their place where
    it alone asked one of the goals of the very material.
    """
    if advice.best is None:
        return None
    start = next(advice.kb.options[option.id] for option in advice.ranking if option.kind == "technique")
    together = advice.kb.options[advice.best.id]
    sets = dict.fromkeys((start, together, *((member,) for member in together)))
    found = [
        (*wanted.distance(study), key)
        for wanted in (wanted_for(advice, one) for one in sets)
        for key, study in precedents(advice.kb, wanted)
    ]
    every = wanted_for(advice, ())
    found += [(False, False, key) for key, study in precedents(advice.kb, every) if not any(every.distance(study))]
    key = min(found, key=lambda each: each[:2], default=(False, False, None))[2]
    return (key, advice.kb.studies[key]) if key else None


def precedents(kb: KnowledgeBase, wanted: Wanted) -> Precedents:
    """Matching studies, the nearest first; of equals first those confirmed by full text, then abstract, then title."""
    found = [(key, study) for key, study in kb.studies.items() if _matches(study, wanted)]
    ordered = sorted(found, key=lambda item: (wanted.distance(item[1]), STRENGTH[item[1].confirmed_by]))
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
