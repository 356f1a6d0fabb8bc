"""How long a file full of faults is complained about, and how much memory that takes.

Run with `python benchmarks/faults.py`; every line is a process of its own, so that no peak of memory hides another.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

# Each kind of fault, `count` times in a file: knowledge unless it begins with `lab`.
KINDS: Mapping[str, Callable[[int], str]] = {
    "unknown sections": lambda count: "".join(f"section{n}: 1\n" for n in range(count)),
    "wrong kinds": lambda count: "traits:\n" + "".join(f"  t{n}: 1\n" for n in range(count)),
    "bad ids": lambda count: "traits:\n" + "".join(f"  T_{n}: Soft.\n" for n in range(count)),
    "unknown fields": lambda count: "techniques:\n  xrd:\n" + "".join(f"    feild{n}: 1\n" for n in range(count)),
    "unknown goals": lambda count: (
        "techniques:\n  xrd:\n    information:\n"
        + "".join(f"      word{n}: {{rating: 1, sees: A little.}}\n" for n in range(count))
    ),
    "unknown techniques": lambda count: (
        "rules:\n"
        + "".join(f"  r{n}: {{kind: caution, technique: xdr{n}, sentence: Mind the gap.}}\n" for n in range(count))
    ),
    "unknown references": lambda count: (
        "techniques:\n  xrd:\n    cost:\n      tier: low\n      says: Cheap.\n      basis: literature\n"
        f"      sources: [{', '.join(f'nobody{n}' for n in range(count))}]\n"
    ),
    "shared words": lambda count: (
        "materials:\n" + "".join(f"  m{n}: {{name: alike, type: alloy, because: It is.}}\n" for n in range(count))
    ),
    "phrases of two": lambda count: (
        "lexicon:\n"
        + "".join(f"  own{n}: {{kind: target, means: [fracture], phrases: [strain]}}\n" for n in range(count))
    ),
    "new goals": lambda count: (
        "targets:\n" + "".join(f"  g{n}: {{name: goal {n}, definition: One.}}\n" for n in range(max(1, count // 8)))
    ),
    "lab: unknown instruments": lambda count: (
        "name: Ours\ninstruments:\n" + "".join(f"  ramann{n}: {{access: owned}}\n" for n in range(count))
    ),
    "lab: wrong words": lambda count: (
        "name: Ours\ninstruments:\n" + "".join(f"  i{n}: {{access: rented}}\n" for n in range(count))
    ),
}
PROGRAM = """
import resource, sys, time
from insitu_advisor.knowledge.errors import KnowledgeError
from insitu_advisor.knowledge.loader import load_knowledge_base
from insitu_advisor.lab.finding import find
kb = load_knowledge_base()
kind, path = sys.argv[1:]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
start = time.perf_counter()
try:
    find(kb, path) if kind.startswith("lab") else load_knowledge_base(path)
except KnowledgeError as error:
    took = time.perf_counter() - start
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(took, more // 1024, len(error.problems), error.more, len(str(error)))
"""


def measured(kind: str, count: int, folder: Path) -> tuple[float, int, int, int, int]:
    """Seconds, additional MB, faults told, faults counted, and letters of the message; all zero where none is found."""
    path = folder / "own.yaml"
    path.write_text(KINDS[kind](count), encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", PROGRAM, kind, str(path)], capture_output=True, text=True, check=True)
    took, *rest = done.stdout.split() or [0.0, 0, 0, 0, 0]
    return float(took), *map(int, rest)  # type: ignore[return-value]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    print(f"{'faults':26} {'count':>8} {'seconds':>8} {'MB more':>8} {'told':>5} {'counted':>8} {'letters':>8}")
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            for count in parser.parse_args().counts:
                took, memory, told, more, letters = measured(kind, count, Path(folder))
                print(f"{kind:26} {count:8,} {took:8.2f} {memory:8,} {told:5} {more:8,} {letters:8,}", flush=True)
    print(f"{time.perf_counter() - started:.0f} s in all")


if __name__ == "__main__":
    main()
