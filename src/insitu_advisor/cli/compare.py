"""`insitu-advisor compare`: options side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors, wrong
from insitu_advisor.cli.options import Force, Format, OutputFile, QuestionWords, takes_question


@takes_question
def compare(
    words: QuestionWords,
    options: Annotated[
        list[str],
        typer.Argument(
            help="Two or more techniques or pairings, such as xrd tem xrd+tem.", autocompletion=completion.options
        ),
    ],
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Put options side by side: what each sees, costs and resolves, and when to take which.

    Example: insitu-advisor compare xrd tem
    """
    with clean_errors(option="OPTIONS"):
        from insitu_advisor.engine.inquiry.compare import compare as side_by_side
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.method.system import read_system
        from insitu_advisor.engine.question.ask import read_option
        from insitu_advisor.render.formats import json_comparison
        from insitu_advisor.render.pages.compare import page

        setting = words.read()
        kb = setting.kb
        chosen = tuple(dict.fromkeys(read_option(kb, word) for word in options))
        if len(chosen) < 2:
            wrong("name at least two different options, such as 'compare xrd tem'", "OPTIONS")
        question = setting.question
        advice = recommend(question, kb) if words.anything_given else None
        system = read_system(kb, question.ion.value, question.anode.value, question.material.value)
        comparison = side_by_side(kb, system, chosen, advice)
        output.answer(page(comparison), lambda: json_comparison.data(comparison), kb, format, to, force=force)
