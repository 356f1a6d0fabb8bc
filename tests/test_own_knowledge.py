"""The page on own knowledge and its example do what they say."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from cli.running import invoke, run
from insitu_advisor.curation.lint import remarks
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.loader import load_knowledge_base

pytestmark = pytest.mark.usefixtures("alone")

DOCS = Path(__file__).resolve().parents[1] / "docs"
EXAMPLE = DOCS / "examples" / "optical-microscopy.yaml"
PAGE = (DOCS / "own-knowledge.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ insitu-advisor (.*)\n((?:.*\n)*?)```", PAGE)
FILES = re.findall(r"<!-- file: (.*) -->\n```yaml\n((?:.*\n)*?)```", PAGE)
OPTIONS = {"optical-microscopy", "eis+optical-microscopy"}


@pytest.fixture(scope="module")
def example():
    """The base with the example laid over it."""
    return load_knowledge_base(EXAMPLE)


class TestExample:
    def test_adds_two_options(self, kb, example):
        """The example adds a technique and a pairing and changes no shipped entry."""
        assert OPTIONS == set(example.options) - set(kb.options)
        for section in ("techniques", "combinations", "references", "facilities", "studies"):
            old, new = getattr(kb, section), getattr(example, section)
            assert [] == [key for key in old if old[key] != new[key]]

    def test_ranks(self, example):
        """Both options are ranked for lithium plating on graphite, and excluded without a microscope."""
        words = {"anode": "graphite", "ion": "Li", "targets": ["lithium plating"]}
        ranked = {option.id for option in recommend(ask(example, **words), example).ranking}
        without = recommend(ask(example, **words, facilities=["department"]), example)
        assert ranked >= OPTIONS
        assert {"facility"} == {option.rule for option in without.excluded if option.id in OPTIONS}

    def test_nothing_odd(self, kb, example):
        """Lint finds nothing in the example but that the pairing never wins alone."""
        new = {item.where for item in remarks(example)} - {item.where for item in remarks(kb)}
        assert {"eis+optical-microscopy"} >= new

    def test_no_claim_borrows_the_review(self, example):
        """The review says nothing of this technique, so no claim of it rests on the review."""
        own = dict(claims(example.techniques["optical-microscopy"]))
        assert {"literature", "derived", "judgement"} == {claim.basis for claim in own.values()}


def narrow(line):
    """A line with one space for any run of spaces."""
    return " ".join(line.split())


@pytest.fixture
def desk(folder, write):
    """A folder with the example and the files that the page shows."""
    shutil.copytree(DOCS / "examples", folder / "docs" / "examples")
    for name, text in FILES:
        write(name, text)
    return folder


class TestPage:
    def test_has_sessions_and_files(self):
        """The page shows seven commands and three files, so none is missed by the tests below."""
        assert ["recommend", "show", "kb", "kb", "kb", "kb", "lab"] == [words.split()[0] for words, _ in SESSIONS]
        assert ["slips.yaml", "price.yaml", "lab.yaml"] == [name for name, _ in FILES]

    @pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words[:20] for words, _ in SESSIONS])
    def test_output_is_real(self, desk, words, shown):
        """What the page shows is printed, line by line and in this order, but for spaces and what `...` leaves out."""
        if not words.startswith("lab"):
            (desk / "lab.yaml").unlink()
        printed = map(narrow, invoke(*shlex.split(words)).output.splitlines())
        for line in map(narrow, shown.splitlines()):
            if line != "...":
                start = line.removesuffix(" ...")
                assert any(real == line or (start != line and real.startswith(start)) for real in printed), line

    def test_faults_end_with_three(self, desk):
        """The exit code of the faulty file is the one the page names."""
        assert 3 == run("kb", "check", "slips.yaml", cwd=desk).returncode

    def test_quoted_parts_are_of_the_example(self):
        """Parts of the example that the page quotes stand in it."""
        quoted = [text for text in re.findall(r"```yaml\n((?:.*\n)*?)```", PAGE) if "optical-microscopy" in text]
        example = EXAMPLE.read_text(encoding="utf-8")
        assert 2 == len(quoted)
        assert all(line in example for text in quoted for line in text.splitlines())

    def test_links(self):
        """Every relative link names a file."""
        links = re.findall(r"\]\((?!https?://)([^)#]+)\)", PAGE)
        assert links
        assert [] == [link for link in links if not (DOCS / link).exists()]
