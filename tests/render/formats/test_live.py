"""The list that follows the reader: the same order and the same scores as the command would give."""

import html as html_text
import itertools
import json
import re

import pytest

from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.words.certainty import sure
from insitu_advisor.engine.words.sentences import route_name
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA
from insitu_advisor.render.formats import html, markdown
from insitu_advisor.render.pages import report
from insitu_advisor.render.pages.live import live
from render.formats.drawing import BROWSER, browse

QUESTIONS = {
    "silicon": {"anode": "silicon", "ion": "Li", "targets": ("fracture", "sei-composition=2"), "c_rate": "C/10"},
    "limits": {
        "anode": "alloy",
        "ion": "K",
        "facilities": ("core-facility",),
        "budget": "high",
        "weights": ("frugal",),
    },
    "open": {"budget": "unlimited"},
}
WEIGHTS = [weights for weights in itertools.product((0, 20, 88), (0, 30), (0, 4, 90), (3, 40)) if sum(weights)]
LIMITS = (
    (None, None, None), (1, None, None), (None, 1, None), (2, 2, None),
    (None, None, ("potentiostat", "ftir", "lab-xrd", "raman")), (None, None, ()),
    (0, 2, ("synchrotron", "raman-kerr", "tem-holder", "raman")),
)  # fmt: skip
# Moves every slider, limit and box to each case in turn and writes down the list.
MOVE = """addEventListener("load", () => {
  const frames = [...document.querySelectorAll("iframe")];
  const all = frames.map((frame) => {
    const page = frame.contentDocument, tell = (one, what) => one.dispatchEvent(new frame.contentWindow.Event(what));
    const rows = () => [...page.querySelectorAll("#live tbody tr[data-option]")].map((row) =>
      [row.dataset.option, row.cells[0].textContent, row.cells[1].textContent, row.cells[2].textContent,
       Number(row.dataset.score)]);
    const first = rows();
    const moved = CASES.map(([weights, [cost, preparation, have]]) => {
      Object.entries(weights).forEach(([name, weight]) => {
        const slider = page.querySelector(`input[type=range][name="${name}"]`);
        if (slider) { slider.value = weight; tell(slider, "input"); }
      });
      Object.entries({ cost, preparation }).forEach(([name, limit]) => {
        const list = page.querySelector(`select[name="${name}"]`);
        list.value = limit ?? ""; tell(list, "change");
      });
      page.querySelectorAll(".ticks input").forEach((box) => {
        const wanted = have === null || have.includes(box.name);
        if (box.checked !== wanted) { box.checked = wanted; tell(box, "change"); }
      });
      return rows();
    });
    [...page.querySelectorAll("#live button")].find((one) => one.textContent === BACK).click();
    const shown = [...page.querySelectorAll("[data-live]")].every((one) => !one.hidden);
    return { first, moved, back: rows(), shown, sliders: page.querySelectorAll("input[type=range]").length };
  });
  document.body.innerHTML = "<pre></pre>";
  document.querySelector("pre").textContent = JSON.stringify(all);
});"""


def _answer(kb, name):
    advice = recommend(ask(kb, **QUESTIONS[name]), kb)
    return advice, certify(advice, 200)


def _page(kb, name):
    advice, certificate = _answer(kb, name)
    return html.render(report.page(advice, certificate, form="html"), kb)


def _rows(advice):
    """The list as the command gives it: option, rank, how it is carried out, printed score, exact score."""
    return [
        [one.id, str(one.rank), route_name(one.route), f"{one.score:.0f}", pytest.approx(one.score, abs=1e-9)]
        for one in advice.ranking
    ]


CASES = [(dict(zip(CRITERIA, weights, strict=True)), limits) for weights in WEIGHTS for limits in LIMITS]


@pytest.fixture(scope="module")
def moved(kb, tmp_path_factory):
    """What the page of each question lists at first, in every case, and after going back."""
    folder = tmp_path_factory.mktemp("live")
    frames = "".join(f'<iframe srcdoc="{html_text.escape(_page(kb, name))}"></iframe>' for name in QUESTIONS)
    back = report.words.LIVE["back"]
    script = f"<script>const CASES = {json.dumps(CASES)}, BACK = {json.dumps(back)}; {MOVE}</script>"
    source = folder / "moving.html"
    source.write_text(f'<!doctype html><meta charset="utf-8">{frames}{script}', encoding="utf-8")
    dom = browse(folder, "--virtual-time-budget=60000", "--dump-dom", source.as_uri())
    found = json.loads(html_text.unescape(re.search(r"<pre>(.*?)</pre>", dom, re.S)[1]))
    return dict(zip(QUESTIONS, found, strict=True))


in_a_browser = pytest.mark.skipif(BROWSER is None, reason="no Chromium here, so no picture of the page was looked at")


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_starts_and_comes_back_to_the_report(kb, moved, name):
    """The list is that of the report at first, and again after going back; the section shows itself."""
    advice, _ = _answer(kb, name)
    assert moved[name]["shown"]
    assert _rows(advice) == moved[name]["first"] == moved[name]["back"]


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_follows_weights_and_limits(kb, moved, name):
    """Over a grid of weights and limits the list is what the command answers: same order, same ways, same scores."""
    asked = {key: value for key, value in QUESTIONS[name].items() if key not in {"facilities", "weights"}}
    taking_part = _taking_part(kb, name)
    for (weights, (cost, preparation, have)), rows in zip(CASES, moved[name]["moved"], strict=True):
        words = dict(asked, weights=tuple(f"{key}={weight}" for key, weight in weights.items()))
        if asked.get("budget") != "unlimited" or cost is not None:
            words["budget"] = None if cost is None else TIERS[cost]
        if asked.get("budget") == "unlimited" and cost is not None:
            # A limit does not bring back a criterion that the report left out.
            words["weights"] = tuple(word for word in words["weights"] if not word.startswith("cost"))
            words["weights"] += ("cost=0",)
        if not any(weight for key, weight in weights.items() if key in taking_part):
            continue
        if have == ():
            assert [] == rows
            continue
        question = ask(kb, **words, max_preparation=preparation if preparation is None else TIERS[preparation],
                       facilities=have or ())  # fmt: skip
        assert _rows(recommend(question, kb)) == rows, (weights, cost, preparation, have)


def _taking_part(kb, name):
    advice, certificate = _answer(kb, name)
    return [criterion["id"] for criterion in live(advice, certificate).data["criteria"]]


@in_a_browser
@pytest.mark.slow
@pytest.mark.parametrize("name", QUESTIONS)
def test_one_slider_for_each_criterion_that_takes_part(kb, moved, name):
    """A criterion that the question leaves out has no slider."""
    assert len(_taking_part(kb, name)) == moved[name]["sliders"]
    assert ("cost" in _taking_part(kb, name)) == (name != "open")


def test_says_whose_certainty_it_is(kb):
    """Beside the list the word of certainty is that of the report, and it says so."""
    advice, certificate = _answer(kb, "silicon")
    told = live(advice, certificate).data["certainty"]
    assert sure(advice, certificate) in told
    assert "does not change with the list" in told


def test_without_a_script_the_page_is_the_report(kb):
    """What the script fills is hidden until it does, and stands in no other format."""
    page = _page(kb, "silicon")
    (section,) = re.findall(r"<section [^>]*class=\"live\"[^>]*>", page)
    assert " hidden" in section
    assert all(" hidden" in item for item in re.findall(r"<li[^>]*data-live[^>]*>", page))
    advice, certificate = _answer(kb, "silicon")
    assert report.words.LIVE["title"] not in markdown.render(report.page(advice, certificate), kb)


def test_data_cannot_end_their_element(kb):
    """Nothing in the data closes the element they stand in."""
    page = _page(kb, "silicon")
    (data,) = re.findall(r'<script type="application/json" id="live-data">(.*?)</script>', page, re.S)
    assert "<" not in data
    assert set(kb.options) == {option["id"] for option in json.loads(data)["options"]}
