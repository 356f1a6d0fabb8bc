"""What was asked, in one line above an answer."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.brief import system_line
from insitu_advisor.render.pages.document import Cited, Paragraph


def asked(advice: Advice) -> Paragraph:
    """What was asked in one line: system, rate, scale, cell and goals, which says so where the goals were assumed."""
    question = advice.question
    names = wording.target_names(advice.kb, (goal.id for goal in question.targets.value))
    if question.targets.source == "assumed":
        return Paragraph(
            Cited(f"{system_line(advice)}. You named no goal; assumed: {wording.listed(names)} (--target sets it).")
        )
    return Paragraph(Cited(f"{system_line(advice)}. {'Goals' if len(names) > 1 else 'Goal'}: {wording.listed(names)}."))
