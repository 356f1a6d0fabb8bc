"""Data points per half-cycle as a document."""

from __future__ import annotations

from collections.abc import Sequence

from insitu_advisor.engine.method.arithmetic import ENOUGH_POINTS
from insitu_advisor.engine.method.pace import FEWEST_POINTS, Pace, table
from insitu_advisor.engine.method.system import SystemReading, Way
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table

MANY = 10_000
TITLE = "Data points per half-cycle"
HOW_TO_READ = (
    "A half-cycle at 1C lasts one hour. A range runs from the slow to the fast end of the practised time. "
    f"{ENOUGH_POINTS} points or more follow a half-cycle, fewer than {FEWEST_POINTS} do not. A tilde marks an order of "
    "magnitude where no time is printed (our judgement); an x marks a way that does not watch a realistic cell at all, "
    f"however fast it is. A plus leaves out a fast end of {MANY:,} points or more, which no beam or sample would bear."
)


def page(system: SystemReading, rates: Sequence[float]) -> Document:
    """Every way of measuring at every rate, then where the times come from."""
    return Document((Heading(TITLE, 1), *blocks(system, rates), Heading("Sources"), References()))


def blocks(system: SystemReading, rates: Sequence[float], level: int = 2) -> list[Block]:
    """The table, how to read it, and the meaning of each time under a heading of the level given."""
    rows = tuple(
        (f"{way.technique.short}, {way.variant.name}", *(_cell(pace) for pace in paces))
        for way, paces in table(system, rates)
    )
    headers = ("way of measuring", *(rate_word(rate) for rate in rates))
    return [
        Paragraph(Cited(HOW_TO_READ)),
        Table(headers, rows, frozenset(range(1, len(rates) + 1))),
        Heading("Where the times come from", level),
        Bullets(tuple(_source(way) for ways in system.ways.values() for way in ways)),
    ]


def _cell(pace: Pace) -> str:
    cross = "x " if pace.way.follows == 0.0 else ""
    if pace.fewest is not None and pace.most is not None:
        low, high = _count(pace.fewest), _count(pace.most)
        if pace.most >= MANY:
            return f"{cross}{low}+" if pace.fewest < MANY else f"{cross}{MANY:,}+"
        return cross + (low if low == high else f"{low}-{high}")
    if pace.order is None:
        return cross + "?"
    return cross + ("<1" if pace.order < 1 else f"~{_count(pace.order)}")


def _count(points: float) -> str:
    if points < 1:
        return "<1"
    return f"{points:.0f}"


def _source(way: Way) -> Cited:
    label = f"{way.technique.short}, {way.variant.name}:"
    if way.figure is not None:
        low, high = way.figure.low, way.figure.high
        amount = f"{low:g} s" if low == high else f"{low:g} to {high:g} s"
        return Cited(f"{amount}. {way.figure.means}", way.figure.basis, way.figure.sources, label)
    if way.tempo is not None:
        return Cited(f"no printed time, order of {way.tempo.tempo}. {way.tempo.because}", "judgement", (), label)
    return Cited("no printed time; cannot be judged.", None, (), label)
