"""Drawing in SVG: a few shapes, escaped text, and colours that follow the reader's light or dark theme."""

from __future__ import annotations

from html import escape

STYLE = (
    "text{font:13px system-ui,sans-serif;fill:var(--ink,#1b1f24)}"
    ".soft{fill:var(--soft,#57606a)}.line{stroke:var(--rule,#d0d7de);stroke-width:1}"
    ".c0{fill:#0072b2}.c1{fill:#e69f00}.c2{fill:#009e73}.c3{fill:#cc79a7}.c4{fill:#d55e00}"
    ".s0{stroke:#0072b2}.s1{stroke:#e69f00}.s2{stroke:#009e73}.s3{stroke:#cc79a7}.s4{stroke:#d55e00}"
    ".r0{fill:var(--r0,#f0f2f5)}.r1{fill:#b9d7ea}.r2{fill:#5fa8d3}.r3{fill:#0b5d92}"
    ".dark{fill:#1b1f24}.light{fill:#fff}.ring{fill:var(--paper,#fff);stroke-width:2.5}"
    "@media(prefers-color-scheme:dark){svg{--ink:#e6edf3;--soft:#9da7b1;--rule:#3d444d;--r0:#262c36}}"
)


def picture(width: float, height: float, title: str, description: str, parts: list[str]) -> str:
    """A complete SVG of the given size in pixels, with title and description for those who cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img"><title>{escape(title)}</title><desc>{escape(description)}</desc>'
        f"<style>{STYLE}</style>"
        f"{''.join(parts)}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str = "start", css: str = "") -> str:
    """A line of text at a point; `anchor` is start, middle or end."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" class="{css}">{escape(words)}</text>'


def box(x: float, y: float, size: tuple[float, float], css: str, tip: str = "") -> str:
    """A filled rectangle with a tip to read on hover."""
    width, height = size
    title = f"<title>{escape(tip)}</title>" if tip else ""
    return f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{height:g}" class="{css}">{title}</rect>'


def line(start: tuple[float, float], end: tuple[float, float], css: str = "line", width: float = 1) -> str:
    """A straight line."""
    return (
        f'<line x1="{start[0]:g}" y1="{start[1]:g}" x2="{end[0]:g}" y2="{end[1]:g}" class="{css}" '
        f'style="stroke-width:{width:g}"/>'
    )


def dot(x: float, y: float, css: str, tip: str = "") -> str:
    """A filled circle with a tip to read on hover."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="5" class="{css}"><title>{escape(tip)}</title></circle>'
