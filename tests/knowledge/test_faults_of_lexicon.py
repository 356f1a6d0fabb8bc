"""Faults in lexicon, outsiders and anode rules: each is named with file, line and what to do."""

import pytest

from insitu_advisor import ask, recommend

from .own_files import assert_named

FAULTS = {
    "two-owners": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases:
              - pore filling  # fault
        """,
        "shares the words 'fill pore' with 'pore-filling'; declare it under 'also' or drop it",
    ),
    "two-owners-by-groups": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases:
              - <sei> <growing>  # fault
        """,
        "declare it under 'also' or drop it",
    ),
    "unknown-target": (
        """
        lexicon:
          mine:
            kind: target
            means: [fractures]  # fault
            phrases: [zap]
        """,
        "there is no target 'fractures'",
    ),
    "unknown-also": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            also:  # fault
              sei: the film
            phrases: [zap]
        """,
        "there is no target 'sei'",
    ),
    "unknown-group": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases:
              - <zaps> of particles  # fault
        """,
        "there is no word group 'zaps'",
    ),
    "nothing-said-of-what-is-not-covered": (
        """
        lexicon:
          mine:  # fault
            kind: target
            phrases: [zap]
        """,
        "means nothing that is covered; tell the reader so under 'says'",
    ),
    "unknown-kind": (
        """
        lexicon:
          mine:
            kind: goal  # fault
            phrases: [zap]
        """,
        "'goal' is not allowed",
    ),
    "outsider-without-source": (
        """
        outside:
          zapping:  # fault
            name: zapping
            phrases: [zapping]
            answers: how it zaps
            limits: It stops.
            basis: literature
        """,
        "basis 'literature' needs at least one key in 'sources'",
    ),
    "outsider-target": (
        """
        outside:
          zapping:
            name: zapping
            phrases: [zapping]
            answers: how it zaps
            limits: It stops.
            targets: [zaps]  # fault
        """,
        "there is no target 'zaps'",
    ),
    "kin-of-nothing": (
        """
        kin:
          kryptonite:  # fault
            phrases: [kryptonite foam]
            because: both are green
        """,
        "there is no material 'kryptonite'",
    ),
    "unknown-elements": (
        """
        anode_rules:
          mine:
            when: {has: [halogens]}  # fault
            type: conversion
            by: F
            because: it is so
            examples: [NaF]
        """,
        "there is no group of elements 'halogens'",
    ),
    "unknown-trait": (
        """
        trait_rules:
          mine:
            when: {has: [F]}
            traits: [green]  # fault
        """,
        "there is no trait 'green'",
    ),
    "facility-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: facility
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which facility is meant",
    ),
    "way-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: way
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which way is meant",
    ),
    "anode-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: anode
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which anode is meant",
    ),
    "ion-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: ion
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which ion is meant",
    ),
    "temperature-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: temperature
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which temperature is meant",
    ),
    "scale-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: scale
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which scale is meant",
    ),
    "budget-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: budget
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which budget is meant",
    ),
    "cue-without-a-meaning": (
        """
        lexicon:
          mine:
            kind: cue
            phrases: [sonar]
            means: []  # fault
        """,
        "means nothing; say which cue is meant",
    ),
    "no-scale": (
        """
        lexicon:
          mine:
            kind: scale
            phrases: [sonar]
            means: [nano]  # fault
        """,
        "there is no scale 'nano'; known are atomic, cell, electrode, particle",
    ),
    "no-budget": (
        """
        lexicon:
          mine:
            kind: budget
            phrases: [sonar]
            means: [tiny]  # fault
        """,
        "there is no budget 'tiny'",
    ),
    "no-temperature-warm": (
        """
        lexicon:
          mine:
            kind: temperature
            phrases: [sonar]
            means: ['warm']  # fault
        """,
        "'warm' is no temperature in degrees Celsius, such as '25'",
    ),
    "no-temperature-nan": (
        """
        lexicon:
          mine:
            kind: temperature
            phrases: [sonar]
            means: ['nan']  # fault
        """,
        "'nan' is no temperature in degrees Celsius, such as '25'",
    ),
    "no-temperature-1e999": (
        """
        lexicon:
          mine:
            kind: temperature
            phrases: [sonar]
            means: ['1e999']  # fault
        """,
        "'1e999' is no temperature in degrees Celsius, such as '25'",
    ),
    "no-temperature-of-other-digits": (
        """
        lexicon:
          mine:
            kind: temperature
            phrases: [sonar]
            means: ['٣']  # fault
        """,
        "'٣' is no temperature in degrees Celsius, such as '25'",
    ),
    "unknown-part": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases: [sonar]
            part: onset  # fault
        """,
        "there is no part of a target 'onset'",
    ),
    "unknown-with-an-ion": (
        """
        lexicon:
          mine:
            kind: anode
            means: [silicon]
            phrases: [sonar]
            with_ion:
              Li: kryptonite  # fault
        """,
        "there is no anode 'kryptonite'",
    ),
    "unknown-on-an-anode": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases: [sonar]
            with_anode:
              alloy: [frakture]  # fault
        """,
        "there is no target 'frakture'",
    ),
    "lexicon-without-a-word": (
        """
        lexicon:
          mine:
            kind: target
            means: [fracture]
            phrases:
              - "?"  # fault
        """,
        "'?' has no letter from A to Z and no digit; write a word that can be found",
    ),
    "outsider-without-a-word": (
        """
        outside:
          mine:
            name: sonar
            answers: where
            limits: none
            phrases:
              - "?"  # fault
        """,
        "'?' has no letter from A to Z and no digit; write a word that can be found",
    ),
    "outsider-goal-without-a-word": (
        """
        outside:
          mine:
            name: sonar
            answers: where
            limits: none
            phrases: [sonar]
            goals:
              - "?"  # fault
        """,
        "'?' has no letter from A to Z and no digit; write a word that can be found",
    ),
    "kin-without-a-word": (
        """
        kin:
          silicon:
            because: it is near
            phrases:
              - "?"  # fault
        """,
        "'?' has no letter from A to Z and no digit; write a word that can be found",
    ),
    "group-without-a-word": (
        """
        word_groups:
          mine:
            - "?"  # fault
        """,
        "'?' has no letter from A to Z and no digit; write a word that can be found",
    ),
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_named(tmp_path, text):
    """The fault is named at its line."""
    assert_named(tmp_path, *text)


UNREAD = """
materials: {{own: {{name: "{0}", aliases: ["{0}"], type: alloy, because: It alloys.}}}}
facilities: {{own: {{name: "{0}", aliases: ["{0}"], access: Ours.}}}}
presets: {{mine: {{name: "{0}", means: Ours., facilities: [raman]}}}}
techniques: {{xrd: {{name: "{0}", short: "{0}"}}}}
formula_words: {{sonar: "{0}", "{0}": Si}}
"""


@pytest.mark.parametrize("name", ["光学显微镜", "°", "--", "?!"])
def test_names_in_other_signs_are_no_fault(lay, name):
    """A name that is never found in what people type is a name all the same, and questions are asked beside it."""
    kb = lay(UNREAD.format(name))
    for words in (
        {"sentence": "cracks of sonar on silicon with Li, we have XRD"},
        {"anode": "sonar silicide"},
        {"anode": "own"},
    ):
        assert recommend(ask(kb, **words), kb).ranking
