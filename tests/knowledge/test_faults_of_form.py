"""Entries of the wrong form: each fault is named with file, line and what to do."""

import pytest

from knowledge.own_files import assert_named

FAULTS = {
    "duplicate-key": (
        """
        traits:
          magnetic: Attracted by a magnet.
          magnetic: Repelled by a magnet.  # fault
        """,
        "the key 'magnetic' stands here a second time; merge the two entries",
    ),
    "unknown-section": (
        """
        traits: {}
        rule: {}  # fault
        """,
        "there is no section 'rule'; did you mean 'rules'?",
    ),
    "unknown-field": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            sentense: Mind the gap.  # fault
            sentence: Mind the gap.
        """,
        "there is no field 'sentense' here; check the spelling against a shipped entry",
    ),
    "missing-field": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
        """,
        "'sentence' is missing; add it",
    ),
    "rating-too-high": (
        """
        techniques:
          xrd:
            information:
              fracture:
                rating: 4  # fault
                sees: Broadening.
        """,
        "4 is no rating; write 1, 2 or 3, and give a zero with its reason under 'blind_to'",
    ),
    "rating-zero": (
        """
        techniques:
          xrd:
            information:
              fracture:
                rating: 0  # fault
                sees: Broadening.
        """,
        "0 is no rating; write 1, 2 or 3, and give a zero with its reason under 'blind_to'",
    ),
    "rating-of-a-rule": (
        """
        rules:
          own:
            kind: cap
            technique: xrd
            targets: [fracture]
            rating: 4  # fault
            sentence: Mind the gap.
        """,
        "4 is no rating; write a whole number from 0 to 3",
    ),
    "tier-of-the-technique": (
        """
        techniques:
          xrd:
            cost:
              tier: cheap  # fault
              says: It costs little.
        """,
        "'cheap' is no tier; write low, moderate, high or very-high, with + for half a step more",
    ),
    "tier-above-the-last": (
        """
        techniques:
          tem:
            cost:
              tier: very-high+  # fault
              says: Ours is dear.
        """,
        "'very-high+' is no tier; write low, moderate, high or very-high",
    ),
    "tier-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                preparation:
                  tier: moderate++  # fault
                  says: It takes a while.
        """,
        "'moderate++' is no tier; write low, moderate, high or very-high, with + for half a step more",
    ),
    "ion": (
        """
        techniques:
          xrd:
            ions:
              Mg: {standing: 1, why: Rare.}  # fault
        """,
        "'Mg' is not allowed; choose from",
    ),
    "basis": (
        """
        techniques:
          xrd:
            cost:
              tier: low
              says: It costs little.
              basis: hearsay  # fault
        """,
        "'hearsay' is no basis; write review N.N, literature, facility, derived or judgement",
    ),
    "literature-without-source": (
        """
        techniques:
          xrd:
            cost:  # fault
              tier: low
              says: It costs little.
              basis: literature
        """,
        "basis 'literature' needs at least one key in 'sources'",
    ),
    "facility-page-without-source": (
        """
        techniques:
          xrd:
            cost:  # fault
              tier: low
              says: It costs little.
              basis: facility
        """,
        "basis 'facility' needs at least one key in 'sources'",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    assert_named(tmp_path, *FAULTS[fault])
