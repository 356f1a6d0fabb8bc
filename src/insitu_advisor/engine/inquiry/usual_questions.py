"""What published studies of a material asked, for a researcher who named no target."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice

ENOUGH_STUDIES = 2
MOST_NAMED = 3


class UsualQuestions(NamedTuple):
    """`studies` in the list tell what they asked of this material and ion; so many of them asked each target."""

    studies: int
    targets: tuple[tuple[str, int], ...]


def usual_questions(advice: Advice) -> UsualQuestions | None:
    """Targets that two studies or more asked and the assumed ones leave out; None where there is no such target.

    Only for a question that names a material and leaves its targets to be assumed.
    """
    question, kb = advice.question, advice.kb
    material, ion = question.material, question.ion.value
    if material is None or question.targets.source != "assumed":
        return None
    told = [
        study.asked
        for study in kb.studies.values()
        if study.asked and material in study.materials and (ion is None or ion in study.ions)
    ]
    counts = Counter(target for asked in told for target in asked if target not in question.target_ids)
    often = [(target, count) for target, count in counts.most_common(MOST_NAMED) if count >= ENOUGH_STUDIES]
    return UsualQuestions(len(told), tuple(often)) if often else None
