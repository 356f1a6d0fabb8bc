"""`insitu-advisor screen`: many questions from a table."""

from __future__ import annotations

import csv
import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import BAD_FILE, clean_errors, stop
from insitu_advisor.cli.look_up import OwnKnowledge
from insitu_advisor.cli.options import Force, OutputFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from insitu_advisor.batch.screening import Row
    from insitu_advisor.knowledge.base import KnowledgeBase

FORMATS = ("csv", "jsonl")


def screen(
    table: Annotated[
        Path, typer.Argument(help="CSV file, a question per row, columns named like options; - for stdin.")
    ],
    kb: OwnKnowledge = None,
    format: Annotated[str, typer.Option(metavar="FORMAT", help="csv or jsonl.")] = "csv",
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Answer a table of questions row by row; bad rows are named and the rest still answered.

    Example: insitu-advisor screen questions.csv -o answers.csv
    """
    if format not in FORMATS:
        raise typer.BadParameter(f"there is no format '{format}'; choose csv or jsonl", param_hint="'--format'")
    gc.enable()
    with clean_errors():
        from insitu_advisor.knowledge.loader import load_knowledge_base

        base = load_knowledge_base(*(kb or ()))
        with output.stream(to, force=force) as sink, _reading(table) as source:
            faults = _answer(source, sink, base, format)
    if faults:
        typer.echo(f"{faults:,} rows were kept out; their lines and faults stand in the output", err=True)


def _reading(table: Path) -> TextIO:
    if str(table) == "-":
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    try:
        return table.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        stop(f"cannot read {table}: {error.strerror or error}", BAD_FILE)


def _answer(source: TextIO, sink: TextIO, kb: KnowledgeBase, format: str) -> int:
    from insitu_advisor.batch.screening import TableError, csv_header, csv_line, json_line
    from insitu_advisor.batch.screening import screen as rows_of

    faults = 0
    writer = csv.writer(sink, lineterminator="\n")
    if format == "csv":
        writer.writerow(csv_header())
    try:
        for row in _counted(rows_of(source, kb)):
            faults += row.fault is not None
            if format == "csv":
                writer.writerow(csv_line(row))
            else:
                sink.write(json_line(row) + "\n")
    except TableError as error:
        stop(str(error), BAD_FILE)
    except UnicodeDecodeError as error:
        stop(f"the table is not UTF-8 text (byte {error.start}); save it as UTF-8", BAD_FILE)
    return faults


def _counted(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with a counter on the terminal, and nowhere else."""
    if not sys.stderr.isatty():
        yield from rows
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    with Progress(TextColumn("{task.completed} rows answered"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=None)
        for row in rows:
            yield row
            bar.advance(task)
