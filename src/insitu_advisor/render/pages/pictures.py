"""The pictures of an answer as data, each with the table that says the same: scores, places, coverage, resolution."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.arithmetic import rounded_parts
from insitu_advisor.engine.method.criteria import Sighting, sighting_of
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.engine.words.certainty import NAMES, percent
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import option_name, sight_words
from insitu_advisor.knowledge.technique import RATING_WORDS, Figure, Variant
from insitu_advisor.render.pages.document import Picture

PLACES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of bars set end to end: its parts (0-100), what each says when pointed at, and the word at the end."""

    label: str
    parts: tuple[float, ...]
    tips: tuple[str, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of bars on an axis from 0 to 100; `steps` says whether the series are steps of one order or kinds."""

    axis: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    steps: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid: its text, its shade 0-3, and what it says when pointed at."""

    text: str
    shade: int
    tip: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of shaded cells under columns with a few lines each (True: a name); the first `asked` rows stand apart."""

    columns: tuple[tuple[tuple[str, bool], ...], ...]
    labels: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    asked: int
    groups: tuple[str, str]
    legend: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One way on the resolution map: a size (nm) and a time per data point (s), each from one end to the other."""

    series: int
    label: str
    size: tuple[float, float]
    time: tuple[float, float]
    printed: bool
    in_use: bool
    tip: str


@dataclass(frozen=True, slots=True)
class Plane:
    """Points on logarithmic axes, and the ways that cannot be placed."""

    points: tuple[Point, ...]
    unknown: tuple[str, ...]


def scores(advice: Advice, certificate: Certificate | None) -> Picture:
    """Points of every ranked option by criterion."""
    del certificate
    names = tuple(NAMES[criterion] for criterion in advice.shares)
    bars, rows = [], []
    for option in advice.ranking:
        label = option_name(option)
        printed = rounded_parts([part.points for part in option.parts])
        tips = tuple(
            f"{label}, {NAMES[part.criterion]}: {points:.1f} of {part.max_points:.1f} points"
            for part, points in zip(option.parts, printed, strict=True)
        )
        bars.append(Bar(label, tuple(part.points for part in option.parts), tips, f"{option.score:.0f}"))
        rows.append((label, *(f"{points:.1f}" for points in printed), f"{option.score:.0f}"))
    return Picture(
        headers=("Option", *names, "score"),
        rows=tuple(rows),
        right=frozenset(range(1, len(names) + 2)),
        note="Points of 100 for each option, by criterion.",
        name="scores",
        title="Scores by criterion",
        drawing=Bars("Score (points of 100)", names, tuple(bars), steps=False),
    )


def places(advice: Advice, certificate: Certificate | None) -> Picture:
    """How often each option comes first, second and third when the weights are others."""
    bars, rows = [], []
    for option in advice.ranking:
        label = option_name(option)
        ranks = certificate.acceptability.ranks[option.id] if certificate else ()
        shares = [*ranks, 0.0, 0.0, 0.0][: len(PLACES)]
        tips = tuple(f"{label}: {place} in {percent(share)}" for place, share in zip(PLACES, shares, strict=True))
        end = f"first in {percent(shares[0])}" if shares[0] else ""
        bars.append(Bar(label, tuple(100 * share for share in shares), tips, end))
        rows.append((label, *map(percent, shares)))
    return Picture(
        headers=("Option", *(place.capitalize() for place in PLACES)),
        rows=tuple(rows),
        right=frozenset({1, 2, 3}),
        note="Share of trials in which each option comes first, second or third of all, pairings included. In each "
        "trial the weights are others, near those in use.",
        name="places",
        title="How often first, second, third",
        drawing=Bars("Share of trials (%)", PLACES, tuple(bars), steps=True),
    )


def coverage(advice: Advice, certificate: Certificate | None) -> Picture:
    """What every option sees of every goal, carried out as the answer shows it; the goals asked come first."""
    del certificate
    kb, asked = advice.kb, advice.goals
    outcomes: list[Ranked | Excluded] = [*advice.ranking, *advice.excluded]
    goals = [*asked, *(goal for goal in kb.goals if goal not in asked)]
    names = [option_name(outcome) for outcome in outcomes]
    cells = []
    for goal in goals:
        row = []
        for outcome, name in zip(outcomes, names, strict=True):
            sighting = _seen(outcome.route, goal, advice.problem)
            shade = sighting.rating if sighting.value() else 0
            held, word = bool(shade) and sighting.held_back, sight_words(advice, sighting)
            text = f"({shade})" if held else str(shade)
            row.append(Cell(text, min(shade, 1) if held else shade, f"{name}, {kb.goals[goal].name}: {word}"))
        cells.append(tuple(row))
    labels = tuple(kb.goals[goal].name for goal in goals)
    out = frozenset(outcome.id for outcome in advice.excluded)
    columns = tuple(_lines(outcome, out) for outcome in outcomes)
    legend = tuple(f"{rating} {word}" for rating, word in enumerate(RATING_WORDS))
    headers = (f"{name} (out)" if one.id in out else name for one, name in zip(outcomes, names, strict=True))
    return Picture(
        headers=("Goal", *headers),
        rows=tuple((label, *(cell.text for cell in row)) for label, row in zip(labels, cells, strict=True)),
        note=f"{', '.join(legend)}; in brackets: held back by the scale or the rate you asked for. "
        f"The first {len(asked)} {'goal was' if len(asked) == 1 else 'goals were'} asked.",
        name="coverage",
        title="What each option sees",
        drawing=Grid(columns, labels, tuple(cells), len(asked), ("Asked", "Not asked"), legend),
    )


def _seen(route: Route, goal: str, problem: Problem) -> Sighting:
    """How a route sees any goal, asked or not, at the asked scale and rate, by the member that sees it best."""
    sightings = [sighting_of(way, goal, problem) for way in route.ways]
    return max(sightings, key=lambda each: (each.value(), each.rating))


def _lines(outcome: Ranked | Excluded, out: frozenset[str]) -> tuple[tuple[str, bool], ...]:
    """The members of an option one below the other, how each is carried out on lines of its own."""
    lines: list[tuple[str, bool]] = []
    for place, way in enumerate(outcome.route.ways):
        name, _, meant = way_name(way).partition(" (")
        lines.append((f"+ {name}" if place else name, True))
        lines += [(word, False) for word in meant.removesuffix(")").split(" ") if word]
    return (*lines, ("(out)", False)) if outcome.id in out else tuple(lines)


def resolution(advice: Advice, certificate: Certificate | None) -> Picture:
    """Size and time per data point of every way for which both are known."""
    del certificate
    used = {way for option in advice.ranking for way in option.route.ways}
    points, rows, unknown = [], [], []
    for series, ways in enumerate(advice.system.ways.values()):
        for way in ways:
            size, label = _size(way.variant), full_name(way)
            known = size is not None and way.seconds is not None
            if size is not None and known:
                points.append(_point(series, way, size, in_use=way in used))
            else:
                unknown.append(f"{label} (no {' and no '.join(_missing(way, size))})")
            if known or way in used:
                told = (_KINDS[size.quantity], _ends(size), size.means) if size else ("", "not known", "")
                rows.append((label, "yes" if way in used else "", *told, *_time(way)))
    return Picture(
        headers=(
            "Technique",
            "In the answer",
            "Kind of size",
            "Size",
            "What it means",
            "Time per point",
            "What it means",
        ),
        rows=tuple(rows),
        note="Sizes of different kinds and techniques mean different things: compare each with your question, not with "
        "another size.",
        name="resolution",
        title="Size and time resolved",
        drawing=Plane(tuple(points), tuple(unknown)),
    )


# What a size is of: of different kinds none can be held against another.
_KINDS = {"range": "features", "lateral": "across", "depth": "depth"}


def full_name(way: Way) -> str:
    """A technique and how it is carried out, also where that is the ordinary way."""
    return f"{way.technique.short}, {way.variant.short or way.variant.name}"


def _missing(way: Way, size: Figure | None) -> Iterator[str]:
    if size is None:
        yield "size"
    if way.seconds is None:
        yield "time"


def _point(series: int, way: Way, size: Figure, *, in_use: bool) -> Point:
    words, means = _time(way)
    ends = (way.figure.low, way.figure.high) if way.figure else (way.seconds or 0.0, way.seconds or 0.0)
    tip = f"{full_name(way)}. Size ({_KINDS[size.quantity]}): {_ends(size)}. {size.means} Time: {words}. {means}"
    label = f"{way_name(way)}, {_KINDS[size.quantity]}"
    return Point(series, label, (size.low, size.high), ends, way.figure is not None, in_use, tip)


def _time(way: Way) -> tuple[str, str]:
    if way.figure is not None:
        return _ends(way.figure), way.figure.means
    return (f"order of {way.tempo.tempo} (our guess)", way.tempo.because) if way.tempo else ("not known", "")


def _size(variant: Variant) -> Figure | None:
    """The first figure of size in nm: a range of features, else lateral, else depth."""
    for quantity in ("range", "lateral", "depth"):
        for figure in variant.resolution:
            if figure.quantity == quantity and figure.unit == "nm":
                return figure
    return None


def _ends(figure: Figure) -> str:
    ends = f"{figure.low:g}" if figure.low == figure.high else f"{figure.low:g} to {figure.high:g}"
    return f"{ends} {figure.unit}"


KINDS: Mapping[str, Callable[[Advice, Certificate | None], Picture]] = {
    "scores": scores,
    "places": places,
    "coverage": coverage,
    "resolution": resolution,
}


def all_of(advice: Advice, certificate: Certificate | None, kinds: Sequence[str] = tuple(KINDS)) -> list[Picture]:
    """The pictures of an answer; none when nothing was ranked."""
    return [KINDS[kind](advice, certificate) for kind in kinds] if advice.ranking else []
