"""The one command that asks a question again."""

from __future__ import annotations

import shlex

from insitu_advisor.engine.question.question import Anode, Goal, Question, Weights
from insitu_advisor.knowledge.base import KnowledgeBase

PROGRAM = "insitu-advisor"
# Two thousand draws give a share to about one percentage point, which is all a rounded word needs.
DRAWS = 2_000


def reproduce(question: Question, kb: KnowledgeBase, *command: str, draws: int = DRAWS) -> str:
    """The command line that asks a question again, naming only what was given; `recommend` unless told otherwise."""
    own = [word for overlay in kb.overlays for word in ("--kb", overlay)]
    own += ["--lab", kb.lab] if kb.lab else []
    own += ["--samples", str(draws)] if draws != DRAWS else []
    return shlex.join([PROGRAM, *(command or ("recommend",)), *arguments(question), *own])


def arguments(question: Question) -> list[str]:
    """The options of a command line for the answers that were not assumed; the open question says that it is open."""
    words: list[str] = []
    if question.anode.source != "assumed":
        words += ["--anode", _anode(question.anode.value)]
    if question.ion.source != "assumed":
        words += ["--ion", question.ion.value or "unknown"]
    if question.targets.source != "assumed":
        words += [word for goal in question.targets.value for word in ("--target", _goal(goal))]
    for field in ("budget", "max_preparation", "scale", "electrolyte"):
        answer = getattr(question, field)
        if answer.source != "assumed":
            words += [f"--{field.replace('_', '-')}", answer.value or "unknown"]
    if question.c_rate.source != "assumed":
        words += ["--c-rate", "unknown" if question.c_rate.value is None else repr(question.c_rate.value)]
    if question.cell.source != "assumed":
        words += [word for cell in question.cell.value or ("unknown",) for word in ("--cell", cell)]
    if question.temperature.source != "assumed":
        warmth = question.temperature.value
        words += ["--temperature", "unknown" if warmth is None else number(warmth)]
    if question.facilities.source in {"given", "understood"}:
        words += [word for facility in question.facilities.value or ("unknown",) for word in ("--facility", facility)]
    if question.weights.source != "assumed":
        words += _weights(question.weights.value)
    return words or ["--anode", "unknown"]


def _anode(anode: Anode | None) -> str:
    """The word the user wrote, else the material, else the type."""
    return "unknown" if anode is None else anode.word or anode.material or anode.type


def _goal(goal: Goal) -> str:
    return goal.id if goal.weight == 1.0 else f"{goal.id}={number(goal.weight)}"


def _weights(weights: Weights) -> list[str]:
    if weights.profile is not None:
        return ["--weights", weights.profile]
    return [word for key, weight in weights.values for word in ("--weights", f"{key}={number(weight)}")]


def rate_word(c_rate: float) -> str:
    """A C-rate as people write it: `C/10` below 1, `2C` from 1 on."""
    return f"{c_rate:g}C" if c_rate >= 1 else f"C/{1 / c_rate:.4g}"


def number(value: float) -> str:
    """A number as a person would type it, and exactly the same number when it is read again."""
    return f"{value:g}" if float(f"{value:g}") == value else repr(value)
