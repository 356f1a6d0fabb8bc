"""Data points per half-cycle as a document."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from insitu_advisor.engine.method.arithmetic import ENOUGH_POINTS
from insitu_advisor.engine.method.pace import FEWEST_POINTS, Pace, own_clock, table
from insitu_advisor.engine.method.system import SystemReading, Way
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.figure import amount

MANY = 10_000
TITLE = "Data points per half-cycle"
HOW_TO_READ = (
    "A half-cycle at 1C lasts one hour. A range runs from the slow to the fast end of the practised time. "
    f"{ENOUGH_POINTS} points or more follow a half-cycle, fewer than {FEWEST_POINTS} do not. ~ is our guess where no "
    "time is published, ? is unknown, x cannot watch a realistic cell however fast it is, + means at least this many."
)


def page(system: SystemReading, rates: Sequence[float], techniques: Collection[str], *, full: bool = False) -> Document:
    """Ways of measuring at every rate; in full also where the times come from."""
    shown = [way for technique in techniques for way in system.ways[technique]]
    start: list[Block] = [Heading(TITLE, 1), _table(system, rates, shown)]
    if not full:
        return Document((*start, Paragraph(Cited("--full says where each time comes from."))), short=True)
    return Document((*start, *_sources(shown, 2), Heading("Sources"), References()))


def blocks(system: SystemReading, rates: Sequence[float], level: int = 2) -> list[Block]:
    """The table of every way, and the meaning of each time under a heading of the level given."""
    shown = [way for ways in system.ways.values() for way in ways]
    return [_table(system, rates, shown), *_sources(shown, level)]


def _table(system: SystemReading, rates: Sequence[float], shown: Sequence[Way]) -> Table:
    rows = tuple((way_name(way), *map(_cell, paces)) for way, paces in table(system, rates) if way in shown)
    headers = ("way of measuring", *map(rate_word, rates))
    return Table(headers, rows, frozenset(range(1, len(headers))), note=HOW_TO_READ)


def _sources(shown: Sequence[Way], level: int) -> list[Block]:
    return [Heading("Where the times come from", level), Bullets(tuple(map(_source, shown)))]


def _cell(pace: Pace) -> str:
    cross = "x " if own_clock(pace.way) else ""
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
    label = f"{way_name(way)}:"
    done = max(way.shown.values(), default=None)
    used = f" A study used it at up to {rate_word(done.rate)}." if done else ""
    if way.figure is not None:
        sources = (*way.figure.sources, *([done.reference] if done else ()))
        return Cited(f"{amount(way.figure)}. {way.figure.means}{used}", way.figure.basis, sources, label)
    if way.tempo is not None:
        text = f"no published time; we guess {way.tempo.tempo.replace('-', ' ')}. {way.tempo.because}"
        return Cited(text, "judgement", (), label)
    return Cited("no published time, so its pace is not known.", None, (), label)
