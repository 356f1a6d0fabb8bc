"""Rules, studies, conflicts and references that name what is not there: each fault is named with its line."""

import pytest

from knowledge.own_files import assert_named

FAULTS = {
    "rule-technique": (
        "rules: {own: {kind: caution, technique: xdr, sentence: Mind the gap.}}  # fault",
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "rule-target": (
        """
        rules:
          own:
            kind: cap
            technique: xrd
            targets: [lattice-stain]  # fault
            rating: 1
            sentence: Mind the gap.
        """,
        "there is no target 'lattice-stain'; did you mean 'lattice-strain'?",
    ),
    "rule-condition-target": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              targets: [dendrites]  # fault
            sentence: Mind the gap.
        """,
        "there is no target 'dendrites'; known are amorphous-order",
    ),
    "rule-condition-material": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              materials: [graphit]  # fault
            sentence: Mind the gap.
        """,
        "there is no material 'graphit'; did you mean 'graphite'?",
    ),
    "rule-condition-trait": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            when:
              traits: [metalic]  # fault
            sentence: Mind the gap.
        """,
        "there is no trait 'metalic'; did you mean 'metallic'?",
    ),
    "rule-variant": (
        """
        rules:
          own:
            kind: caution
            technique: xrd
            variants: [open-cell]  # fault
            sentence: Mind the gap.
        """,
        "there is no variant 'open-cell'; known are laboratory, mapping, synchrotron, total-scattering",
    ),
    "study-reference": (
        """
        studies:
          own:
            reference: us2026  # fault
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xrd]
            in_review_list: false
            confirmed_by: title
        """,
        "there is no reference 'us2026'",
    ),
    "study-technique": (
        """
        studies:
          own:
            reference: kondrakov2017
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xdr]  # fault
            in_review_list: false
            confirmed_by: title
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "study-question": (
        """
        studies:
          own:
            reference: kondrakov2017
            ions: [Li]
            anode: [alloy]
            material: silicon
            techniques: [xrd]
            in_review_list: false
            confirmed_by: title
            asked: [fractures]  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "conflict-technique": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            techniques: [xdr]  # fault
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "conflict-material": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            materials: [graphit]  # fault
        """,
        "there is no material 'graphit'; did you mean 'graphite'?",
    ),
    "conflict-target": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side: {says: They are.}
            advice: Ask again.
            targets: [fractures]  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "conflict-source": (
        """
        conflicts:
          own:
            topic: Who is right
            one_side: {says: We are.}
            other_side:
              says: They are.
              sources: [them2020]  # fault
            advice: Ask again.
        """,
        "there is no reference 'them2020'",
    ),
    "reference-technique": (
        """
        references:
          us2026:
            kind: article
            title: Our paper
            in_situ: [xdr]  # fault
        """,
        "there is no technique 'xdr'; did you mean 'xrd'?",
    ),
    "reference-without-title": (
        """
        references:
          us2026:  # fault
            kind: article
            authors: Us
        """,
        "needs a 'title', or 'about' in our own words for a title not seen",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    assert_named(tmp_path, *FAULTS[fault])
