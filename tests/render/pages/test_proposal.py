"""The draft for a request of instrument time: it argues for one option, every clause with its source."""

import re
import shlex

import pytest

from cli.running import invoke
from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words import report as words
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.loader import shipped_pages
from insitu_advisor.render.formats import markdown
from insitu_advisor.render.pages import proposal, report
from insitu_advisor.render.pages.document import Bullets, Code, Heading, Labelled, Paragraph, Table
from render.reading_pages import as_shown, squeezed, texts, to_html

QUESTIONS = {
    "potassium": {"anode": "antimony", "ion": "K"},
    "sodium": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",), "weights": ("insight",)},
    "lithium": {"anode": "silicon", "ion": "Li", "targets": ("fracture=2", "sei-composition"), "c_rate": "C/10"},
    "open": {},
    "tight": {"ion": "K", "anode": "graphite", "facilities": ("core-facility",), "budget": "moderate"},
}
PLACEHOLDERS = ["{title of the project}", "{Why this matters, in one sentence.}", "{number}", "{days or shifts}"]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# Words by which a draft would argue about taste, or against itself.
UNWANTED = re.compile(r"weight|trial|first in|score|point[s]? behind|sees more|more of nothing|hardly|not worth", re.I)


@pytest.fixture(scope="module", params=QUESTIONS)
def made(request, kb):
    """Advice and draft of each question."""
    advice = recommend(ask(kb, **QUESTIONS[request.param]), kb)
    return advice, proposal.page(advice, certify(advice, 200))


@pytest.fixture(scope="module")
def said():
    """Every text of the shipped knowledge base."""
    return {text for page in shipped_pages() for text in _strings(page.data)}


def _strings(data):
    if isinstance(data, str):
        return [data]
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for value in values for text in _strings(value)]


def _sections(page):
    """The blocks below each heading of the first two levels."""
    found = {}
    for block in page.blocks:
        if isinstance(block, Heading) and block.level < 3:
            found[block.text] = []
        else:
            found[next(reversed(found))].append(block)
    return found


def _items(blocks):
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def _labels(blocks):
    return [pair for block in blocks if isinstance(block, Labelled) for pair in block.items]


def _own(page):
    """Texts of the draft up to its references."""
    return [text for name, blocks in _sections(page).items() if name not in {"References", "Reproduce"}
            for block in blocks for text in texts(block)]  # fmt: skip


def test_sections_stand_in_the_order_of_a_request(made):
    """What is needed, why this, why nothing simpler where there is something, the measurement, risks, earlier work."""
    advice, page = made
    name = wording.route_name(advice.best.route)
    headings = [heading for heading in _sections(page) if heading != "Why nothing simpler is enough"]
    assert [
        f"Request for instrument time: {name}", "What we need to know", f"Why {name}", "What we will measure",
        "Risks and checks", "Earlier work", "References", "Reproduce",
    ] == headings  # fmt: skip


def test_argues_for_the_option_and_nothing_else(made):
    """No weights, no trials, no scores, and of goals the option tells nothing of only a reminder to the applicant."""
    advice, page = made
    blind = [advice.kb.goals[s.goal].name for s in seen(advice.best.route, advice.problem) if not s.value()]
    reminder = words.elsewhere(advice, tuple(s.goal for s in seen(advice.best.route, advice.problem) if not s.value()))
    for text in _own(page):
        assert not UNWANTED.search(text), text
        if text != reminder and not text.startswith("{"):
            assert not any(f"does not see {name}" in text for name in blind), text
    assert not blind or reminder in _own(page)


def test_every_fact_has_a_basis(made):
    """Each bullet carries a basis, unless it compares ratings of this answer."""
    for heading, blocks in _sections(made[1]).items():
        if heading != "Why nothing simpler is enough":
            assert [] == [item.text for item in _items(blocks) if item.basis is None], heading


def test_cited_sentences_are_those_of_the_knowledge_base(made, said):
    """What comes before a mark is printed in the knowledge base, word for word, behind its label."""
    advice, page = made
    sections = _sections(page)
    for item in _items(sections["Risks and checks"]):
        risk, check = item.text.split(" Check: ")
        assert {risk, check} <= said
    for label, item in _labels(sections["What we will measure"]):
        assert label == "Rate" or item.text in said
    for item in _items(sections[f"Why {wording.route_name(advice.best.route)}"]):
        assert item.text in said or item.text.split(": ", 1)[1] in said, item.text


def test_rate_and_number_of_points_are_told(made):
    """Each technique of the option has its rate and the number of data points it leaves."""
    advice, page = made
    told = [item.text for label, item in _labels(_sections(page)["What we will measure"]) if label == "Rate"]
    assert [words.rate_text(way, advice.problem.c_rate) for way in advice.best.route.ways] == told


def test_simpler_options_are_those_that_are_weaker(made):
    """A cheaper option is named only with goals the chosen one answers and it sees less of; others are left out."""
    advice, page = made
    best = advice.best.route
    mine = {each.goal: float(each.value()) for each in seen(best, advice.problem)}
    expected = []
    for option in advice.ranking:
        theirs = {each.goal: float(each.value()) for each in seen(option.route, advice.problem)}
        lost = [goal for goal in mine if mine[goal] >= 0.5 and theirs[goal] < mine[goal]]
        if option.route.cost_place < best.cost_place and lost:
            expected.append((f"{wording.route_name(option.route)}:", [advice.kb.goals[goal].name for goal in lost]))
    items = _items(_sections(page).get("Why nothing simpler is enough", []))
    assert [name for name, _ in expected] == [item.strong for item in items]
    for (_, lost), item in zip(expected, items, strict=True):
        assert all(name in item.text for name in lost)


def test_no_number_comes_from_nowhere(made, said):
    """A number of the draft is in the knowledge base, in the question, or counted from a rate and a printed time."""
    advice, page = made
    known = {number for text in said for number in NUMBER.findall(text)}
    known |= {number for item in advice.kb.references.values() for number in NUMBER.findall(str(item.year))}
    counted = {n for way in advice.best.route.ways for n in NUMBER.findall(words.rate_text(way, advice.problem.c_rate))}
    for text in _own(page):
        assert set(NUMBER.findall(text)) <= known | counted, text


def test_placeholders_survive_as_text(made, kb):
    """What only the applicant knows stays in braces, also after Markdown is rendered."""
    shown = squeezed(as_shown(to_html(markdown.render(made[1], kb))))
    assert [] == [gap for gap in PLACEHOLDERS if squeezed(gap) not in shown]


def test_assumed_goals_are_called_assumed(kb):
    """Goals that were not given are marked, so that nobody hands in a question that is not theirs."""
    for targets, marked in (((), True), (("fracture",), False)):
        advice = recommend(ask(kb, anode="alloy", ion="Na", targets=targets), kb)
        need = _sections(proposal.page(advice, certify(advice, 200)))["What we need to know"][0].content.text
        assert marked == ("these goals were assumed" in need)


def test_another_option_can_be_argued_for(kb):
    """The draft argues for the option chosen, and says so in its command."""
    advice = recommend(ask(kb, anode="alloy", ion="K"), kb)
    xrd = advice.option("xrd")
    assert xrd is not advice.best
    page = proposal.page(advice, certify(advice), xrd, report.Cover(author="A. Researcher"))
    assert "Request for instrument time: XRD" == page.blocks[0].text
    assert "A. Researcher." == page.blocks[1].content.text
    (code,) = [block for block in page.blocks if isinstance(block, Code)]
    assert "--option xrd" in code.lines[0]


def test_command_writes_the_draft_again(kb):
    """The last line is a command that writes this draft to the byte, and the knowledge it rests on is named."""
    for words_of, option in ((QUESTIONS["lithium"], None), (QUESTIONS["potassium"], "xrd")):
        advice = recommend(ask(kb, **words_of), kb)
        page = proposal.page(advice, certify(advice), option and advice.option(option))
        (code,) = [block for block in page.blocks if isinstance(block, Code)]
        program, *command = shlex.split(code.lines[0])
        assert "insitu-advisor" == program
        again = invoke(*command, env={"INSITU_ADVISOR_LAB": "none"})
        assert (0, markdown.render(page, kb)) == (again.exit_code, again.stdout)
        assert kb.sha256 in again.stdout


def test_nothing_passing_asks_for_nothing(kb):
    """Where nothing passes the constraints there is no request to draft, only the sentence that says so."""
    advice = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)
    page = proposal.page(advice, certify(advice, 200))
    assert [Heading, Paragraph] == [type(block) for block in page.blocks]
    assert page.blocks[1].content.text == wording.headline(advice)


def test_earlier_work_is_a_table(kb):
    """Studies of the option are listed with a source each."""
    advice = recommend(ask(kb, **QUESTIONS["sodium"]), kb)
    blocks = _sections(proposal.page(advice, certify(advice, 200)))["Earlier work"]
    assert not any(isinstance(block, Table | Bullets) for block in blocks)
    assert all(row[-1].sources for block in blocks for row in getattr(block, "rows", ()))
