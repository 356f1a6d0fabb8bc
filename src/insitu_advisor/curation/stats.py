"""How a knowledge base is grounded: claims by section and basis, and how full its references are."""

from __future__ import annotations

from collections import Counter

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.claim import BASES, BasisKind


def counts(kb: KnowledgeBase) -> dict[str, dict[BasisKind, int]]:
    """Number of claims per section (techniques one by one) and basis, with a total."""
    found: dict[str, Counter[BasisKind]] = {}
    for loc, claim in claims(kb):
        section = f"{loc[0]} > {loc[1]}" if loc[0] == "techniques" else str(loc[0])
        found.setdefault(section, Counter())[claim.basis_kind] += 1
    found["all"] = sum(found.values(), Counter())
    return {section: {basis: counter[basis] for basis in BASES} for section, counter in found.items()}


def filled(kb: KnowledgeBase) -> dict[str, int]:
    """How many references have authors, a year, a journal, a DOI and an address, from none to all of them."""
    fields = ("authors", "year", "journal", "doi", "url")
    return {name: sum(getattr(each, name) is not None for each in kb.references.values()) for name in fields}
