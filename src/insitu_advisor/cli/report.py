"""`insitu-advisor report`: the document for a supervisor."""

from __future__ import annotations

import datetime
import os
from typing import Annotated

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import NOTHING_PASSES, WRONG_USAGE, clean_errors, stop
from insitu_advisor.cli.options import Cite, Force, OutputFile, QuestionWords, Samples, format_option, takes_sentence

FORMATS = ("markdown", "html", "proposal", "text", "json")


@takes_sentence
def report(
    words: QuestionWords,
    samples: Samples = 10_000,
    cite: Cite = None,
    format: Annotated[str | None, format_option("markdown, html, proposal, text or json", "markdown")] = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Write a report or a proposal for your supervisor.

    Holds the answer, its reasons, blind spots, a checklist and references.

    Example: insitu-advisor report --anode antimony --ion K -o report.md
    """
    form = output.format_for(to, format, FORMATS)
    output.check(to, force=force)
    output.check_cite(cite, to, force=force)
    date = _date()
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.render.formats import figures, html, json_answer, markdown
        from insitu_advisor.render.pages import proposal
        from insitu_advisor.render.pages.report import page

        setting = words.read()
        kb = setting.kb
        advice = recommend(setting.question, kb)
        certificate = certify(advice, samples)
        document = page(advice, certificate, setting.lab, date)
        writers = {
            "markdown": lambda: output.write(markdown.render(document, kb), to, force=force),
            "html": lambda: output.write(
                html.render(document, kb, figures.drawings(advice, certificate)), to, force=force
            ),
            "proposal": lambda: output.write(markdown.render(proposal.page(advice, certificate), kb), to, force=force),
            "text": lambda: output.print_document(document, kb, to, force=force),
            "json": lambda: output.write(json_answer.render(advice, certificate), to, force=force),
        }
        writers[form]()
        output.cite(advice, cite, force=force)
    if advice.best is None:
        raise typer.Exit(NOTHING_PASSES)


def _date() -> str | None:
    """The date of SOURCE_DATE_EPOCH; without it a report carries no clock and never changes."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        stop(f"SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds; unset it or mend it", WRONG_USAGE)
