"""Any document as JSON: its blocks in order, with basis and sources."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.render.formats.json_parts import SCHEMA_VERSION, knowledge_base, references
from insitu_advisor.render.pages.document import Block, Document, cites


def data(document: Document, kb: KnowledgeBase) -> dict[str, Any]:
    """The blocks of a document and the references they cite, as plain data."""
    cited = [key for block in document.shown() for key in cites(block)]
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(kb),
        "blocks": [_block(block) for block in document.shown()],
        "references": references(kb, dict.fromkeys(cited)),
    }


def _block(block: Block) -> dict[str, Any]:
    data = {key: sorted(value) if isinstance(value, frozenset) else value for key, value in asdict(block).items()}
    return {"block": type(block).__name__.lower()} | data
