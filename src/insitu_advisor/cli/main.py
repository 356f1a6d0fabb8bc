"""The command `insitu-advisor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from insitu_advisor.cli import program
from insitu_advisor.cli.failure import guarded


class Entry(NamedTuple):
    """A command: its name, the module below `cli`, the function or group in it, and where it stands in the help."""

    name: str
    module: str
    attribute: str
    panel: str | None


ANSWERS, KNOWN, FILES, OWN = "Ask a question", "Look things up", "Many questions, old answers", "Your own"
# In the order of the help page. Names of earlier versions have no group, and are not shown.
COMMANDS = (
    Entry("recommend", "recommend", "recommend", ANSWERS),
    Entry("plan", "plan", "plan", ANSWERS),
    Entry("compare", "compare", "compare", ANSWERS),
    Entry("why", "why", "why", ANSWERS),
    Entry("report", "report", "report", ANSWERS),
    Entry("show", "show", "show", KNOWN),
    Entry("help", "help", "help_page", KNOWN),
    Entry("screen", "screen", "screen", FILES),
    Entry("replay", "replay", "replay", FILES),
    Entry("lab", "lab", "app", OWN),
    Entry("kb", "kb", "app", OWN),
    Entry("figure", "former", "figure", None),
    Entry("ask", "former", "ask", None),
    Entry("why-not", "former", "why_not", None),
    Entry("timing", "former", "timing", None),
    Entry("precedents", "former", "precedents", None),
    Entry("list", "former", "list_entries", None),
    Entry("targets", "former", "targets", None),
)


def build(words: Sequence[str] = ()) -> typer.Typer:
    """The program. With a command named first, only that one is loaded, since loading all costs more than answering.

    The version needs none of them.
    """
    app = program.new(
        "Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes.",
        "Example: insitu-advisor recommend --anode alloy --ion K",
    )
    app.info.name = "insitu-advisor"
    app.callback()(_program)
    named = [entry for entry in COMMANDS if [entry.name] == list(words[:1]) and entry.name != "help"]
    wanted = () if list(words[:1]) == ["--version"] else named or COMMANDS
    for name, module, attribute, panel in wanted:
        found = getattr(import_module(f"insitu_advisor.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, rich_help_panel=panel)
        else:
            app.command(name, cls=program.Command, rich_help_panel=panel, hidden=panel is None)(found)
    return app


def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=program.version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    # No plugin that happens to be installed may change how files are validated, and looking for plugins takes time.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    words = [] if "_INSITU_ADVISOR_COMPLETE" in os.environ else sys.argv[1:]
    guarded(build(words))
