"""How fast the advisor starts, answers and grows, measured against programs of the same kind on the same machine.

Run with `python benchmarks/speed.py`; `--markdown` prints tables for docs/performance.md, `--quick` makes a few small
runs to see that everything works. The programs of a comparison run in turn, so that other work on the machine slows all
of them alike: quote the ratios, never the seconds.
"""

from __future__ import annotations

import argparse
import csv
import gc
import importlib.util
import json
import math
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median
from types import MappingProxyType
from typing import get_args

from insitu_advisor.engine.certainty.certificate import certify
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import DRAWS
from insitu_advisor.engine.question.question import Question
from insitu_advisor.engine.words.certainty import sure
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.cache import SWITCH
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.loader import Page, build, data_folder, load_knowledge_base, shipped_pages
from insitu_advisor.knowledge.yaml_file import parse, read_text

TOY = '''
from pathlib import Path
import typer
import yaml
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

app = typer.Typer()

class Facility(BaseModel):
    name: str
    aliases: list[str] = []
    access: str

class Preset(BaseModel):
    name: str
    means: str
    facilities: list[str]

class Page(BaseModel):
    facilities: dict[str, Facility]
    presets: dict[str, Preset]

@app.command()
def show(path: Path) -> None:
    """Show the facilities of a file."""
    page = Page.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    table = Table("id", "name", "access")
    for key, item in page.facilities.items():
        table.add_row(key, item.name, item.access)
    for key, preset in page.presets.items():
        table.add_row(key, preset.name, preset.means)
    Console().print(table)
'''
EMPTY = '''
from typing import Annotated
import typer

app = typer.Typer({options})

def _version(wanted: bool) -> None:
    if wanted:
        typer.echo("empty 0.1.0")
        raise typer.Exit

@app.command()
def main(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True)] = False) -> None:
    """Do nothing."""
'''
PEAK = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
FORCED = ("GITHUB_ACTIONS", "FORCE_COLOR", "PY_COLORS", "PYTHONDONTWRITEBYTECODE", "INSITU_ADVISOR_LAB")
ANSWER = ("recommend", "--anode", "alloy", "--ion", "K")
TECHNIQUES_A_FILE = 2000
NOISE = 1.05
NOTHING: Mapping[str, str] = MappingProxyType({})
Row = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: runs of a program, random questions, rows of a table, techniques of an overlay."""

    runs: int
    questions: int
    certificates: int
    rows: tuple[int, ...]
    techniques: tuple[int, ...]


FULL = Effort(31, 4000, 60, (1_000, 10_000, 100_000), (10, 100, 1_000, 10_000))
QUICK = Effort(1, 50, 1, (10, 100), (10, 20))


@dataclass(frozen=True, slots=True)
class Pair:
    """A run of the advisor, the program it is compared with, and the ratio aimed at."""

    name: str
    own: list[str]
    other: list[str]
    aim: float
    env: Mapping[str, str] = field(default_factory=dict)


class Programs:
    """The programs that are run, each as a command line, with its own folder for code and for the kept knowledge."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {key: value for key, value in os.environ.items() if key not in FORCED}
        self.env[SWITCH] = str(folder / "kept")

    def written(self, name: str, text: str) -> list[str]:
        """A program written to a module, so that Python keeps it compiled like an installed one."""
        (self.folder / f"{name}_app.py").write_text(text, encoding="utf-8")
        start = self.folder / f"{name}.py"
        start.write_text(f"from {name}_app import app\napp()\n", encoding="utf-8")
        return [sys.executable, str(start)]

    def own(self, *words: str) -> list[str]:
        """The advisor as it is installed, or as a module where it has no script."""
        script = Path(sys.executable).parent / ("insitu-advisor.exe" if os.name == "nt" else "insitu-advisor")
        return [*([str(script)] if script.exists() else [sys.executable, "-m", "insitu_advisor"]), *words]

    def seconds(self, command: Sequence[str], env: Mapping[str, str] = NOTHING) -> float:
        """Time of one run into a pipe."""
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env={**self.env, **env}, cwd=self.folder)
        return time.perf_counter() - start

    def in_turn(self, runs: int, pair: Pair) -> tuple[float, float]:
        """Median times of two programs run in turn again and again; of several rounds the first only warms up."""
        warming = int(runs > 1)
        rounds = [(self.seconds(pair.own, pair.env), self.seconds(pair.other)) for _ in range(runs + warming)][warming:]
        return median(ours for ours, _ in rounds), median(theirs for _, theirs in rounds)

    def peak(self, command: Sequence[str]) -> float:
        """Largest memory of one run, in MiB."""
        watched = [sys.executable, "-c", PEAK, *command]
        done = subprocess.run(watched, check=True, capture_output=True, text=True, env=self.env, cwd=self.folder)
        code, size = done.stdout.split()
        if code != "0":
            raise RuntimeError(f"'{' '.join(command)}' ended with exit code {code}")
        return int(size) / (2**20 if sys.platform == "darwin" else 2**10)


def starts(programs: Programs, effort: Effort) -> Iterator[Row]:
    """Cold starts against a program of the same libraries, against empty ones, and against imports."""
    toy = [*programs.written("toy", TOY), str(data_folder() / "facilities.yaml")]
    rich = programs.written("empty", EMPTY.format(options=""))
    plain = programs.written("plain", EMPTY.format(options="rich_markup_mode=None"))
    own = programs.own
    pairs = [
        Pair("recommend / toy program", own(*ANSWER), toy, 1.1),
        Pair("recommend without its kept copy / toy program", own(*ANSWER), toy, 1.35, {SWITCH: "off"}),
        Pair("--help / empty Typer app", own("--help"), [*rich, "--help"], 1.2),
        Pair("--help / empty Typer app that prints without Rich", own("--help"), [*plain, "--help"], 1.2),
        Pair("--version / empty Typer app", own("--version"), [*plain, "--version"], 1.2),
    ]
    for package in ("pymcdm", "skcriteria"):
        if importlib.util.find_spec(package) is None:
            yield f"recommend / import {package}", f"{package} is not installed here", "", ""
        else:
            pairs.append(
                Pair(f"recommend / import {package}", own(*ANSWER), [sys.executable, "-c", f"import {package}"], 1.0)
            )
    for pair in pairs:
        ours, theirs = programs.in_turn(effort.runs, pair)
        ratio = ours / theirs
        shown = f"{ratio:.2f} ({ours * 1e3:.0f} / {theirs * 1e3:.0f} ms)"
        yield pair.name, shown, f"<= {pair.aim:g}", verdict(ratio <= pair.aim)


def answers(_: Programs, effort: Effort) -> Iterator[Row]:
    """Questions per second inside one process, and the time of a certificate."""
    kb = load_knowledge_base()
    asked = distinct(kb, effort.questions)
    rate = median(len(part) / spent(answered, part, kb) for part in parts(asked, 8))
    yield "questions per second, recommend", f"{rate:,.0f}", ">= 4,000", verdict(rate >= 4000)
    took = [median(spent(certified, question, kb) for _ in range(3)) for question in asked[: effort.certificates]]
    yield "questions per second, recommend and certify", f"{1 / mean(took):,.1f}", "", ""
    for name, words in CERTIFIED.items():
        advice = recommend(ask(kb, anode="alloy", ion="K", **words), kb)
        usual = median(spent(worked_out, advice) for _ in range(effort.certificates))
        yield f"certificate, {DRAWS:,} draws, {name}", f"{usual * 1e3:.0f} ms", "<= 60 ms", verdict(usual <= 0.060)
    slow = sorted(took)[int(0.95 * len(took))]
    yield "recommend and certify, 95th percentile", f"{slow * 1e3:.0f} ms", "<= 60 ms", verdict(slow <= 0.060)


def answered(questions: Sequence[Question], kb: KnowledgeBase) -> None:
    """Answer questions one after another."""
    for question in questions:
        recommend(question, kb)


def certified(question: Question, kb: KnowledgeBase) -> None:
    """Answer one question with all of its certificate."""
    worked_out(recommend(question, kb))


def worked_out(advice: Advice) -> None:
    """A certificate with its sentence."""
    certificate = certify(advice)
    if certificate is not None:
        sure(advice, certificate)


CERTIFIED: dict[str, dict[str, str]] = {
    "plain question": {},
    "with scale": {"scale": "particle"},
    "with C-rate": {"c_rate": "C/10"},
    "with scale and C-rate": {"scale": "particle", "c_rate": "C/10"},
}


def growth(programs: Programs, effort: Effort) -> Iterator[Row]:
    """Time and function calls to load an overlay and to answer with it, per technique.

    Calls are counted for the verdict, since nothing else on the machine moves them; without garbage collection, as the
    program runs.
    """
    gc.disable()
    before = (math.inf, math.inf)
    for count in effort.techniques:
        files = overlay(programs.folder, count)
        load = spent(load_knowledge_base, *files)
        kb = load_knowledge_base(*files)
        question = ask(kb, anode="alloy", ion="K")
        first = spent(recommend, question, kb)
        again = median(spent(recommend, question, kb) for _ in range(31 if first < 1 else 3))
        each = [seconds * 1e6 / len(kb.techniques) for seconds in (load, again)]
        steps = calls(read_pages, files) / count, calls(recommend, question, kb) / len(kb.techniques)
        shown = (
            f"{each[0]:,.0f} µs and {steps[0]:,.0f} calls to load, "
            f"{each[1]:,.0f} µs and {steps[1]:,.0f} calls to answer (the first time {first:,.2g} s)"
        )
        flat = all(now <= earlier * NOISE for now, earlier in zip(steps, before, strict=True))
        aim = ("no more calls than the line above", verdict(flat)) if count > effort.techniques[0] else ("", "")
        yield f"{count:,} techniques more, for each", shown, *aim
        before = steps
    gc.enable()


def read_pages(files: Sequence[Path]) -> None:
    """Read files and build a knowledge base of them and the shipped ones, which are at hand."""
    build([*shipped_pages(), *(Page(path, text := read_text(path), parse(text, path)) for path in files)])


def calls(work: Callable[..., object], *args: object) -> int:
    """How many functions a piece of work calls: its effort, whatever else the machine does."""
    count = 0

    def counted(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work(*args)
    finally:
        sys.setprofile(None)
    return count


def screening(programs: Programs, effort: Effort) -> Iterator[Row]:
    """Peak memory and rows per second of `screen`."""
    if importlib.util.find_spec("resource") is None:
        yield "memory of screen", "cannot be measured on this system", "", ""
        return
    kb = load_knowledge_base()
    first: float | None = None
    for count in effort.rows:
        command = programs.own("screen", str(table(programs.folder, kb, count)))
        start = time.perf_counter()
        peak = programs.peak(command)
        rate = count / (time.perf_counter() - start)
        flat = first is None or peak <= first * 1.1
        shown = f"{peak:.1f} MiB at most, {rate:,.0f} rows per second"
        yield f"screen, {count:,} rows", shown, "flat (10%)" if first else "", verdict(flat) if first else ""
        first = first or peak


def words(chance: random.Random, kb: KnowledgeBase) -> dict[str, str | list[str]]:
    """A random question in plain words."""
    pick = chance.choice
    return {
        "ion": pick(get_args(Ion)),
        "anode": pick((*get_args(AnodeType), *kb.materials)),
        "targets": chance.sample(list(kb.targets), chance.randint(1, 4)),
        "budget": pick(("low", "moderate", "high", "unlimited")),
        "facilities": [pick(tuple(kb.presets))] if chance.random() < 0.5 else [],
        "scale": pick(("unknown", "atomic", "particle", "electrode", "cell")),
        "c_rate": pick(("unknown", "0.05", "0.1", "0.5", "1", "2")),
        "weights": [pick(tuple(kb.profiles))],
    }


def distinct(kb: KnowledgeBase, count: int) -> list[Question]:
    """Random questions, no two alike, the same in every run."""
    chance = random.Random(20260109)
    found: dict[Question, None] = {}
    while len(found) < count:
        found[ask(kb, **words(chance, kb))] = None  # type: ignore[arg-type]
    return list(found)


def table(folder: Path, kb: KnowledgeBase, count: int) -> Path:
    """A table of random questions."""
    chance = random.Random(count)
    path = folder / f"questions-{count}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("ion", "anode", "target", "budget", "facility", "scale", "c_rate", "weights"))
        for _ in range(count):
            row = words(chance, kb).values()
            writer.writerow(cell if isinstance(cell, str) else ";".join(cell) for cell in row)
    return path


def overlay(folder: Path, count: int) -> list[Path]:
    """Files with made-up techniques, which differ in ratings, standings and tiers."""
    kb = load_knowledge_base()
    chance = random.Random(count)
    files = []
    for start in range(0, count, TECHNIQUES_A_FILE):
        made = {f"made-{n}": technique(kb, chance, n) for n in range(start, min(start + TECHNIQUES_A_FILE, count))}
        files.append(folder / f"overlay-{count}-{start}.yaml")
        files[-1].write_text(json.dumps({"techniques": made}), encoding="utf-8")
    return files


def technique(kb: KnowledgeBase, chance: random.Random, number: int) -> dict[str, object]:
    """One made-up technique with everything a technique has to say."""
    tiers = ("low", "moderate", "high", "very-high")
    seen = chance.sample(list(kb.targets), 6)
    return {
        "name": f"made-up technique {number}",
        "short": f"M{number}",
        "what": "Made up to measure how the advisor grows.",
        "information": {key: {"rating": chance.randint(1, 3), "sees": "Made up."} for key in seen},
        "blind_to": {key: "Made up." for key in kb.targets if key not in seen},
        "variants": {"only": {"name": "only", "facilities": [chance.choice(list(kb.facilities))]}},
        "roles": {key: {"standing": chance.randint(0, 3), "role": "Made up."} for key in get_args(AnodeType)},
        "ions": {key: {"standing": chance.randint(0, 3), "why": "Made up."} for key in ("Li", "Na", "K")},
        "cost": {"tier": chance.choice(tiers), "says": "Made up."},
        "preparation": {"tier": chance.choice(tiers), "says": "Made up."},
    }


def spent(work: Callable[..., object], *args: object) -> float:
    """Seconds one piece of work keeps the processor busy, whatever else runs on the machine."""
    start = time.process_time()
    work(*args)
    return time.process_time() - start


def parts(items: list[Question], count: int) -> Iterator[list[Question]]:
    """A list in parts of nearly the same length, none empty."""
    step = max(1, len(items) // count)
    return (items[start : start + step] for start in range(0, len(items), step))


def verdict(met: bool) -> str:
    """A verdict in one word."""
    return "met" if met else "missed"


def machine() -> str:
    """The machine in one line, without its name."""
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"


SECTIONS: dict[str, tuple[str, Callable[[Programs, Effort], Iterator[Row]]]] = {
    "start": ("Cold start into a pipe", starts),
    "answer": ("Answers in one process", answers),
    "growth": ("Growth with the knowledge base", growth),
    "screen": ("Tables", screening),
}


def printed(title: str, rows: Iterator[Row], *, markdown: bool) -> Iterator[str]:
    """A section, row by row as it is measured."""
    yield f"## {title}\n\n| what | measured | aim | |\n| :-- | :-- | :-- | :-- |" if markdown else title
    for row in rows:
        yield f"| {' | '.join(row)} |" if markdown else "  " + "  ".join(cell for cell in row if cell)
    yield ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the advisor starts, answers and grows.")
    parser.add_argument("--quick", action="store_true", help="few and small runs, to see that it works")
    parser.add_argument("--markdown", action="store_true", help="tables for docs/performance.md")
    parser.add_argument("--only", choices=SECTIONS, help="one section")
    chosen = parser.parse_args()
    print(f"{machine()}. Other work on a machine moves the times; quote the ratios.\n", flush=True)
    with tempfile.TemporaryDirectory(prefix="insitu-advisor-speed-") as folder:
        programs = Programs(Path(folder))
        for key, (title, rows) in SECTIONS.items():
            if chosen.only in {None, key}:
                for line in printed(title, rows(programs, QUICK if chosen.quick else FULL), markdown=chosen.markdown):
                    print(line, flush=True)


if __name__ == "__main__":
    main()
