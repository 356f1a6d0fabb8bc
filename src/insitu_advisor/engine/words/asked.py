"""What was asked and what was assumed, line by line."""

from __future__ import annotations

from typing import Any, NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.question.question import Answer, Said
from insitu_advisor.engine.words.certainty import NAMES
from insitu_advisor.engine.words.sentences import listed, own_name, target_names

PERCENT = 100


class Line(NamedTuple):
    """One answer of the question as it is shown: label, value, source, the words it was read from, a note."""

    field: str
    label: str
    value: str
    source: str
    note: str | None
    words: tuple[str, ...] = ()


def question_lines(advice: Advice) -> tuple[Line, ...]:
    """Every answer of the question with its source, in the order a researcher would give them."""
    question, kb = advice.question, advice.kb
    facilities = question.facilities.value
    rate, warmth = question.c_rate.value, question.temperature.value
    lines = (
        _line("anode", "Anode", question.anode, _anode_text(advice)),
        _line("ion", "Ion", question.ion, question.ion.value or "any"),
        _line("targets", "Goals", question.targets, _targets_text(advice)),
        _line("budget", "Budget", question.budget, question.budget.value or "no limit"),
        _line("max_preparation", "Preparation", question.max_preparation, question.max_preparation.value or "no limit"),
        _line(
            "facilities",
            "Instruments",
            question.facilities,
            "any" if facilities is None else listed(kb.facilities[facility].name for facility in facilities),
        ),
        _line("scale", "Scale", question.scale, question.scale.value or "any"),
        _line("c_rate", "C-rate", question.c_rate, "any" if rate is None else rate_word(rate)),
        _line("cell", "Cell", question.cell, listed(question.cell.value or ("any",))),
        _line("electrolyte", "Electrolyte", question.electrolyte, question.electrolyte.value or "any"),
        _line("temperature", "Temperature", question.temperature, "any" if warmth is None else f"{warmth:g} °C"),
        _line("weights", "Weights", question.weights, _weights_text(advice)),
    )
    shown = tuple(line for line in lines if line.field not in _SELDOM or line.source != "assumed")
    return shown if question.said.sentence is None else (*shown, _sentence_line(question.said))


def _sentence_line(said: Said) -> Line:
    """The sentence that was read, and what of it gave no answer."""
    notes = [f"not used: {listed(said.unused)}"] if said.unused else []
    return Line("sentence", "Sentence", said.sentence or "", "given", ". ".join([*notes, *said.notes]) or None)


_SELDOM = frozenset({"cell", "electrolyte", "temperature"})


def _line(field: str, label: str, answer: Answer[Any], value: str) -> Line:
    return Line(field, label, value, answer.source, answer.note, answer.words)


def _anode_text(advice: Advice) -> str:
    anode = advice.question.anode.value
    if anode is None:
        return "any"
    name = own_name(advice.kb, anode)
    return f"{name}, {anode.type}" if name else anode.type


def _targets_text(advice: Advice) -> str:
    goals = advice.question.targets.value
    even = len({goal.weight for goal in goals}) == 1
    names = target_names(advice.kb, (goal.id for goal in goals))
    return ", ".join(
        name + ("" if even else f" (weight {goal.weight:g})") for name, goal in zip(names, goals, strict=True)
    )


def _weights_text(advice: Advice) -> str:
    shares = ", ".join(f"{NAMES[criterion]} {share * PERCENT:.3g}%" for criterion, share in advice.shares.items())
    profile = advice.question.weights.value.profile
    return f"{profile}: {shares}" if profile else shares
