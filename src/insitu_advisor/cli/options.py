"""The options that describe a question, shared by every command that asks one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, get_type_hints

import typer

from insitu_advisor.cli import completion
from insitu_advisor.cli.program import ADVANCED, LIMITS, OUTPUT, QUESTION

if TYPE_CHECKING:
    from insitu_advisor.engine.question.question import Question
    from insitu_advisor.knowledge.base import KnowledgeBase
    from insitu_advisor.lab.finding import FoundLab


OwnKnowledge = Annotated[
    list[Path] | None,
    typer.Option(
        "--kb",
        metavar="FILE",
        help="Add or override facts from a YAML file; repeat for more.",
        rich_help_panel=ADVANCED,
    ),
]
Lab = Annotated[
    str | None,
    typer.Option(
        "--lab", metavar="FILE", help="Lab profile to use; none switches off one that would be found.",
        rich_help_panel=ADVANCED,
    ),
]  # fmt: skip
OutputFile = Annotated[
    str | None,
    typer.Option(
        "-o", "--output", metavar="FILE", help="Write to this file; - for standard output.", rich_help_panel=OUTPUT
    ),
]
Full = Annotated[
    bool, typer.Option("--full", help="Print everything behind the answer, with its sources.", rich_help_panel=OUTPUT)
]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.", rich_help_panel=OUTPUT)]
Samples = Annotated[
    int,
    typer.Option(
        min=100, max=1_000_000, metavar="NUMBER", help="How many random changes of weights to try.",
        rich_help_panel=ADVANCED,
    ),
]  # fmt: skip
Cite = Annotated[
    tuple[str, str] | None,
    typer.Option(
        metavar="FORMAT FILE", help="Write the references of this answer to a file: bibtex, csl-json or ris.",
        rich_help_panel=OUTPUT,
    ),
]  # fmt: skip


def format_option(words: str, usual: str) -> Any:
    """The option that names the format, for a command that writes these."""
    return typer.Option(
        "-f", "--format", metavar="FORMAT", help=f"{words}.", show_default=f"as the file is named, else {usual}",
        rich_help_panel=OUTPUT,
    )  # fmt: skip


Format = Annotated[str | None, format_option("text, markdown or json", "text")]


class Setting(NamedTuple):
    """What a question is asked in: the knowledge, the question itself, and the lab profile if there is one."""

    kb: KnowledgeBase
    question: Question
    lab: FoundLab | None


def _option(*names: str, panel: str, help: str, metavar: str, complete: Any = None) -> Any:
    return typer.Option(*names, help=help, metavar=metavar, autocompletion=complete, rich_help_panel=panel)


class QuestionWords(NamedTuple):
    """What the user typed about the question, before any of it is looked up."""

    sentence: Annotated[
        str | None,
        typer.Argument(metavar="SENTENCE", help="Your question in a sentence, in quotes; options beside it win."),
    ] = None
    anode: Annotated[
        str | None,
        _option(
            "-a", "--anode", panel=QUESTION, metavar="ANODE", complete=completion.materials,
            help="A material such as silicon, or a type: intercalation, alloy, conversion, metal.",
        ),
    ] = None  # fmt: skip
    ion: Annotated[
        str | None,
        _option("-i", "--ion", panel=QUESTION, metavar="ION", complete=completion.ions, help="Li, Na or K."),
    ] = None
    target: Annotated[
        list[str] | None,
        _option(
            "-t", "--target", panel=QUESTION, metavar="GOAL", complete=completion.targets,
            help="What you want to learn; repeat for more, id=weight to weigh.",
        ),
    ] = None  # fmt: skip
    scale: Annotated[
        str | None,
        _option(
            "-s", "--scale", panel=QUESTION, metavar="SCALE", complete=completion.scales,
            help="Where it happens: atomic, particle, electrode or cell.",
        ),
    ] = None  # fmt: skip
    c_rate: Annotated[
        str | None,
        _option("-r", "--c-rate", panel=QUESTION, metavar="RATE", help="C-rate to follow: 0.1, C/10, 1C, 2C."),
    ] = None
    cell: Annotated[
        list[str] | None,
        _option(
            "--cell", panel=QUESTION, metavar="CELL", complete=completion.cells,
            help="half, full, symmetric, anode-free; coin, pouch, cylindrical, unopened; repeat for more.",
        ),
    ] = None  # fmt: skip
    electrolyte: Annotated[
        str | None,
        _option(
            "--electrolyte", panel=QUESTION, metavar="KIND", complete=completion.electrolytes,
            help="carbonate, ether, ionic-liquid, aqueous, polymer, sulfide or oxide.",
        ),
    ] = None  # fmt: skip
    temperature: Annotated[
        str | None, _option("--temperature", panel=QUESTION, metavar="CELSIUS", help="Temperature of the cell.")
    ] = None
    facility: Annotated[
        list[str] | None,
        _option(
            "-u", "--facility", panel=LIMITS, metavar="FACILITY", complete=completion.facilities,
            help="Instrument or set you can use, such as raman or department; repeat for more.",
        ),
    ] = None  # fmt: skip
    budget: Annotated[
        str | None,
        _option(
            "-b", "--budget", panel=LIMITS, metavar="LEVEL", complete=completion.tiers,
            help="Highest cost allowed: low, moderate, high, very-high or unlimited.",
        ),
    ] = None  # fmt: skip
    max_preparation: Annotated[
        str | None,
        _option(
            "--max-preparation", panel=LIMITS, metavar="LEVEL", complete=completion.tiers,
            help="Most preparation allowed, in the same words.",
        ),
    ] = None  # fmt: skip
    weights: Annotated[
        list[str] | None,
        _option(
            "-w", "--weights", panel=ADVANCED, metavar="WEIGHTS", complete=completion.profiles,
            help="What counts: balanced, insight, frugal, or criterion=number; repeat for more.",
        ),
    ] = None  # fmt: skip
    kb: OwnKnowledge = None
    lab: Lab = None

    def read(self) -> Setting:
        """Knowledge, question and lab profile these words stand for."""
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.lab.places import locate

        kb = load_knowledge_base(*(self.kb or ()))
        place = locate(self.lab)
        if place is None:
            return Setting(kb, self.ask(kb), None)
        from insitu_advisor.lab.applying import adapt, with_instruments
        from insitu_advisor.lab.finding import read

        found = read(kb, *place)
        own = adapt(kb, found)
        return Setting(own, with_instruments(self.ask(own), found), found)

    def ask(self, kb: KnowledgeBase) -> Question:
        """The question these words ask of a knowledge base."""
        from insitu_advisor.engine.question.ask import ask
        from insitu_advisor.engine.question.question import QuestionError

        more = {
            "sentence": self.sentence,
            "cell": self.cell,
            "electrolyte": self.electrolyte,
            "temperature": self.temperature,
        }
        given: dict[str, Any] = {field: word for field, word in more.items() if word not in (None, [])}
        for field in given:
            if field not in (ask.__kwdefaults__ or {}):
                raise QuestionError(field, str(more[field]), f"'{more[field]}' is not read yet; leave it out")
        return ask(
            kb,
            anode=self.anode,
            ion=self.ion,
            targets=self.target or (),
            budget=self.budget,
            max_preparation=self.max_preparation,
            facilities=self.facility or (),
            scale=self.scale,
            c_rate=self.c_rate,
            weights=self.weights or (),
            **given,
        )

    def otherwise(
        self, ion: str | None, anode: str | None, budget: str | None, facility: list[str] | None
    ) -> QuestionWords:
        """The same words with some answers replaced; None keeps the old one."""
        return self._replace(
            ion=ion or self.ion,
            anode=anode or self.anode,
            budget=budget or self.budget,
            facility=facility or self.facility,
        )

    @property
    def anything_given(self) -> bool:
        """Whether any word of the question was given."""
        given = [getattr(self, name) for name in QUESTION_FIELDS if name not in {"kb", "lab"}]
        return any(word is not None and word != [] for word in given)


QUESTION_FIELDS = QuestionWords._fields


@functools.cache
def _shared() -> Mapping[str, Any]:
    """The types of the shared options: worked out once, since the help page loads eight commands that take them."""
    return get_type_hints(QuestionWords, include_extras=True)


def takes_question(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a question; the command receives them as one `QuestionWords` named `words`."""
    return _with_words(command, [field for field in QUESTION_FIELDS if field != "sentence"])


def takes_sentence(command: Callable[..., None]) -> Callable[..., None]:
    """As `takes_question`, for a command that also takes the question as a sentence."""
    return _with_words(command, QUESTION_FIELDS)


def _with_words(command: Callable[..., None], names: Sequence[str]) -> Callable[..., None]:
    """A command with one parameter for each of these fields in the place of `words`, since Typer knows no classes."""
    own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "words"]
    hints = get_type_hints(command, include_extras=True)
    shared = _shared()

    @functools.wraps(command)
    def wrapper(**given: Any) -> None:
        words = QuestionWords(**{name: given.pop(name) for name in names})
        command(words=words, **given)

    asked = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=shared[name]) for name in names
    ]
    typed = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
    order = sorted([*asked, *typed], key=lambda p: not _is_argument(p.annotation))
    wrapper.__signature__ = inspect.Signature(order)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {parameter.name: parameter.annotation for parameter in order}
    del wrapper.__wrapped__
    return wrapper


def _is_argument(annotation: Any) -> bool:
    return any(isinstance(item, type(typer.Argument())) for item in getattr(annotation, "__metadata__", ()))
