"""How results show themselves in a notebook: each as the page that its command prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.pages.document import Document


def html(result: Any) -> str:
    """A result as an HTML fragment."""
    from insitu_advisor.render.formats import html as page

    document, kb = PAGES[type(result).__name__](result)
    return page.body(document, kb)


def _advice(advice: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.engine.certainty.certificate import certify
    from insitu_advisor.render.pages import recommend

    return recommend.page(advice, certify(advice)), advice.kb


def _why(found: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.render.pages import why

    return why.beside_page(found), found.advice.kb


def _why_not(found: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.render.pages import why

    return why.page(found, None), found.advice.kb


def _plan(found: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.render.pages import plan

    return plan.page(found), found.advice.kb


def _comparison(found: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.render.pages import compare

    return compare.page(found), found.advice.kb


def _precedents(found: Any) -> tuple[Document, KnowledgeBase]:
    from insitu_advisor.render.pages import precedents

    return precedents.page(found.kb, found.wanted), found.kb


PAGES: Mapping[str, Callable[[Any], tuple[Document, KnowledgeBase]]] = {
    "Advice": _advice,
    "Why": _why,
    "WhyNot": _why_not,
    "Plan": _plan,
    "Comparison": _comparison,
    "Precedents": _precedents,
}
