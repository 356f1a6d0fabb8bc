"""The options that describe a question, shared by every command that asks one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from insitu_advisor.cli import completion

if TYPE_CHECKING:
    from insitu_advisor.engine.question.question import Question
    from insitu_advisor.knowledge.base import KnowledgeBase
    from insitu_advisor.lab.finding import FoundLab


@dataclass(frozen=True)
class Setting:
    """What a question is asked in: the knowledge, the question itself, and the lab profile if there is one."""

    kb: KnowledgeBase
    question: Question
    lab: FoundLab | None


@dataclass(frozen=True)
class QuestionWords:
    """What the user typed about the question, before any of it is looked up."""

    anode: Annotated[
        str | None,
        typer.Option(
            help="Anode type (intercalation, alloy, conversion), or a material such as silicon.",
            metavar="ANODE",
            autocompletion=completion.materials,
        ),
    ] = None
    ion: Annotated[
        str | None,
        typer.Option(help="Li, Na or K.", metavar="ION", autocompletion=completion.ions),
    ] = None
    target: Annotated[
        list[str] | None,
        typer.Option(
            help="What you want to learn; repeat for more, id=weight to weigh.",
            metavar="TARGET",
            autocompletion=completion.targets,
        ),
    ] = None
    budget: Annotated[
        str | None,
        typer.Option(
            help="Dearest testing cost: low, moderate, high, very-high or unlimited.",
            metavar="TIER",
            autocompletion=completion.tiers,
        ),
    ] = None
    max_preparation: Annotated[
        str | None,
        typer.Option(
            help="Hardest preparation: low, moderate, high, very-high or unlimited.",
            metavar="TIER",
            autocompletion=completion.tiers,
        ),
    ] = None
    facility: Annotated[
        list[str] | None,
        typer.Option(
            help="Instrument or preset you can reach; repeat for more.",
            metavar="FACILITY",
            autocompletion=completion.facilities,
        ),
    ] = None
    scale: Annotated[
        str | None,
        typer.Option(
            help="Scale to resolve: atomic, particle, electrode or cell.",
            metavar="SCALE",
            autocompletion=completion.scales,
        ),
    ] = None
    c_rate: Annotated[str | None, typer.Option(help="C-rate to follow: 0.1, C/10, 1C, 2C.", metavar="RATE")] = None
    weights: Annotated[
        list[str] | None,
        typer.Option(
            help="Profile (balanced, insight, frugal) or criterion=number; repeat for more.",
            metavar="WEIGHTS",
            autocompletion=completion.profiles,
        ),
    ] = None
    kb: Annotated[
        list[Path] | None,
        typer.Option(
            help="Your own knowledge file, laid over the shipped base; repeat for more.",
            metavar="FILE",
        ),
    ] = None

    lab: Annotated[
        str | None,
        typer.Option(
            help="Lab profile to use; none switches off one that would be found.",
            metavar="FILE",
        ),
    ] = None

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
        )

    def otherwise(
        self, ion: str | None, anode: str | None, budget: str | None, facility: list[str] | None
    ) -> QuestionWords:
        """The same words with some answers replaced; None keeps the old one."""
        return replace(
            self,
            ion=ion or self.ion,
            anode=anode or self.anode,
            budget=budget or self.budget,
            facility=facility or self.facility,
        )

    @property
    def anything_given(self) -> bool:
        """Whether any word of the question was given."""
        return any(getattr(self, field.name) for field in fields(self) if field.name not in {"kb", "lab"})


def takes_question(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a question; the command receives them as one `QuestionWords` named `words`."""
    own = [parameter for name, parameter in inspect.signature(command).parameters.items() if name != "words"]
    hints = get_type_hints(command, include_extras=True)
    shared = get_type_hints(QuestionWords, include_extras=True)
    asked = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=shared[field.name]
        )
        for field in fields(QuestionWords)
    ]

    @functools.wraps(command)
    def wrapper(**given: Any) -> None:
        words = QuestionWords(**{field.name: given.pop(field.name) for field in fields(QuestionWords)})
        command(words=words, **given)

    typed = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own]
    order = (
        [p for p in typed if _is_argument(p.annotation)] + asked + [p for p in typed if not _is_argument(p.annotation)]
    )
    wrapper.__signature__ = inspect.Signature(order)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {parameter.name: parameter.annotation for parameter in order}
    del wrapper.__wrapped__
    return wrapper


def _is_argument(annotation: Any) -> bool:
    return any(isinstance(item, type(typer.Argument())) for item in getattr(annotation, "__metadata__", ()))


Lab = Annotated[
    str | None,
    typer.Option("--lab", metavar="FILE", help="Lab profile to read instead of the one that would be found."),
]
OutputFile = Annotated[
    str | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write to this file instead of the screen; - for standard output.",
    ),
]
Full = Annotated[bool, typer.Option("--full", help="Print everything behind the answer, with its sources.")]
Force = Annotated[bool, typer.Option("--force", help="Replace the output file if it exists.")]
Format = Annotated[
    str | None,
    typer.Option(metavar="FORMAT", help="text, markdown or json.", show_default="as the file is named, else text"),
]
Samples = Annotated[
    int,
    typer.Option(min=100, max=1_000_000, metavar="NUMBER", help="Draws of the rank certificate."),
]
Cite = Annotated[
    tuple[str, str] | None,
    typer.Option(
        help="Write what this answer rests on to a file: bibtex, csl-json or ris, then the file.",
        metavar="FORMAT FILE",
    ),
]
