"""The interview: for people who know their problem and not the options. `recommend` asks it when nothing is given."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from insitu_advisor.cli import completion
from insitu_advisor.cli.failure import say
from insitu_advisor.cli.options import QuestionWords

if TYPE_CHECKING:
    from insitu_advisor.engine.question.question import Question
    from insitu_advisor.knowledge.base import KnowledgeBase

DONT_KNOW = frozenset({"", "unknown", "don't know", "dont know"})
LIST, BACK = "?", "back"


@dataclass(frozen=True)
class Asking:
    """A question in plain words: the field of the command line it fills, why it is asked, and words that fit."""

    field: str
    words: str
    why: str
    examples: str
    choices: Callable[[str], list[tuple[str, str]]]
    many: bool = False


FIRST = (
    Asking(
        "target",
        "What do you want to learn? Several answers with commas.",
        "It weighs more than anything else.",
        "dendrites, SEI resistance, staging, volume expansion",
        completion.targets,
        many=True,
    ),
    Asking(
        "anode",
        "What is the anode made of?",
        "How it stores the ion decides what there is to see.",
        "silicon, hard carbon, alloy, oxide",
        completion.materials,
    ),
    Asking(
        "ion", "Which ion does the cell use?", "Some techniques hardly see potassium.", "Li, Na, K", completion.ions
    ),
)
DECIDING = {
    "facilities": Asking(
        "facility",
        "What can you use? Several answers with commas.",
        "Nothing is recommended that you cannot use.",
        "bench, department, core-facility, large-facility, or instruments",
        completion.facilities,
        many=True,
    ),
    "budget": Asking(
        "budget",
        "What is your budget?",
        "Some techniques cost too much for some labs.",
        "low, moderate, high, unlimited",
        completion.tiers,
    ),
    "c_rate": Asking(
        "c_rate", "How fast do you cycle?", "Slow techniques miss fast changes.", "C/20, C/5, 1C", completion.fixed()
    ),
    "scale": Asking(
        "scale",
        "Where does it happen?",
        "Techniques look at very different sizes.",
        "atomic, particle, electrode, cell",
        completion.scales,
    ),
    "weights": Asking(
        "weights",
        "What counts most?",
        "The best answer and the cheapest are seldom the same.",
        "balanced, insight, frugal",
        completion.profiles,
    ),
}
A_SENTENCE = 4
MOST_QUESTIONS = len(FIRST) + len(DECIDING)
Prompt = Callable[[Asking, int], str]


class _GoBack(Exception):  # noqa: N818 (a wish of the user, no error)
    """The user wants to answer the question before again."""


def interview(prompt: Prompt | None = None) -> QuestionWords:
    """Ask until no remaining answer can change the first place.

    Every question may be answered with Return, `?` lists what can be said, and `back` returns to the one before.
    """
    ask = prompt or _prompt
    kb = QuestionWords().read().kb
    words, asked = [QuestionWords()], list[Asking]()
    while (asking := _next(words[-1], asked)) is not None:
        try:
            words.append(_answered(words[-1], asking, kb, ask, len(asked) + 1))
            asked.append(asking)
        except _GoBack:
            words, asked = words[:-1] or words, asked[:-1]
    return words[-1]


def _next(words: QuestionWords, asked: Sequence[Asking]) -> Asking | None:
    """What to ask next: the first questions in order, then the one that decides most; None when none decides."""
    from insitu_advisor.engine.inquiry.interview import DECIDING_FIELDS, outlook

    setting = words.read()
    if first := [asking for asking in FIRST if asking not in asked and not _understood(setting.question, asking.field)]:
        return first[0]
    left = [field for field in DECIDING_FIELDS if DECIDING[field] not in asked]
    left = [field for field in left if not _understood(setting.question, field)]
    left = [field for field in left if field != "facilities" or setting.lab is None]
    view = outlook(setting.kb, setting.question, left)
    if view.settled or view.next is None:
        only = " Naming single instruments still can." if "facilities" in left else ""
        _fold(f"No usual answer to what is left changes the first place ({view.tried:,} combinations tried).{only}")
        return None
    return DECIDING[view.next]


def _understood(question: Question, field: str) -> bool:
    """Whether an earlier answer, given as a sentence, has said this too."""
    fields = {"target": "targets", "facility": "facilities"}
    source: str = getattr(question, fields.get(field, field)).source
    return source == "understood"


def _answered(words: QuestionWords, asking: Asking, kb: KnowledgeBase, prompt: Prompt, number: int) -> QuestionWords:
    """The words with one more answer; one that is not understood is asked again with what is near in meaning.

    The first answer may be a whole sentence.
    """
    from insitu_advisor.engine.question.question import QuestionError

    while True:
        given = prompt(asking, number).strip()
        if given.lower() == BACK:
            raise _GoBack
        if given.lower() in DONT_KNOW:
            return words
        if given == LIST:
            _fold(f"You can say: {_choices(asking)}")
            continue
        value: Any = [part.strip() for part in given.split(",") if part.strip()] if _several(asking) else given
        attempts = [words._replace(**{asking.field: value})]
        if asking is FIRST[0] and len(given.split()) >= A_SENTENCE:
            attempts.insert(0, words._replace(sentence=given))
        for tried in attempts:
            try:
                tried.ask(kb)
            except QuestionError as error:
                said = "; ".join(error.advice.split("; ")[:2])
            else:
                return tried
        _fold(f"{said}. ? lists what can be said.")


def _several(asking: Asking) -> bool:
    return asking.many or asking.field == "weights"


def _choices(asking: Asking) -> str:
    known: Iterable[str] = [word for word, _ in asking.choices("")]
    return ", ".join(known) or asking.examples


def _fold(text: str) -> None:
    """Say something, wrapped to the terminal; an id is never parted at its hyphens."""
    for line in (*textwrap.wrap(text, shutil.get_terminal_size().columns, break_on_hyphens=False), ""):
        say(line)


def _prompt(asking: Asking, number: int) -> str:
    width = shutil.get_terminal_size().columns
    of = f"{number} of {MOST_QUESTIONS} at most. "
    typer.echo(textwrap.fill(f"{of}{asking.words}", width, break_on_hyphens=False))
    hint = (
        f"{asking.why} For example: {asking.examples}. Return if you don't know, ? for a list, back for the last one."
    )
    margin = "  "
    typer.echo(textwrap.fill(hint, width, initial_indent=margin, subsequent_indent=margin, break_on_hyphens=False))
    answer: str = typer.prompt(">", default="", show_default=False, prompt_suffix=" ")
    typer.echo("")
    return answer
