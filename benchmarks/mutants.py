"""How many small faults, put into the engine and the knowledge base on purpose, the quick tests notice.

Run with `python benchmarks/mutants.py` after `pip install -e '.[test,mutation]'`; it takes an hour or more. The faults
are those of cosmic-ray. They are put into a copy of the files that Git knows, never into the files themselves.

One fault is drawn for a place at most, and places in proportion to how many a module has, by a hash of their text: the
same source gives the same sample, and an edited line changes the sample of its own module alone. Lines that are alike
are one place; annotations are none, as nothing evaluates them. A fault that changes nothing that could be asked for is
written down in `mutants.txt` with the reason, and not counted.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import hashlib
import json
import os
import py_compile
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.testing import run_tests
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = Path("src/insitu_advisor")
EQUIVALENT = Path(__file__).with_name("mutants.txt")
SHARE, FEWEST, SEED = 0.085, 2, "1"
SECONDS = 240
# Searching tests need not find the smallest example.
PYTEST = """
import sys, pytest
from hypothesis import Phase, settings
settings.register_profile("once", phases=[Phase.explicit, Phase.generate], print_blob=False)
settings.load_profile("once")
sys.exit(pytest.main(["-n", "0", "-x", "-q", "-p", "no:cacheprovider", "-m", "not slow", *sys.argv[1:]]))
"""
ALWAYS = "tests/engine/test_values.py"
# The tests of a room, beside those of the module's own name.
ROOMS = {
    "engine/words": (
        "tests/engine/words tests/engine/certainty/test_certificate.py",
        "tests/engine/inquiry tests/render/pages --ignore=tests/render/pages/test_documents.py",
    ),
    "engine/certainty": ("tests/engine/certainty",),
    "engine/inquiry": ("tests/engine/inquiry", "tests/engine/words tests/render/pages/test_golden.py"),
    "engine/question": ("tests/engine/question",),
    "engine/method": ("tests/engine/method --ignore=tests/engine/method/test_rules.py", "tests/engine/certainty"),
    "knowledge": (
        "tests/knowledge",
        "tests/engine/method/test_ranking.py tests/engine/question/test_sentence.py tests/cli/test_hostile.py",
    ),
}
WIDE = (
    "tests/engine tests/knowledge",
    "tests/render --ignore=tests/render/formats/test_injection.py",
    "tests/cli --ignore=tests/cli/test_fuzz.py --ignore=tests/cli/test_terminal_modes.py tests/test_style.py",
)


def digest(*words: object) -> str:
    return hashlib.sha256("\0".join(map(str, (SEED, *words))).encode()).hexdigest()


@cache
def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@cache
def annotations(path: Path) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where the annotations of a module run."""
    found: list[ast.expr | None] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            found.append(node.returns)
        elif isinstance(node, ast.arg | ast.AnnAssign):
            found.append(node.annotation)
    return [((a.lineno, a.col_offset), (a.end_lineno or 0, a.end_col_offset or 0)) for a in found if a]


def drawn(paths: Iterable[Path], share: float) -> Iterator[MutationSpec]:
    """The sample, module by module."""
    with use_db(":memory:", WorkDB.Mode.create) as session:
        init(sorted(paths), session, {})
        places: dict[Path, dict[tuple[str, int], list[MutationSpec]]] = defaultdict(lambda: defaultdict(list))
        for item in session.work_items:
            (fault,) = item.mutations
            if not any(start <= fault.start_pos < end for start, end in annotations(fault.module_path)):
                line, column = fault.start_pos
                places[fault.module_path][lines(fault.module_path)[line - 1], column].append(fault)
    for path, module in places.items():
        order = sorted(module, key=lambda place: digest(path, *place))
        for place in order[: max(FEWEST, round(share * len(order)))]:
            yield min(module[place], key=lambda fault: digest(path, *place, fault.operator_name, fault.occurrence % 2))


def difference(fault: MutationSpec) -> tuple[str, str, str]:
    """The module, its line, and what the fault makes of it."""
    before = fault.module_path.read_text(encoding="utf-8")
    operator = get_operator(fault.operator_name)(**fault.operator_args)
    old, new = before.splitlines(), (mutate_code(before, operator, fault.occurrence) or "").splitlines()
    at = fault.start_pos[0] - 1
    # A decorator that is taken away leaves no line.
    line = "" if "Decorator" in fault.operator_name else new[at].strip()
    return fault.module_path.relative_to(PACKAGE).as_posix(), old[at].strip(), line


def equivalents() -> dict[tuple[str, str, str], str]:
    """Faults that change nothing, with the reason: blocks of module, `- line`, `+ line` and the reason."""
    found = {}
    for block in EQUIVALENT.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.strip().splitlines() if not line.startswith("#")]
        if lines:
            module, old, new, *reason = lines
            found[(module, old[1:].strip(), new[1:].strip())] = " ".join(reason)
    return found


def stages(path: Path, wide: bool) -> Iterator[str]:
    """Which tests to run, the nearest first."""
    module = path.relative_to(PACKAGE)
    own = Path("tests") / module.parent / f"test_{module.name}"
    yield f"{own} {ALWAYS}" if own.exists() else ALWAYS
    yield from next((tests for room, tests in ROOMS.items() if module.as_posix().startswith(room)), ())
    if wide:
        yield from WIDE


def command(tests: str) -> str:
    return shlex.join([sys.executable, "-c", PYTEST, *tests.split()])


def survives(fault: MutationSpec, wide: bool) -> bool:
    for tests in stages(fault.module_path, wide):
        if mutate_and_test([fault], command(tests), SECONDS).is_killed:
            return False
    return True


def copy(to: Path) -> None:
    """The files Git knows as they are now, compiled so that a changed one is noticed by its content."""
    known = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, known.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, to / name)
    compileall.compile_dir(to / "src", quiet=1, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    os.chdir(to)
    os.environ["PYTHONPATH"] = str(to / "src")


def table(results: dict[tuple[str, str, str], str]) -> None:
    counts = Counter((module, outcome) for (module, _, _), outcome in results.items())
    print(f"\n{'module':34} {'killed':>7} {'survived':>9} {'equivalent':>11} {'score':>6}")
    for module in [*sorted({module for module, _ in counts}), "all"]:
        killed, survived, same = (
            sum(number for (name, what), number in counts.items() if module in {name, "all"} and what == outcome)
            for outcome in ("killed", "survived", "equivalent")
        )
        score = f"{100 * killed / (killed + survived):.0f} %" if killed + survived else ""
        print(f"{module:34} {killed:7} {survived:9} {same:11} {score:>6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help="words that the path of a module holds, such as engine/words")
    parser.add_argument("--share", type=float, default=SHARE, help="how many of the places are tried")
    parser.add_argument("--near", action="store_true", help="only the tests of the module and its room")
    parser.add_argument("--keep", type=Path, help="a file of results; what is in it already is not tried again")
    parser.add_argument("--again", action="store_true", help="try those again that survived, after adding tests")
    args = parser.parse_args()
    kept = args.keep and args.keep.resolve()
    before = {tuple(key): outcome for key, outcome in (json.loads(kept.read_text()) if kept and kept.exists() else [])}
    same, results = equivalents(), {}
    with tempfile.TemporaryDirectory() as folder:
        copy(Path(folder))
        paths = [path for room in ("engine", "knowledge") for path in (PACKAGE / room).rglob("*.py")]
        chosen = [path for path in paths if not args.modules or any(word in str(path) for word in args.modules)]
        # Faultless source passes, or nothing below means anything.
        for tests in sorted({tests for path in chosen for tests in stages(path, wide=False)}):
            outcome, said = run_tests(command(tests), 4 * SECONDS)
            if outcome.value != "survived":
                sys.exit(f"{tests} fails without a fault:\n{said}")
        for fault in drawn(chosen, args.share):
            key = difference(fault)
            if key in same:
                results[key] = "equivalent"
            elif before.get(key) == "killed" or (before.get(key) == "survived" and not args.again):
                results[key] = before[key]
            else:
                results[key] = "survived" if survives(fault, not args.near) else "killed"
            print(f"{results[key]:10} {key[0]}:{fault.start_pos[0]}", flush=True)
            if results[key] == "survived":
                print(f"    - {key[1]}\n    + {key[2]}", flush=True)
            if kept:
                kept.write_text(json.dumps(list((before | results).items())))
    table(results)


if __name__ == "__main__":
    main()
