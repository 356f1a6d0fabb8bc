"""Pydantic without plugins: none that happens to be installed may change how files are validated.

Pydantic can be told so by a variable, but imports all that reads the metadata of installed packages before it looks at
it. That took 8 of 190 ms of every answer, so its search is replaced by one that finds nothing.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

SWITCH = "PYDANTIC_DISABLE_PLUGINS"
SEARCH = "pydantic.plugin._loader"


class _NoSearch(ModuleType):
    """Stands in for the module that searches; whatever else is asked of it, the real one answers."""

    @staticmethod
    def get_plugins(*_: object) -> tuple[()]:
        """No plugin."""
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or sys.modules.get(SEARCH) is not self:
            raise AttributeError(f"there is no {name} in {SEARCH}")
        del sys.modules[SEARCH]
        return getattr(import_module(SEARCH), name)


def search_none() -> None:
    """Keep pydantic from looking for plugins, unless the user has said otherwise by the variable."""
    if os.environ.setdefault(SWITCH, "__all__") == "__all__":
        sys.modules.setdefault(SEARCH, _NoSearch(SEARCH))
