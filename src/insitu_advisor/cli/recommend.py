"""`insitu-advisor recommend`: the answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from insitu_advisor.cli import output
from insitu_advisor.cli.failure import NOTHING_PASSES, WRONG_USAGE, clean_errors, on_terminal, stop, wrong
from insitu_advisor.cli.options import (
    Cite,
    Force,
    Full,
    OutputFile,
    QuestionWords,
    Samples,
    format_option,
    takes_sentence,
)
from insitu_advisor.cli.program import ADVANCED

if TYPE_CHECKING:
    from insitu_advisor.engine.certainty.certificate import Certificate
    from insitu_advisor.engine.method.advice import Advice
    from insitu_advisor.lab.finding import FoundLab
    from insitu_advisor.render.pages.document import Document


FORMATS = ("text", "markdown", "json", "jsonld")
WHAT_TO_SAY = (
    "Say what the anode is, which ion, or what you want to learn; what you leave out is assumed and said so:",
    "  insitu-advisor recommend --anode silicon --ion Li --target cracks",
    "  insitu-advisor recommend --anode unknown        (the open question)",
    "'insitu-advisor show goals' lists what you can ask about; 'insitu-advisor help recommend' every option.",
)


def _versus(what: str) -> Any:
    return typer.Option(
        f"--versus-{what}", metavar=what.upper(), help=f"Show what changes with another {what}.",
        rich_help_panel=ADVANCED,
    )  # fmt: skip


@takes_sentence
def recommend(
    words: QuestionWords,
    full: Full = False,
    versus_ion: Annotated[str | None, _versus("ion")] = None,
    versus_anode: Annotated[str | None, _versus("anode")] = None,
    versus_budget: Annotated[str | None, _versus("budget")] = None,
    versus_facility: Annotated[list[str] | None, _versus("facility")] = None,
    samples: Samples = 2_000,
    cite: Cite = None,
    format: Annotated[str | None, format_option("text, markdown, json or jsonld", "text")] = None,
    to: OutputFile = None,
    force: Force = False,
) -> None:
    """Recommend techniques for your question.

    Without a question it asks you for it, on a terminal.

    Example: insitu-advisor recommend --anode "hard carbon" --ion Na --target pores --facility department
    """
    form = output.format_for(to, format, FORMATS)
    output.check(to, force=force)
    output.check_cite(cite, to, force=force)
    asked = not words.anything_given
    if asked and not (on_terminal(sys.stdin) and on_terminal(sys.stdout)):
        stop("no question was given", WRONG_USAGE, *WHAT_TO_SAY)
    with clean_errors():
        from insitu_advisor.engine.certainty.certificate import certify
        from insitu_advisor.engine.method.ranking import recommend as rank

        if asked:
            from insitu_advisor.cli.interview import interview

            words = interview()
        setting = words.read()
        kb = setting.kb
        advice = rank(setting.question, kb)
        other = words.otherwise(versus_ion, versus_anode, versus_budget, versus_facility)
        if other != words:
            if cite is not None:
                wrong("a comparison of two questions has no citations of its own", "--cite")
            given = {"ion": versus_ion, "anode": versus_anode, "budget": versus_budget, "facility": versus_facility}
            with clean_errors(**{field: f"--versus-{field}" for field, word in given.items() if word}):
                changed = other.read()
            _difference(advice, rank(changed.question, changed.kb), form, to, force=force)
            return
        if form == "jsonld":
            from insitu_advisor.render.formats import jsonld

            output.write(jsonld.render(advice), to, force=force)
        else:
            certificate = certify(advice, samples)
            output.answer(
                lambda: _page(advice, certificate, setting.lab, full=full),
                lambda: _json(advice, certificate),
                kb,
                form,
                to,
                force=force,
                paged=full,
            )
        output.cite(advice, cite, force=force)
        if asked:
            from insitu_advisor.engine.question.command import reproduce

            typer.echo(f"\nAsk again with: {reproduce(setting.question, kb)}")
    if advice.best is None:
        raise typer.Exit(NOTHING_PASSES)


def _page(advice: Advice, certificate: Certificate | None, lab: FoundLab | None, *, full: bool) -> Document:
    from insitu_advisor.render.pages import recommend as pages

    return pages.full_page(advice, certificate, lab) if full else pages.page(advice, certificate)


def _json(advice: Advice, certificate: Certificate | None) -> dict[str, Any]:
    from insitu_advisor.render.formats import json_answer

    return json_answer.answer(advice, certificate)


def _difference(before: Advice, after: Advice, format: str, to: str | None, *, force: bool) -> None:
    from insitu_advisor.engine.question.command import reproduce
    from insitu_advisor.render.formats import json_inquiries
    from insitu_advisor.render.pages import difference

    changed = f"{reproduce(before.question, before.kb)} against {reproduce(after.question, after.kb)}"
    output.answer(
        lambda: difference.page(before, after, changed),
        lambda: json_inquiries.versus(before, after),
        after.kb,
        format,
        to,
        force=force,
    )
