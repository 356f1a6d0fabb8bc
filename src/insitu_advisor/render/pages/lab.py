"""A lab profile and the access ladder as documents."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.lab.finding import FoundLab
from insitu_advisor.lab.ladder import Step, ladder
from insitu_advisor.lab.profile import RUNGS
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, Table

TITLES = {"this week": "Now", "this quarter": "This quarter", "with a proposal": "Next call"}


def page(kb: KnowledgeBase, found: FoundLab) -> Document:
    """What the laboratory can use now, this quarter and with the next call."""
    profile = found.profile
    blocks: list[Block] = [
        Heading(profile.name, 1),
        Paragraph(Cited(f"Read from {found.path}, {found.because}.")),
    ]
    for rung in RUNGS:
        rows = tuple(
            (
                kb.facilities[facility].name,
                item.access,
                f"{item.weeks:g}",
                item.cost or "usual",
                item.preparation or "usual",
            )
            for facility, item in profile.instruments.items()
            if item.rung == rung
        )
        headers = ("instrument", "access", "weeks", "own cost", "own preparation")
        nothing = Paragraph(Cited("Nothing."))
        blocks += [Heading(TITLES[rung]), Table(headers, rows, frozenset({2})) if rows else nothing]
    stock = [("Cells", profile.cells), ("Electrolytes", profile.electrolytes)]
    items = tuple(Cited(wording.listed(words), strong=f"{label}:") for label, words in stock if words)
    if items:
        blocks += [Heading("At hand"), Bullets(items)]
    return Document(tuple(blocks))


def ladder_blocks(advice: Advice, found: FoundLab) -> list[Block]:
    """The best option this week, this quarter and with a proposal; rungs that lead to the same stand together."""
    rungs: dict[str, list[str]] = {}
    for step in ladder(advice, found.profile):
        rungs.setdefault(_step_text(advice, step), []).append(step.rung)
    items = tuple(Cited(text, strong=f"{wording.capital(wording.listed(names))}:") for text, names in rungs.items())
    return [Heading("Access ladder"), Bullets(items)]


def _step_text(advice: Advice, step: Step) -> str:
    if step.best is None:
        return "nothing you can reach then answers this."
    name = wording.option_name(step.best)
    return f"{name}, {wording.counted(step.best.score, 'point')}: {wording.sees(advice, step.best.route)}."
