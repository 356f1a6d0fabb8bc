"""`insitu-advisor help`: the help of the program or of one command."""

from __future__ import annotations

from typing import Annotated

import typer

from insitu_advisor.cli.failure import wrong


def help_page(
    context: typer.Context,
    command: Annotated[
        list[str] | None, typer.Argument(metavar="COMMAND", help="The command to explain, such as plan or kb diff.")
    ] = None,
) -> None:
    """Explain a command.

    Example: insitu-advisor help plan
    """
    shown = context.parent
    assert shown is not None
    for word in command or ():
        found = getattr(shown.command, "commands", {}).get(word)
        if found is None:
            wrong(f"there is no command '{' '.join(command or ())}'; 'insitu-advisor help' lists all", "COMMAND")
        shown = type(shown)(found, info_name=word, parent=shown)
    typer.echo(shown.get_help())
