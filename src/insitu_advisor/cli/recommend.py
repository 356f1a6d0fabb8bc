"""`insitu-advisor recommend`: the answer."""

from __future__ import annotations

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import NOTHING_PASSES, clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile, QuestionWords, takes_question


@takes_question
def recommend(
    words: QuestionWords,
    format: Format = "text",
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Rank the techniques and pairings for your question, and say why.

    Example: insitu-advisor recommend --anode "hard carbon" --ion Na --target pore-filling --facility department
    """
    with clean_errors():
        from insitu_advisor.engine.ranking import recommend as rank
        from insitu_advisor.render import json_answer, markdown, recommendation

        kb = words.knowledge()
        advice = rank(words.question(kb), kb)
        output.choose(
            format,
            {
                "text": lambda: output.print_document(recommendation.page(advice), kb, to, force=force),
                "markdown": lambda: output.write(markdown.render(recommendation.page(advice), kb), to, force=force),
                "json": lambda: output.write(json_answer.render(advice), to, force=force),
            },
        )
    if advice.best is None:
        raise typer.Exit(NOTHING_PASSES)
