"""Pictures drawn: bars, a grid of cells, a map on logarithmic axes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from insitu_advisor.render.formats.svg import DARK, LIGHT, Pen, kind
from insitu_advisor.render.pages.document import Picture
from insitu_advisor.render.pages.pictures import Bars, Grid, Plane, Point

WIDTH = 760.0
ROW = 26.0
# A generous width of a letter of the 13 pixel font, whatever sans serif stands in for it.
LETTER = 7.9
LONGEST = 28
SIZES = (
    (0.1, "0.1 nm"), (1, "1 nm"), (10, "10 nm"), (100, "100 nm"), (1e3, "1 µm"), (1e4, "10 µm"), (1e5, "100 µm"),
    (1e6, "1 mm"),
)  # fmt: skip
TIMES = (
    (1e-3, "1 ms"), (1e-2, "10 ms"), (0.1, "0.1 s"), (1, "1 s"), (10, "10 s"), (60, "1 min"), (600, "10 min"),
    (3600, "1 h"), (36000, "10 h"),
)  # fmt: skip


def draw(picture: Picture, *, dark: bool = False, below: str = "") -> str:
    """A picture as SVG, on light or on dark paper, with words `below` it where it has to stand alone."""
    pen = Pen(DARK if dark else LIGHT)
    match picture.drawing:
        case Bars():
            size, parts = _bars(pen, picture.drawing)
        case Grid():
            size, parts = _grid(pen, picture.drawing)
        case Plane():
            size, parts = _plane(pen, picture.drawing)
        case _:
            raise TypeError(f"nothing to draw in {picture.name!r}")
    if below:
        lines, height = _filled(below, int((size[0] - 16) / LETTER)), size[1]
        parts += [pen.text(8, height + 14 + 18 * place, line, colour="soft") for place, line in enumerate(lines)]
        size = (size[0], height + 18 * len(lines) + 8)
    return pen.picture(size, picture.title, f"{below} {picture.note}".strip(), parts)


def width_of(text: str) -> float:
    """About how wide a text is drawn."""
    return LETTER * len(text)


def _bars(pen: Pen, bars: Bars) -> tuple[tuple[float, float], list[str]]:
    left = max(width_of(line) for bar in bars.bars for line in _halves(bar.label)) + 16
    right, top = WIDTH - max(width_of(bar.end) for bar in bars.bars) - 16, 40.0
    scale, bottom = (right - left) / 100, top + len(bars.bars) * ROW
    parts, x = [], min(left, WIDTH - sum(width_of(word) + 44 for word in bars.series))
    for place, word in enumerate(bars.series):
        parts += [pen.box(x, 10, (14, 14), _shade(bars, place)), pen.text(x + 20, 22, word)]
        x += width_of(word) + 44
    for tick in range(0, 101, 20):
        at = left + tick * scale
        parts += [pen.line((at, top), (at, bottom + 4)), pen.text(at, bottom + 19, str(tick), "middle", "soft")]
    parts.append(pen.text((left + right) / 2, bottom + 38, bars.axis, "middle"))
    for row, bar in enumerate(bars.bars):
        y, x = top + row * ROW + 3, left
        lines = _halves(bar.label)
        parts += [pen.text(left - 8, y + (15, 8)[len(lines) - 1] + 12 * n, word, "end") for n, word in enumerate(lines)]
        for place, (amount, tip) in enumerate(zip(bar.parts, bar.tips, strict=True)):
            parts.append(pen.box(x, y, (amount * scale, ROW - 7), _shade(bars, place), tip))
            x += amount * scale
        parts.append(pen.text(x + 6, y + 15, bar.end))
    return (WIDTH, bottom + 48), parts


def _halves(label: str) -> list[str]:
    """A label on two lines where it is long, broken before the word nearest to its middle."""
    if len(label) <= LONGEST:
        return [label]
    breaks = [place for place, letter in enumerate(label) if letter == " "]
    middle = min(breaks, key=lambda place: abs(place - len(label) / 2), default=0)
    return [label[:middle], label[middle + 1 :]] if middle else [label]


def _shade(bars: Bars, place: int) -> str:
    return f"p{place}" if bars.steps else f"c{place % 4}"


CELL, CELL_ROW, LINE = 62.0, 24.0, 15.0


def _grid(pen: Pen, grid: Grid) -> tuple[tuple[float, float], list[str]]:
    left = max(width_of(label) for label in grid.labels) + 16
    lines = max(map(len, grid.columns))
    wide = max(CELL, *(width_of(word) + 8 for words in grid.columns for word, _ in words))
    parts, y = [], 16 + lines * LINE
    for column, words in enumerate(grid.columns):
        x = left + column * wide + wide / 2 - 1
        for place, (word, named) in enumerate(words):
            height = y - (len(words) - 1 - place) * LINE - 6
            parts.append(pen.text(x, height, word, "middle", "ink" if named else "soft"))
    for row, (label, cells) in enumerate(zip(grid.labels, grid.cells, strict=True)):
        if row in {0, grid.asked}:
            parts.append(pen.text(8, y + 16, grid.groups[int(row >= grid.asked)], bold=True))
            y += CELL_ROW
        parts.append(pen.text(left - 8, y + 16, label, "end"))
        for column, cell in enumerate(cells):
            x = left + column * wide
            parts.append(pen.box(x, y, (wide - 2, CELL_ROW - 2), f"r{cell.shade}", cell.tip))
            parts.append(pen.text(x + wide / 2 - 1, y + 16, cell.text, "middle", f"i{cell.shade}"))
        y += CELL_ROW
    x, y = left, y + 10
    for shade, word in enumerate(grid.legend):
        parts += [pen.box(x, y, (CELL_ROW - 2, 16), f"r{shade}"), pen.text(x + 30, y + 13, word)]
        x += width_of(word) + 54
    return (max(left + len(grid.columns) * wide, x) + 8, y + 26), parts


def _plane(pen: Pen, plane: Plane) -> tuple[tuple[float, float], list[str]]:
    left, right, top, bottom = 84.0, WIDTH - 30, 14.0, 470.0
    x_of, y_of = log_axis(0.1, 1e6, left, right), log_axis(1e-3, 1e5, bottom, top)
    parts = []
    for amount, word in SIZES:
        x = x_of(amount)
        parts += [pen.line((x, top), (x, bottom)), pen.text(x, bottom + 18, word, "middle", "soft")]
    for amount, word in TIMES:
        y = y_of(amount)
        parts += [pen.line((left, y), (right, y)), pen.text(left - 6, y + 4, word, "end", "soft")]
    parts.append(
        pen.text(
            (left + right) / 2,
            bottom + 40,
            "Size, of the kind each label names (nm to mm); kinds are not comparable",
            "middle",
        )
    )
    parts.append(pen.upright(16, (top + bottom) / 2, "Time per data point (ms to h)"))
    labels = _Labels(left, right, top, bottom)
    for point in plane.points:
        labels.keep(*_extent(point, x_of, y_of))
    for point in sorted(plane.points, key=lambda point: (x_of(point.size[0]), y_of(point.time[1]))):
        parts += _point(pen, point, x_of, y_of, labels)
    y = bottom + 64
    parts += [pen.dot(22, y - 4, "ink"), pen.text(34, y, "time published")]
    parts += [pen.dot(172, y - 4, "ink", filled=False), pen.text(184, y, "time guessed")]
    parts.append(pen.text(310, y, "Bold: done this way in the answer", bold=True))
    y += 28
    if plane.unknown:
        parts.append(pen.text(16, y, "Not on the map:", bold=True))
        for line in _filled("; ".join(plane.unknown), int((WIDTH - 32) / LETTER)):
            y += 18
            parts.append(pen.text(16, y, line, colour="soft"))
    return (WIDTH, y + 12), parts


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class _Labels:
    """Finds a free place for each label, near its point."""

    left: float
    right: float
    top: float
    bottom: float
    taken: list[Box] = field(default_factory=list)

    def keep(self, *boxes: Box) -> None:
        """Leave these places free."""
        self.taken += boxes

    def place(self, x: float, y: float, words: str) -> tuple[float, float, str]:
        """Where a label stands and how it is anchored; the last try is taken, free or not."""
        wide, best = width_of(words), (x + 10, y - 8, "start")
        for away in range(0, 7):
            step = 15.0 * away
            for dx, dy, anchor in (
                (10, 4 - step, "start"), (-10, 4 - step, "end"), (10, 4 + step, "start"), (-10, 4 + step, "end"),
                (0, -11 - step, "middle"), (0, 19 + step, "middle"),
            ):  # fmt: skip
                start = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
                box = (start, y + dy - 11, start + wide, y + dy + 3)
                inside = self.left <= box[0] and box[2] <= self.right and self.top <= box[1] and box[3] <= self.bottom
                if inside and not any(_overlap(box, other) for other in self.taken):
                    self.taken.append(box)
                    return x + dx, y + dy, anchor
        return best


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _extent(point: Point, x_of: Callable[[float], float], y_of: Callable[[float], float]) -> list[Box]:
    """The places a point and its two bars take."""
    x, y = x_of(point.size[0]), y_of(point.time[1])
    across = (x - 7, y - 7, max(x_of(point.size[1]), x + 7), y + 7)
    return [across, (x - 3, y - 7, x + 3, y_of(point.time[0]) + 3)]


def _point(
    pen: Pen, point: Point, x_of: Callable[[float], float], y_of: Callable[[float], float], labels: _Labels
) -> list[str]:
    """A cross of two bars for the ranges, a dot or ring at its fine and slow end, and its name."""
    x, y, colour = x_of(point.size[0]), y_of(point.time[1]), kind(point.series)
    parts = []
    if point.size[1] > point.size[0]:
        parts.append(pen.line((x, y), (x_of(point.size[1]), y), colour, 3))
    if point.time[1] > point.time[0]:
        parts.append(pen.line((x, y), (x, y_of(point.time[0])), colour, 3))
    parts.append(pen.dot(x, y, colour, point.tip, filled=point.printed))
    at, height, anchor = labels.place(x, y, point.label)
    if abs(height - 4 - y) > 20:
        parts.append(pen.line((x, y), (at, height - 4), colour))
    return [*parts, pen.text(at, height, point.label, anchor, colour, bold=point.in_use)]


def log_axis(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Places of values on a logarithmic axis; values beyond an end stand at the end."""
    span = math.log10(high) - math.log10(low)
    return lambda value: start + (end - start) * (math.log10(min(max(value, low), high)) - math.log10(low)) / span


def _filled(text: str, width: int) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
