"""Text that documents quote from the program: `python tests/generated.py` writes it into them."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from command_reference import command_reference
from docs.sessions import PAGES, play
from insitu_advisor import ask, certify, load_knowledge_base, recommend
from insitu_advisor.knowledge.loader import RELEASED
from insitu_advisor.render.formats import text
from insitu_advisor.render.pages import recommend as recommendation

ROOT = Path(__file__).resolve().parent.parent


def recommend_output() -> str:
    """The answer to the README's first command on a terminal 80 columns wide."""
    kb = load_knowledge_base()
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    return f"```text\n{text.render(recommendation.page(advice, certify(advice)), kb, 80).rstrip()}\n```"


def published_choices() -> str:
    """The summary of the benchmark of published choices."""
    command = [sys.executable, str(ROOT / "benchmarks" / "published_choices.py"), "--markdown"]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()


def released() -> str:
    """The hash of the shipped files. They are read to the end first, so it is that of files that hold together."""
    return f"{load_knowledge_base().sha256}\n"


WHOLE: dict[str, Callable[[], str]] = {"docs/cli.md": command_reference, f"data/{RELEASED}": released}

QUOTES: dict[str, tuple[str, Callable[[], str]]] = {
    "recommend": ("README.md", recommend_output),
    "published-choices": ("docs/method.md", published_choices),
}


def quoted(name: str) -> tuple[str, str]:
    """What a document quotes now, and what it should quote."""
    path, make = QUOTES[name]
    found = re.search(_pattern(name), (ROOT / path).read_text(encoding="utf-8"))
    return found[1].strip() if found else "", make()


def write(name: str) -> None:
    """Bring one quotation up to date."""
    path, make = QUOTES[name]
    text = (ROOT / path).read_text(encoding="utf-8")
    block = f"<!-- {name} -->\n\n{make()}\n\n<!-- /{name} -->"
    (ROOT / path).write_text(re.sub(_pattern(name), lambda _: block, text), encoding="utf-8")


def _pattern(name: str) -> str:
    return rf"(?s)<!-- {name} -->(.*?)<!-- /{name} -->"


if __name__ == "__main__":
    for quote in QUOTES:
        write(quote)
    for path, make in WHOLE.items():
        (ROOT / path).write_text(make(), encoding="utf-8")
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            played = play((ROOT / page).read_text(encoding="utf-8"), Path(folder))
        (ROOT / page).write_text(played.text, encoding="utf-8")
        print(*played.faults, sep="\n", end="\n" * bool(played.faults))
