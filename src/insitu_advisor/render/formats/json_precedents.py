"""Published studies as JSON."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.inquiry.precedents import Wanted, precedents
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.render.formats.json_parts import SCHEMA_VERSION, knowledge_base, references


def data(kb: KnowledgeBase, wanted: Wanted) -> dict[str, Any]:
    """Matching studies with their references."""
    found = precedents(kb, wanted)
    return {
        "schema_version": SCHEMA_VERSION,
        "knowledge_base": knowledge_base(kb),
        "wanted": {
            "ion": wanted.ion,
            "anode": wanted.anode,
            "material": wanted.material,
            "techniques": list(wanted.techniques),
            "target": wanted.target,
        },
        "studies": [study_data(key, study) for key, study in found],
        "references": references(kb, list(dict.fromkeys(study.reference for _, study in found))),
    }


def study_data(key: str, study: Study) -> dict[str, Any]:
    """One study as plain data; what is not known is left out."""
    known = study.model_dump(exclude_none=True, exclude_defaults=True)
    return {"id": key} | {field: list(value) if isinstance(value, tuple) else value for field, value in known.items()}
