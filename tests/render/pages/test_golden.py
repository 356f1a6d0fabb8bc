"""Three whole reports.

`UPDATE_GOLDEN=1 python -m pytest tests/render/pages/test_golden.py` writes them anew.
"""

import difflib
import os
import re
from pathlib import Path

import pytest

from insitu_advisor import ask, certify, recommend
from insitu_advisor.render.formats import markdown
from insitu_advisor.render.pages import report

GOLDEN = Path(__file__).resolve().parent.parent.parent / "golden"
QUESTIONS = {
    "potassium-antimony": {"anode": "antimony", "ion": "K"},
    "sodium-hard-carbon-pore-filling": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",)},
    "lithium-silicon-fracture-sei": {"anode": "silicon", "ion": "Li", "targets": ("fracture", "sei-composition")},
}
MOST_SHOWN = 60


def _report(kb, name):
    """The report of a question as `insitu-advisor report` writes it, but for what grows with the knowledge.

    Left out are its version and hash, how many studies were counted, and the list of references.
    """
    advice = recommend(ask(kb, **QUESTIONS[name]), kb)
    text = markdown.render(report.page(advice, certify(advice)), kb)
    text = text.replace(kb.sha256, "(hash)").replace(kb.about.version, "(version)")
    text = re.sub(r"\b(\d+|none) of our \d+ studies", "(count) of our studies", text)
    return re.sub(r"(?<=## References\n\n).*?(?=\n## )", "(references)\n", text, flags=re.S).encode()


def _difference(kept, now):
    """Changed lines, the first sixty of them."""
    lines = difflib.unified_diff(kept.decode().splitlines(), now.decode().splitlines(), "kept", "now", lineterm="", n=1)
    shown = list(lines)
    rest = [f"... and {len(shown) - MOST_SHOWN} more lines"] if len(shown) > MOST_SHOWN else []
    return "\n".join([*shown[:MOST_SHOWN], *rest])


@pytest.mark.parametrize("name", QUESTIONS)
def test_report_is_as_it_was(kb, name):
    """A report changes only on purpose; read the difference, then write it anew with UPDATE_GOLDEN=1."""
    kept, now = GOLDEN / f"{name}.md", _report(kb, name)
    if os.environ.get("UPDATE_GOLDEN"):
        kept.write_bytes(now)
    before = kept.read_bytes()
    if before != now:
        pytest.fail(f"{kept.name} differs:\n{_difference(before, now)}", pytrace=False)


@pytest.mark.parametrize("name", QUESTIONS)
def test_share_is_the_same_in_sentence_and_table(name):
    """The share of trials in which the first place holds is printed alike on the first page and in the appendix."""
    text = (GOLDEN / f"{name}.md").read_text(encoding="utf-8")
    said = re.search(r"\*\*How sure:\*\* \w+: (of single techniques, )?(.*?) stays first in (\S+) of trials", text)
    if said:
        assert re.search(rf"\| {re.escape(said[2])} \|(?: \S+ \|){{{3 * bool(said[1])}}} {said[3]} \|", text)


def test_nothing_is_kept_that_is_not_compared():
    """Every kept report belongs to a question."""
    assert {f"{name}.md" for name in QUESTIONS} == {path.name for path in GOLDEN.iterdir()}


def test_difference_is_short_and_readable():
    """A difference shows the old and the new line, and says how much it leaves out."""
    told = _difference(b"# T\n\nold words\n", b"# T\n\nnew words\n")
    assert {"-old words", "+new words"} <= set(told.splitlines())
    long = _difference(b"", "\n".join(map(str, range(100))).encode())
    assert MOST_SHOWN + 1 == len(long.splitlines())
    assert "... and 43 more lines" == long.splitlines()[-1]
