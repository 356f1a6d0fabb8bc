"""Names of commands of version 0.1: they still work for one release, and say what replaces them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from insitu_advisor.cli import recommend as recommending
from insitu_advisor.cli import why
from insitu_advisor.cli.failure import WRONG_USAGE, say, stop
from insitu_advisor.cli.options import Force, Format, OutputFile, OwnKnowledge, QuestionWords, Samples, takes_question
from insitu_advisor.cli.show import Anode, Ion, Target, Technique, show

Rates = Annotated[list[str] | None, typer.Argument(help="C-rates such as C/20 C/10 1C.")]
What = Annotated[str, typer.Argument(help="What to list.")]


NOW: Mapping[str, str] = {
    "ask": "recommend",
    "why-not": "why",
    "timing": "show speeds",
    "precedents": "show studies",
    "list": "show",
    "targets": "show goals",
    "figure": "report --figures",
}


def _renamed(old: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The command of an old name, which says first what to type instead."""

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def renamed(**given: Any) -> None:
            say(f"'{old}' is now '{NOW[old]}'; the old name will go with the next release.")
            command(**given)

        return renamed

    return decorate


ask = _renamed("ask")(recommending.recommend)
why_not = _renamed("why-not")(why.why)


@_renamed("timing")
def timing(
    rates: Rates = None,
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Show data points per half-cycle; now `show speeds`.

    Example: insitu-advisor timing C/20 C/5 1C
    """
    show(what=["speeds"], c_rate=rates, kb=kb, format=format, to=to, force=force)


@_renamed("precedents")
def precedents(
    ion: Ion = None,
    anode: Anode = None,
    technique: Technique = None,
    target: Target = None,
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Show published studies; now `show studies`.

    Example: insitu-advisor precedents --ion K --anode intercalation --technique xrd
    """
    show(
        what=["studies"], ion=ion, anode=anode, technique=technique, target=target, full=True,
        kb=kb, format=format, to=to, force=force,
    )  # fmt: skip


@_renamed("list")
def list_entries(
    what: What = "techniques",
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List what the knowledge base holds; now `show`.

    Example: insitu-advisor list materials
    """
    show(what=[what], kb=kb, format=format, to=to, force=force)


@_renamed("targets")
def targets(
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List what you can ask about; now `show goals`.

    Example: insitu-advisor targets
    """
    show(what=["goals"], full=True, kb=kb, format=format, to=to, force=force)


@takes_question
def figure(
    words: QuestionWords,
    kind: Annotated[str, typer.Argument(help="The picture.")] = "",
    samples: Samples = 2_000,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Draw one picture; now `report --figures`, which draws them all.

    Example: insitu-advisor figure coverage
    """
    del words, kind, samples, to, force
    stop(f"'figure' is now '{NOW['figure']} DIR', which draws every picture of an answer into a folder", WRONG_USAGE)
