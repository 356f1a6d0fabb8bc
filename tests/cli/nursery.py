"""Processes of the program that are forked from one in which it is loaded, since loading it takes most of a run.

Each is a process of its own, with streams, signals and an exit code of its own. What it cannot show is how Python
starts: what is loaded when, the seed of its hashes, an encoding named in the environment. `running.run` shows that.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

MAIN = "from insitu_advisor.cli.main import main\nmain()\n"
# What the program loads while it works.
LOADED = ("rich.console", "rich.table", "rich.text", "yaml", "hashlib", "shutil", "textwrap", "tempfile")
CLOSED = None
# A child that takes longer is ended, and shows it in its exit code.
MOST_SECONDS = 60
MODES = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
Stream = str | None


class Nursery:
    """A process that waits to be told what to run, and has a child do it."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def run(
        self,
        *words: str,
        env: Mapping[str, str],
        cwd: Path | None = None,
        program: str = MAIN,
        streams: Mapping[int, Stream] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """What a program does with these words; `streams` are files by number, None is closed, others are piped."""
        with tempfile.TemporaryDirectory() as folder, self._turn:
            files = {0: os.devnull, 1: f"{folder}/out", 2: f"{folder}/err", **(streams or {})}
            order = {"words": words, "env": dict(env), "cwd": str(cwd or Path.cwd()), "program": program}
            self._tell(order | {"streams": [files[number] for number in range(3)]})
            code = json.loads(self._process.stdout.readline())  # type: ignore[union-attr]
            shown = [Path(folder, name) for name in ("out", "err")]
            said = [path.read_bytes() if path.exists() else b"" for path in shown]
        return subprocess.CompletedProcess(words, code, *said)

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _tell(self, order: Mapping[str, Any]) -> None:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(f"{json.dumps(order)}\n")
        stdin.flush()


@cache
def nursery() -> Nursery:
    """The one of this test run."""
    return Nursery()


def close() -> None:
    """End it, if it was ever there."""
    if nursery.cache_info().currsize:
        nursery().close()
        nursery.cache_clear()


def _serve() -> str:
    """Fork for every order; the child comes back with the program it has to run."""
    for name in (*LOADED, *_modules()):
        import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            return _born(order)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    os._exit(0)


def _modules() -> list[str]:
    found = walk_packages(import_module("insitu_advisor").__path__, "insitu_advisor.")
    return [module.name for module in found if not module.name.endswith("__main__")]


def _born(order: Mapping[str, Any]) -> str:
    """Become what Python is when it has just been started so."""
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["cwd"])
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.alarm(MOST_SECONDS)
    sys.argv = ["insitu-advisor", *order["words"]]
    names = ("stdin", "stdout", "stderr")
    for number, path in enumerate(order["streams"]):
        os.close(number)
        if path is not CLOSED:
            _opened(number, path)
    for number, (name, path) in enumerate(zip(names, order["streams"], strict=True)):
        stream = None
        if path is not CLOSED:
            errors = "backslashreplace" if name == "stderr" else "strict"
            stream = open(number, "w" if number else "r", encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    return str(order["program"])


def _opened(number: int, path: str) -> None:
    handle = os.open(path, os.O_RDWR | os.O_NOCTTY if Path(path).is_char_device() else MODES[number])
    if handle != number:
        os.dup2(handle, number)
        os.close(handle)
    os.set_inheritable(number, True)


if __name__ == "__main__":
    exec(_serve(), {"__name__": "__main__"})
