"""The track record, counted again from the list of studies."""

import itertools
from typing import get_args

import pytest

from insitu_advisor.engine.method.record import record
from insitu_advisor.knowledge.claim import AnodeType, Ion


@pytest.mark.parametrize(
    ("ion", "anode", "of"),
    [("Li", "alloy", "alloy anodes and Li"), (None, "metal", "metal anodes"), ("K", None, "K")],
)
def test_says_what_it_is_about(kb, ion, anode, of):
    """The anode type and the ion, as far as they are known."""
    assert of == record(kb, "xrd", ion, anode).of


def test_nothing_is_counted_for_nothing(kb):
    """Without ion and anode type there is no record."""
    assert all(record(kb, technique, None, None) is None for technique in kb.techniques)


@pytest.mark.parametrize("ion", [None, *get_args(Ion)])
def test_confirmed_studies_are_counted(kb, ion):
    """Each confirmed study once on each of its ions and anode types; a claim can raise a standing, never lower it."""
    for technique, anode in itertools.product(kb.techniques, (None, *get_args(AnodeType))):
        if ion is None and anode is None:
            continue
        found = record(kb, technique, ion, anode)
        studies = sum(
            study.confirmed_by != "review text"
            and technique in study.techniques
            and (ion is None or ion in study.ions)
            and (anode is None or anode in study.anode)
            for study in kb.studies.values()
        )
        assert studies == found.studies
        counted = sum(studies >= fewest for fewest in (1, 2, 6))
        said = max((claim.standing or 0 for claim in found.claims), default=0)
        assert (max(counted, said), said > counted) == (found.standing, found.raised)
        raising = [claim.basis_kind for claim in found.claims if claim.standing == found.standing]
        assert found.basis == (raising[0] if found.raised else "literature")
