"""`insitu-advisor why` and `why-not`: how a place came about and what would change it."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile, QuestionWords, takes_question

Option = Annotated[
    str, typer.Argument(help="A technique or pairing, such as raman or xrd+tem.", autocompletion=completion.options)
]


@takes_question
def why(
    words: QuestionWords,
    option: Option,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Say how each point of an option came about, against the one above and the one below.

    Example: insitu-advisor why xrd --anode alloy --ion K
    """
    with clean_errors(option="OPTION"):
        from insitu_advisor.engine.inquiry import why as explain
        from insitu_advisor.engine.method.advice import Excluded
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.ask import read_option
        from insitu_advisor.render.formats import json_explanation
        from insitu_advisor.render.pages import why as explaining

        setting = words.read()
        kb = setting.kb
        advice = recommend(setting.question, kb)
        name = read_option(kb, option)
        answer = explain.why(advice, name)
        if isinstance(answer, Excluded):
            not_in = explain.why_not(advice, name)
            output.answer(
                explaining.why_not_page(not_in), lambda: json_explanation.why_not(not_in), kb, format, to, force=force
            )
        else:
            output.answer(
                explaining.why_page(answer), lambda: json_explanation.why(answer), kb, format, to, force=force
            )


@takes_question
def why_not(
    words: QuestionWords,
    option: Option,
    any_ion: Annotated[bool, typer.Option("--any-ion", help="Let the search change the ion as well.")] = False,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Say what keeps an option out or down, and the smallest change of answer that brings it in or first.

    Example: insitu-advisor why-not nmr --anode alloy --ion K
    """
    with clean_errors(option="OPTION"):
        from insitu_advisor.engine.inquiry import why as explain
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.ask import read_option
        from insitu_advisor.render.formats import json_explanation
        from insitu_advisor.render.pages import why as explaining

        setting = words.read()
        kb = setting.kb
        advice = recommend(setting.question, kb)
        answer = explain.why_not(advice, read_option(kb, option), any_ion=any_ion)
        output.answer(
            explaining.why_not_page(answer), lambda: json_explanation.why_not(answer), kb, format, to, force=force
        )
