"""Files of a user as the loader meets them, and what it complains about."""

import textwrap
from functools import cache
from pathlib import Path

import pytest

from insitu_advisor.knowledge import yaml_file
from insitu_advisor.knowledge.errors import KnowledgeError, Problem
from insitu_advisor.knowledge.loader import FILES, Page, build, data_folder

MARK = "# fault"


@cache
def shipped_pages() -> tuple[Page, ...]:
    """The shipped files, as the loader reads them."""
    return tuple(page_of(data_folder() / f"{name}.yaml") for name in FILES)


def page_of(path: Path) -> Page:
    """One file, read and parsed as a user's own."""
    text = yaml_file.read_text(path)
    return Page(path, text, yaml_file.parse(text, path))


def problems_of(path: Path) -> tuple[Problem, ...]:
    """What laying this file over the shipped base complains about."""
    with pytest.raises(KnowledgeError) as caught:
        build([*shipped_pages(), page_of(path)])
    return caught.value.problems


def problem_with(tmp_path: Path, text: str) -> tuple[Problem, int]:
    """The only complaint about an overlay, and the line that bears the mark."""
    path = tmp_path / "own.yaml"
    text = textwrap.dedent(text).lstrip("\n")
    path.write_text(text, encoding="utf-8")
    (problem,) = problems_of(path)
    assert str(path) == problem.file
    (marked,) = (number for number, line in enumerate(text.splitlines(), 1) if line.rstrip().endswith(MARK))
    return problem, marked


def line_after(text: str, *starts: str) -> int:
    """Number of the line reached by looking for lines that start with each word in turn."""
    lines = iter(enumerate(text.splitlines(), 1))
    for start in starts:
        number = next(number for number, line in lines if line.strip().startswith(start))
    return number


def without(text: str, *starts: str) -> str:
    """A shipped text with one entry, found as by `line_after`, cut out."""
    lines = text.splitlines(keepends=True)
    first = line_after(text, *starts) - 1
    indent = len(lines[first]) - len(lines[first].lstrip())
    last = first + 1
    while last < len(lines) and (not lines[last].strip() or len(lines[last]) - len(lines[last].lstrip()) > indent):
        last += 1
    return "".join(lines[:first] + lines[last:])


def assert_named(tmp_path: Path, text: str, words: str) -> None:
    """The one fault of an overlay gives one complaint, at the marked line, with these words."""
    problem, marked = problem_with(tmp_path, text)
    assert words in problem.what
    assert marked == problem.line
