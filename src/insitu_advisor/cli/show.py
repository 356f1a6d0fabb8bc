"""`insitu-advisor list`, `show` and `targets`: what the knowledge base holds."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from insitu_advisor.cli import completion, output
from insitu_advisor.cli.failure import clean_errors, wrong
from insitu_advisor.cli.options import Force, Format, OutputFile

OwnKnowledge = Annotated[
    list[Path] | None,
    typer.Option("--kb", metavar="FILE", help="Your own knowledge file, laid over the shipped base; repeat for more."),
]


def list_entries(
    what: Annotated[
        str,
        typer.Argument(help="options, targets, materials, facilities, rules, profiles, conflicts or references."),
    ] = "options",
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List what the knowledge base holds.

    Example: insitu-advisor list materials
    """
    with clean_errors():
        from insitu_advisor.knowledge.check import nearest
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_document
        from insitu_advisor.render.pages.listing import LISTS

        if what not in LISTS:
            wrong(f"there is no list '{what}'{nearest(what, LISTS)}", "WHAT")
        base = load_knowledge_base(*(kb or ()))
        page = LISTS[what](base)
        output.answer(page, lambda: json_document.data(page, base), base, format, to, force=force)


def targets(
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List what you can ask about, with the words that are understood.

    Example: insitu-advisor targets
    """
    list_entries("targets", kb, format, to, force)


def show(
    name: Annotated[
        str,
        typer.Argument(
            help="Id of an option, target, material, facility, rule, conflict or reference.",
            autocompletion=completion.entries,
        ),
    ],
    kb: OwnKnowledge = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Show everything known about one entry, with its sources.

    Example: insitu-advisor show raman
    """
    with clean_errors():
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_document
        from insitu_advisor.render.pages.find import find

        base = load_knowledge_base(*(kb or ()))
        found = find(base, name)
        if isinstance(found, str):
            wrong(found, "NAME")
        output.answer(found, lambda: json_document.data(found, base), base, format, to, force=force)
