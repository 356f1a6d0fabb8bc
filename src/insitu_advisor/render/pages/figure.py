"""A figure of the knowledge base as one statement."""

from __future__ import annotations

from insitu_advisor.knowledge.technique import Figure
from insitu_advisor.render.pages.document import Cited


def figure_item(figure: Figure, of: str = "") -> Cited:
    """A figure with unit, meaning, basis and sources, behind the name of what it belongs to."""
    what = f"{figure.quantity.replace('-', ' ')}{f' ({figure.of})' if figure.of else ''}:"
    label = f"{of}, {what}" if of else f"{what[:1].upper()}{what[1:]}"
    return Cited(f"{amount(figure)}. {figure.means}", figure.basis, figure.sources, strong=label)


def amount(figure: Figure) -> str:
    """A value or a range with its unit."""
    if figure.low == figure.high:
        return f"{figure.low:g} {figure.unit}"
    return f"{figure.low:g} to {figure.high:g} {figure.unit}"
