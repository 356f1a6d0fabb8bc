"""Running the command, in this process or in one of its own."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from typer.testing import CliRunner, Result

from cli.nursery import Stream, nursery
from insitu_advisor.cli.main import build

Case = TypeVar("Case")
Seen = TypeVar("Seen")

TALKATIVE = (
    "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "CLICOLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE", "TTY_INTERACTIVE",
    "GITHUB_ACTIONS", "COLUMNS", "LINES", "TERM", "TERMINAL_WIDTH", "SOURCE_DATE_EPOCH", "INSITU_ADVISOR_DEBUG",
    "PYTHONIOENCODING", "PYTHONUTF8",
)  # fmt: skip
ESCAPE = "\x1b"
NO_TERMINAL = "no terminal of POSIX here, so nothing was shown on one"


def invoke(*words: str, env: Mapping[str, str | None] | None = None) -> Result:
    """What the command line answers, without a process of its own."""
    return CliRunner(env=dict.fromkeys(TALKATIVE) | dict(env or {})).invoke(build(words), list(words))


def environment(env: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """The environment of this process without what steers a terminal, with these changes; None takes one away."""
    changed = {key: value for key, value in os.environ.items() if key not in TALKATIVE} | dict(env or {})
    return {key: value for key, value in changed.items() if value is not None}


def run(
    *words: str, env: Mapping[str, str | None] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """What the command answers in a process of its own, its output piped."""
    command = [sys.executable, "-m", "insitu_advisor", *words]
    return subprocess.run(command, capture_output=True, env=environment(env), cwd=cwd, check=False, timeout=60)


def forked(
    *words: str, env: Mapping[str, str | None] | None = None, streams: Mapping[int, Stream] | None = None, **more: Any
) -> subprocess.CompletedProcess[bytes]:
    """As `run`, in a process forked from one that has the program loaded: for whatever does not depend on the start."""
    if os.name != "posix" and streams is None and "program" not in more:
        return run(*words, env=env, **more)
    return nursery().run(*words, env=environment(env), streams=streams, **more)


def python(program: str, *, env: Mapping[str, str | None] | None = None) -> subprocess.CompletedProcess[bytes]:
    """What a short program prints."""
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, env=environment(env), check=False, timeout=60)


def each(see: Callable[[Case], Seen], cases: Iterable[Case]) -> dict[Case, Seen]:
    """What is seen in each case, the processes of several cases side by side."""
    listed = list(cases)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        return dict(zip(listed, pool.map(see, listed), strict=True))
