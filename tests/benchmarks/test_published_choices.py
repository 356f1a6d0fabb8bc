"""The benchmark of published choices: it runs, its counts add up, and a study never votes for itself."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import permutations
from pathlib import Path
from types import ModuleType

import pytest

from insitu_advisor.engine.question.replay import FIELDS
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.loader import load_knowledge_base

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "published_choices.py"


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("published_choices", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = _load()


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The shipped knowledge base."""
    return load_knowledge_base()


@pytest.fixture(scope="module")
def parts(kb: KnowledgeBase) -> tuple:
    """Every set of the benchmark."""
    return bench.sections(kb)


def _study(*techniques: str, **changes: object) -> Study:
    plain = {
        "reference": "someone2020",
        "ions": ("Li",),
        "anode": ("alloy",),
        "material": "tin",
        "techniques": techniques,
        "in_review_list": True,
        "confirmed_by": "title",
        "asked": ("crystalline-phase",),
    }
    return Study.model_validate(plain | changes)


def _run(*arguments: str, seed: str = "0") -> str:
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )
    assert not done.stderr
    return done.stdout


def test_it_runs_and_prints_the_same_every_time() -> None:
    """Two runs with different hash seeds agree to the byte, and nothing goes to standard error."""
    text = _run(seed="1")
    assert text == _run(seed="2")
    assert "SUMMARY" in text
    assert "Not an independent test" in text
    assert "\x1b" not in text


def test_markdown_is_one_table_of_the_summary(parts: tuple) -> None:
    """Every row has the columns of the head, and there is one row for each line of each summary."""
    rows = [row for row in bench.markdown(parts).splitlines() if row.startswith("|")]
    assert {row.count("|") for row in rows} == {6}
    assert len(rows) == 2 + sum(len(part.lines) for part in parts)


def test_the_set_is_what_it_says(kb: KnowledgeBase, parts: tuple) -> None:
    """Only confirmed studies with a question are asked: once for each ion, of the list in set A."""
    listed = [study for study in kb.studies.values() if study.in_review_list]
    for part, pool in zip(parts[:2], (listed, kb.studies.values()), strict=True):
        expected = [
            (study.reference, ion)
            for study in pool
            if study.confirmed_by != "review text" and study.asked
            for ion in study.ions
        ]
        assert [(one.query.reference, one.query.ion) for one in part.outcomes] == expected
        for one in part.outcomes:
            anodes = kb.studies[one.query.study].anode
            assert one.query.anode in anodes
            assert "metal" != one.query.anode or set(anodes) == {"metal"}


def test_nothing_but_the_system_and_the_targets_is_given(kb: KnowledgeBase, parts: tuple) -> None:
    """Budget, preparation, facilities, scale, C-rate and weights stay assumed."""
    question = bench.answer(kb, parts[0].outcomes[0].query).question
    given = {"ion", "anode", "targets"}
    for field in FIELDS:
        assert (getattr(question, field).source == "given") == (field in given), field


def test_no_study_counts_for_itself_in_the_track_record(kb: KnowledgeBase, parts: tuple) -> None:
    """The studies counted for a technique of a question are those of the file without the one it was asked from."""
    for one in parts[0].outcomes:
        query, advice = one.query, bench.answer(kb, one.query)
        for technique in query.techniques:
            others = [
                study
                for key, study in kb.studies.items()
                if key != query.study
                and study.confirmed_by != "review text"
                and technique in study.techniques
                and query.ion in study.ions
                and query.anode in study.anode
            ]
            assert advice.system.ways[technique][0].record.studies == len(others)


def test_counts_are_consistent(parts: tuple) -> None:
    """Hits grow with the places, stay within n, agree with the ranks printed, and lie inside their interval."""
    for part in parts:
        for line in part.lines:
            assert line.first.n == len(part.outcomes)
            for share in filter(None, (line.first, line.few)):
                assert 0 <= share.hits <= share.n
                if share.interval:
                    low, high = share.interval
                    assert 0 <= low <= share.value <= high <= 1
            if line.few:
                assert line.first.hits <= line.few.hits
        assert part.lines[0].first.hits == sum(one.rank == 1 for one in part.outcomes)
        for one in part.outcomes:
            assert one.chosen
            assert len(set(one.order)) == len(one.order) <= one.size == len(one.popular)


def test_pairings_are_left_out_of_the_count_of_single_techniques(kb: KnowledgeBase, parts: tuple) -> None:
    """The first two sets rank the eight techniques only; the last two count pairings of techniques used."""
    for part in parts[:2]:
        for one in part.outcomes:
            assert one.size == len(kb.techniques) == 8
            assert set(one.order) <= set(kb.techniques)
            assert set(one.chosen) == set(one.query.techniques)
    for part in parts[2:]:
        for one in part.outcomes:
            for option in one.chosen:
                assert set(kb.combinations[option].members) <= set(one.query.techniques)


def test_a_study_does_not_vote_for_itself() -> None:
    """Leaving a study out takes exactly its own votes away; ties keep the order of the options."""
    options = {name: (name,) for name in ("xrd", "tem", "eis")}
    studies = {"one": _study("tem"), "two": _study("tem"), "three": _study("xrd"), "four": _study("eis", "xrd")}
    assert bench.by_popularity(studies, None, options) == ("xrd", "tem", "eis")
    assert bench.by_popularity(studies, "three", options) == ("tem", "xrd", "eis")
    assert bench.by_popularity(studies, "four", options) == ("tem", "xrd", "eis")
    assert bench.by_popularity({"one": _study("eis")}, "one", options) == ("xrd", "tem", "eis")


def test_leave_one_out_in_the_real_set(kb: KnowledgeBase, parts: tuple) -> None:
    """The order of popularity of each question equals a plain count over the other studies of its set."""
    listed = bench.usable({key: study for key, study in kb.studies.items() if study.in_review_list})
    for one in parts[0].outcomes:
        votes = Counter(t for key, study in listed.items() if key != one.query.study for t in study.techniques)
        places = {technique: place for place, technique in enumerate(kb.techniques)}
        assert list(one.popular) == sorted(kb.techniques, key=lambda t: (-votes[t], places[t]))


@pytest.mark.parametrize(("chosen", "size", "places"), [(1, 4, 1), (2, 4, 3), (1, 5, 3), (3, 5, 3), (2, 3, 1)])
def test_chance_is_exact(chosen: int, size: int, places: int) -> None:
    """The formula equals the count over every order."""
    orders = list(permutations(range(size)))
    hit = sum(any(option < chosen for option in order[:places]) for order in orders)
    assert bench.chance(chosen, size, places) == Fraction(hit, len(orders))


def test_wilson_against_known_values() -> None:
    """Wilson's interval for 10 of 20 is 0.2993 to 0.7007, and for none of 10 it is 0 to 0.2775."""
    assert bench.wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)
    assert bench.wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)


@pytest.mark.parametrize(
    "changes",
    [{"confirmed_by": "review text"}, {"asked": ()}],
    ids=["unconfirmed", "unasked"],
)
def test_a_study_that_cannot_be_asked_is_left_out(changes: dict) -> None:
    """Each reason is enough, and no reason is given for a study that can be asked."""
    assert bench.left_out_because(_study("xrd", **changes))
    assert bench.left_out_because(_study("xrd", anode=("metal", "alloy"))) is None


def test_an_excluded_choice_is_no_hit() -> None:
    """A choice that does not stand in the ranking has no rank."""
    assert bench.best_rank(("xrd", "tem"), ("sans",)) is None
    assert bench.best_rank(("xrd", "tem"), ("sans", "tem")) == 2
