"""Complaints of the loader: how they read, which file they name, in which order they come."""

import re

import pytest

from insitu_advisor.knowledge import loader
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import data_folder, load_knowledge_base
from knowledge.own_files import problem_with, problems_of
from knowledge.test_faults_of_form import FAULTS as FORM_FAULTS
from knowledge.test_faults_of_techniques import FAULTS as TECHNIQUE_FAULTS

NEW_TARGET = "targets:\n  colour: {name: colour, definition: Colour of the electrode.}\n"


class TestMessage:
    def test_reads_as_file_line_entry_and_remedy(self, tmp_path):
        """A complaint reads `file:line: path of the entry: what is wrong; what to do`."""
        path = tmp_path / "own.yaml"
        path.write_text("rules:\n  own:\n    kind: caution\n    technique: xdr\n    sentence: Mind the gap.\n")
        (problem,) = problems_of(path)
        expected = f"{path}:4: rules > own > technique: there is no technique 'xdr'; did you mean 'xrd'?"
        assert expected == str(problem)

    def test_every_fault_is_listed(self, tmp_path):
        """Two faults in one file are named together, in one go."""
        path = tmp_path / "own.yaml"
        path.write_text(
            "rules:\n"
            "  one: {kind: caution, technique: xdr, sentence: Mind the gap.}\n"
            "  two: {kind: caution, technique: nmmr, sentence: Mind the gap.}\n"
        )
        assert [2, 3] == [problem.line for problem in problems_of(path)]

    def test_names_the_file_that_speaks_last(self, tmp_path):
        """With several files the complaint names the one that holds the fault."""
        good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
        good.write_text("traits:\n  magnetic: Attracted by a magnet.\n")
        bad.write_text("rules:\n  own: {kind: caution, technique: xdr, sentence: Mind the gap.}\n")
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge_base(bad, good)
        assert [(str(bad), 2)] == [(problem.file, problem.line) for problem in caught.value.problems]

    def test_items_of_a_list_count_from_one(self, tmp_path):
        """A reader counts the first blind spot as number 1."""
        problem, _ = problem_with(tmp_path, TECHNIQUE_FAULTS["blind-spot-variant"][0])
        assert "techniques > xrd > blind_spots > 2 > when" == problem.where

    def test_new_target_points_at_the_users_file(self, tmp_path):
        """A target added by a user, on which the techniques say nothing, is a fault of the user's file."""
        path = tmp_path / "own.yaml"
        path.write_text(NEW_TARGET)
        assert [(str(path), 2)] * 8 == [(problem.file, problem.line) for problem in problems_of(path)]

    def test_new_target_names_the_silent_techniques(self, kb, tmp_path):
        """The user learns which techniques say nothing on a new target."""
        path = tmp_path / "own.yaml"
        path.write_text(NEW_TARGET)
        said = [re.findall(r"[\w-]+", f"{problem.where} {problem.what}") for problem in problems_of(path)]
        assert all(technique in words for technique, words in zip(kb.techniques, said, strict=True))

    def test_new_target_in_the_first_of_two_files(self, tmp_path):
        """The file that adds the target is named, even with another of the user's laid over it."""
        first, last = tmp_path / "first.yaml", tmp_path / "last.yaml"
        first.write_text(NEW_TARGET)
        last.write_text("traits: {magnetic: Attracted by a magnet.}\n")
        with pytest.raises(KnowledgeError) as caught:
            load_knowledge_base(first, last)
        assert {str(first)} == {problem.file for problem in caught.value.problems}

    def test_order_of_the_file(self, tmp_path):
        """Complaints about one list come in the order of its lines."""
        path = tmp_path / "own.yaml"
        cells = "".join(f"      word{number}: {{rating: 1, sees: A little.}}\n" for number in range(20))
        path.write_text(f"techniques:\n  xrd:\n    information:\n{cells}")
        assert list(range(4, 24)) == [problem.line for problem in problems_of(path)]

    def test_rating_of_a_rule_may_be_zero(self, tmp_path):
        """A rule is not told to move a zero to a list that rules do not have."""
        problem, _ = problem_with(tmp_path, FORM_FAULTS["rating-of-a-rule"][0])
        assert "blind_to" not in problem.what

    def test_missing_shipped_files(self, tmp_path, monkeypatch):
        """A broken installation is named as such."""
        monkeypatch.setattr(loader, "PACKAGE", tmp_path / "src" / "package")
        with pytest.raises(KnowledgeError, match="the shipped knowledge base is missing; reinstall insitu-advisor"):
            data_folder()


@pytest.mark.parametrize("word", ["unknown", "any", "alloying", "oxide"])
def test_material_named_like_another_word_for_an_anode(tmp_path, word):
    """A material cannot go by a word that a question takes for an anode type or for an open one."""
    path = tmp_path / "own.yaml"
    path.write_text(f"materials:\n  own: {{name: {word}, type: alloy, because: It is one.}}\n")
    assert 2 == problems_of(path)[0].line
