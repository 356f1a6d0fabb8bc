"""Fixtures shared by all tests, which keep their copy of the parsed knowledge away from the user's home."""

import gc
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import settings

from cli import nursery
from insitu_advisor.curation import space
from insitu_advisor.knowledge import cache
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType
from insitu_advisor.knowledge.loader import load_knowledge_base

KEPT = tempfile.TemporaryDirectory(prefix="insitu-advisor-tests-")
os.environ[cache.SWITCH] = KEPT.name

# The same examples in every run, so that what is green today is green next month and a failure can be looked at again.
# New ones are drawn by `pytest --hypothesis-profile=default`.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")

# Thousands of tests stay in memory to the end, and going through them for garbage took a quarter of all the time.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_finish() -> None:
    """What is there once the tests are found stays, so that no search for garbage has to look at it again."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Leave no process behind."""
    nursery.close()


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The shipped knowledge base."""
    return load_knowledge_base()


@pytest.fixture
def alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work without the user's own lab profile and kept copies."""
    monkeypatch.setenv("INSITU_ADVISOR_CACHE", str(tmp_path_factory.getbasetemp() / "copies"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.delenv("INSITU_ADVISOR_LAB", raising=False)


@pytest.fixture
def few_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing and checking knowledge asks every plain question; here those of one ion and two anode types do."""
    monkeypatch.setattr(space, "BUDGETS", space.BUDGETS[:1])
    monkeypatch.setattr(space, "get_args", lambda words: get_args(words)[: 2 if words is AnodeType else 1])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def write(folder: Path) -> Callable[[str, str], str]:
    """Write a file into the folder and give its name."""

    def to(name: str, text: str) -> str:
        (folder / name).write_text(text, encoding="utf-8")
        return name

    return to


@pytest.fixture
def lay(write: Callable[[str, str], str]) -> Callable[[str], KnowledgeBase]:
    """Lay a text over the shipped base."""
    return lambda text: load_knowledge_base(write("own.yaml", text))
