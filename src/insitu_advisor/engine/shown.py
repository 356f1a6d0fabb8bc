"""Results that show themselves in a notebook."""

from __future__ import annotations

from importlib import import_module


class Shown:
    """A result with a page of its own.

    Pages are made above the engine, which knows none of them. So the module that makes them is asked for by its name, and
    only when a notebook wants to show a result.
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        shown: str = import_module("insitu_advisor.display").html(self)
        return shown
