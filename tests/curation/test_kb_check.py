"""Knowledge checked and linted: faults are named, and what is odd though valid is pointed out."""

import pytest

from cli.running import invoke
from curation.overlays import LOW_COST, REFERENCE, blind, dowsing
from insitu_advisor.curation import lint as curation_lint
from insitu_advisor.curation.lint import remarks
from insitu_advisor.curation.space import questions
from insitu_advisor.engine.method.ranking import recommend

pytestmark = pytest.mark.usefixtures("alone")


@pytest.mark.usefixtures("few_questions")
class TestCheck:
    def test_valid(self, write):
        """A file that holds together is called valid, by name."""
        done = invoke("kb", "check", write("own.yaml", LOW_COST))
        assert 0 == done.exit_code
        assert done.stdout.startswith("own.yaml: valid.\n")

    def test_shipped(self, folder):
        """The shipped base is valid."""
        done = invoke("kb", "check")
        assert 0 == done.exit_code
        assert done.stdout.startswith("The shipped knowledge base: valid.\n")

    def test_shares_of_the_references_fields(self, kb):
        """How many references have a DOI is told, as counted here."""
        known = sum(reference.doi is not None for reference in kb.references.values())
        line = next(line for line in invoke("kb", "check").stdout.splitlines() if line.startswith("doi"))
        assert ["doi", str(known), f"{known / len(kb.references):.0%}"] == line.split()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("techniques: {nmr: {cost: {tier: lowest, says: So.}}}", "own.yaml:1: techniques > nmr > cost > tier"),
            ("techniques:\n  nmrr: {}", "own.yaml:2: techniques > nmrr"),
            ("technics: {}", "did you mean 'techniques'?"),
            ("techniques: {nmr: {information: {fractur: {rating: 1, sees: So.}}}}", "did you mean 'fracture'?"),
            ("techniques: [", "is not valid YAML"),
        ],
        ids=["tier", "technique", "section", "target", "yaml"],
    )
    def test_invalid(self, write, text, said):
        """A fault ends with 3 and names file, line and entry."""
        done = invoke("kb", "check", write("own.yaml", text))
        assert (3, "") == (done.exit_code, done.stdout)
        assert said in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def old_remarks(kb):
    """Remarks on the shipped base."""
    return list(remarks(kb))


@pytest.fixture
def said(lay, old_remarks):
    """What is said of an overlay and not of the shipped base, as (where, what)."""
    return lambda text: [(item.where, item.what) for item in remarks(lay(text)) if item not in old_remarks]


@pytest.fixture
def lint(said, monkeypatch):
    """The same without the long search for options that never win."""
    monkeypatch.setattr(curation_lint, "questions", lambda kb: iter(()))
    return lambda text: [(where, what) for where, what in said(text) if not what.startswith("is first in no question")]


class TestLint:
    @pytest.mark.usefixtures("few_questions")
    def test_option_that_never_wins(self, kb, said):
        """An option that a rule always leaves out is pointed out; a cheap one that sees all is not."""
        never = (
            "rules: {no-dowsing: {kind: exclude, technique: dowsing, when: {ions: [Li, Na, K]}, sentence: Never.}}\n"
        )
        found = dict(said(dowsing(kb) + never))
        assert found["dowsing"].startswith("is first in no question")
        better = said(dowsing(kb, "low", 2, 3, "potentiostat"))
        assert "dowsing" not in {where for where, _ in better}

    def test_never_first_is_true(self, kb, old_remarks):
        """The options pointed out in the shipped base really come first in no question, the others in some."""
        firsts = {
            option.id
            for question in questions(kb)
            for option in recommend(question, kb).ranking[:3]
            if option.rank == 1
        }
        pointed_out = {item.where for item in old_remarks if item.what.startswith("is first in no question")}
        assert set(kb.options) - firsts == pointed_out

    @pytest.mark.parametrize(
        ("rating", "sentence"),
        [(None, "no technique sees magic at all"), (1, "every technique only hints at magic"), (2, None)],
    )
    def test_unreachable_target(self, kb, lint, rating, sentence):
        """A target nobody sees, or only by hints, is pointed out; one that is seen well is not."""
        found = [what for where, what in lint(blind(kb, {"xrd": rating})) if where == "targets > magic"]
        assert ([True] if sentence else []) == [sentence in what for what in found]

    def test_sentence_twice(self, lint):
        """The same sentence in two entries is pointed out with both places; two sentences are not."""
        text = "techniques: {{nmr: {{cost: {{tier: high, says: {0}}}}}, tem: {{cost: {{tier: high, says: {1}}}}}}}\n"
        ((where, what),) = lint(text.format("It costs a lot.", "It costs a lot."))
        assert "techniques > tem > cost" in where + what
        assert "techniques > nmr > cost" in where + what
        assert [] == lint(text.format("It costs a lot.", "It costs very much."))

    @pytest.mark.parametrize(
        ("entry", "count"),
        [
            ("{rating: 3, sees: All of it.}", 1),
            ("{rating: 2, sees: All of it.}", 0),
            ("{rating: 3, sees: All of it., basis: literature, sources: [finegan2020]}", 0),
            ("{rating: 3, sees: All of it., basis: review 2.1}", 0),
        ],
        ids=["judgement", "good", "literature", "review"],
    )
    def test_primary_on_judgement(self, lint, entry, count):
        """A primary rating that nothing but judgement carries is pointed out."""
        found = lint(f"techniques: {{nmr: {{information: {{sei-growth: {entry}}}}}}}\n")
        assert count == len([1 for _, what in found if "best on judgement alone" in what])
        pointed_out = {where for where, what in found if "rated best" in what}
        assert {"techniques > nmr > information > sei-growth"} >= pointed_out

    def test_unused_reference(self, lint):
        """A reference that supports no claim is pointed out; one that does is not."""
        text = f"references: {{nobody2020: {REFERENCE}}}\n"
        assert [("references > nobody2020", "supports no claim")] == lint(text)
        used = "techniques: {nmr: {cost: {tier: high, says: They say so., basis: literature, sources: [nobody2020]}}}\n"
        assert [] == lint(text + used)

    @pytest.mark.usefixtures("few_questions")
    def test_printed_by_check(self, write):
        """What is odd though valid stands below the result of the check, which still succeeds."""
        done = invoke("kb", "check", write("own.yaml", f"references: {{nobody2020: {REFERENCE}}}\n"))
        assert 0 == done.exit_code
        assert "- references > nobody2020: supports no claim\n" in done.stdout.split("Worth a look")[1]
