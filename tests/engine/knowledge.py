"""Small changes of the knowledge base, as an overlay would make them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from insitu_advisor.engine.method import system
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.technique import Technique

IONS = get_args(Ion)
ANODES = get_args(AnodeType)
DERIVED = ("options", "goals", "whole", "askable")


def changed(kb: KnowledgeBase, **sections: Mapping[str, Any]) -> KnowledgeBase:
    """The knowledge base with whole sections replaced."""
    copy = kb.model_copy(update={name: MappingProxyType(dict(entries)) for name, entries in sections.items()})
    for name in DERIVED:
        copy.__dict__.pop(name, None)
    return copy


def with_technique(kb: KnowledgeBase, technique_id: str, technique: Technique) -> KnowledgeBase:
    """The knowledge base with one technique replaced."""
    return changed(kb, techniques={**kb.techniques, technique_id: technique})


def with_rules(kb: KnowledgeBase, **rules: Rule) -> KnowledgeBase:
    """The knowledge base with rules added behind its own; `nmr_x` stands for the id `nmr-x`."""
    return changed(kb, rules={**kb.rules, **{name.replace("_", "-"): rule for name, rule in rules.items()}})


def without_rule(kb: KnowledgeBase, rule_id: str) -> KnowledgeBase:
    """The knowledge base as if one rule had never been written."""
    return changed(kb, rules={key: rule for key, rule in kb.rules.items() if key != rule_id})


def without_option(kb: KnowledgeBase, option: str) -> KnowledgeBase:
    """The knowledge base without a pairing, or without a technique and the pairings it is a member of."""
    return changed(
        kb,
        techniques={key: item for key, item in kb.techniques.items() if key != option},
        combinations={
            key: item for key, item in kb.combinations.items() if option != key and option not in item.members
        },
    )


def ways(variants: Mapping[str, Any], **change: Any) -> dict[str, Any]:
    """All variants with the same fields replaced."""
    return {key: variant.model_copy(update=change) for key, variant in variants.items()}


def forget() -> None:
    """Throw away every reading of a knowledge base that is kept for the next question."""
    system.read.cache_clear()
