"""`insitu-advisor screen`: many questions from a table."""

from __future__ import annotations

import functools
import gc
import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import BAD_FILE, clean_errors, on_terminal, say, stop
from insitu_advisor.cli.options import Force, Lab, OutputFile, OwnKnowledge, format_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from insitu_advisor.batch.screening import Adjust, Row
    from insitu_advisor.knowledge.base import KnowledgeBase

FORMATS = ("csv", "jsonl")
# A cell of each column, at the most a cell may hold, is less.
LONGEST_LINE = 2_000_000


def screen(
    table: Annotated[
        Path, typer.Argument(help="CSV file, a question per row, columns named like options; - for stdin.")
    ],
    kb: OwnKnowledge = None,
    lab: Lab = None,
    format: Annotated[str | None, format_option("csv or jsonl", "csv")] = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Answer a table of questions, row by row.

    Bad rows are named in the output, and the rest is still answered.

    Example: insitu-advisor screen questions.csv -o answers.csv
    """
    form = output.format_for(to, format, FORMATS)
    gc.enable()
    with clean_errors():
        from insitu_advisor.batch.screening import unchanged
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.lab.applying import adapt, with_instruments
        from insitu_advisor.lab.finding import find

        base = load_knowledge_base(*(kb or ()))
        adjust: Adjust = unchanged
        if (found := find(base, lab)) is not None:
            base, adjust = adapt(base, found), functools.partial(with_instruments, found=found)
            say(f"The lab profile {found.path} counts ({found.because})")
        with output.stream(to, force=force) as sink, _reading(table) as source:
            faults = _answer(source, sink, base, adjust, form)
    if faults:
        rows = "1 row was" if faults == 1 else f"{faults:,} rows were"
        say(f"{rows} kept out; lines and faults stand in the output")


def _reading(table: Path) -> TextIO:
    if str(table) == "-":
        if sys.stdin is None:
            stop("there is no standard input to read a table from; name a file", BAD_FILE)
        return io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    try:
        return table.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        stop(f"cannot read {table}: {error.strerror or error}", BAD_FILE)


def _answer(source: TextIO, sink: TextIO, kb: KnowledgeBase, adjust: Adjust, format: str) -> int:
    import csv

    from insitu_advisor.batch.screening import TableError, csv_header, csv_line, json_line
    from insitu_advisor.batch.screening import screen as rows_of

    faults = 0
    writer = csv.writer(sink, lineterminator="\n")
    try:
        rows = rows_of(_lines(source), kb, adjust)
        if format == "csv":
            writer.writerow(csv_header())
        for row in _counted(rows):
            faults += row.fault is not None
            if format == "csv":
                writer.writerow(csv_line(row))
            else:
                sink.write(json_line(row) + "\n")
    except TableError as error:
        stop(str(error), BAD_FILE)
    except UnicodeDecodeError:
        stop("the table is not UTF-8 text; save it as UTF-8", BAD_FILE)
    return faults


def _lines(source: TextIO) -> Iterator[str]:
    """The lines of a table, none of them endless; a fault in reading one is no fault of where the answers go."""
    try:
        while line := source.readline(LONGEST_LINE + 1):
            if len(line) > LONGEST_LINE:
                stop(
                    f"a line of the table has more than {LONGEST_LINE:,} characters; write a question per line",
                    BAD_FILE,
                )
            yield line
    except OSError as error:
        stop(f"cannot read the table: {error.strerror or error}", BAD_FILE)


def _counted(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows with a counter on the terminal, unless the rows themselves go there."""
    if not on_terminal(sys.stderr) or on_terminal(sys.stdout):
        yield from rows
        return
    from rich.console import Console
    from rich.progress import Progress, TextColumn

    with Progress(TextColumn("{task.completed} rows answered"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=None)
        for row in rows:
            yield row
            bar.advance(task)
