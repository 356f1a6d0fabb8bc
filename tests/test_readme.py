"""The README and the documents say what the program does."""

from __future__ import annotations

import pytest

from generated import QUOTES, ROOT, WHOLE, quoted
from readme_command import set_up_commands


@pytest.mark.parametrize("name", QUOTES)
def test_quoted_output_is_real(name: str) -> None:
    """What a document quotes is what the program prints; `python tests/generated.py` brings it up to date."""
    now, real = quoted(name)
    assert real == now


@pytest.mark.parametrize("path", WHOLE)
def test_generated_page_is_current(path: str) -> None:
    """A page made from the program is as the program makes it now; `python tests/generated.py` writes it."""
    assert WHOLE[path]() == (ROOT / path).read_text(encoding="utf-8")


def test_first_command_stands_near_the_top() -> None:
    """The first command is within the first twelve lines of the README."""
    head = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:12]
    assert set_up_commands()["run"] in head


def test_two_commands_do_all_the_set_up() -> None:
    """One command shows an answer and one runs the tests, each in an environment it makes itself."""
    assert {"run", "test"} == set(set_up_commands())
    assert all(command.startswith("python3 -m venv .venv && ") for command in set_up_commands().values())


def test_links_lead_somewhere() -> None:
    """Every relative link of the README names a file that exists."""
    import re

    links = re.findall(r"\]\((?!https?://)([^)#]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert links
    assert [] == [link for link in links if not (ROOT / link).exists()]
