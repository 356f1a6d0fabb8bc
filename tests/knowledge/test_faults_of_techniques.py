"""Words that a technique or a pairing does not know: each fault is named with file, line and what to do."""

import pytest

from knowledge.own_files import assert_named

FAULTS = {
    "unknown-source": (
        """
        techniques:
          xrd:
            information:
              lattice-strain:
                rating: 3
                sees: Spacing.
                basis: literature
                sources: [finegan2021]  # fault
        """,
        "there is no reference 'finegan2021'; did you mean 'finegan2020'?",
    ),
    "unknown-source-in-a-list": (
        """
        techniques:
          xrd:
            checklist:
              - do: Measure the empty cell.
              - do: Seal the window.
                basis: literature
                sources: [lblcell2004]  # fault
        """,
        "there is no reference 'lblcell2004'; did you mean 'lblcell2003'?",
    ),
    "rated-target": (
        """
        techniques:
          xrd:
            information:
              strain: {rating: 3, sees: Spacing.}  # fault
        """,
        "there is no target 'strain'; did you mean 'lattice-strain'?",
    ),
    "blind-target": (
        """
        techniques:
          xrd:
            blind_to:
              colour: Not seen.  # fault
        """,
        "there is no target 'colour'; known are amorphous-order, bond-disorder",
    ),
    "target-in-both-lists": (
        """
        techniques:
          xrd:
            information:
              fracture: {rating: 1, sees: Broadening.}
            blind_to:
              fracture: Not seen.  # fault
        """,
        "target 'fracture' stands under 'information' as well; keep one",
    ),
    "facility-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                facilities: [lab-xrf]  # fault
        """,
        "there is no facility 'lab-xrf'; did you mean 'lab-xrd'?",
    ),
    "rated-target-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                information:
                  fractures: {rating: 1, sees: Broadening.}  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "blind-target-of-a-variant": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                blind_to:
                  fractures: Not seen.  # fault
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "variant-with-a-target-in-both-lists": (
        """
        techniques:
          xrd:
            variants:
              laboratory:
                information:
                  sei-growth: {rating: 1, sees: A little.}
                blind_to:
                  sei-growth: Not seen.  # fault
        """,
        "target 'sei-growth' is rated here as well; keep one of the two",
    ),
    "blind-spot-material": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
                when: {material: [silicone]}  # fault
        """,
        "there is no material 'silicone'; did you mean 'silicon'?",
    ),
    "blind-spot-variant": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
              - says: It misleads again.
                check: Look thrice.
                when: {variant: [liquid-cell]}  # fault
        """,
        "there is no variant 'liquid-cell'; known are laboratory, mapping, synchrotron, total-scattering",
    ),
    "blind-spot-target": (
        """
        techniques:
          xrd:
            blind_spots:
              - says: It misleads.
                check: Look twice.
                when: {target: [sei]}  # fault
        """,
        "there is no target 'sei'",
    ),
    "pairing-with-unknown-member": (
        """
        combinations:
          xrd+saxs:
            name: XRD + SAXS
            members: [xrd, saxs]  # fault
            idea: Layers and pores.
            adds: {xrd: Layers., saxs: Pores.}
        """,
        "there is no technique 'saxs'; did you mean 'sans'?",
    ),
    "pairing-with-other-members": (
        """
        combinations:
          xrd+nmr:
            name: XRD + NMR
            members: [nmr, xrd]  # fault
            idea: Long and short range.
            adds: {xrd: Long range., nmr: Short range.}
        """,
        "must be the two techniques of 'xrd+nmr', in that order",
    ),
    "pairing-that-adds-a-stranger": (
        """
        combinations:
          xrd+nmr:
            name: XRD + NMR
            members: [xrd, nmr]
            idea: Long and short range.
            adds: {xrd: Long range., eis: Resistance.}  # fault
        """,
        "there is no member 'eis'; known are nmr, xrd",
    ),
    "pairing-in-the-other-order": (
        """
        combinations:
          tem+xrd:  # fault
            name: TEM + XRD
            members: [tem, xrd]
            idea: The same pairing again.
            adds: {tem: Particle., xrd: Electrode.}
        """,
        "pairs the same techniques as 'xrd+tem'; keep one of the two",
    ),
    "pairing-of-one-technique": (
        """
        combinations:
          xrd+xrd:
            name: XRD twice
            members: [xrd, xrd]  # fault
            idea: Twice the same.
            adds: {xrd: Nothing.}
        """,
        "must be two different techniques",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    assert_named(tmp_path, *FAULTS[fault])
