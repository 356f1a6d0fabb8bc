"""Every statement that names the review, beside the section it names, kept for reading.

`UPDATE_GOLDEN=1 python -m pytest tests/knowledge/test_review_claims.py` writes the list anew. Read a changed line
against the section before you do: the basis `review` covers exactly what the section says.
"""

import os
import re
from pathlib import Path

from insitu_advisor.knowledge.check import claims

KEPT = Path(__file__).with_name("review_claims.txt")
SECTION = re.compile(r"review [1-3](\.\d+)?(-[1-3](\.\d+)?)?")


def listed(kb):
    """A line per claim: section, place, and what is said."""
    for section in ("techniques", "combinations", "conflicts", "targets", "assumed_targets", "rules", "materials"):
        for key, entry in getattr(kb, section).items():
            for loc, claim in claims(entry, (section, key)):
                if claim.basis_kind == "review":
                    said = [
                        getattr(claim, field, None)
                        for field in ("sees", "says", "role", "why", "do", "because", "sentence", "idea")
                    ]
                    place = " > ".join(map(str, loc))
                    yield f"{claim.basis.removeprefix('review ')} | {place} | {next(filter(None, said), '')}"


def test_review_claims_are_as_they_were_read(kb):
    """A statement that rests on the review changes only together with this list, and so after a look at the section."""
    now = "\n".join(sorted(listed(kb))) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        KEPT.write_text(now, encoding="utf-8")
    assert KEPT.read_text(encoding="utf-8") == now


def test_every_review_claim_names_a_section(kb):
    """`review` alone is no basis: the section stands behind it."""
    found = [
        claim.basis
        for section in ("techniques", "combinations", "conflicts")
        for _, claim in claims(getattr(kb, section))
        if claim.basis_kind == "review"
    ]
    assert 50 < len(found)
    assert [] == [basis for basis in found if not SECTION.fullmatch(basis)]
