"""`insitu-advisor figure`: one picture as an SVG file."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors, wrong
from insitu_advisor.cli.options import Force, OutputFile, QuestionWords, Samples, takes_question


@takes_question
def figure(
    words: QuestionWords,
    kind: Annotated[
        str, typer.Argument(help="scores, acceptability, coverage or resolution.", autocompletion=completion.pictures)
    ],
    samples: Samples = 10_000,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Draw one picture of the answer as SVG.

    Example: insitu-advisor figure coverage --anode alloy --ion K -o coverage.svg
    """
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.knowledge.check import nearest
        from insitu_advisor.render.formats.figures import KINDS

        if kind not in KINDS:
            wrong(f"there is no picture '{kind}'{nearest(kind, KINDS)}", "KIND")
        setting = words.read()
        advice = recommend(setting.question, setting.kb)
        drawing = KINDS[kind](advice, certify(advice, samples))
        output.write(drawing.image + "\n", to, force=force)
