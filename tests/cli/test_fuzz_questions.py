"""Anything at all as a question or beside it: answered or refused, and soon."""

import csv
import io
import json
from functools import cache

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cli.test_fuzz import answers_or_complains, lay, shipped
from insitu_advisor.batch.screening import csv_header, csv_line, json_line, screen
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.reading import LONGEST_WORD
from insitu_advisor.engine.question.sentence import LONGEST_SENTENCE
from insitu_advisor.knowledge.errors import KnowledgeError
from timing import seconds

# Processor time of one question of greatest length, s: some hundredths are usual. One of a file: it is checked whole.
SOON, FILE_SOON = 0.3, 5.0
FUZZ = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
SIGNS = st.characters(exclude_categories=[])
WORDS = """
SEI growth of silicon graphite Si@C Fe2O3@C (FeCoNi)3O4 Cu2-xSe α-Fe2O3 Li Na+ K lithium no not we have TEM XRD at a
than vs counter anode: doped coated with on C/10 2C 1e9 -40 °C 20 K EC/DMC DEMS full cell cheap dendrites ? . ; ( )
<grow> \u202e \u00ad \ud800 \0 ٣ Ｓｉ = -- [red] </script>
"""
SPOKEN = st.sampled_from(WORDS.split())
PIECES = st.one_of(SPOKEN, st.text(SIGNS, max_size=6), st.text("SiFeOC()[]{}@-+/.x2 ", max_size=12))
SENTENCES = st.builds(
    lambda parts, join: join.join(parts), st.lists(PIECES, max_size=40), st.sampled_from([" ", "", "-"])
)
# One short piece, as often as it fits: what a slow reader would be slowest at.
REPEATED = st.builds(lambda piece, sign: piece + sign, PIECES.filter(bool), st.sampled_from(["", " ", "@", "-", "/"]))
FORMULA = st.builds(
    lambda parts, join: join.join(parts)[:LONGEST_WORD],
    st.lists(st.one_of(PIECES, st.text("SiFeOCLiNaxyzδ()[]{}0123456789.-+*@±", max_size=30)), max_size=12),
    st.sampled_from(["@", "", "-", " ", "/"]),
)


def soon(limit, work, *given):
    """What a piece of work gives; the least processor time of some runs has to be below the limit, s."""
    made = []
    assert limit > seconds(lambda: made.append(work(*given)), enough=limit, times=3), f"{given!r:.500}"
    return made[-1]


@pytest.fixture(scope="module", autouse=True)
def _read_once(kb):
    """What is read on first use is no question's fault."""
    answers_or_complains(kb, sentence="SEI on Fe2O3@C")


class TestQuestions:
    @FUZZ
    @given(SENTENCES)
    @example("\ud800 on Si")
    def test_any_sentence(self, kb, sentence):
        """Any sentence is answered or refused."""
        soon(SOON, lambda text: answers_or_complains(kb, sentence=text), sentence[:LONGEST_SENTENCE])

    @FUZZ
    @given(REPEATED)
    @example("Si@C vs ")
    def test_any_repetition(self, kb, piece):
        """So is anything that is said over and over, as a sentence and as an anode."""
        many = piece * LONGEST_SENTENCE
        soon(SOON, lambda text: answers_or_complains(kb, sentence=text), many[:LONGEST_SENTENCE])
        soon(SOON, lambda text: answers_or_complains(kb, anode=text), many[:LONGEST_WORD])

    @FUZZ
    @given(FORMULA, st.sampled_from([None, "Li", "Na", "K"]))
    @example("((((((((((Si))))))))))", None)
    @example("Fe" * 150, "K")
    def test_any_formula(self, kb, formula, ion):
        """Any formula, and what looks like one, is answered or refused."""
        soon(SOON, lambda text: answers_or_complains(kb, anode=text, ion=ion), formula)

    @FUZZ
    @given(st.lists(st.tuples(SENTENCES, FORMULA), min_size=1, max_size=4))
    def test_any_cells(self, kb, cells):
        """Any cells of a table give as many rows, each of which can be written and read back."""
        text = io.StringIO(newline="")
        csv.writer(text).writerows([("question", "anode"), *cells])
        rows = soon(SOON * len(cells), lambda table: list(screen(table.splitlines(keepends=True), kb)), text.getvalue())
        for row in rows:
            json.loads(json_line(row).encode())
            assert len(csv_header()) == len(csv_line(row))
            "".join(csv_line(row)).encode()


@cache
def ways():
    """The ways of every technique as they are shipped."""
    pages = [page.data["techniques"] for page in shipped() if page.path.parent.name == "ways"]
    return {technique: entry["variants"] for page in pages for technique, entry in page.items()}


OUTSIDER = {"name": "sonar", "phrases": ["sonar"], "answers": "where", "limits": "none", "targets": ["fracture"]}
LINKS = st.sampled_from(["fracture", "open", "K", "xrd", "synchrotron", "<grow> rate", "of the"])
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(SIGNS, max_size=8),
    st.lists(st.text(max_size=4) | LINKS, max_size=3),
    st.dictionaries(st.text(max_size=4) | LINKS, st.integers() | LINKS, max_size=2),
    LINKS,
)
FIELDS = st.sampled_from(["name", "facilities", "information", "scales", "resolution", "unknown", "cost", "new"])


class TestOwnFiles:
    @FUZZ
    @given(st.sampled_from([*OUTSIDER, "goals", "first_at", "ions", "basis", "sources", "new"]), ODD)
    @example("phrases", ["of"])
    @example("phrases", ["..."])
    @example("phrases", ["<no_group>"])
    @example("goals", ["?"])
    def test_technique_outside(self, field, value):
        """A technique outside the eight with any value in any field is laid over and asked about, or refused."""
        self._lay_and_ask({"outside": {"sonar": OUTSIDER | {field: value}}})

    @FUZZ
    @given(st.data(), ODD)
    def test_way(self, data, value):
        """So is a way of a technique."""
        technique = data.draw(st.sampled_from(sorted(ways())))
        way = data.draw(st.sampled_from([*ways()[technique], "new", "New way"]))
        self._lay_and_ask({"techniques": {technique: {"variants": {way: {data.draw(FIELDS): value}}}}})

    def _lay_and_ask(self, own):
        text = json.dumps(own)

        def work(text):
            try:
                kb = lay(text)
            except KnowledgeError:
                return
            for sentence in (
                "sonar of cracks on silicon, we have of the ...",
                "fracture on Si at a synchrotron with Li",
            ):
                answers_or_complains(kb, sentence=sentence)

        soon(FILE_SOON, work, text)


def test_fuzzing_can_succeed():
    """A file of this kind is understood, so that success is possible."""
    assert lexicon_of(lay(json.dumps({"outside": {"sonar": OUTSIDER}}))).outsiders.phrases
