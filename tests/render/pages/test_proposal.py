"""The draft for a request of instrument time: every clause leads to its source, and gaps stay gaps."""

import re
import shlex

import pytest

from cli.running import invoke
from insitu_advisor import ask, certify, recommend
from insitu_advisor.engine.certainty.certificate import sentence
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.loader import shipped_pages
from insitu_advisor.render.formats import markdown
from insitu_advisor.render.pages import proposal
from insitu_advisor.render.pages.document import Bullets, Code, Heading, Paragraph, References
from render.reading_pages import as_shown, squeezed, to_html

QUESTIONS = {
    "potassium": {"anode": "antimony", "ion": "K"},
    "sodium": {"anode": "hard-carbon", "ion": "Na", "targets": ("pore-filling",), "weights": ("insight",)},
    "lithium": {"anode": "silicon", "ion": "Li", "targets": ("fracture=2", "sei-composition"), "c_rate": "C/10"},
    "open": {},
    "tight": {"ion": "K", "anode": "graphite", "facilities": ("core-facility",), "budget": "moderate"},
}
PLACEHOLDERS = [
    "<title of the project>",
    "<Why this matters here, in one sentence.>",
    "<number>",
    "<days or shifts>",
]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@pytest.fixture(scope="module", params=QUESTIONS)
def made(request, kb):
    """Advice, certificate and draft of each question."""
    advice = recommend(ask(kb, **QUESTIONS[request.param]), kb)
    certificate = certify(advice, 200)
    return advice, certificate, proposal.page(advice, certificate)


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
    """The blocks below each heading."""
    found = {}
    for block in page.blocks:
        if isinstance(block, Heading):
            found[block.text] = []
        else:
            found[next(reversed(found))].append(block)
    return found


def _items(blocks):
    return [item for block in blocks if isinstance(block, Bullets) for item in block.items]


def test_sections_stand_in_the_order_of_a_request(made):
    """Need, reasons, cheaper options, what was considered, risks, cell, precedents, references, command."""
    advice, _, page = made
    name = advice.kb.name(advice.best.id)
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    fixed = ["Need", f"Why {name}", "Why nothing cheaper does", "What was considered", "Risks and mitigation"]
    assert [f"Request for instrument time: {name}", *fixed, "Cell and sample"] == headings[:7]
    assert ["References", "Reproduce"] == headings[-2:]
    assert [References, Code] == [type(block) for block in page.blocks if isinstance(block, References | Code)]


def test_every_fact_has_a_basis(made):
    """Each bullet carries a basis, unless it only compares ratings or scores of this answer."""
    sections = _sections(made[2])
    own = {"Why nothing cheaper does", "What was considered"}
    for heading, blocks in sections.items():
        if heading in own or heading.startswith("Precedents"):
            continue
        assert [] == [item.text for item in _items(blocks) if item.basis is None], heading
    excluded = [item for item in _items(sections["What was considered"]) if item.text.startswith("excluded.")]
    assert all(item.basis for item in excluded)
    assert len(made[0].excluded) == len(excluded)


def test_cited_sentences_are_those_of_the_knowledge_base(made, said):
    """What stands before a mark is printed in the knowledge base, word for word, behind its label."""
    sections = _sections(made[2])
    name = made[0].kb.name(made[0].best.id)
    for item in _items(sections["Risks and mitigation"]):
        risk, mitigation = item.text.split(" Mitigation: ")
        assert {risk, mitigation} <= said
    for item in _items(sections["Cell and sample"]):
        assert item.text in said
    for item in _items(sections[f"Why {name}"]):
        assert item.text.split(": ", 1)[1] in said, item.text
    for excluded in made[0].excluded:
        shown = next(
            item
            for item in _items(sections["What was considered"])
            if item.strong == made[0].kb.name(excluded.id) and item.text.startswith("excluded.")
        )
        assert f"excluded. {wording.exclusion_reason(made[0], excluded).text}" == shown.text


def test_considered_options_have_their_score_and_reason(made):
    """Every option of the answer is listed once, ranked ones with score and reason as in the ranking."""
    advice, _, page = made
    items = _items(_sections(page)["What was considered"])
    assert [advice.kb.name(o.id) for o in (*advice.ranking, *advice.excluded)] == [item.strong for item in items]
    for option, item in zip(advice.ranking, items, strict=False):
        assert f"{option.score:.1f} points: {wording.top_reason(advice, option.route)}." == item.text


def test_cheaper_options_see_less(made):
    """Each option with a lower testing cost is named with the targets it sees worse, and no other option is."""
    advice, _, page = made
    best = advice.best.route
    items = {item.strong: item.text for item in _items(_sections(page)["Why nothing cheaper does"])}
    cheaper = [option for option in advice.ranking if option.route.cost_place < best.cost_place]
    if not cheaper:
        assert {None: "No option that passes costs less."} == items
        return
    assert [advice.kb.name(option.id) for option in cheaper] == list(items)
    for option in cheaper:
        worse = [t for t in advice.question.target_ids if option.route.ratings[t] < best.ratings[t]]
        text = items[advice.kb.name(option.id)]
        named = [t for t in advice.question.target_ids if advice.kb.targets[t].name in text.split(" but ")[0]]
        assert worse == named


def test_cheaper_option_that_sees_more_is_said_to(kb):
    """Where something cheaper sees a target that the winner misses, the draft says so."""
    advice = recommend(ask(kb, anode="antimony", ion="K"), kb)
    page = proposal.page(advice, certify(advice, 200))
    best = advice.best.route
    items = {item.strong: item.text for item in _items(_sections(page)["Why nothing cheaper does"])}
    better = [
        (advice.kb.name(option.id), advice.kb.targets[target].name)
        for option in advice.ranking
        for target in advice.question.target_ids
        if option.route.cost_place < best.cost_place and option.route.ratings[target] > best.ratings[target]
    ]
    assert better
    assert [] == [(name, target) for name, target in better if target not in items[name]]


def test_no_number_comes_from_nowhere(made, said):
    """A number of the draft stands in the knowledge base, in the question, in a score or in the certificate."""
    advice, certificate, page = made
    known = {number for text in said for number in NUMBER.findall(text)}
    asked = {number for line in wording.question_lines(advice) for number in NUMBER.findall(line.value)}
    scored = {f"{option.score:.1f}" for option in advice.ranking}
    sure = set(NUMBER.findall(sentence(advice, certificate)))
    sure |= set(NUMBER.findall(f"{advice.kb.about.version}, sha256 {advice.kb.sha256}."))
    for heading, blocks in _sections(page).items():
        for text in (heading, *(item.text for item in _items(blocks)), *_paragraphs(blocks)):
            assert set(NUMBER.findall(text)) <= known | asked | scored | sure, text


def _paragraphs(blocks):
    return [block.content.text for block in blocks if isinstance(block, Paragraph)]


def test_own_sentences_hold_no_number_but_that_of_the_certificate(made):
    """Sentences of our own state no amount of time, dose or cost: the only numbers are those of the certificate."""
    advice, certificate, page = made
    sections = _sections(page)
    named = " ".join([wording.system_name(advice), *wording.target_names(advice.kb, advice.question.target_ids)])
    (need,) = _paragraphs(sections["Need"])
    assert set(NUMBER.findall(need)) <= set(NUMBER.findall(named))
    (sure,) = _paragraphs(sections[f"Why {advice.kb.name(advice.best.id)}"])
    assert sentence(advice, certificate) == sure
    for item in _items(sections["Why nothing cheaper does"]):
        assert set(NUMBER.findall(item.text)) <= set(NUMBER.findall(named))


def test_placeholders_survive_as_text(made, kb):
    """What only the applicant knows stays in angle brackets, also after Markdown is rendered, and makes no tag."""
    rendered = to_html(markdown.render(made[2], kb))
    shown = squeezed(as_shown(rendered))
    assert [] == [gap for gap in PLACEHOLDERS if squeezed(gap) not in shown]
    assert not re.search(r"<(title|why|number|days)\b", rendered, re.I)


def test_assumed_targets_are_called_assumed(kb):
    """Targets that were not given are marked, so that nobody hands in a question that is not theirs."""
    assumed, given = (
        recommend(ask(kb, anode="alloy", ion="Na", targets=targets), kb) for targets in ((), ("fracture",))
    )
    need = [_paragraphs(_sections(proposal.page(a, certify(a, 200)))["Need"])[0] for a in (assumed, given)]
    assert "(assumed; replace by your own question)" in need[0]
    assert "assumed" not in need[1]


def test_command_writes_the_draft_again(made, kb):
    """The last line is a command that writes this draft to the byte, and the knowledge it rests on is named."""
    (code,) = [block for block in made[2].blocks if isinstance(block, Code)]
    program, *words = shlex.split(code.lines[0])
    assert "insitu-advisor" == program
    again = invoke(*words, env={"INSITU_ADVISOR_LAB": "none"})
    assert (0, markdown.render(made[2], kb)) == (again.exit_code, again.stdout)
    assert kb.sha256 in again.stdout


def test_nothing_passing_asks_for_nothing(kb):
    """Where nothing passes the constraints there is no request to draft, only the sentence that says so."""
    advice = recommend(ask(kb, targets=["crystalline-phase"], facilities=["potentiostat"]), kb)
    page = proposal.page(advice, certify(advice, 200))
    assert [Heading, Paragraph] == [type(block) for block in page.blocks]
    assert page.blocks[1].content.text.startswith("Nothing passes the constraints")
