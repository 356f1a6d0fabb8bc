"""`insitu-advisor plan`: the best set of experiments."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import NOTHING_PASSES, clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile, QuestionWords, takes_question


@takes_question
def plan(
    words: QuestionWords,
    most: Annotated[
        int, typer.Option("--max", min=1, max=8, metavar="NUMBER", help="Most experiments in the plan.")
    ] = 3,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Find the best set of experiments for all your targets, and say where another stops paying.

    Example: insitu-advisor plan --anode silicon --ion Li --target fracture --target sei-composition
    """
    with clean_errors():
        from insitu_advisor.engine.inquiry.plan import plan as make_plan
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.render.formats import json_plan
        from insitu_advisor.render.pages import plan as planning

        setting = words.read()
        kb = setting.kb
        made = make_plan(recommend(setting.question, kb), most)
        output.answer(planning.page(made), lambda: json_plan.data(made), kb, format, to, force=force)
    if not made.stages:
        raise typer.Exit(NOTHING_PASSES)
