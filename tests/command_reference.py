"""The command reference, made from the program's own commands and options."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import typer

from insitu_advisor.cli.app import app
from insitu_advisor.cli.former import NOW
from insitu_advisor.cli.program import PANELS

HEAD = """\
# Command reference

Made from the program's own help. `insitu-advisor COMMAND -h` shows the same in the terminal, and
`insitu-advisor --install-completion` lets your shell complete commands, options and their values.

`<required>` stands for a word you have to give, `[optional]` for one you may give.
"""
COMMON = """\
## Common options

Most commands take these. Below each command stand only those it has besides.
"""
FORMER = """\
## Names of version 0.1

They still work for one release, and say on standard error what replaces them.
"""
# An option stands in the common table when so many commands have it, word for word.
ENOUGH_COMMANDS = 3
Option = tuple[str, str, str]


def command_reference() -> str:
    """Every command with what it does, an example and its options, as one Markdown page; common options stand once."""
    shown = [(path, command) for path, command in commands() if not command.hidden]
    counts = Counter(option for _, command in shown for option in options(command))
    common = [option for option, count in counts.items() if count >= ENOUGH_COMMANDS]
    sections = [_section(path, command, common) for path, command in shown]
    return "\n".join([HEAD, _common(common), *sections, _former()])


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its path."""
    yield from _below(typer.main.get_command(app), ())


def options(command: Any) -> list[Option]:
    """The options of a command: the group of the help they stand in, how they are typed, and what they do."""
    found = [param for param in command.params if param.param_type_name == "option"]
    return [(param.rich_help_panel or "", _name(param), f"{param.help}{_default(param)}") for param in found]


def _below(command: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    children = getattr(command, "commands", None)
    if children is None:
        yield path, command
        return
    for name, child in children.items():
        yield from _below(child, (*path, name))


def _common(common: list[Option]) -> str:
    lines = [COMMON]
    for panel in PANELS:
        if rows := [option for option in common if option[0] == panel]:
            lines += [f"| {panel} | |", "| :-- | :-- |", *(f"| {name} | {told} |" for _, name, told in rows), ""]
    return "\n".join(lines)


def _section(path: tuple[str, ...], command: Any, common: list[Option]) -> str:
    text, _, example = (command.help or "").partition("Example:")
    paragraphs = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    context = typer.Context(command, info_name=" ".join(("insitu-advisor", *path)))
    usage = " ".join((context.command_path, *command.collect_usage_pieces(context)))
    lines = [f"## insitu-advisor {' '.join(path)}", "", "\n\n".join(paragraphs), ""]
    lines += [f"`{usage}`", "", "```sh", " ".join(example.split()), "```", ""]
    own = [f"- `{param.name}`: {param.help}" for param in command.params if param.param_type_name == "argument"]
    own += [f"- {name}: {told}" for panel, name, told in options(command) if (panel, name, told) not in common]
    return "\n".join([*lines, *own, *([""] if own else []), *_taken(command, common)])


def _taken(command: Any, common: list[Option]) -> list[str]:
    """Which of the common options a command takes: whole groups by name, else the options themselves."""
    taken = [option for option in options(command) if option in common]
    told = []
    for panel in PANELS:
        whole, mine = ([option for option in some if option[0] == panel] for some in (common, taken))
        told += [f"*{panel}*"] if mine == whole else [name for _, name, _ in mine]
    return [f"Common options: {', '.join(told)}.", ""] if told else []


def _former() -> str:
    rows = [f"| `{old}` | `{new}` |" for old, new in NOW.items()]
    return "\n".join([FORMER, "| name | now |", "| :-- | :-- |", *rows, ""])


def _name(param: Any) -> str:
    metavar = "" if param.is_flag else f" {param.metavar}"
    return f"`{', '.join(param.opts)}{metavar}`"


def _default(param: Any) -> str:
    shown = param.default not in (None, False, (), []) and not callable(param.default)
    return f" Default: {param.default}." if shown else ""
