"""Guards against becoming slow, each three times as generous as what is aimed at, and the benchmark that measures it.

What is really reached stands in `docs/performance.md`.
"""

import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import pytest

from insitu_advisor import ask, load_knowledge_base, recommend

SCRIPT = Path(__file__).resolve().parent.parent / "benchmarks" / "speed.py"
GENEROUS = 3


@pytest.fixture(scope="module")
def bench():
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("speed", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def programs(bench, tmp_path):
    """A folder with the programs of the benchmark."""
    return bench.Programs(tmp_path)


def run(*words):
    """The output of the benchmark."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), *words], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert 0 == done.returncode, done.stderr
    return done.stdout


def seconds(work, *args, times=5):
    """Median time a piece of work keeps the processor busy."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work(*args)
        taken.append(time.process_time() - start)
    return median(taken)


def test_answer_starts_like_a_program_of_its_kind(bench, programs):
    """The first command takes no longer than 3.3 times a small program of the same libraries."""
    toy = [*programs.written("toy", bench.TOY), str(bench.data_folder() / "facilities.yaml")]
    ours, theirs = programs.in_turn(3, bench.Pair("", programs.own(*bench.ANSWER), toy, 1.1))
    assert ours < 1.1 * GENEROUS * theirs


def test_version_starts_like_an_empty_program(bench, programs):
    """The version takes no longer than 3.6 times the version of an empty program."""
    empty = [*programs.written("plain", bench.EMPTY.format(options="rich_markup_mode=None")), "--version"]
    ours, theirs = programs.in_turn(3, bench.Pair("", programs.own("--version"), empty, 1.2))
    assert ours < 1.2 * GENEROUS * theirs


def test_four_thousand_questions_a_second(bench, kb):
    """A question is answered in a quarter of a millisecond, with threefold room."""
    questions = bench.distinct(kb, 400)
    bench.answered(questions, kb)
    assert seconds(bench.answered, questions, kb) / 400 < GENEROUS / 4000


@pytest.mark.parametrize("words", [{}, {"scale": "particle", "c_rate": "C/10"}], ids=["plain", "scale and rate"])
def test_certificate_in_60_milliseconds(bench, kb, words):
    """A whole certificate takes 60 ms, with threefold room."""
    advice = recommend(ask(kb, anode="alloy", ion="K", **words), kb)
    assert seconds(bench.worked_out, advice) < GENEROUS * 0.060


def test_effort_grows_with_the_knowledge_and_no_faster(bench, tmp_path):
    """Ten times the techniques take ten times the calls, to load and to answer, and hardly more."""
    effort = []
    for count in (100, 1000):
        files = bench.overlay(tmp_path, count)
        load = bench.calls(load_knowledge_base, *files)
        kb = load_knowledge_base(*files)
        question = ask(kb, anode="alloy", ion="K")
        recommend(question, kb)
        effort.append([steps / len(kb.techniques) for steps in (load, bench.calls(recommend, question, kb))])
    (load_few, answer_few), (load_many, answer_many) = effort
    assert load_many < 1.05 * load_few
    assert answer_many < 1.05 * answer_few


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="memory is measured by means of POSIX")
def test_benchmark_runs_quickly():
    """`--quick` measures everything and prints each section."""
    text = run("--quick")
    for name in ("Cold start", "Answers in one process", "Growth", "Tables"):
        assert f"\n{name}" in text
    assert "cores" in text.splitlines()[0]


def test_benchmark_prints_markdown():
    """`--markdown` prints tables with four cells in every row."""
    lines = run("--quick", "--markdown", "--only", "growth").splitlines()
    table = [line for line in lines if line.startswith("|")]
    assert 4 == len(table)
    assert {5} == {line.count("|") for line in table}
    assert any(line.startswith("## ") for line in lines)


def test_random_questions_are_distinct_and_the_same_every_time(bench, kb):
    """The benchmark asks no question twice and the same ones in each run."""
    first = bench.distinct(kb, 200)
    assert 200 == len(set(first))
    assert first == bench.distinct(kb, 200)
