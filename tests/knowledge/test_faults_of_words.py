"""Words that stand for nothing or for two things: each fault is named with file, line and what to do."""

import pytest

from knowledge.own_files import assert_named

FAULTS = {
    "assumed-target": (
        """
        assumed_targets:
          alloy:
            targets: [fractures]  # fault
            because: It breaks.
        """,
        "there is no target 'fractures'; did you mean 'fracture'?",
    ),
    "preset-facility": (
        """
        presets:
          ours:
            name: ours
            means: What we have.
            facilities: [ramen]  # fault
        """,
        "there is no facility 'ramen'; did you mean 'raman'?",
    ),
    "preset-named-like-a-facility": (
        """
        presets:
          raman:  # fault
            name: ours
            means: What we have.
            facilities: [raman]
        """,
        "goes by the word of the preset 'raman'; choose another name",
    ),
    "facility-named-like-a-preset": (
        """
        facilities:
          our-hall:  # fault
            name: Bench
            access: Ours.
        """,
        "goes by the word of the preset 'bench'; choose another name",
    ),
    "facility-with-the-alias-of-a-preset": (
        """
        facilities:
          our-hall:  # fault
            name: hall
            aliases: [BENCH]
            access: Ours.
        """,
        "goes by the word of the preset 'bench'; choose another name",
    ),
    "material-trait": (
        """
        materials:
          tellurium:
            name: tellurium
            type: alloy
            because: It alloys.
            traits: [semimetall]  # fault
        """,
        "there is no trait 'semimetall'; did you mean 'semimetal'?",
    ),
    "material-trait-with-one-ion": (
        """
        materials:
          tellurium:
            name: tellurium
            type: alloy
            because: It alloys.
            traits_with:
              Na: [amorphous]  # fault
        """,
        "there is no trait 'amorphous'; did you mean 'amorphous-product'?",
    ),
    "ambiguous-material": (
        """
        materials:
          silicon-wafer:  # fault
            name: silicon wafer
            aliases: [SI]
            type: alloy
            because: It alloys.
        """,
        "shares the word 'si' with 'silicon'; one word can mean one thing only",
    ),
    "ambiguous-facility": (
        """
        facilities:
          second-magnet:  # fault
            name: second magnet
            aliases: [NMR  Spectrometer]
            access: Upstairs.
        """,
        "shares the word 'nmr spectrometer' with 'nmr'; one word can mean one thing only",
    ),
    "ambiguous-target": (
        """
        targets:
          fracture:
            name: fracture
            definition: Cracks.
          gas-evolution:  # fault
            name: gas evolution
            definition: Gas in the cell.
            aliases: [Lattice_Parameter]
        """,
        "shares the word 'lattice parameter' with 'lattice-strain'; one word can mean one thing only",
    ),
    "ambiguous-technique": (
        """
        techniques:
          sans:  # fault
            short: Xrd
        """,
        "shares the word 'xrd' with 'xrd'; one word can mean one thing only",
    ),
    "technique-named-like-a-later-one": (
        """
        techniques:
          xrd:  # fault
            short: TEM
        """,
        "shares the word 'tem' with",
    ),
    "material-named-like-an-anode-type": (
        """
        materials:
          brass:  # fault
            name: alloy
            type: alloy
            because: It is one.
        """,
        "goes by the word 'alloy', which means an anode type",
    ),
    "material-with-the-alias-of-an-anode-type": (
        """
        materials:
          brass:  # fault
            name: brass
            aliases: [Conversion]
            type: alloy
            because: It is one.
        """,
        "goes by the word 'Conversion', which means an anode type",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_named_with_its_line(tmp_path, fault):
    """One fault in a user's file gives one complaint, at the faulty line, that says what to do."""
    assert_named(tmp_path, *FAULTS[fault])
