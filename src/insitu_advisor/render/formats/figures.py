"""The pictures of an answer, each with its table twin: scores, acceptability, coverage, resolution."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from insitu_advisor.engine.certainty.certificate import Certificate, percent
from insitu_advisor.engine.inquiry.compare import best_ratings
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.knowledge.technique import RATING_WORDS, Figure, Variant
from insitu_advisor.render.formats import svg
from insitu_advisor.render.pages.document import Table

WIDTH = 760.0
LEFT = 130.0
ROW = 26.0
TOP = 46.0
_SIZES = {-1: "0.1 nm", 0: "1 nm", 1: "10 nm", 2: "100 nm", 3: "1 µm", 4: "10 µm", 5: "100 µm", 6: "1 mm"}
_TIMES = {
    -3: "1 ms", -2: "10 ms", -1: "0.1 s", 0: "1 s", 1: "10 s", 2: "100 s", 3: "1000 s", 4: "3 h", 5: "28 h",
}  # fmt: skip


_INKS = ("soft", "dark", "dark", "light")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: title, one sentence that says what it shows, the SVG, and the same content as a table."""

    title: str
    description: str
    image: str
    twin: Table


def scores(advice: Advice, certificate: Certificate | None) -> Drawing:
    """Points of every ranked option, stacked by criterion."""
    del certificate
    criteria = list(advice.shares)
    scale = (WIDTH - LEFT - 60) / 100
    parts = _legend(list(criteria))
    for index, option in enumerate(advice.ranking):
        y = TOP + index * ROW
        parts.append(svg.text(LEFT - 8, y + 15, advice.kb.name(option.id), "end"))
        x = LEFT
        for place, (part, points) in enumerate(zip(option.parts, _printed(option), strict=True)):
            tip = f"{advice.kb.name(option.id)}, {part.criterion}: {points:.1f} of {part.max_points:.1f}"
            parts.append(svg.box(x, y, (part.points * scale, ROW - 7), f"c{place % 5}", tip))
            x += part.points * scale
        parts.append(svg.text(x + 6, y + 15, f"{option.score:.1f}", css="soft"))
    title, description = "Scores by criterion", "Bars of points from 0 to 100 for each option, stacked by criterion."
    rows = tuple(
        (advice.kb.name(option.id), *(f"{points:.1f}" for points in _printed(option)), f"{option.score:.1f}")
        for option in advice.ranking
    )
    twin = Table(("Option", *criteria, "score"), rows, frozenset(range(1, len(criteria) + 2)))
    return _drawing(title, description, len(advice.ranking), parts, twin)


def _printed(option: Ranked) -> list[float]:
    return rounded_parts([part.points for part in option.parts])


def acceptability(advice: Advice, certificate: Certificate | None) -> Drawing:
    """Share of weightings and readings in which each option is first, second or third."""
    shares = certificate.acceptability if certificate else None
    scale = WIDTH - LEFT - 100
    parts = _legend(["first", "second", "third"])
    rows = []
    for index, option in enumerate(advice.ranking):
        ranks = ([*shares.ranks[option.id], 0.0, 0.0] if shares else [0.0] * 3)[:3]
        y, x, name = TOP + index * ROW, LEFT, advice.kb.name(option.id)
        parts.append(svg.text(LEFT - 8, y + 15, name, "end"))
        for place, share in enumerate(ranks):
            tip = f"{name}, {('first', 'second', 'third')[place]} in {percent(share)}"
            parts.append(svg.box(x, y, (share * scale, ROW - 7), f"c{place}", tip))
            x += share * scale
        parts.append(svg.text(x + 6, y + 15, f"first in {percent(ranks[0])}", css="soft"))
        rows.append((name, *(percent(share) for share in ranks)))
    title = "Rank acceptability"
    description = "Bars: share of weightings and readings that put each option first, second or third."
    twin = Table(("Option", "First", "Second", "Third"), tuple(rows), frozenset({1, 2, 3}))
    return _drawing(title, description, len(advice.ranking), parts, twin)


def coverage(advice: Advice, certificate: Certificate | None) -> Drawing:
    """Best rating of every option on every target; the targets asked come first."""
    del certificate
    kb, asked = advice.kb, advice.question.target_ids
    options = list(kb.options)
    ratings = {option: best_ratings(kb, advice.system, option) for option in options}
    targets = [*asked, *(target for target in kb.targets if target not in asked)]
    cell, left, head = 58.0, 180.0, 60.0
    parts = []
    for column, option in enumerate(options):
        x = left + column * cell + cell / 2
        first, _, second = kb.name(option).partition(" + ")
        parts.append(svg.text(x, head - 24, first, "middle"))
        parts.append(svg.text(x, head - 8, f"+ {second}" if second else "", "middle"))
    for row, target in enumerate(targets):
        y = head + row * 24
        mark = " *" if target in asked else ""
        parts.append(svg.text(left - 8, y + 16, kb.targets[target].name + mark, "end"))
        for column, option in enumerate(options):
            rating = ratings[option][target]
            x = left + column * cell
            tip = f"{kb.name(option)}, {kb.targets[target].name}: {RATING_WORDS[rating]}"
            parts.append(svg.box(x, y, (cell - 2, 22), f"r{rating}", tip))
            parts.append(svg.text(x + cell / 2 - 1, y + 16, str(rating), "middle", _INKS[rating]))
    title = "Coverage"
    description = "Grid of targets and options; 0 none, 1 indirect, 2 good, 3 primary, by the best variant; * asked."
    width, height = left + len(options) * cell + 10, head + len(targets) * 24 + 10
    rows = tuple(
        (kb.targets[target].name, *(RATING_WORDS[ratings[option][target]] for option in options)) for target in targets
    )
    twin = Table(("Target", *(kb.name(option) for option in options)), rows)
    return Drawing(title, description, svg.picture(width, height, title, description, parts), twin)


def resolution(advice: Advice, certificate: Certificate | None) -> Drawing:
    """Size and time per data point of every variant with a printed size, on logarithmic axes."""
    del certificate
    marks = list(_marks(advice))
    left, right, top, bottom = 70.0, WIDTH - 20, 20.0, 460.0
    x_of, y_of = _axis(0.1, 1e6, left, right), _axis(1e-3, 1e5, bottom, top)
    parts = []
    for power, word in _SIZES.items():
        x = x_of(10.0**power)
        parts += [svg.line((x, top), (x, bottom)), svg.text(x, bottom + 18, word, "middle", "soft")]
    for power, word in _TIMES.items():
        y = y_of(10.0**power)
        parts += [svg.line((left, y), (right, y)), svg.text(left - 6, y + 4, word, "end", "soft")]
    for number, mark in enumerate(marks, 1):
        parts += _mark(number, mark, x_of, y_of)
        row, column = (number - 1) // 2, (number - 1) % 2
        parts.append(svg.text(24 + column * 370, bottom + 50 + row * 20, f"{number}  {mark.name}"))
    title = "Resolution map"
    description = (
        "Size (horizontal) and time per data point (vertical), logarithmic; a ring stands where no time is printed and "
        "only an order of magnitude is judged. The sizes mean different things, see the table: hold each against your "
        "question, not against another. Variants without a printed size are left out."
    )
    rows = tuple((mark.name, _range(mark.size), mark.size.means, mark.time_words, mark.time_means) for mark in marks)
    height = bottom + 50 + 20 * ((len(marks) + 1) // 2)
    twin = Table(("Variant", "Size", "What the size means", "Time per point", "What the time means"), rows)
    return Drawing(title, description, svg.picture(WIDTH, height, title, description, parts), twin)


@dataclass(frozen=True, slots=True)
class _Mark:
    """One variant on the resolution map; times in s."""

    colour: int
    name: str
    size: Figure
    fast: float
    slow: float
    printed: bool
    time_words: str
    time_means: str


def _marks(advice: Advice) -> Iterator[_Mark]:
    for colour, (technique_id, ways) in enumerate(advice.system.ways.items()):
        short = advice.kb.techniques[technique_id].short
        for way in ways:
            size = _size(way.variant)
            if size is None or way.seconds is None:
                continue
            name = f"{short}, {way.variant.name}"
            if way.figure is not None:
                words, means = _range(way.figure), way.figure.means
                yield _Mark(colour, name, size, way.figure.low, way.figure.high, True, words, means)
            elif way.tempo is not None:
                words = f"order of {way.tempo.tempo} (judgement)"
                yield _Mark(colour, name, size, way.seconds, way.seconds, False, words, way.tempo.because)


def _mark(number: int, mark: _Mark, x_of: Callable[[float], float], y_of: Callable[[float], float]) -> list[str]:
    """A cross of two lines for the ranges, a dot or ring at its slow and fine end, and its number."""
    x, y, css = x_of(mark.size.low), y_of(mark.slow), f"{mark.colour % 5}"
    parts = []
    if mark.size.high > mark.size.low:
        parts.append(svg.line((x, y), (x_of(mark.size.high), y), f"s{css}", 3))
    if mark.slow > mark.fast:
        parts.append(svg.line((x, y), (x, y_of(mark.fast)), f"s{css}", 3))
    tip = f"{mark.name}. Size: {mark.size.means} Time: {mark.time_means}"
    parts.append(svg.dot(x, y, f"c{css}" if mark.printed else f"ring s{css}", tip))
    parts.append(svg.text(x - 4, y - 9, str(number)))
    return parts


KINDS: Mapping[str, Callable[[Advice, Certificate | None], Drawing]] = {
    "scores": scores,
    "acceptability": acceptability,
    "coverage": coverage,
    "resolution": resolution,
}


def drawings(advice: Advice, certificate: Certificate | None) -> list[Drawing]:
    """All pictures of an answer; none when nothing was ranked."""
    return [draw(advice, certificate) for draw in KINDS.values()] if advice.ranking else []


def _drawing(title: str, description: str, rows: int, parts: list[str], twin: Table) -> Drawing:
    return Drawing(title, description, svg.picture(WIDTH, TOP + rows * ROW + 8, title, description, parts), twin)


def _legend(words: list[str]) -> list[str]:
    parts = []
    for index, word in enumerate(words):
        x = LEFT + index * 120
        parts += [svg.box(x, 12, (14, 14), f"c{index % 5}"), svg.text(x + 20, 24, word, css="soft")]
    return parts


def _size(variant: Variant) -> Figure | None:
    """The first figure of size in nm: a range of features, else lateral, else depth."""
    for quantity in ("range", "lateral", "depth"):
        for figure in variant.resolution:
            if figure.quantity == quantity and figure.unit == "nm":
                return figure
    return None


def _axis(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    span = math.log10(high) - math.log10(low)
    return lambda value: start + (end - start) * (math.log10(min(max(value, low), high)) - math.log10(low)) / span


def _range(figure: Figure) -> str:
    ends = f"{figure.low:g}" if figure.low == figure.high else f"{figure.low:g} to {figure.high:g}"
    return f"{ends} {figure.unit}"
