"""Which material a sentence is about, of all that it names."""

import pytest

from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.materials import material_in
from insitu_advisor.knowledge.loader import load_knowledge_base

LEXICON = lexicon_of(load_knowledge_base())


@pytest.mark.parametrize(
    ("sentence", "anode"),
    [
        ("lithium metal facing SnO2", "SnO2"),
        ("SnO2 facing lithium metal", "SnO2"),
        ("KC8 forms in potassium metal anodes", "potassium metal anodes"),
        ("Li15Si4 forms in silicon", "silicon"),
        ("Anode: SnO2 (5 wt% CMC). Graphite is known.", "SnO2"),
        ("hard carbon and soft carbon", "hard carbon"),
    ],
)
def test_the_anode_of_a_sentence(sentence, anode):
    """A material before a metal, a metal before a charged state, a label before all; else the first that is named."""
    assert anode == material_in(LEXICON, LEXICON.groups.read(sentence), frozenset()).words


@pytest.mark.parametrize("sentence", ["Is the ion in carbon, hard to see?", "hard, carbon", "a hard look at carbon"])
def test_words_apart_are_no_material(sentence):
    """Words that make up a name elsewhere make none with a comma or with other words between them."""
    assert material_in(LEXICON, LEXICON.groups.read(sentence), frozenset()) is None
