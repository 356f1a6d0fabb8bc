"""`insitu-advisor plan`: which experiments, in which order."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import NOTHING_PASSES, clean_errors
from insitu_advisor.cli.options import Force, Format, Full, OutputFile, QuestionWords, takes_sentence
from insitu_advisor.cli.program import LIMITS


@takes_sentence
def plan(
    words: QuestionWords,
    most: Annotated[
        int,
        typer.Option(
            "--max", min=1, max=8, metavar="NUMBER", help="Most experiments in the plan.", rich_help_panel=LIMITS
        ),
    ] = 3,
    full: Full = False,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Plan experiments: what first, what next, where to stop.

    Each experiment is the one that adds most to those before it, so that the plan can be left after any.

    Example: insitu-advisor plan --anode silicon --ion Li --target fracture --target sei-composition
    """
    with clean_errors():
        from insitu_advisor.engine.inquiry.plan import plan as make_plan
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import plan as pages

        setting = words.read()
        made = make_plan(recommend(setting.question, setting.kb), most)
        output.answer(
            lambda: pages.page(made, full=full),
            lambda: json_inquiries.plan(made),
            setting.kb,
            format,
            to,
            force=force,
            paged=full,
        )
    if not made.stages:
        raise typer.Exit(NOTHING_PASSES)
