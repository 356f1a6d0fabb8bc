"""`insitu-advisor ask`: for people who know their problem and not the options."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import WRONG_USAGE, clean_errors, say, stop
from insitu_advisor.cli.options import QuestionWords

if TYPE_CHECKING:
    from insitu_advisor.knowledge.base import KnowledgeBase

DONT_KNOW = frozenset({"", "?", "unknown", "don't know", "dont know"})


@dataclass(frozen=True)
class Asking:
    """A question in plain words: the field of the command line it fills, why it is asked, and words that fit."""

    field: str
    words: str
    why: str
    examples: str
    many: bool = False


FIRST = (
    Asking("ion", "Which ion does the cell use?", "It decides what NMR, XRD and XPS can see.", "Li, Na, K"),
    Asking(
        "anode",
        "What is the anode made of?",
        "How it stores the ion decides what there is to see.",
        "silicon, hard carbon, alloy, oxide",
    ),
    Asking(
        "target",
        "What do you want to learn? Several answers with commas.",
        "It weighs more than anything else.",
        "dendrites, SEI resistance, staging, volume expansion",
        many=True,
    ),
)
DECIDING = {
    "facilities": Asking(
        "facility",
        "What can you use? Several answers with commas.",
        "Nothing is recommended that you cannot reach.",
        "bench, department, core facility, large facility, or instruments",
        many=True,
    ),
    "budget": Asking(
        "budget",
        "How dear may testing be?",
        "Some techniques cost too much for some labs.",
        "low, moderate, high, unlimited",
    ),
    "c_rate": Asking("c_rate", "How fast do you cycle?", "Slow techniques miss fast changes.", "C/20, C/5, 1C"),
    "scale": Asking(
        "scale",
        "On which scale does it happen?",
        "Techniques average over very different sizes.",
        "atomic, particle, electrode, cell",
    ),
    "weights": Asking(
        "weights",
        "What counts most?",
        "The best answer and the cheapest are seldom the same.",
        "balanced, insight, frugal",
    ),
}


def ask() -> None:
    """Be asked, in plain words, and get the answer and the command that reproduces it.

    Example: insitu-advisor ask
    """
    if not sys.stdin.isatty():
        stop("'ask' needs a terminal to ask on; use 'insitu-advisor recommend' with options instead", WRONG_USAGE)
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.command import reproduce
        from insitu_advisor.render.formats import json_answer
        from insitu_advisor.render.pages import recommend as recommendation

        words = interview(_prompt)
        setting = words.read()
        advice = recommend(setting.question, setting.kb)
        certificate = certify(advice)
        page = recommendation.page(advice, certificate, setting.lab)
        output.answer(page, lambda: json_answer.answer(advice, certificate), setting.kb, "text", None, force=False)
        typer.echo(f"\nAsk again with: {reproduce(setting.question, setting.kb)}")


def interview(prompt: Callable[[Asking], str]) -> QuestionWords:
    """Ask until no remaining answer can change the first place; every question may be answered with "don't know"."""
    from insitu_advisor.engine.inquiry.interview import DECIDING_FIELDS, outlook

    words = QuestionWords()
    kb = words.read().kb
    for asking in FIRST:
        words = _answered(words, asking, kb, prompt)
    remaining = [name for name in DECIDING_FIELDS if name != "facilities" or words.read().lab is None]
    while remaining:
        setting = words.read()
        view = outlook(setting.kb, setting.question, remaining)
        if view.settled or view.next is None:
            only = " Naming single instruments still can." if "facilities" in remaining else ""
            said = f"No usual answer to what is left changes the first place ({view.tried:,} combinations tried).{only}"
            for line in (*textwrap.wrap(said, shutil.get_terminal_size().columns), ""):
                say(line)
            break
        remaining.remove(view.next)
        words = _answered(words, DECIDING[view.next], kb, prompt)
    return words


def _answered(
    words: QuestionWords, asking: Asking, kb: KnowledgeBase, prompt: Callable[[Asking], str]
) -> QuestionWords:
    """The words with one more answer; a word that is not understood is asked again with the nearest one."""
    from insitu_advisor.engine.question.ask import QuestionError

    while True:
        given = prompt(asking).strip()
        if given.lower() in DONT_KNOW:
            return words
        parts = [part.strip() for part in given.split(",") if part.strip()]
        value: Any = parts if asking.many or asking.field == "weights" else given
        tried = replace(words, **{asking.field: value})
        try:
            tried.ask(kb)
        except QuestionError as error:
            say(f"  {error.advice}")
        else:
            return tried


def _prompt(asking: Asking) -> str:
    width = shutil.get_terminal_size().columns
    hint = f"{asking.why} For example: {asking.examples}. Return if you don't know."
    typer.echo(textwrap.fill(asking.words, width))
    typer.echo(textwrap.fill(hint, width, initial_indent="  ", subsequent_indent="  "))
    answer: str = typer.prompt(">", default="", show_default=False, prompt_suffix=" ")
    typer.echo("")
    return answer
