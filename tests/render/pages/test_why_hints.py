"""A place among hints is told to be one."""

import pytest

from cli.running import invoke


@pytest.mark.parametrize(("goal", "told"), [("ICE", True), ("lattice-strain", False)])
def test_number_one_of_hints(goal, told):
    """`why` says as `recommend` does that nothing answers, though something comes first."""
    words = ("--anode", "hard carbon", "--ion", "Na", "--target", goal, "--facility", "xrd", "--facility", "raman")
    said = "Nothing within your limits answers this"
    assert told == (said in invoke("recommend", *words).stdout)
    assert told == (said in invoke("why", "raman", *words).stdout)
