"""How results show themselves in a notebook: each as the page that its command prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from insitu_advisor.render.pages.document import Document


def html(result: Any) -> str:
    """A result as an HTML fragment."""
    from insitu_advisor.render.formats import html as page

    kb = result.kb if hasattr(result, "kb") else result.advice.kb
    return page.body(PAGES[type(result).__name__](result), kb)


def _advice(advice: Any) -> Document:
    from insitu_advisor.engine.certainty.certificate import certify
    from insitu_advisor.render.pages import recommend

    return recommend.page(advice, certify(advice))


def _why(found: Any) -> Document:
    from insitu_advisor.render.pages import why

    return why.beside_page(found)


def _why_not(found: Any) -> Document:
    from insitu_advisor.render.pages import why

    return why.page(found, None)


def _plan(found: Any) -> Document:
    from insitu_advisor.render.pages import plan

    return plan.page(found)


def _comparison(found: Any) -> Document:
    from insitu_advisor.render.pages import compare

    return compare.page(found)


def _precedents(found: Any) -> Document:
    from insitu_advisor.render.pages import precedents

    return precedents.page(found.kb, found.wanted)


# By the name of the class, so that showing a plan loads nothing but plans.
PAGES: Mapping[str, Callable[[Any], Document]] = {
    "Advice": _advice,
    "Why": _why,
    "WhyNot": _why_not,
    "Plan": _plan,
    "Comparison": _comparison,
    "Precedents": _precedents,
}
