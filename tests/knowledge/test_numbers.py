"""Numbers of a user's file: whole where a scale asks for it, and never a text or a truth value."""

import pytest

from insitu_advisor.knowledge.loader import load_knowledge_base
from knowledge.own_files import MARK, problem_with, problems_of

STRICT = {
    "rating": "techniques: {{xrd: {{information: {{fracture: {{rating: {}, sees: A little.}}}}}}}}",
    "rating-of-a-rule": (
        "rules: {{own: {{kind: cap, technique: xrd, targets: [fracture], rating: {}, sentence: Mind the gap.}}}}"
    ),
    "standing-of-an-ion": "techniques: {{xrd: {{ions: {{K: {{standing: {}, why: Rare.}}}}}}}}",
    "standing-of-a-role": "techniques: {{xrd: {{roles: {{alloy: {{standing: {}, role: Rare.}}}}}}}}",
}
FIGURES = {
    "one": "{}",
    "range": "[1, {}]",
}
LAX = {
    "weight": "profiles: {{own: {{name: own, means: Ours., weights: {{information: {}}}}}}}",
    "c-rate": (
        "rules: {{own: {{kind: caution, technique: xrd, when: {{c_rate_above: {}}}, sentence: Mind the gap.}}}}"
    ),
    "review-number": "references: {{us2026: {{kind: article, title: Ours, review_number: {}}}}}",
}


def with_figure(value: str) -> str:
    """An overlay with one figure of this value."""
    figure = f"{{quantity: lateral, value: {value}, unit: nm, means: A step.}}"
    return f"techniques: {{xrd: {{variants: {{laboratory: {{resolution: [{figure}]}}}}}}}}\n"


class TestNumbers:
    @pytest.mark.parametrize("value", ["true", "'2'", "1.5", "good"])
    @pytest.mark.parametrize("field", STRICT)
    def test_whole_number(self, tmp_path, field, value):
        """A rating or a standing is a whole number, no truth value, text or fraction."""
        problem, marked = problem_with(tmp_path, f"{STRICT[field].format(value)}  {MARK}\n")
        assert "must be a whole number, without quotes" == problem.what
        assert marked == problem.line

    @pytest.mark.parametrize("value", ["true", "'2'", "0", "-1", "some"])
    @pytest.mark.parametrize("shape", FIGURES)
    def test_figure(self, tmp_path, shape, value):
        """A figure is one number above zero or two of them, no truth value or text."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure(FIGURES[shape].format(value)))
        assert {(str(path), 1)} == {(problem.file, problem.line) for problem in problems_of(path)}

    @pytest.mark.parametrize(("value", "expected"), [("5", 5), ("0.5", 0.5), ("[1, 2.5]", (1, 2.5))])
    def test_figure_that_passes(self, tmp_path, value, expected):
        """Whole and decimal numbers and ranges of them are figures."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure(value))
        (figure,) = load_knowledge_base(path).techniques["xrd"].variants["laboratory"].resolution
        assert expected == figure.value

    @pytest.mark.xfail(strict=True, reason="pydantic reports both branches of a union, with its names in the path")
    def test_figure_has_one_complaint(self, tmp_path):
        """A figure in quotes gives one complaint, at a path that stands in the file."""
        path = tmp_path / "own.yaml"
        path.write_text(with_figure("'2'"))
        expected = ["techniques > xrd > variants > laboratory > resolution > 1 > value"]
        assert expected == [problem.where for problem in problems_of(path)]

    @pytest.mark.parametrize("value", ["true", "'2'"])
    @pytest.mark.parametrize("field", LAX)
    def test_other_number(self, tmp_path, field, value):
        """A weight, a rate or a number in the review's list is no truth value or text either."""
        path = tmp_path / "own.yaml"
        path.write_text(LAX[field].format(value))
        assert problems_of(path)
