"""`insitu-advisor compare`: options side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors, wrong
from insitu_advisor.cli.options import Force, Format, Full, OutputFile, QuestionWords, takes_question


@takes_question
def compare(
    words: QuestionWords,
    options: Annotated[
        list[str],
        typer.Argument(
            help="Two or more techniques or pairings, such as xrd tem xrd+tem.", autocompletion=completion.options
        ),
    ],
    full: Full = False,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Compare techniques side by side for your question.

    Shows when to take which: what each sees of your goals, what it costs and needs, and its score.

    Example: insitu-advisor compare xrd tem --anode alloy --ion K
    """
    with clean_errors(option="OPTIONS"):
        from insitu_advisor.engine.inquiry.compare import compare as side_by_side
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.engine.question.ask import read_option
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import compare as pages

        setting = words.read()
        chosen = tuple(dict.fromkeys(read_option(setting.kb, word) for word in options))
        if len(chosen) < 2:
            wrong("name at least two different options, such as 'compare xrd tem'", "OPTIONS")
        found = side_by_side(recommend(setting.question, setting.kb), chosen)
        output.answer(
            lambda: pages.page(found, full=full),
            lambda: json_inquiries.comparison(found),
            setting.kb,
            format,
            to,
            force=force,
            paged=full,
        )
