"""`insitu-advisor why`: how a place came about, and what would change it."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors
from insitu_advisor.cli.options import Force, Format, Full, OutputFile, QuestionWords, takes_question
from insitu_advisor.cli.program import ADVANCED


@takes_question
def why(
    words: QuestionWords,
    option: Annotated[
        str, typer.Argument(help="A technique or pairing, such as raman or xrd+tem.", autocompletion=completion.options)
    ],
    any_ion: Annotated[
        bool, typer.Option("--any-ion", help="Let the search change the ion as well.", rich_help_panel=ADVANCED)
    ] = False,
    full: Full = False,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Explain the place of one technique, and what would change it.

    For a ranked one: how each point came about, against the one above and the one below. For one that is down or out:
    what keeps it there, and the smallest change of your question that brings it first or in.

    Example: insitu-advisor why xrd --anode alloy --ion K
    """
    with clean_errors(option="OPTION"):
        from insitu_advisor.engine.inquiry.why import Why, why_not
        from insitu_advisor.engine.inquiry.why import why as place_of
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.ask import read_option
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import why as pages

        setting = words.read()
        name = read_option(setting.kb, option)
        advice = recommend(setting.question, setting.kb)
        place, changes = place_of(advice, name), why_not(advice, name, any_ion=any_ion)
        beside = place if isinstance(place, Why) else None
        output.answer(
            lambda: pages.page(changes, beside, full=full),
            lambda: json_inquiries.why(changes, beside),
            setting.kb,
            format,
            to,
            force=force,
            paged=full,
        )
