"""How a source is called in a few words, and whose system a rating was shown on."""

from __future__ import annotations

import re

import pytest

from insitu_advisor import ask, recommend
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.engine.words.sources import label
from insitu_advisor.knowledge.literature import Reference


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"authors": "Levi, M. D.; Aurbach, D.", "title": "T", "year": 1997}, "Levi 1997"),
        ({"authors": "Koh; et al.", "title": "T"}, "Koh, year not known"),
        ({"title": "A short title", "year": 2020, "journal": "Nature"}, '"A short title", 2020'),
        ({"title": "One two three four five, six seven"}, '"One two three four five, six...", year not known'),
        ({"about": "7Li NMR of a cell", "year": 2025}, "7Li NMR of a cell, 2025"),
    ],
)
def test_a_label_is_author_and_year_or_honest(fields, said):
    """Author and year; else the first words of the title or of what it is about, and no journal in their place."""
    assert said == label(Reference(kind="article", **fields))


def test_no_label_is_a_key_or_a_journal(kb):
    """No study is called by its key, its journal alone or an empty name."""
    for study in kb.studies.values():
        reference = kb.references[study.reference]
        said = label(reference)
        assert said not in {study.reference, reference.journal, reference.publisher}
        assert re.search(r"\d{4}$|year not known$", said)


def said_of(kb, technique, **asked):
    """What is said of how a single technique sees the goals."""
    advice = recommend(ask(kb, **asked), kb)
    option = next(option for option in advice.ranking if option.id == technique)
    return " ".join(reason.text for reason in reasons(advice, option, "information"))


def test_borrowed_evidence_says_whose_it_is(kb):
    """A rating that rests on another ion or anode type says so; one that rests on the same says nothing."""
    tin = said_of(kb, "tem", ion="Na", anode="tin", targets=("fracture",))
    assert "TEM, best for fracture (shown on silicon nanoparticles with Li): The crack itself" in tin
    silicon = said_of(kb, "tem", ion="Li", anode="silicon", targets=("fracture",))
    assert "(shown on" not in silicon
    open_question = said_of(kb, "tem", targets=("fracture",))
    assert "(shown on" not in open_question
