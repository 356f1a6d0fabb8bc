"""The report: two pages to act on, then an appendix; no sentence twice, and only what the answer says."""

import itertools
import re
from collections import Counter

import pytest

from insitu_advisor import ask, certify, plan, recommend
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.pace import own_clock
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.words import report as words
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.brief import brief
from insitu_advisor.engine.words.matrix import sign
from insitu_advisor.render.pages import report
from insitu_advisor.render.pages.document import Bullets, CitedTable, Heading, Labelled, Live, Paragraph, Picture, Table

QUESTIONS = {
    "potassium": {"anode": "antimony", "ion": "K"},
    "pores": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",), "c_rate": "C/10"},
    "cracks": {
        "anode": "silicon", "ion": "Li", "targets": ("fracture", "sei-composition=2"), "scale": "electrode",
        "facilities": ("department",), "c_rate": "1C",
    },
    "many": {
        "anode": "graphite", "ion": "K",
        "targets": ("crystalline-phase", "sei-composition", "sei-growth", "ion-diffusion", "gas-evolution",
        "metal-plating", "heterogeneity"),
    },
    "open": {},
    "nothing": {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)},
}  # fmt: skip
FIRST_PAGES = (
    "Your goals and the first options", "The experiments, one by one", "Pitfalls, and how to check",
    "Before you start with", "Nearest published studies", "Why not the others",
)  # fmt: skip


@pytest.fixture(scope="module", params=QUESTIONS)
def made(request, kb):
    """Advice, certificate and report of each question."""
    advice = recommend(ask(kb, **QUESTIONS[request.param]), kb)
    certificate = certify(advice, 200)
    return advice, certificate, report.page(advice, certificate)


def _sections(page):
    """The blocks below each heading of the second level."""
    found = {"": []}
    for block in page.blocks:
        if isinstance(block, Heading) and block.level == 2:
            found[block.text] = []
        else:
            found[next(reversed(found))].append(block)
    return found


def _section(page, start):
    return next((blocks for name, blocks in _sections(page).items() if name.startswith(start)), [])


def _box(page):
    boxes = [block for block in _section(page, "") if isinstance(block, Labelled)]
    return {label: item.text for box in boxes for label, item in box.items}


def _items(blocks):
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_first_pages_come_first_and_the_appendix_folded(made):
    """What to act on comes in its order and open; from the ranking on all is folded."""
    advice, _, page = made
    names = [(block.text, block.folded) for block in page.blocks if isinstance(block, Heading) and block.level == 2]
    shown = [name for name, folded in names if not folded]
    starts = [start for start in FIRST_PAGES if any(name.startswith(start) for name in shown)]
    assert [name.split(" with ")[0] for name in shown] == [start.removesuffix(" with") for start in starts]
    assert ([*FIRST_PAGES] if advice.best else ["Why not the others"]) == starts
    assert not any(folded for _, folded in names[: len(shown)])


def test_box_says_what_the_screen_says(made):
    """Do, why, what is not covered and what is outside are those of the short answer, and certainty is one word."""
    advice, certificate, page = made
    short, box = brief(advice, certificate), _box(page)
    assert (short.do, short.why) == (box["Do"], box["Why"])
    note = short.note.text if short.note else ""
    assert (short.gap, note) == (box.get("Not covered", ""), box.get("Note", ""))
    if certificate:
        assert re.match(r"(Clear|Likely|Open|Nothing|No answer)\b", box["How sure"])
        assert box["What would change it"].count(". ") <= 1


def test_question_stands_in_one_line_with_what_was_assumed(made):
    """Anode, ion, goals and what was given stand above the box, and what was assumed is named."""
    advice, _, page = made
    (line,) = [block.content.text for block in _section(page, "") if isinstance(block, Paragraph)]
    assert line == f"{words.asked_line(advice)} {words.assumed_line(advice)}".strip()
    assert all(advice.kb.targets[goal.target].name in line for goal in advice.question.targets.value if not goal.part)
    if advice.question.targets.source == "assumed":
        assert "goals" in line.split("Assumed")[1]


def test_matrix_is_that_of_the_answer(made):
    """At most six options and six goals, each sign that of the way in use, with cost and needs."""
    advice, _, page = made
    blocks = _section(page, "Your goals")
    if advice.best is None:
        assert [] == blocks
        return
    (matrix,) = blocks
    assert min(6, len(advice.ranking)) == len(matrix.rows)
    assert min(6, len(advice.goals)) + 3 == len(matrix.headers)
    for option, row in zip(advice.ranking, matrix.rows, strict=False):
        sightings = seen(option.route, advice.problem)[:6]
        assert [sign(each) for each in sightings] == list(row[1:-2])
        assert (wording.cost_word(option.route), wording.needs(advice.kb, option.route)) == row[-2:]


def test_steps_are_those_of_the_plan(made):
    """Each experiment has what it adds, its cell, its rate and what to decide afterwards."""
    advice, _, page = made
    best = plan(advice).best
    blocks = _section(page, "The experiments")
    if best is None:
        assert [] == blocks
        return
    names = [block.text for block in blocks if isinstance(block, Heading)]
    assert [f"{place}. {words.way_name(each.way)}" for place, each in enumerate(best.experiments, 1)] == names
    said = [dict(block.items) for block in blocks if isinstance(block, Labelled)]
    assert len(names) == len(said)
    for experiment, labels in zip(best.experiments, said, strict=True):
        assert {"Rate", "Then"} <= set(labels) <= {"Cell", "Rate", "Then"}
        assert words.rate_text(experiment.way, advice.problem.c_rate) == labels["Rate"].text
    assert said[-1]["Then"].text.startswith("Stop.")
    for one, follower in itertools.pairwise(names):
        assert follower.split(". ")[1] in dict(zip(names, said, strict=True))[one]["Then"].text


def test_no_sentence_is_said_twice(made):
    """Outside tables no sentence of some length comes twice, from the first word to the reproducing command."""
    told = Counter()
    for name, block in [(name, block) for name, blocks in _sections(made[2]).items() for block in blocks]:
        if name == "Why not the others":
            # Two options may be out for the same reason.
            continue
        match block:
            case Bullets():
                texts = [item.text for item in block.items]
            case Labelled():
                texts = [item.text for _, item in block.items]
            case Paragraph():
                texts = [block.content.text]
            case _:
                texts = []
        for text in texts:
            told.update(sentence for sentence in re.split(r"(?<=\.) ", text) if len(sentence) > 60)
    assert [] == [sentence for sentence, count in told.items() if count > 1]


def test_pitfalls_are_few_and_each_of_the_techniques_has_a_check(made):
    """Three to five pitfalls where there are so many, each of a technique with a check."""
    advice, _, page = made
    items = _items(_section(page, "Pitfalls"))
    assert len(items) <= 5
    assert all(" Check: " in item.text for item in items if item.strong)
    if advice.best:
        assert items


def test_checklist_is_that_of_the_first_experiment(made):
    """Only the first experiment of the plan has boxes to tick."""
    advice, _, page = made
    boxes = [block for block in page.blocks if isinstance(block, Bullets) and block.boxes]
    assert (1 if advice.best else 0) == len(boxes)
    if advice.best:
        first = plan(advice).best.experiments[0].way
        assert _section(page, f"Before you start with {words.way_name(first)}") == boxes


def test_studies_are_of_this_ion_and_type(made, kb):
    """The studies are a table with a source each, of the ion and anode type asked, none twice."""
    advice, _, page = made
    rows = [row for block in _section(page, "Nearest") if isinstance(block, CitedTable) for row in block.rows]
    assert len(rows) <= 5
    keys = [row[-1].sources for row in rows]
    assert all(keys)
    assert len(keys) == len(set(keys))
    for row in rows:
        ion = advice.question.ion.value
        assert ion is None or ion in row[2].text


def test_every_other_option_has_its_line(made):
    """Each option that is neither first nor part of the plan is named once with what it lacks."""
    advice, _, page = made
    found = plan(advice).best
    used = {way.technique_id for way in found.route.ways} if found else set()
    items = _items(_section(page, "Why not"))
    others = [o for o in advice.ranking if o is not advice.best and not used >= set(advice.kb.options[o.id])]
    assert len(others) + len(advice.excluded) == len(items)
    for option, item in zip(others, items, strict=False):
        gap = round(advice.best.score) - round(option.score)
        assert f"{wording.route_name(option.route)}:" == item.strong
        assert item.text.startswith(f"{gap} point" if gap else "As many points")


def test_points_stand_in_one_table(made):
    """One table holds the whole ranking with its points, which add up to the score, and the most there is to have."""
    advice, _, page = made
    tables = [block for block in _section(page, "Ranking and points") if isinstance(block, Table | Picture)]
    assert (1 if advice.best else 0) == len(tables)
    for table in tables:
        *rows, most = table.rows
        assert [f"{option.score:.0f}" for option in advice.ranking] == [row[2] for row in rows]
        count = len(advice.shares)
        for option, row in zip(advice.ranking, rows, strict=True):
            assert sum(map(float, row[3 : 3 + count])) == pytest.approx(option.score, abs=0.06)
        assert sum(map(float, most[3 : 3 + count])) == pytest.approx(100, abs=0.2)


def test_conflicts_are_of_this_material(kb):
    """An alloying anode hears nothing of the stages of graphite."""
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    blocks = _section(report.page(advice, None), "Where sources disagree")
    topics = [block.text for block in blocks if isinstance(block, Heading)]
    assert topics
    assert not any("graphite" in topic for topic in topics)


def test_title_author_and_date_are_those_given(kb):
    """A title takes the place of ours; author and date stand below it."""
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    page = report.page(advice, None, cover=report.Cover("Beam time", "A. Researcher", "2026-01-09"))
    assert [Heading("Beam time", 1), "A. Researcher. 2026-01-09."] == [page.blocks[0], page.blocks[1].content.text]


def test_only_a_page_that_can_compute_is_live(kb):
    """The list that follows the reader is made only where it is asked for, and not where nothing passes."""
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    certificate = certify(advice, 200)
    counts = [
        sum(
            isinstance(block, Live)
            for block in report.page(advice, certificate, form="html" if live else "markdown").blocks
        )
        for live in (False, True)
    ]
    assert [0, 1] == counts
    nothing = recommend(ask(kb, **QUESTIONS["nothing"]), kb)
    assert not any(isinstance(block, Live | Picture) for block in report.page(nothing, None, form="html").blocks)


class TestRate:
    @pytest.mark.parametrize(("c_rate", "hours"), [(0.1, "10 h"), (1.0, "1 h"), (2.0, "30 min"), (0.05, "20 h")])
    def test_length_of_a_half_cycle(self, kb, c_rate, hours):
        """A half-cycle at C/10 lasts ten hours."""
        way = recommend(ask(kb, ion="Li", targets=("crystalline-phase",)), kb).system.ways["xrd"][0]
        assert words.rate_text(way, c_rate).startswith(f"At {rate_word(c_rate)} a half-cycle lasts {hours}")

    def test_published_times_give_a_range_of_points(self, kb):
        """A laboratory pattern takes 150 to 240 s, so C/10 leaves 150 to 240 of them."""
        way = recommend(ask(kb, ion="Li", targets=("crystalline-phase",)), kb).system.ways["xrd"][0]
        assert (150.0, 240.0) == (way.figure.low, way.figure.high)
        assert words.rate_text(way, 0.1).endswith(": 150 to 240 data points of 150 to 240 s each.")

    def test_guess_is_called_a_guess(self, kb):
        """Where no time is published the count is ours, and says so."""
        ways = recommend(ask(kb, ion="Li"), kb).system.ways
        guessed = [w for some in ways.values() for w in some if w.figure is None and w.tempo and not own_clock(w)]
        assert guessed
        assert all("we guess about" in words.rate_text(way, 0.1) for way in guessed)

    def test_without_a_rate_it_is_an_example(self, kb):
        """Where no rate was given C/10 is named as an example."""
        way = recommend(ask(kb, ion="Li", targets=("crystalline-phase",)), kb).system.ways["xrd"][0]
        assert words.rate_text(way, None).startswith("At C/10, for example, a half-cycle lasts 10 h")

    def test_own_clock_has_no_rate(self, kb):
        """A technique that does not watch a real cell is planned by state of charge."""
        way = recommend(ask(kb, ion="Li"), kb).system.ways["tem"][0]
        assert own_clock(way)
        assert "not by C-rate" in words.rate_text(way, 1.0)
