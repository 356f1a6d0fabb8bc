"""The one command that asks a question again."""

from __future__ import annotations

import shlex

from insitu_advisor.engine.question.question import Question
from insitu_advisor.knowledge.base import KnowledgeBase

PROGRAM = "insitu-advisor"

DRAWS = 10_000


def reproduce(question: Question, kb: KnowledgeBase, *command: str, draws: int = DRAWS) -> str:
    """The command line that asks a question again, naming only what was given; `recommend` unless told otherwise."""
    own = [word for overlay in kb.overlays for word in ("--kb", overlay)]
    own += ["--lab", kb.lab] if kb.lab else []
    own += ["--samples", str(draws)] if draws != DRAWS else []
    return shlex.join([PROGRAM, *(command or ("recommend",)), *arguments(question), *own])


def arguments(question: Question) -> list[str]:
    """The options of a command line for the answers that were not assumed."""
    words: list[str] = []
    if question.material.value is not None:
        words += ["--anode", question.material.value]
    elif question.anode.source != "assumed":
        words += ["--anode", _anode_word(question)]
    if question.ion.source != "assumed":
        words += ["--ion", question.ion.value or "unknown"]
    if question.targets.source != "assumed":
        for target, weight in question.targets.value:
            words += ["--target", target if weight == 1.0 else f"{target}={number(weight)}"]
    for field in ("budget", "max_preparation", "scale"):
        answer = getattr(question, field)
        if answer.source != "assumed":
            words += [f"--{field.replace('_', '-')}", answer.value or "unknown"]
    if question.c_rate.source != "assumed":
        words += ["--c-rate", "unknown" if question.c_rate.value is None else repr(question.c_rate.value)]
    if question.facilities.source == "given":
        for facility in question.facilities.value or ("unknown",):
            words += ["--facility", facility]
    if question.profile.source != "assumed":
        words += _weights(question)
    return words


def _anode_word(question: Question) -> str:
    """The word for an anode type; a note on a type says that it was called an oxide."""
    if question.anode.value is None:
        return "unknown"
    return "oxide" if question.anode.note else question.anode.value


def rate_word(c_rate: float) -> str:
    """A C-rate as people write it: `C/10` below 1, `2C` from 1 on."""
    return f"{c_rate:g}C" if c_rate >= 1 else f"C/{1 / c_rate:.4g}"


def _weights(question: Question) -> list[str]:
    if question.profile.value is not None:
        return ["--weights", question.profile.value]
    pairs = [f"{criterion}={number(weight)}" for criterion, weight in question.weights.value]
    return [word for pair in pairs for word in ("--weights", pair)]


def number(value: float) -> str:
    """A number as a person would type it, and exactly the same number when it is read again."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
