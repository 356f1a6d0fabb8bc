"""What was asked, in one line above an answer."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.render.pages.document import Cited, Paragraph


def asked(advice: Advice) -> Paragraph:
    """The system and the goals in one line, which says so where the goals were assumed."""
    question = advice.question
    names = wording.listed(wording.target_names(advice.kb, (goal.id for goal in question.targets.value)))
    if question.targets.source == "assumed":
        return Paragraph(Cited(f"{_system(advice)} You named no goal; assumed: {names} (--target sets it)."))
    return Paragraph(Cited(f"{_system(advice)} Goals: {names}."))


def _system(advice: Advice) -> str:
    question = advice.question
    return (
        "Any anode, any ion."
        if not (question.anode.value or question.ion.value)
        else (f"{wording.capital(wording.system_name(advice))}.")
    )
