"""The answer in brief: what was understood, what to do, why, how sure, what next. One wording for every format."""

from __future__ import annotations

from typing import NamedTuple

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.plan import plan
from insitu_advisor.engine.inquiry.precedents import nearest
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import PROGRAM, rate_word, reproduce
from insitu_advisor.engine.words.certainty import sure
from insitu_advisor.engine.words.matrix import MOST_OPTIONS, Matrix, matrix
from insitu_advisor.engine.words.reach import gap_text, outside_note
from insitu_advisor.engine.words.reasons import Reason
from insitu_advisor.engine.words.sentences import (
    ANODE_NAMES,
    as_sentence,
    capital,
    counted,
    listed,
    own_name,
    some,
    target_names,
)
from insitu_advisor.engine.words.sources import label
from insitu_advisor.engine.words.steps import do, most_telling, why
from insitu_advisor.engine.words.watch import TWO_LINES, watch
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.spelling import fold

# Characters on one line of a screen of eighty columns, beside the labels.
ONE_LINE = 74
_LONGEST_NAME = 60


class Brief(NamedTuple):
    """The short answer; a part that has nothing to say is empty. `read` tells how words were read and which not."""

    system: str
    goals: str
    read: str
    do: str
    why: str
    sure: str
    gap: str
    note: Reason | None
    watch: Reason | None
    seen: Reason | None
    next: str
    matrix: Matrix | None


def brief(
    advice: Advice, certificate: Certificate | None, options: int = MOST_OPTIONS, outside: int | None = None
) -> Brief:
    """The short answer, with the first few options in its matrix and so many techniques outside the eight."""
    found, missing = plan(advice), unanswered(advice)
    return Brief(
        system=system_line(advice),
        goals=_goals(advice),
        read=how_read(advice),
        do=do(found),
        why=why(found),
        sure=sure(advice, certificate) if certificate else "",
        gap=gap_text(advice, missing),
        note=outside_note(advice, missing, outside),
        watch=watch(found),
        seen=_seen(advice),
        next=_next(advice),
        matrix=matrix(advice, options),
    )


def system_line(advice: Advice) -> str:
    """What was understood of the system, the rate, the scale and the cell, and of limits that a sentence named."""
    question = advice.question
    anode, ion, rate, warmth = (
        question.anode.value, question.ion.value, question.c_rate.value, question.temperature.value
    )  # fmt: skip
    what = "any anode" if anode is None else own_name(advice.kb, anode) or ANODE_NAMES[anode.type]
    words = [within(what, _LONGEST_NAME), f"{ion}-ion" if ion else "any ion"]
    words += [rate_word(rate)] if rate else []
    words += [f"{question.scale.value} scale"] if question.scale.value else []
    cells = [word for word in question.cell.value or () if not fold(what).startswith(fold(word))]
    words += [f"{listed(cells)} cell"] if cells else []
    words += [f"{question.electrolyte.value} electrolyte"] if question.electrolyte.value else []
    words += [] if warmth is None else [f"{warmth:g} °C"]
    words += _limits(advice)
    if question.said.sentence is not None:
        return f"Understood: {', '.join(words)}"
    return ", ".join(words) if _as_typed(what) else capital(", ".join(words))


def _limits(advice: Advice) -> list[str]:
    """Instruments and budget, where a sentence named them and a reader has to see how they were read."""
    question, names = advice.question, advice.kb.facilities
    found = []
    if question.facilities.source == "understood" and question.facilities.value is not None:
        held = [names[key].name for key in question.facilities.value]
        left = [item.name for key, item in names.items() if key not in question.facilities.value]
        if left:
            found.append(f"without {some(left)}" if len(left) < len(held) else f"only with {some(held)}")
    if question.budget.source == "understood":
        found.append(f"{question.budget.value} budget")
    return found


def _as_typed(name: str) -> bool:
    """Whether a name is left as it is at the start of a sentence: a formula, an abbreviation, `a-Si`."""
    first = name.split(maxsplit=1)[0]
    return not first.replace("-", "").isalpha() or not first.islower() or len(first.partition("-")[0]) < 3


def within(text: str, most: int) -> str:
    """A text of at most so many signs."""
    return text if len(text) <= most else text[: most - 3] + "..."


def how_read(advice: Advice) -> str:
    """How the anode was read where that is not plain, and what of a sentence is not covered or gave no answer."""
    said, anode = advice.question.said, advice.question.anode.otherwise
    told = [f"Anode: {within(anode, TWO_LINES)}"] if anode else []
    told += _notes(said.notes)
    if said.unused:
        # Only a sentence has such words.
        from insitu_advisor.engine.words.unused import telling

        unused = [f"'{word}'" for word in telling(advice.kb, advice.question)]
        told += [f"Not used: {within(some(unused, most=4), TWO_LINES)}"] if unused else []
    return " ".join(map(as_sentence, told))


def _notes(notes: tuple[str, ...]) -> list[str]:
    """As many notes on how words were read as fit on two lines, and how many more there are."""
    told: list[str] = []
    for note in notes:
        if told and len(" ".join([*told, note])) > TWO_LINES:
            return [*told, f"{counted(len(notes) - len(told), 'more note')}: --full"]
        told.append(within(note, TWO_LINES))
    return told


def _goals(advice: Advice) -> str:
    answer = advice.question.targets
    names = [
        name if goal.weight == 1 else f"{name} (x{goal.weight:g})"
        for goal in answer.value
        for name in target_names(advice.kb, (goal.id,))
    ]
    if answer.source == "assumed":
        return f"You named no goal; assumed: {some(names, most=4)} (--target sets it)"
    asked = f"Goals: {some(names)}" if len(names) > 1 else f"Goal: {names[0]}"
    return f"{asked} ({within(answer.otherwise, TWO_LINES)})" if answer.otherwise else asked


def _seen(advice: Advice) -> Reason | None:
    """The published study nearest to the answer."""
    found = nearest(advice)
    if found is None:
        return None
    _, study = found
    reference = advice.kb.references[study.reference]
    names = " + ".join(advice.kb.techniques[technique].short for technique in study.techniques)
    said = f"{study.material} with {'/'.join(study.ions)} by {names} ({label(reference)})."
    return Reason(capital(_differs(advice, study) + said), "literature", (study.reference,))


def _differs(advice: Advice, study: Study) -> str:
    """That a study is on another material than the one that was named, or on its listed relative."""
    anode = advice.question.anode.value
    if anode is None or (anode.material is None and own_name(advice.kb, anode) is None):
        return ""
    if anode.type == "metal":
        return "" if "metal" in study.anode else "another material: "
    if anode.material is None or anode.material not in study.materials:
        return "another material: "
    return "a relative: " if anode.borrowed else ""


def _next(advice: Advice) -> str:
    if advice.best is None:
        return reproduce(advice.question, advice.kb, "why", most_telling(advice)[0].id)
    asked = advice.question.said.techniques
    if len(asked) > 1:
        return _same_options(advice, "compare", *asked)
    if asked and not advice.ranks(asked[0]):
        return _same_options(advice, "why", asked[0])
    command = f"{reproduce(advice.question, advice.kb, 'report')} -o report.html"
    return (
        command if len(command) <= ONE_LINE else f"{PROGRAM} report, with the same {_words(advice)} and -o report.html"
    )


def _same_options(advice: Advice, *command: str) -> str:
    """A command on this very question, in full where one line holds it."""
    whole = reproduce(advice.question, advice.kb, *command)
    # These commands take no sentence; what was read of it stands as options at the end of the full answer.
    same = "the same options" if advice.question.said.sentence is None else "the options that --full prints"
    return whole if len(whole) <= ONE_LINE else f"{PROGRAM} {' '.join(command)}, with {same}"


def _words(advice: Advice) -> str:
    """What a question was asked by."""
    return "options" if advice.question.said.sentence is None else "sentence"
