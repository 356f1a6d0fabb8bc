"""The command `insitu-advisor`."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor import __version__
from insitu_advisor.cli import (
    compare,
    explain,
    figure,
    kb,
    lab,
    look_up,
    plan,
    precedents,
    recommend,
    replay,
    report,
    screen,
    timing,
    wizard,
)
from insitu_advisor.cli.failure import guarded

app = typer.Typer(
    name="insitu-advisor",
    help="Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes.",
    epilog="Example: insitu-advisor recommend --anode alloy --ion K",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"insitu-advisor {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


app.command("recommend")(recommend.recommend)
app.command("compare")(compare.compare)
app.command("why")(explain.why)
app.command("why-not")(explain.why_not)
app.command("plan")(plan.plan)
app.command("timing")(timing.timing)
app.command("precedents")(precedents.precedents)
app.command("report")(report.report)
app.command("ask")(wizard.ask)
app.command("screen")(screen.screen)
app.command("replay")(replay.replay)
app.command("figure")(figure.figure)
app.add_typer(kb.app, name="kb")
app.add_typer(lab.app, name="lab")
app.command("show")(look_up.show)
app.command("list")(look_up.list_entries)
app.command("targets")(look_up.targets)


def main() -> None:
    """Run the command line."""
    guarded(app)
