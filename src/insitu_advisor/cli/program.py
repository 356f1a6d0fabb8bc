"""How the program shows its help and its errors: everything in groups, and the sentence that matters first."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from insitu_advisor import __version__
from insitu_advisor.cli.failure import INTERRUPTED, say, say_as_it_is

# Typer keeps its copy of click to itself, so the classes of errors are reached through those it does export.
UsageError: type[Any] = typer.BadParameter.__mro__[1]
QUESTION, LIMITS, OUTPUT, ADVANCED = PANELS = ("Question", "Limits", "Output", "Advanced")
# What people type for a command of another name.
RELATED: Mapping[str, str] = {
    "explain": "why", "suggest": "recommend", "advise": "recommend", "interview": "recommend", "wizard": "recommend",
    "batch": "screen", "experiments": "plan", "versus": "compare", "proposal": "report --format proposal",
    "search": "show studies", "papers": "show studies", "literature": "show studies", "info": "show",
    **{word: f"show {word}" for word in (
        "techniques", "goals", "materials", "instruments", "studies", "speeds", "sources", "rules", "conflicts",
        "profiles", "options", "facilities", "references",
    )},
}  # fmt: skip
_TIP = re.compile(r" \((did you mean .*?)\)(?:; )?|; |\. (?=Did you mean)")


class _Grouped:
    """Options below the heading of their group, and after them those that only help."""

    params: list[Any]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write arguments and options group by group."""
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": [], **{panel: [] for panel in PANELS}, "Options": []}
        for param in self.get_params(ctx):  # type: ignore[attr-defined]
            record = param.get_help_record(ctx)
            if record is None:
                continue
            if param.param_type_name == "argument":
                groups["Arguments"].append((argument(param), param.help or ""))
            else:
                groups[param.rich_help_panel or "Options"].append(record)
        for title, rows in groups.items():
            if rows:
                with formatter.section(title):
                    formatter.write_dl(rows)


class Command(_Grouped, TyperCommand):
    """A command."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The options, then the arguments: `<required>` and `[optional]`."""
        params = self.get_params(ctx)
        return ["[OPTIONS]", *(argument(param) for param in params if param.param_type_name == "argument")]

    def main(self, *given: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run by itself, as when it is the only one loaded."""
        return _run(super().main, given, extra, standalone=standalone_mode)


class Group(_Grouped, TyperGroup):
    """A group of commands, and the program itself."""

    def main(self, *given: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run, and tell errors in our way."""
        return _run(super().main, given, extra, standalone=standalone_mode)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands group by group, then the few options."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                title = getattr(command, "rich_help_panel", None) or "Commands"
                groups.setdefault(title, []).append((name, summary(command.help)))
        for title, rows in groups.items():
            with formatter.section(title):
                formatter.write_dl(rows)
        super().format_options(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; for one that is not there, name the one that does what the word says."""
        try:
            return super().resolve_command(ctx, args)
        except UsageError as error:
            if related := RELATED.get(args[0].lower()):
                error.message = f"there is no command '{args[0]}' (did you mean '{related}'?)"
            elif " " in args[0].strip():
                error.message = f"there is no command '{args[0]}'; put 'recommend' before your question"
            raise


def argument(param: Any) -> str:
    """An argument as it is shown: `<required>` or `[optional]`, with dots where several may follow each other."""
    name = (param.metavar or param.name).lower()
    dots = "" if param.nargs == 1 else "..."
    return f"<{name}>{dots}" if param.required else f"[{name}]{dots}"


def summary(help_text: str | None) -> str:
    """The first sentence of a help text."""
    return (help_text or "").strip().partition("\n")[0].rstrip(".")


def _run(main: Any, given: Iterable[Any], extra: dict[str, Any], *, standalone: bool) -> Any:
    if not standalone:
        return main(*given, standalone_mode=False, **extra)
    try:
        code = main(*given, standalone_mode=False, **extra)
    except UsageError as error:
        tell(error)
        sys.exit(error.exit_code)
    except typer.Abort:
        say("Stopped.")
        sys.exit(INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def tell(error: Any) -> None:
    """What is wrong, then what may have been meant, then how the command is used."""
    if error.message.startswith("Usage: "):
        say_as_it_is(error.message)
        return
    said, tip = parted(_sentence(error))
    say(f"Error: {said}")
    if tip:
        say(f"  Tip: {tip}")
    if error.ctx is not None:
        pieces = " ".join(error.ctx.command.collect_usage_pieces(error.ctx))
        say(f"  Usage: {error.ctx.command_path} {pieces} (-h shows all)")


def parted(message: str) -> tuple[str, str]:
    """A message as the sentence that matters and the tip that follows it."""
    found = _TIP.search(message)
    if found is None:
        return message, ""
    suggested, rest = found[1] or "", message[found.end() :].strip()
    return message[: found.start()], " ".join(filter(None, (suggested, rest))).replace("?; ", "? ")


def _sentence(error: Any) -> str:
    """The message of an error, behind the name of the option it is about."""
    if possible := getattr(error, "possibilities", None):
        return f"there is no option {error.option_name} (did you mean {' or '.join(sorted(possible))}?)"
    hint = getattr(error, "param_hint", None)
    if hint is None and (param := getattr(error, "param", None)) is not None and error.message:
        hint = param.opts[-1] if param.param_type_name == "option" else param.name.upper()
    if isinstance(error, typer.BadParameter) and hint and error.message:
        return f"{hint.strip(chr(39))}: {error.message}"
    return str(error.format_message())


def new(help_text: str, epilog: str) -> typer.Typer:
    """A program or a group of commands that shows itself in this way."""
    return typer.Typer(
        cls=Group,
        help=help_text,
        epilog=epilog,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )


def version(wanted: bool) -> None:
    """Show the version and leave."""
    if wanted:
        typer.echo(f"insitu-advisor {__version__}")
        raise typer.Exit
