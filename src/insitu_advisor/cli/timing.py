"""`insitu-advisor timing`: data points per half-cycle."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile
from insitu_advisor.cli.show import OwnKnowledge


def timing(
    rates: Annotated[
        list[str] | None, typer.Argument(help="C-rates such as C/20 C/10 1C; a usual range if none.")
    ] = None,
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Turn time per data point into data points per half-cycle, for every way of measuring.

    Example: insitu-advisor timing C/20 C/5 1C
    """
    with clean_errors(c_rate="RATES"):
        from insitu_advisor.engine.method.pace import RATES
        from insitu_advisor.engine.method.system import read_system
        from insitu_advisor.engine.question.ask import read_c_rate
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_timing
        from insitu_advisor.render.pages import timing as timetable

        base = load_knowledge_base(*(kb or ()))
        chosen = tuple(rate for word in rates or () if (rate := read_c_rate(word).value) is not None) or RATES
        system = read_system(base, None, None, None)
        output.answer(
            timetable.page(system, chosen), lambda: json_timing.data(system, chosen), base, format, to, force=force
        )
