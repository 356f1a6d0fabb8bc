"""Pydantic is kept from looking for plugins, and from importing what it would look with."""

from __future__ import annotations

import sys
from importlib import import_module

import pytest

from insitu_advisor.cli import plugins


@pytest.fixture(name="fresh")
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(plugins.SWITCH, raising=False)
    monkeypatch.delitem(sys.modules, plugins.SEARCH, raising=False)


@pytest.mark.usefixtures("fresh")
def test_nothing_is_found() -> None:
    plugins.search_none()
    assert import_module(plugins.SEARCH).get_plugins() == ()


@pytest.mark.usefixtures("fresh")
def test_the_rest_is_that_of_pydantic() -> None:
    plugins.search_none()
    assert import_module(plugins.SEARCH).PYDANTIC_ENTRY_POINT_GROUP == "pydantic"


@pytest.mark.usefixtures("fresh")
def test_what_the_user_said_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(plugins.SWITCH, "one-of-them")
    plugins.search_none()
    assert plugins.SEARCH not in sys.modules
