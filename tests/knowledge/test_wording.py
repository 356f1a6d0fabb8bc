"""Faults that the checker of types finds are told in our words, which do not change with its release."""

from typing import get_args

import pytest

from insitu_advisor.knowledge.claim import Ion
from insitu_advisor.knowledge.loader import wording

from .own_files import MARK, problem_with

RULE = "rules: {own: {kind: caution, technique: xrd, sentence: Mind the gap., when: {c_rate_above: VALUE}}}"
REFERENCE = "references: {own: {kind: maker, title: Ours, year: VALUE}}"
FAULTS = {
    "fraction": (REFERENCE, "2026.5", "must be a whole number, without quotes"),
    "whole-number-in-quotes": (REFERENCE, "'2026'", "must be a whole number, without quotes"),
    "too-early": (REFERENCE, "1066", "must be 1900 or more"),
    "too-late": (REFERENCE, "2900", "must be 2100 or less"),
    "number-in-quotes": (RULE, "'2'", "must be a number, without quotes"),
    "zero": (RULE, "0", "must be more than 0"),
    "endless": (RULE, "1e999", "must be a finite number"),
    "number-for-text": ("references: {own: {kind: maker, title: VALUE}}", "7", "must be text; put it in quotes"),
    "text-for-yes-or-no": (
        "materials: {own: {name: own, type: alloy, because: So., cautions: [{says: So., hardly_reacts: VALUE}]}}",
        "'yes'",
        "must be true or false, without quotes",
    ),
    "long-id": ("traits: {VALUE: Soft.}", "a" * 61, "must be no longer than 60 characters"),
    "empty-list": (
        "techniques: {xrd: {variants: {laboratory: {facilities: VALUE}}}}",
        "[]",
        "has 0 entries; it needs at least 1",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_our_words(tmp_path, fault):
    """A value of the wrong kind or size is told in our words."""
    text, value, words = FAULTS[fault]
    problem, _ = problem_with(tmp_path, f"{text.replace('VALUE', value)}  {MARK}\n")
    assert words == problem.what


def test_every_choice_is_named(tmp_path):
    """A word that is not among the allowed ones is answered with all of them."""
    problem, _ = problem_with(tmp_path, f"techniques: {{xrd: {{ions: {{Mg: {{standing: 1, why: Rare.}}}}}}}}  {MARK}\n")
    assert problem.what.startswith("'Mg' is not allowed; choose from ")
    assert [] == [ion for ion in get_args(Ion) if f"'{ion}'" not in problem.what]


def test_fault_of_a_new_kind():
    """A kind of fault we have no words for quotes the checker after ours."""
    told = wording({"type": "of_tomorrow", "loc": ("traits",), "msg": "Nope", "input": 1})
    assert 'does not fit here; the checker says "Nope"' == told
