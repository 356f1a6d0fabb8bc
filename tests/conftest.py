"""Fixtures shared by all tests."""

import pytest

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.loader import load_knowledge_base


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The shipped knowledge base."""
    return load_knowledge_base()
