"""Texts, times, rules and links that no entry may hold: each fault is named with file, line and what to do."""

import pytest

from knowledge.own_files import assert_named

FAULTS = {
    "escape-sequence-in-text": (
        """
        traits:
          magnetic: "\\e[31mred"  # fault
        """,
        "holds a control character (U+001B); write plain text",
    ),
    "text-direction-override": (
        """
        traits:
          magnetic: ab\u202ecd  # fault
        """,
        "holds a control character (U+202E); write plain text",
    ),
    "line-break-in-text": (
        """
        traits:
          magnetic: |  # fault
            Attracted
            by a magnet.
        """,
        "holds a line break; write '>-' instead of '|' to fold the lines into one",
    ),
    "empty-text": (
        """
        traits:
          magnetic: ""  # fault
        """,
        "must not be empty",
    ),
    "time-in-minutes": (
        """
        techniques:
          xrd:
            variants:
              laboratory:  # fault
                resolution:
                  - {quantity: time-per-point, value: 5, unit: min, means: Our setting.}
        """,
        "time-per-point must be given in s",
    ),
    "tempo-beside-a-printed-time": (
        """
        techniques:
          xrd:
            variants:
              laboratory:  # fault
                tempo: {class: minutes, because: We think so.}
        """,
        "a printed time-per-point leaves no room for a tempo class",
    ),
    "tempo-class": (
        """
        techniques:
          xrd:
            variants:
              total-scattering:
                tempo:
                  class: days  # fault
                  because: We think so.
        """,
        "'days' is not allowed; choose from",
    ),
    "cap-without-rating": (
        """
        rules:
          own:  # fault
            kind: cap
            technique: xrd
            targets: [fracture]
            sentence: Mind the gap.
        """,
        "'cap' rules need 'targets' and a 'rating'",
    ),
    "raise-without-targets": (
        """
        rules:
          own:  # fault
            kind: raise
            technique: xrd
            rating: 2
            sentence: Mind the gap.
        """,
        "'raise' rules need 'targets' and a 'rating'",
    ),
    "caution-with-rating": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
            rating: 2
            sentence: Mind the gap.
        """,
        "'caution' rules take neither 'targets' nor 'rating' (put targets under 'when')",
    ),
    "blur-without-reach": (
        """
        rules:
          own:  # fault
            kind: blur
            technique: xrd
            scale: particle
            sentence: Mind the gap.
        """,
        "a 'blur' rule, and no other, needs a 'scale' and its 'reach'",
    ),
    "caution-with-a-scale": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
            scale: particle
            reach: none
            sentence: Mind the gap.
        """,
        "a 'blur' rule, and no other, needs a 'scale' and its 'reach'",
    ),
    "own-cell-of-no-cell": (
        """
        rules:
          own:  # fault
            kind: caution
            technique: xrd
            own_cell: true
            sentence: Mind the gap.
        """,
        "'own_cell' belongs to a caution that names the cells it does not run in under 'when'",
    ),
    "cap-that-depends-on-targets": (
        """
        rules:
          own:  # fault
            kind: cap
            technique: xrd
            when: {targets: [fracture]}
            targets: [fracture]
            rating: 1
            sentence: Mind the gap.
        """,
        "'cap' rules may not depend on targets or the C-rate",
    ),
    "exclude-that-depends-on-the-rate": (
        """
        rules:
          own:  # fault
            kind: exclude
            technique: xrd
            when: {c_rate_above: 2}
            sentence: Mind the gap.
        """,
        "'exclude' rules may not depend on targets or the C-rate",
    ),
    "rule-kind": (
        """
        rules:
          own:
            kind: warn  # fault
            technique: xrd
            sentence: Mind the gap.
        """,
        "'warn' is not allowed; choose from",
    ),
    "doi": (
        """
        references:
          us2026:
            kind: article
            title: Our paper
            doi: https://doi.org/10.1000/182  # fault
        """,
        "'https://doi.org/10.1000/182' does not fit the pattern",
    ),
    "link-that-is-no-link": (
        """
        references:
          us2026:
            kind: maker
            title: Our page
            url: javascript:alert(1)  # fault
        """,
        "'javascript:alert(1)' does not fit the pattern ^https?://",
    ),
    "section-left-empty": (
        """
        techniques:  # fault
        """,
        "must be a mapping: indented lines of 'key: value'",
    ),
    "text-for-a-mapping": (
        """
        rules:
          own: Mind the gap.  # fault
        """,
        "must be a mapping: indented lines of 'key: value'",
    ),
    "text-for-a-list": (
        """
        materials:
          tellurium:
            name: tellurium
            aliases: Te  # fault
            type: alloy
            because: It alloys.
        """,
        "must be a list, such as [one, two]",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    assert_named(tmp_path, *FAULTS[fault])
