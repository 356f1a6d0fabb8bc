"""`insitu-advisor lab`: the profile of your laboratory."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from insitu_advisor.cli import output, program
from insitu_advisor.cli.failure import BAD_FILE, clean_errors, on_terminal, say, stop, wrong
from insitu_advisor.cli.options import Force, Format, Lab, OutputFile

app = program.new("List the instruments your laboratory can use.", "Example: insitu-advisor lab init")


@app.command(cls=program.Command)
def init(
    to: Annotated[
        str,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="File to write; - for standard output.",
            rich_help_panel=program.OUTPUT,
        ),
    ] = "lab.yaml",
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask instrument by instrument.", rich_help_panel=program.ADVANCED)
    ] = False,
    force: Force = False,
) -> None:
    """Write a commented template for your lab profile.

    Example: insitu-advisor lab init
    """
    with clean_errors():
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.lab import template

        kb = load_knowledge_base()
        if not ask:
            output.write(template.text(kb), to, force=force)
            return
        if not on_terminal(sys.stdin):
            wrong("asking needs a terminal; leave --ask out to get a template", "'--ask'")
        name = typer.prompt("Name of your laboratory", default="My laboratory")
        chosen = {key: access for key, item in kb.facilities.items() if (access := _access(item.name)) is not None}
        output.write(template.filled(name, chosen), to, force=force)


@app.command(cls=program.Command)
def show(lab: Lab = None, format: Format = None, to: OutputFile = None, force: Force = False) -> None:
    """Show what you can use now, this quarter and with the next call.

    Example: insitu-advisor lab show
    """
    with clean_errors():
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.lab.finding import find
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import lab as lab_pages

        kb = load_knowledge_base()
        found = find(kb, lab)
        if found is None:
            stop("no lab profile was found; 'insitu-advisor lab init' writes a template", BAD_FILE)
        page = lab_pages.page(kb, found)
        output.answer(lambda: page, lambda: json_inquiries.document(page, kb), kb, format, to, force=force)


def _access(name: str) -> str | None:
    """How an instrument is reached, asked on the terminal; None when it is out of reach."""
    words = {"o": "owned", "s": "shared", "p": "partner", "b": "by-proposal", "n": None}
    while True:
        answer = typer.prompt(f"{name}: [o]wned, [s]hared, [p]artner, [b]y proposal, [n]o", default="n")
        if (letter := answer.strip().lower()[:1]) in words:
            return words[letter]
        say("Please answer with o, s, p, b or n.")
