"""Every page the advisor can make, and what a reader must find in it."""

import io
import re
from collections import Counter

from markdown_it import MarkdownIt
from rich.console import Console

from insitu_advisor import Wanted, ask, certify, compare, plan, recommend, why, why_not
from insitu_advisor.engine.method.pace import RATES
from insitu_advisor.engine.method.system import read_system
from insitu_advisor.render.formats import terminal
from insitu_advisor.render.pages import compare as side_by_side
from insitu_advisor.render.pages import difference as differing
from insitu_advisor.render.pages import plan as planning
from insitu_advisor.render.pages import precedents as precedent_list
from insitu_advisor.render.pages import recommend as recommendation
from insitu_advisor.render.pages import report
from insitu_advisor.render.pages import show as showing
from insitu_advisor.render.pages import show_entry as showing_words
from insitu_advisor.render.pages import timing as timetable
from insitu_advisor.render.pages import why as explaining
from insitu_advisor.render.pages.document import Bullets, Code, Heading, Paragraph, Ranking, Table
from insitu_advisor.render.pages.listing import LISTS

FULL = {"ion": "Li", "anode": "silicon", "scale": "particle", "c_rate": "C/10", "budget": "high"}
TIGHT = {"ion": "K", "anode": "graphite", "targets": ("ion-environment", "sei-growth=2"), "facilities": ("bench",)}
NOTHING = {"targets": ("crystalline-phase",), "facilities": ("potentiostat",)}
QUESTIONS = {"plain": {}, "full": FULL, "tight": TIGHT, "nothing": NOTHING}
SEARCHED = {"full", "nothing"}
SHOWN = {
    "techniques": showing.technique_page,
    "combinations": showing.pairing_page,
    "targets": showing_words.target_page,
    "materials": showing_words.material_page,
    "facilities": showing_words.facility_page,
    "presets": showing_words.facility_page,
    "rules": showing_words.rule_page,
    "conflicts": showing_words.conflict_page,
    "references": showing_words.reference_page,
}


def _answers(kb, questions, most):
    """Pages that answer a question, by name."""
    pages = {}
    for name in questions:
        picked = list(kb.options) if most is None and name in SEARCHED else [*list(kb.options)[: most or 3], "tem+eis"]
        advice = recommend(ask(kb, **QUESTIONS[name]), kb)
        certificate = certify(advice, 200)
        pages[f"recommendation {name}"] = recommendation.page(advice, certificate)
        pages[f"report {name}"] = report.page(advice, certificate, generated="2026-01-09")
        pages[f"plan {name}"] = planning.page(plan(advice, 4))
        pages[f"compare {name}"] = side_by_side.page(compare(kb, advice.system, ("xrd", "tem+eis", "nmr"), advice))
        for option in picked:
            pages[f"why not {option} {name}"] = explaining.why_not_page(why_not(advice, option))
        for option in [option.id for option in advice.ranking if option.id in picked]:
            pages[f"why {option} {name}"] = explaining.why_page(why(advice, option))
    return pages


def every_page(kb, most=None, questions=tuple(QUESTIONS)):
    """Every page the advisor can make of this knowledge base, by name; `most` limits entries and options."""
    system = read_system(kb, None, None, None)
    lithium, potassium = (recommend(ask(kb, ion=ion, anode="alloy"), kb) for ion in ("Li", "K"))
    return (
        _answers(kb, questions, most)
        | {f"list {name}": page(kb) for name, page in LISTS.items()}
        | {
            f"show {name} {key}": page(kb, key)
            for name, page in SHOWN.items()
            for key in list(getattr(kb, name))[:most]
        }
        | {
            "compare without a question": side_by_side.page(compare(kb, system, tuple(kb.options), None)),
            "timing": timetable.page(system, RATES),
            "precedents": precedent_list.page(kb, Wanted()),
            "precedents none": precedent_list.page(kb, Wanted("K", "alloy", ("nmr",), "fracture")),
            "difference": differing.page(potassium, lithium, "K against Li"),
            "no difference": differing.page(potassium, potassium, "nothing"),
        }
    )


def squeezed(text):
    return "".join(text.split())


def texts(block):
    """What a reader must find of a block, piece by piece."""
    match block:
        case Heading():
            return [block.text]
        case Paragraph():
            return [block.content.text]
        case Bullets():
            return [text for item in block.items for text in (item.strong, item.text) if text]
        case Table():
            return [cell for row in (block.headers, *block.rows) for cell in row]
        case Ranking():
            return [text for row in block.rows for text in (row.name, f"{row.score:.1f}", row.cost, row.why, row.needs)]
        case Code():
            return list(block.lines)
    return []


def on_terminal(document, kb, width):
    console = Console(
        file=io.StringIO(), width=width, height=50, force_terminal=True, color_system=None, highlight=False
    )
    terminal.show(document, kb, console)
    return re.sub(r"\x1b\[[\d;]*m", "", console.file.getvalue())


def ink(text):
    """How often each visible character stands in a text, the lines of a table left out."""
    return Counter(re.sub(r"[\s─━╶╴]", "", text))


def missing(document, rendered):
    """Texts outside tables that a rendering lost, whatever its line breaks."""
    whole = squeezed(rendered)
    blocks = [block for block in document.blocks if not isinstance(block, Table)]
    return [text for block in blocks for text in texts(block) if squeezed(text) not in whole]


def rows_of(html):
    """The rows of the tables of a Markdown rendering as texts of cells."""
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]


READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def to_html(text):
    return READER.render(text)


def read(text):
    """A Markdown text read once: every token, those inside lines included, and its HTML."""
    blocks = READER.parse(text)
    tokens = [token for block in blocks for token in (block, *(block.children or ()))]
    return tokens, READER.renderer.render(blocks, READER.options, {})


def tokens_of(text):
    return read(text)[0]


def as_shown(html):
    """The text a browser shows."""
    text = re.sub(r"<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def cells(block):
    if isinstance(block, Table):
        return [block.headers, *block.rows]
    head = ("Rank", "Option", "Score", "Cost", "Preparation", "What it does for the question", "Needs")
    rows = [(r.rank, r.name, f"{r.score:.1f}", r.cost, r.preparation, r.why, r.needs) for r in block.rows]
    return [head, *rows]


def numbers(page):
    """Source keys in order of first citation."""
    keys = {}
    for block in page.blocks:
        cited = [block.content] if isinstance(block, Paragraph) else block.items if isinstance(block, Bullets) else ()
        keys.update(dict.fromkeys(key for item in cited for key in item.sources))
    return list(keys)
