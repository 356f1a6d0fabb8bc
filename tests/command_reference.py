"""The command reference, made from the program's own commands and options."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from insitu_advisor.cli.app import app

HEAD = """\
# Command reference

Made from the program's own help. `insitu-advisor COMMAND --help` shows the same in the terminal, and
`insitu-advisor --install-completion` lets your shell complete commands, options and their values.
"""


def command_reference() -> str:
    """Every command with what it does, an example, its arguments and options, as one Markdown page."""
    return "\n".join([HEAD, *(_section(path, command) for path, command in commands())])


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its path."""
    yield from _below(typer.main.get_command(app), ())


def _below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _below(child, (*path, name))


def _section(path: tuple[str, ...], command: Any) -> str:
    text, _, example = (command.help or "").partition("Example:")
    lines = [
        f"## insitu-advisor {' '.join(path)}",
        "",
        " ".join(text.split()),
        "",
        "```sh",
        " ".join(example.split()),
        "```",
        "",
    ]
    for param in command.params:
        if param.name != "help":
            lines.append(f"- {_name(param)}: {param.help or ''}{_default(param)}")
    return "\n".join([*lines, ""])


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return f"`{param.name.upper()}`"
    metavar = "" if param.is_flag else f" {param.metavar}"
    return f"`{', '.join(param.opts)}{metavar}`"


def _default(param: Any) -> str:
    shown = param.default not in (None, False, (), []) and not callable(param.default)
    return f" Default: {param.default}." if shown else ""
