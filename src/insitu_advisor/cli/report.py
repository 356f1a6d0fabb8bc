"""`insitu-advisor report`: the document to hand in, a request for instrument time, and the pictures."""

from __future__ import annotations

import datetime
import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from insitu_advisor.cli import completion, output, pictures
from insitu_advisor.cli.failure import NOTHING_PASSES, WRONG_USAGE, clean_errors, stop, wrong
from insitu_advisor.cli.options import Cite, Force, OutputFile, QuestionWords, Samples, format_option, takes_sentence
from insitu_advisor.cli.program import OUTPUT

if TYPE_CHECKING:
    from insitu_advisor.engine.method.advice import Advice, Ranked

FORMATS = ("markdown", "html", "proposal", "text", "json")


def _text(means: str) -> Any:
    return typer.Option(metavar="TEXT", help=means, rich_help_panel=OUTPUT)


@takes_sentence
def report(
    words: QuestionWords,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Title, in place of our own.", rich_help_panel=OUTPUT)
    ] = None,
    author: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Your name or project, below the title.", rich_help_panel=OUTPUT)
    ] = None,
    option: Annotated[
        str | None,
        typer.Option(
            metavar="OPTION",
            help="With --format proposal: the technique or pairing to apply for.",
            show_default="the first place",
            rich_help_panel=OUTPUT,
            autocompletion=completion.options,
        ),
    ] = None,
    figures: Annotated[
        str | None,
        typer.Option(
            metavar="DIR",
            help="Also draw the pictures into this folder: SVG, PNG, CSV, light and dark.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    samples: Samples = 2_000,
    cite: Cite = None,
    format: Annotated[str | None, format_option("markdown, html, proposal, text or json", "markdown")] = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Write a report or a proposal for your supervisor.

    Holds the answer, its reasons, blind spots, a checklist and references.

    Example: insitu-advisor report --anode antimony --ion K -o report.html
    """
    form = output.format_for(to, format, FORMATS)
    output.check(to, force=force)
    output.check_cite(cite, to, force=force)
    if option is not None and form != "proposal":
        wrong("only a proposal argues for one option; add --format proposal", "'--option'")
    _check_text(title, "'--title'")
    _check_text(author, "'--author'")
    date = _date()
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend
        from insitu_advisor.render.formats import html, json_answer, markdown
        from insitu_advisor.render.pages import proposal
        from insitu_advisor.render.pages.report import Cover, page

        setting = words.read()
        kb = setting.kb
        advice = recommend(setting.question, kb)
        chosen = _chosen(advice, option)
        if figures is not None:
            pictures.check(figures, force=force)
        certificate = certify(advice, samples)
        cover = Cover(title, author, date)
        writers = {
            "markdown": lambda: markdown.render(page(advice, certificate, setting.lab, cover), kb),
            "html": lambda: html.render(page(advice, certificate, setting.lab, cover, form=form), kb),
            "proposal": lambda: markdown.render(proposal.page(advice, certificate, chosen, cover), kb),
            "json": lambda: json_answer.render(advice, certificate),
        }
        if form == "text":
            output.print_document(page(advice, certificate, setting.lab, cover, form=form), kb, to, force=force)
        else:
            output.write(writers[form](), to, force=force)
        if figures is not None:
            pictures.draw(advice, certificate, figures, force=force)
        output.cite(advice, cite, force=force)
    if advice.best is None:
        raise typer.Exit(NOTHING_PASSES)


def _check_text(word: str | None, option: str) -> None:
    """Refuse words that could steer a terminal, hide text, or not be written at all."""
    from insitu_advisor.knowledge.claim import printable

    try:
        printable(word or "")
    except ValueError:
        wrong(f"'{word}' holds a line break or a control character; write plain text in one line", option)


def _chosen(advice: Advice, option: str | None) -> Ranked | None:
    """The option a proposal argues for; refuses one that is unknown or that this question leaves out."""
    if option is None:
        return None
    from insitu_advisor.engine.method.advice import Ranked
    from insitu_advisor.engine.question.ask import read_option
    from insitu_advisor.engine.words.sentences import exclusion_reason

    outcome = advice.option(read_option(advice.kb, option))
    if not isinstance(outcome, Ranked):
        why = exclusion_reason(advice, outcome).text
        wrong(f"{advice.kb.name(outcome.id)} cannot be used for this question. {why}", "'--option'")
    return outcome


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
