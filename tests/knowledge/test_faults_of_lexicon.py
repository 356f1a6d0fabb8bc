"""Faults in lexicon, outsiders and anode rules: each is named with file, line and what to do."""

import pytest

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
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_named(tmp_path, text):
    """The fault is named at its line."""
    assert_named(tmp_path, *text)
