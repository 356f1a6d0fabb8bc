"""Words without use, as a screen shows them."""

import pytest

from engine.checks import asked
from insitu_advisor.engine.words.unused import telling

SENTENCE = (
    "Hi! I'm new and dont know etc, anyone: does silicon crack in lithium cells, purple zeppelin. A unicorn for the "
    "BNC plug at 5000 EUR."
)


def test_terms_come_first_and_small_talk_not_at_all(kb):
    """Known words, acronyms and amounts stand before the rest; a greeting is told in the JSON only."""
    question = asked(kb, sentence=SENTENCE)
    shown = telling(kb, question)
    assert {"Hi", "I'm new", "dont", "etc", "anyone"} & set(question.said.unused)
    assert not {"Hi", "I'm", "dont", "etc", "anyone"} & set(shown)
    places = {name: next(at for at, run in enumerate(shown) if name in run) for name in ("BNC", "5000 EUR", "zeppelin")}
    assert max(places["BNC"], places["5000 EUR"]) < places["zeppelin"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("can't open", ["can't open"]),
        ("don't", []),
        ("no", []),
        ("w", []),
        ("worth", []),
        ("SAXS enough", ["SAXS"]),
    ],
)
def test_what_is_left_of_a_run(kb, said, shown):
    """A denial stays with what it turns round; small talk at the ends goes."""
    question = asked(kb, ion="Li", anode="silicon")
    question = question._replace(said=question.said._replace(sentence=said, unused=(said,)))
    assert shown == telling(kb, question)
