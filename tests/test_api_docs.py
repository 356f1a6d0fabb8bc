"""The page on the Python API is true: each example runs and prints what it shows."""

import doctest
import re

import pytest

import insitu_advisor
from generated import ROOT
from insitu_advisor import render

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.M | re.S)


def _failures(text):
    """What a reader who typed these examples would see otherwise, as doctest puts it."""
    told = []
    test = doctest.DocTestParser().get_doctest(text, {"__name__": "__main__"}, "docs/api.md", "docs/api.md", 0)
    doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    return "".join(told)


def test_examples_print_what_they_show():
    """The examples run one after the other in one session, with exactly the output shown."""
    assert "" == _failures("\n".join(BLOCKS))


def test_wrong_output_is_noticed():
    """The check above can fail: an answer that is not given is reported."""
    assert "Got:" in _failures(">>> 1 + 1\n3\n")


def test_every_block_is_an_example():
    """Each Python block holds examples, and each ends in an empty line so that no fence passes for output."""
    assert len(BLOCKS) == PAGE.count("```python")
    assert all(block.startswith(">>> ") and block.endswith("\n\n") for block in BLOCKS)


@pytest.mark.parametrize("name", [name for name in insitu_advisor.__all__ if name[0].islower()])
def test_every_public_function_is_shown(name):
    """Each public function is imported on the page and called there."""
    code = "\n".join(BLOCKS)
    assert re.search(rf"from insitu_advisor import .*\b{name}\b", code)
    assert f"{name}(" in code


@pytest.mark.parametrize("module", sorted(set(re.findall(r"`(\w+)\.(?:page|render)`", PAGE))))
def test_named_renderers_exist(module):
    """Renderers that are named outside of the examples exist with that function."""
    assert {"page", "render"} & set(dir(getattr(render, module)))


def test_every_keyword_of_ask_is_named():
    """The words a question takes are all listed."""
    listed = PAGE[PAGE.index("`ask` takes") : PAGE.index("Aliases are understood")]
    keywords = set(insitu_advisor.ask.__kwdefaults__)
    assert keywords <= set(re.findall(r"`(\w+)`", listed))
