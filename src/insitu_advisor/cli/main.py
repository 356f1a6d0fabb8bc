"""The command `insitu-advisor`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, NamedTuple

import typer

from insitu_advisor.cli import plugins, program
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
    """The program with the commands that the words need, since loading all costs more than answering.

    With a command named first, that is this one; the help page needs those that it shows, and the version none.
    """
    app = program.new(
        "Which in situ technique will show me this? An explained, cited ranking for Li, Na and K anodes.",
        "Example: insitu-advisor recommend --anode alloy --ion K",
    )
    app.info.name = "insitu-advisor"
    app.callback()(_program)
    for name, module, attribute, panel in _needed(words[0] if words else ""):
        found = getattr(import_module(f"insitu_advisor.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name, rich_help_panel=panel)
        else:
            app.command(name, cls=program.Command, rich_help_panel=panel, hidden=panel is None)(found)
    return app


def _needed(first: str) -> Sequence[Entry]:
    if first == "--version":
        return ()
    if first in {"--help", "-h"}:
        return [entry for entry in COMMANDS if entry.panel]
    return [entry for entry in COMMANDS if entry.name == first != "help"] or COMMANDS


def _program(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=program.version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line."""
    plugins.search_none()
    words = [] if "_INSITU_ADVISOR_COMPLETE" in os.environ else sys.argv[1:]
    guarded(build(words))
