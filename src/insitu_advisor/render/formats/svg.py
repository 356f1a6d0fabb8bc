"""Drawing in SVG: a few shapes and escaped text in literal colours, light or dark, that any renderer understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

FONT = "Helvetica, Arial, sans-serif"
# Kinds (t, c) and steps of one order (r, p) in colours that stay apart for the colour-blind, after the schemes of
# P. Tol (muted, light) and of Okabe and Ito; `i` is the ink on a step.
LIGHT: Mapping[str, str] = {
    "paper": "#ffffff", "ink": "#1b1f24", "soft": "#57606a", "rule": "#d0d7de", "pale": "#ffffff",
    "r0": "#f0f2f5", "r1": "#c6dcec", "r2": "#5fa8d3", "r3": "#0b5d92",
    "i0": "#57606a", "i1": "#1b1f24", "i2": "#1b1f24", "i3": "#ffffff",
    "p0": "#0b5d92", "p1": "#5fa8d3", "p2": "#c6dcec",
    "c0": "#0072b2", "c1": "#e69f00", "c2": "#009e73", "c3": "#cc79a7",
    "t0": "#332288", "t1": "#cc6677", "t2": "#117733", "t3": "#aa4499",
    "t4": "#b8860b", "t5": "#3a8fb7", "t6": "#882255", "t7": "#2f8f83", "t8": "#57606a",
}  # fmt: skip
DARK: Mapping[str, str] = {
    "paper": "#0d1117", "ink": "#e6edf3", "soft": "#9da7b1", "rule": "#3d444d", "pale": "#0d1117",
    "r0": "#1c2128", "r1": "#1d3f58", "r2": "#3f87b5", "r3": "#a8dcff",
    "i0": "#9da7b1", "i1": "#e6edf3", "i2": "#0d1117", "i3": "#0d1117",
    "p0": "#a8dcff", "p1": "#3f87b5", "p2": "#1d3f58",
    "c0": "#56b4e9", "c1": "#e69f00", "c2": "#2fbf95", "c3": "#d992bb",
    "t0": "#9aa8ff", "t1": "#ee8866", "t2": "#7fc97f", "t3": "#ffaabb",
    "t4": "#eedd88", "t5": "#77cdff", "t6": "#d58fd0", "t7": "#44bb99", "t8": "#9da7b1",
}  # fmt: skip
SERIES = 8


def dark_rules() -> str:
    """Style rules that give a picture within a page the dark colours, each in the place of its light one."""
    fills = "".join(f".drawing .f-{name}{{fill:{colour}}}" for name, colour in DARK.items())
    return fills + "".join(f".drawing .s-{name}{{stroke:{colour}}}" for name, colour in DARK.items())


def kind(number: int) -> str:
    """The colour of one of several kinds; from the ninth on all are grey."""
    return f"t{min(number, SERIES)}"


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in one theme. Colours are named by what they stand for, so that a page may put others in their place."""

    colours: Mapping[str, str]

    def picture(self, size: tuple[float, float], title: str, description: str, parts: list[str]) -> str:
        """A complete SVG of a size in pixels, with title and description for those who cannot see it."""
        width, height = size
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
            f'height="{height:g}" role="img" font-family="{FONT}" font-size="13">'
            f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
            f"{self.box(0, 0, size, 'paper')}{''.join(parts)}</svg>"
        )

    def text(  # noqa: PLR0913 (a text has a place, words, and three ways to look)
        self, x: float, y: float, words: str, anchor: str = "start", colour: str = "ink", *, bold: bool = False
    ) -> str:
        """A line of text at a point; `anchor` is start, middle or end."""
        weight = ' font-weight="bold"' if bold else ""
        return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}"{weight} {self._fill(colour)}>{escape(words)}</text>'

    def upright(self, x: float, y: float, words: str) -> str:
        """A line of text read from below, centred on a point."""
        return (
            f'<text x="{x:g}" y="{y:g}" text-anchor="middle" transform="rotate(-90 {x:g} {y:g})" '
            f"{self._fill('ink')}>{escape(words)}</text>"
        )

    def box(self, x: float, y: float, size: tuple[float, float], colour: str, tip: str = "") -> str:
        """A filled rectangle with a tip to read when pointed at."""
        width, height = size
        shape = f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{height:g}" {self._fill(colour)}'
        return f"{shape}><title>{escape(tip)}</title></rect>" if tip else f"{shape}/>"

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: str = "rule", width: float = 1) -> str:
        """A straight line."""
        ends = f'x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}"'
        return f'<line {ends} stroke-width="{width:g}" {self._stroke(colour)}/>'

    def dot(self, x: float, y: float, colour: str, tip: str = "", *, filled: bool = True) -> str:
        """A dot, or a ring, with a tip to read when pointed at."""
        inside = colour if filled else "paper"
        colours = f'fill="{self.colours[inside]}" stroke="{self.colours[colour]}" class="f-{inside} s-{colour}"'
        title = f"<title>{escape(tip)}</title>" if tip else ""
        return f'<circle cx="{x:g}" cy="{y:g}" r="5" stroke-width="2.5" {colours}>{title}</circle>'

    def _fill(self, colour: str) -> str:
        return f'fill="{self.colours[colour]}" class="f-{colour}"'

    def _stroke(self, colour: str) -> str:
        return f'stroke="{self.colours[colour]}" class="s-{colour}"'
