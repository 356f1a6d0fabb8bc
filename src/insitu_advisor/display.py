"""How an answer shows itself in a notebook."""

from __future__ import annotations

from insitu_advisor.engine.method.advice import Advice


def html(advice: Advice) -> str:
    """The first screen of an answer as an HTML fragment."""
    from insitu_advisor.engine.certainty.certificate import certify
    from insitu_advisor.render.formats import html as page
    from insitu_advisor.render.pages import recommend as recommendation

    return page.body(recommendation.page(advice, certify(advice, 1000)), advice.kb)


def install() -> None:
    """Let `Advice` show itself: the engine knows nothing of rendering, so the package joins the two here."""
    Advice._repr_html_ = html  # type: ignore[attr-defined]
