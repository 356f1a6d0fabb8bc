"""The commands that documents show, run in the order of the page: `python tests/generated.py` renews their output.

A page may hold
- files: `<!-- file: lab.yaml -->`, and the text of the file in the fence below it;
- sessions: a fence `console` with one `$ insitu-advisor ...` and what it prints on a terminal 80 columns wide. Above it
  may be `<!-- exit 4 -->` where it does not end well, and `<!-- lines 1-12 -->` where only these are shown;
- commands: a fence `sh`; each line that starts with `insitu-advisor` has to end well.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

from cli.running import invoke
from insitu_advisor.render.formats import text

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 80
PROGRAM = "insitu-advisor"
# Pages that other tests compare with the program.
ELSEWHERE = frozenset({"api.md", "cli.md", "own-knowledge.md"})
PAGES = (
    "README.md",
    *sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "docs").rglob("*.md")
        if path.relative_to(ROOT / "docs").as_posix() not in ELSEWHERE
    ),
)
_STEP = re.compile(
    r"^<!-- file: (?P<file>\S+) -->\n```\w*\n(?P<content>(?:.*\n)*?)```$"
    r"|(?:^<!-- exit (?P<exit>\d) -->\n)?(?:^<!-- lines (?P<first>\d+)-(?P<last>\d+) -->\n)?"
    r"^```console\n\$ (?P<session>.*)\n(?P<printed>(?:.*\n)*?)```$"
    r"|^```sh\n(?P<commands>(?:.*\n)*?)```$",
    re.MULTILINE,
)


@dataclass(slots=True)
class Played:
    """A page played through: its text with what was really printed, what was run, and what ended otherwise."""

    text: str
    run: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def play(page: str, folder: Path) -> Played:
    """Write the files and run the commands of a page, one after the other, in an empty folder."""
    played = Played(page)
    with contextlib.chdir(folder), _on_a_terminal():
        played.text = _STEP.sub(lambda step: _step(step, played), page)
    return played


def _step(step: re.Match[str], played: Played) -> str:
    if step["file"]:
        Path(step["file"]).write_text(step["content"], encoding="utf-8")
    elif step["session"]:
        printed = _shown(_run(step["session"], int(step["exit"] or 0), played), step["first"], step["last"])
        start, end = (place - step.start() for place in step.span("printed"))
        return f"{step[0][:start]}{printed}{step[0][end:]}"
    else:
        for line in step["commands"].splitlines():
            if line.startswith(f"{PROGRAM} "):
                _run(line, 0, played)
    return step[0]


def _run(line: str, expected: int, played: Played) -> str:
    program, *words = shlex.split(line, comments=True)
    assert program == PROGRAM, line
    home = {"XDG_CONFIG_HOME": "config", "INSITU_ADVISOR_LAB": None, "COLUMNS": str(WIDTH)}
    done = invoke(*words, env=home)
    played.run.append(line)
    if done.exit_code != expected:
        played.faults.append(f"{line}\n  ended with {done.exit_code} instead of {expected}:\n{done.output}")
    return "\n".join(row.rstrip() for row in done.output.splitlines())


def _shown(printed: str, first: str | None, last: str | None) -> str:
    rows = printed.splitlines()
    if first is None or last is None:
        return "".join(f"{row}\n" for row in rows)
    start, end = int(first) - 1, int(last)
    above, below = ["..."] * (start > 0), ["..."] * (end < len(rows))
    return "".join(f"{row}\n" for row in (*above, *rows[start:end], *below))


@contextlib.contextmanager
def _on_a_terminal() -> Iterator[None]:
    plain = text.render
    with mock.patch.object(text, "render", lambda document, kb, width=None: plain(document, kb, width or WIDTH)):
        yield
