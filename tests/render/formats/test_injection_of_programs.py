"""What programs read of us stays data, whatever a user's own file, sentence or laboratory says; their parsers tell."""

import csv
import importlib.util
import io
import itertools
import json
import os
import re
import shlex
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import bibtexparser
import pytest
import rispy
from markdown_it import MarkdownIt
from rdflib import Graph, Literal, URIRef

from cli.running import invoke
from insitu_advisor import ask, certify, recommend
from insitu_advisor.cli.pictures import as_table
from insitu_advisor.engine.question.command import reproduce
from insitu_advisor.lab.applying import adapt
from insitu_advisor.lab.finding import find
from insitu_advisor.render.formats import citations, figures, html, json_answer, jsonld
from insitu_advisor.render.pages import pictures, report
from render.poisoned import overlay

LEAD = "=1+1"
POISON = (
    '<script>alert(1)</script></script><!-- ]]> &copy; " onload="x \' a|b [x](javascript:y) ![i](data:z) <http://e> '
    "**b** `t` $(touch owned) ~~e~~ [red]g[/red] \\ } { } \\input{z} %s {0} #h @misc{y, ER  - , !!python/name:os end"
)
QUESTIONS = {
    "full": {"anode": "silicon", "ion": "Li", "scale": "particle", "c_rate": "C/10"},
    "sentence": {"sentence": f"Which SEI grows on Fe2O3@C in a lithium cell? {POISON}"},
    "few": {"anode": "alloy", "ion": "K", "facilities": ("bench",)},
}
TAGS = re.compile(
    "html|head|meta|title|style|body|main|header|nav|ul|ol|li|a|section|h[123]|p|div|script|details|summary|figure|"
    "figcaption|svg|rect|text|desc|line|circle|strong|span|table|thead|tbody|tr|t[hd]|d[ltd]|pre|code"
)
DRAWN = {"svg", "title", "desc", "rect", "text", "line", "circle"}
ROOT = Path(__file__).resolve().parents[3]
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Every text of the base between two pieces of harm, and a laboratory that calls itself so."""
    folder = tmp_path_factory.mktemp("own")
    kb = overlay(folder / "own.yaml", lambda text: f"{LEAD} {text} {POISON}")
    (folder / "lab.yaml").write_text(
        f"name: {json.dumps(f'{LEAD} {POISON}')}\ninstruments:\n  potentiostat: {{access: owned}}\n"
        f"  raman: {{access: shared, note: {json.dumps(POISON)}}}\n  tem-holder: {{access: by-proposal}}\n",
        encoding="utf-8",
    )
    return adapt(kb, find(kb, str(folder / "lab.yaml")))


@pytest.fixture(scope="module", params=QUESTIONS)
def advice(request, hostile):
    """Answers of that base."""
    return recommend(ask(hostile, **QUESTIONS[request.param]), hostile)


class Page(HTMLParser):
    """What a browser finds in a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.scripts, self.hidden, self.shown, self._in = Counter(), [], [], [], "", ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += attrs
        self._in = tag

    def handle_endtag(self, tag):
        self._in = ""

    def handle_data(self, data):
        if self._in == "script":
            self.scripts.append(data)
        elif self._in != "style":
            self.shown += data

    def handle_comment(self, data):
        self.hidden.append(data)


def _squeezed(text):
    return "".join(text.split())


def test_pages_hold_our_tags_alone(advice):
    """The live page runs its own script and reads its own table; nothing else in any page runs, loads or hides."""
    certificate = certify(advice, 100)
    live = Page(html.render(report.page(advice, certificate, form="html"), advice.kb))
    assert 2 == live.tags["script"] == len(live.scripts)
    told = json.loads(live.scripts[0])
    assert any(POISON in instrument["name"] for instrument in told["instruments"])
    assert Path(html.__file__).with_name("live.js").read_text(encoding="utf-8") == live.scripts[1]
    for page in (live, Page(advice._repr_html_()), Page(html.render(report.page(advice, certificate), advice.kb))):
        assert [] == [tag for tag in page.tags if not TAGS.fullmatch(tag)]
        assert not [name for name, _ in page.attributes if name.startswith("on")]
        links = [value for name, value in page.attributes if name in {"href", "src"}]
        assert all(re.match(r"https?://|#", link) for link in links)
        assert [] == page.hidden
        assert _squeezed(POISON) in _squeezed(page.shown)


def test_pictures_hold_our_shapes_alone(advice):
    """A drawing is well-formed and made of our shapes; its table has whole rows and no cell that a spreadsheet runs."""
    for picture in pictures.all_of(advice, certify(advice, 100)):
        drawn = ElementTree.fromstring(figures.draw(picture, below=f"Laboratory: {advice.kb.laboratory}."))
        assert {element.tag.rpartition("}")[2] for element in drawn.iter()} <= DRAWN
        assert not [name for element in drawn.iter() for name in element.attrib if name.startswith("on")]
        assert POISON in "".join(drawn.itertext())
        rows = list(csv.reader(io.StringIO(as_table(picture, advice.kb.laboratory))))
        assert {len(rows[0])} == {len(row) for row in rows}
        assert not [cell for row in rows for cell in row if re.match(r"[=@]|[-+][^-+]", cell)]


def test_linked_data_gets_no_triples_of_its_own(advice, kb):
    """The triples are those of the same answer without the harm, which stands in texts alone."""
    graph = Graph().parse(data=jsonld.render(advice), format="json-ld")
    links = {str(term) for triple in graph for term in triple if isinstance(term, URIRef)}
    assert not [link for link in links if not re.fullmatch(r"(https?://|urn:insitu-advisor:)[\w./#+-]+", link)]
    assert any(POISON in term for term in graph.objects() if isinstance(term, Literal))


def test_citations_are_as_many_as_references(advice):
    """Each format has one whole entry per reference; BibTeX counts braces, those behind a backslash as well."""
    keys = ["review2026", *citations.supported_claims(advice)]
    written = citations.bibtex(advice)
    library = bibtexparser.parse_string(written)
    assert (keys, []) == ([entry.key for entry in library.entries], library.failed_blocks)
    for entry in re.split(r"^(?=@)", written, flags=re.MULTILINE)[1:]:
        depths = list(itertools.accumulate((sign == "{") - (sign == "}") for sign in entry))
        assert (0, 0) == (min(depths), depths[-1]), entry
    records = rispy.loads(citations.ris(advice))
    assert keys == [record["id"] for record in records]
    assert keys == [item["id"] for item in json.loads(citations.csl_json(advice))]


def test_answer_as_json_holds_it_as_it_stands(advice):
    """JSON parses, and the command in it is one line of words."""
    data = json.loads(json.dumps(json_answer.answer(advice, certify(advice, 100)), ensure_ascii=False))
    assert POISON in json.dumps(data, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\")
    assert "insitu-advisor" == shlex.split(data["reproduce"])[0]


def _elements(text):
    """What Markdown makes of a text besides text: raw HTML, code, pictures, and links that lead somewhere odd."""
    tokens = [token for block in READER.parse(text) for token in (block, *(block.children or ()))]
    odd = [token.content for token in tokens if token.type in {"html_block", "html_inline", "image", "s_open"}]
    links = [token.attrs["href"] for token in tokens if token.type == "link_open"]
    return odd + [link for link in links if not re.match(r"https?://|[\w./-]*(#[\w-]+)?$", link)]


@pytest.mark.slow
def test_pages_of_the_site(hostile):
    """The pages that the site of the documentation is made of."""
    spec = importlib.util.spec_from_file_location("site_of_docs", ROOT / "docs" / "site.py")
    site = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(site)
    made = {path: text for path, text in site.pages(hostile).items() if "alert(1)" in text}
    assert len(made) >= len(hostile.options) + 4
    assert {} == {path: odd for path, text in made.items() if (odd := _elements(text))}


@pytest.mark.slow
@pytest.mark.parametrize("words", [("check",), ("diff", "shipped"), ("stats",)], ids=" ".join)
def test_care_of_the_data(words, write, few_questions):
    """What is said about a file repeats its words as text."""
    own = {
        "facilities": {"raman": {"name": POISON, "access": LEAD + POISON}},
        "outside": {"own": {"name": POISON, "phrases": [LEAD, "sonar"], "answers": POISON, "limits": POISON}},
        "techniques": {"xrd": {"variants": {"laboratory": {"name": POISON}}}},
    }
    done = invoke("kb", *words, write("own.yaml", json.dumps(own)), "--format", "markdown")
    assert 0 == done.exit_code, done.stderr
    assert [] == _elements(done.stdout)


NAMES = [
    "it's $(touch owned) `touch owned` ;&|*~#!{a,b}",
    'q"q [red] <b> =1+1 %s{0}',
    "-x\\y é α",
    "```",
    " ends ",
    "--kb",
]
COMMANDS = {
    "text": lambda text: re.findall(r"^ *(insitu-advisor .*)$", text, re.MULTILINE),
    "markdown": lambda text: [
        line for token in READER.parse(text) if token.type == "fence" for line in token.content.splitlines()
    ],
    "html": lambda text: [json.loads(Page(text).scripts[0])["command"]],
    "json": lambda text: [json.loads(text)["reproduce"]],
}


@pytest.mark.skipif(os.name != "posix", reason="files of other systems cannot be named like this")
@pytest.mark.parametrize("name", NAMES)
def test_printed_commands_name_the_files_that_were_given(name, folder, alone):
    """A shell that reads the command to ask again gets the very words, for files and anodes of any name."""
    given = ["--kb", f"{name}.yaml", "--lab", f"{name} lab.yaml"]
    (folder / given[1]).write_text("traits: {magnetic: Attracted by a magnet.}\n", encoding="utf-8")
    (folder / given[3]).write_text("name: L\ninstruments: {raman: {access: owned}}\n", encoding="utf-8")
    for form, found in COMMANDS.items():
        done = invoke("report", "--anode", f"Fe2O3@{name}", *given, "--format", form)
        assert 0 == done.exit_code, done.stderr
        commands = [shlex.split(command) for command in found(done.stdout)]
        assert commands
        for command in commands:
            pairs = list(itertools.pairwise(command))
            assert {("--kb", given[1]), ("--lab", given[3])} <= set(pairs), form
            assert ("--anode", " ".join(f"Fe2O3@{name}".split())) in pairs, form


def test_open_question_with_files_asks_again(folder, kb):
    """The command of an answer is made of words alone, whatever the sentence holds."""
    question = ask(kb, sentence=QUESTIONS["sentence"]["sentence"])
    words = shlex.split(reproduce(question, kb))
    assert [] == [word for word in words if "touch" in word or "<" in word]
