"""The command `insitu-advisor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from insitu_advisor import __version__
from insitu_advisor.cli.failure import guarded

# Name on the command line, module below `cli`, and the function or group in it, in the order of the help page.
COMMANDS = (
    ("recommend", "recommend", "recommend"),
    ("compare", "compare", "compare"),
    ("why", "why", "why"),
    ("why-not", "why", "why_not"),
    ("plan", "plan", "plan"),
    ("timing", "timing", "timing"),
    ("precedents", "precedents", "precedents"),
    ("report", "report", "report"),
    ("ask", "interview", "ask"),
    ("screen", "screen", "screen"),
    ("replay", "replay", "replay"),
    ("show", "show", "show"),
    ("list", "show", "list_entries"),
    ("targets", "show", "targets"),
    ("kb", "kb", "app"),
    ("lab", "lab", "app"),
)


def build(words: Sequence[str] = ()) -> typer.Typer:
    """The program. With a command named first, only that one is loaded, since loading all costs more than answering."""
    app = typer.Typer(
        name="insitu-advisor",
        help="Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes.",
        epilog="Example: insitu-advisor recommend --anode alloy --ion K",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_program)
    named = [command for command in COMMANDS if list(words[:1]) == [command[0]]]
    for name, module, attribute in named or COMMANDS:
        found = getattr(import_module(f"insitu_advisor.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"insitu-advisor {__version__}")
        raise typer.Exit


def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    # No plugin that happens to be installed may change how files are validated, and looking for plugins takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    words = [] if "_INSITU_ADVISOR_COMPLETE" in os.environ else sys.argv[1:]
    guarded(build(words))
