"""`insitu-advisor kb`: looking after knowledge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from insitu_advisor.cli import output, program
from insitu_advisor.cli.failure import clean_errors
from insitu_advisor.cli.options import Force, Format, OutputFile

app = program.new("Check, compare and describe knowledge files.", "Example: insitu-advisor kb check my.yaml")


@app.command(cls=program.Command)
def check(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Your knowledge files, laid over the shipped base in order.")
    ] = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Validate knowledge files and point out what is odd.

    Example: insitu-advisor kb check my.yaml
    """
    with clean_errors():
        from insitu_advisor.curation.lint import remarks
        from insitu_advisor.curation.stats import filled
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import kb as curating

        kb = load_knowledge_base(*(files or ()))
        page = curating.checked([str(file) for file in files or ()], list(remarks(kb)), filled(kb), len(kb.references))
        output.answer(lambda: page, lambda: json_inquiries.document(page, kb), kb, format, to, force=force)


@app.command(cls=program.Command)
def diff(
    old: Annotated[Path, typer.Argument(help="Knowledge file before; 'shipped' for the base alone.")],
    new: Annotated[Path, typer.Argument(help="Knowledge file now; 'shipped' for the base alone.")],
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """List changed facts and the answers they change.

    Example: insitu-advisor kb diff shipped my.yaml
    """
    with clean_errors():
        from insitu_advisor.curation.changes import effect, facts
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import kb as curating

        before, after = (load_knowledge_base(*(() if str(path) == "shipped" else (path,))) for path in (old, new))
        changed = list(facts(before, after))
        page = curating.changes(changed, effect(before, after)) if changed else curating.no_change()
        output.answer(lambda: page, lambda: json_inquiries.document(page, after), after, format, to, force=force)


@app.command(cls=program.Command)
def schema(to: OutputFile = None, force: Force = False) -> None:
    """Print the JSON Schema for editors that check YAML.

    Example: insitu-advisor kb schema -o knowledge.schema.json
    """
    with clean_errors():
        from insitu_advisor.knowledge.base import file_schema
        from insitu_advisor.render.formats.json_parts import dump

        output.write(dump(file_schema()), to, force=force)


@app.command(cls=program.Command)
def stats(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Your knowledge files, laid over the shipped base.")
    ] = None,
    format: Format = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Count claims by section and basis.

    Example: insitu-advisor kb stats
    """
    with clean_errors():
        from insitu_advisor.curation.stats import counts
        from insitu_advisor.knowledge.loader import load_knowledge_base
        from insitu_advisor.render.formats import json_inquiries
        from insitu_advisor.render.pages import kb as curating

        kb = load_knowledge_base(*(files or ()))
        page = curating.stats(counts(kb))
        output.answer(lambda: page, lambda: json_inquiries.document(page, kb), kb, format, to, force=force)
