"""Fixtures shared by all tests, which keep their copy of the parsed knowledge away from the user's home."""

import os
import tempfile

import pytest

from insitu_advisor.knowledge import cache
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.loader import load_knowledge_base

KEPT = tempfile.TemporaryDirectory(prefix="insitu-advisor-tests-")
os.environ[cache.SWITCH] = KEPT.name


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The shipped knowledge base."""
    return load_knowledge_base()
