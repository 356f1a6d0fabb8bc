"""One paper counts once: no two references share a DOI, an address or a title, and no two studies a reference."""

from __future__ import annotations

import re
from collections import Counter

# A data set is a part of a repository, and two parts have one address.
PARTS = frozenset({"dataset"})


def twice(words):
    """Whatever stands there more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


def test_one_doi_one_reference(kb):
    """No DOI belongs to two references, in whatever capitals."""
    assert [] == twice(one.doi.lower() for one in kb.references.values() if one.doi)


def test_one_address_one_reference(kb):
    """No address belongs to two references, parts of a repository apart."""
    assert [] == twice(one.url.lower() for one in kb.references.values() if one.url and one.kind not in PARTS)


def test_one_title_one_reference(kb):
    """No title belongs to two references of a year, whatever their signs."""
    titles = (
        (re.sub(r"\W", "", one.title.lower()), one.year)
        for one in kb.references.values()
        if one.title and one.kind in {"article", "review", "preprint", "thesis"}
    )
    assert [] == twice(titles)


def test_one_reference_one_study(kb):
    """No paper is counted as two studies."""
    assert [] == twice(study.reference for study in kb.studies.values())
