"""An answer shows itself in a notebook."""

import re
import subprocess
import sys

import pytest
from IPython.core.interactiveshell import InteractiveShell

from insitu_advisor import ask, load_knowledge_base, recommend

FIRST_USE = """
from insitu_advisor import recommend
from insitu_advisor import ask, load_knowledge_base
kb = load_knowledge_base()
print(recommend(ask(kb, anode="alloy", ion="K"), kb)._repr_html_())
"""


@pytest.fixture(scope="module")
def formatter():
    """What a notebook asks for the forms of a result."""
    yield InteractiveShell.instance().display_formatter
    InteractiveShell.clear_instance()


def test_answer_is_a_fragment(kb):
    """The fragment is the first screen: its first line, what to do, the first options; no head or style of a page."""
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    shown = advice._repr_html_()
    assert shown.startswith('<p class="lead">')
    assert "<dt>DO</dt>" in shown
    names = re.findall(r'<td class="left" data-label="">(.*?)</td>', shown)
    assert 1 <= len(names) <= 5
    assert all(name.startswith(kb.name(o.id)[:3]) for name, o in zip(names, advice.ranking, strict=False))
    tags = ("<!doctype", "<html", "<head", "<body", "<style", "<script", "<meta", "<section", "<nav")
    assert not [tag for tag in tags if tag in shown]


def test_importing_recommend_is_enough():
    """In a fresh process the one name that is imported makes the answer show itself."""
    done = subprocess.run([sys.executable, "-c", FIRST_USE], capture_output=True, check=True, text=True, timeout=60)
    assert done.stdout.startswith('<p class="lead">')
    assert done.stderr == ""


def test_own_words_are_escaped(tmp_path):
    """Markup in a user's own knowledge file stays text."""
    own = tmp_path / "own.yaml"
    own.write_text("techniques:\n  xrd:\n    short: '<script>alert(1)</script> & \"q\"'\n", encoding="utf-8")
    kb = load_knowledge_base(own)
    shown = recommend(ask(kb, anode="alloy", ion="Li"), kb)._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;q&quot;" in shown


def test_answer_without_ranking_has_no_table(kb):
    """Where nothing passes, the fragment says so and what would answer."""
    shown = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)._repr_html_()
    assert "Nothing within your limits" in shown
    assert "--facility lab-xrd" in shown
    assert "<table" not in shown


def test_notebook_picks_the_fragment(kb, formatter):
    """The formatter of IPython takes the HTML form beside the plain one."""
    advice = recommend(ask(kb, anode="antimony", ion="K"), kb)
    forms, _ = formatter.format(advice, include={"text/plain", "text/html"})
    assert advice._repr_html_() == forms["text/html"]


def test_plain_form_is_short(kb, formatter):
    """A notebook keeps the plain form beside the fragment, and a prompt prints it: it fits a screen."""
    advice = recommend(ask(kb, anode="antimony", ion="K"), kb)
    assert len(formatter.format(advice, include={"text/plain"})[0]["text/plain"]) < 2000
    assert len(repr(advice)) < 2000
