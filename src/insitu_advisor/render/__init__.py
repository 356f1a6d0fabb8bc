"""Render: advice in, text out. Every format is a pure function of the advice.

`from insitu_advisor.render import html` finds a module by name, in `pages` or in `formats`.
"""

from __future__ import annotations

from types import ModuleType

_HOMES = {
    "citations": "formats.citations",
    "figures": "formats.figures",
    "html": "formats.html",
    "json_answer": "formats.json_answer",
    "jsonld": "formats.jsonld",
    "markdown": "formats.markdown",
    "proposal": "pages.proposal",
    "recommendation": "pages.recommend",
    "report": "pages.report",
}


def __getattr__(name: str) -> ModuleType:
    """The modules that docs/api.md names, imported when they are first used."""
    if name not in _HOMES:
        raise AttributeError(f"module 'insitu_advisor.render' has no attribute '{name}'")
    from importlib import import_module

    return import_module(f"insitu_advisor.render.{_HOMES[name]}")
