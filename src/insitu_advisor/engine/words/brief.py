"""The answer in brief: what was understood, what to do, why, how sure, what next. One wording for every format."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.plan import plan
from insitu_advisor.engine.inquiry.precedents import of_winner, precedents
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import rate_word, reproduce
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words.certainty import sure
from insitu_advisor.engine.words.matrix import MOST_OPTIONS, Matrix, matrix
from insitu_advisor.engine.words.reach import gap_text
from insitu_advisor.engine.words.reasons import Reason
from insitu_advisor.engine.words.sentences import ANODE_NAMES, anode_name, capital, some, target_names
from insitu_advisor.engine.words.steps import do, why

# Characters on one and on two lines of a screen of eighty columns, beside the labels.
ONE_LINE, TWO_LINES = 74, 148


@dataclass(frozen=True, slots=True)
class Brief:
    """The short answer. A part that has nothing to say is empty."""

    system: str
    goals: str
    do: str
    why: str
    sure: str
    gap: str
    note: str
    watch: Reason | None
    seen: Reason | None
    next: str
    matrix: Matrix | None


def brief(advice: Advice, certificate: Certificate | None, options: int = MOST_OPTIONS) -> Brief:
    """The short answer to a question, with the first few options in its matrix."""
    found = plan(advice)
    return Brief(
        system=_system(advice),
        goals=_goals(advice),
        do=do(found),
        why=why(found),
        sure=sure(advice, certificate) if certificate else "",
        gap=gap_text(advice, unanswered(advice)),
        note="",
        watch=_watch(advice),
        seen=_seen(advice),
        next=_next(advice),
        matrix=matrix(advice, options),
    )


def _system(advice: Advice) -> str:
    question = advice.question
    anode, ion, rate = question.anode.value, question.ion.value, question.c_rate.value
    listed_or_read = anode is not None and (anode.material or anode.traits)
    what = "any anode" if anode is None else anode_name(advice.kb, anode) if listed_or_read else ANODE_NAMES[anode.type]
    words = [what, f"{ion}-ion" if ion else "any ion"]
    words += [rate_word(rate)] if rate else []
    words += [f"{question.scale.value} scale"] if question.scale.value else []
    return capital(", ".join(words))


def _goals(advice: Advice) -> str:
    answer = advice.question.targets
    names = [
        name if goal.weight == 1 else f"{name} (x{goal.weight:g})"
        for goal in answer.value
        for name in target_names(advice.kb, (goal.id,))
    ]
    if answer.source == "assumed":
        return f"You named no goal; assumed: {some(names, most=4)} (--target sets it)"
    return f"Goals: {some(names)}" if len(names) > 1 else f"Goal: {names[0]}"


def _watch(advice: Advice) -> Reason | None:
    """That the material hardly reacts, else the pitfall that is aimed most closely at this question."""
    if doubt := cautions.hardly_reacts(advice):
        return doubt[0]
    if advice.best is None:
        return None
    spots = cautions.blind_spots(advice, advice.best.route)
    found = [Reason(f"{spot.technique}: {spot.says.text}", spot.says.basis, spot.says.sources) for spot in spots]
    for reason in (*found, *cautions.cautions(advice, advice.best.route)):
        text = first_sentences(reason.text)
        if len(text) <= TWO_LINES:
            return Reason(text, reason.basis, reason.sources)
    return None


def first_sentences(text: str, most: int = TWO_LINES) -> str:
    """As many sentences of a text as fit into so many characters, one at least."""
    kept, *rest = text.split(". ")
    for sentence in rest:
        if len(kept) + len(sentence) + 2 > most:
            return f"{kept}."
        kept = f"{kept}. {sentence}"
    return kept


def _seen(advice: Advice) -> Reason | None:
    """The nearest published study of the first place."""
    for wanted in of_winner(advice):
        for _, study in precedents(advice.kb, wanted):
            reference = advice.kb.references[study.reference]
            names = " + ".join(advice.kb.techniques[technique].short for technique in study.techniques)
            author = (reference.authors or "").split(",")[0]
            who = " ".join(filter(None, (author, str(reference.year or "")))) or study.reference
            text = f"{capital(study.material)} with {'/'.join(study.ions)} by {names} ({who})."
            return Reason(text, "literature", (study.reference,))
    return None


def _next(advice: Advice) -> str:
    if advice.best is None:
        return reproduce(advice.question, advice.kb, "why", advice.excluded[0].id)
    command = f"{reproduce(advice.question, advice.kb, 'report')} -o report.html"
    return command if len(command) <= ONE_LINE else "insitu-advisor report, with the same options and -o report.html"
