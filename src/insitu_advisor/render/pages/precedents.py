"""Published studies as a document."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.precedents import Wanted, precedents
from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table

MOST_SHOWN = 3


def page(kb: KnowledgeBase, wanted: Wanted, *, full: bool = False) -> Document:
    """Every study that matches, a line each, or that there is none; in full with what each saw and its source."""
    found = precedents(kb, wanted)
    title = Heading(f"Published studies{_of(kb, wanted)}", 1)
    if not found:
        return Document((title, Paragraph(Cited(none_among(kb)), lead=True), *_searched(kb, wanted)))
    order = Paragraph(Cited(_order(kb, wanted, [study for _, study in found])))
    if not full:
        rows = tuple(_row(kb, key, study) for key, study in found)
        note = "'insitu-advisor show ID' tells one study; --full tells all, with sources."
        table = Table(("id", "techniques", "on", "asked about"), rows, note=note)
        return Document((title, order, table, *_searched(kb, wanted)), short=True)
    items = tuple(item(kb, study) for _, study in found)
    return Document((title, order, Bullets(items), *_searched(kb, wanted), Heading("Sources"), References()))


def none_among(kb: KnowledgeBase) -> str:
    """That the list holds no such study."""
    return f"None among our {len(kb.studies)} studies. That is no proof that none exists."


def _searched(kb: KnowledgeBase, wanted: Wanted) -> list[Block]:
    """What was looked for, where a technique has fewer than two studies on such an anode."""
    asked = (wanted.ion, wanted.anode, *wanted.techniques)
    for search in kb.searches.values():
        if asked == (search.ion, search.anode, search.technique):
            if search.instead:
                return [Paragraph(Cited(search.instead))]
            return [
                Paragraph(Cited("We looked for more with these words:")),
                Bullets(tuple(map(Cited, search.queries))),
            ]
    return []


def _row(kb: KnowledgeBase, key: str, study: Study) -> tuple[str, ...]:
    techniques = " + ".join(kb.techniques[technique].short for technique in study.techniques)
    asked = ", ".join(target_names(kb, study.asked))
    return key, techniques, f"{study.material}, {'/'.join(study.ions)}", asked


def blocks(kb: KnowledgeBase, wanted: Wanted, most: int = MOST_SHOWN) -> list[Block]:
    """A few precedents for an answer, or that there is none."""
    found = precedents(kb, wanted)
    title = Heading(f"Precedents{_of(kb, wanted)}")
    if not found:
        return [title, Paragraph(Cited(none_among(kb)))]
    shown = [study for _, study in found[:most]]
    foreign = wanted.material is not None and not any(map(wanted.names, shown))
    told = [Paragraph(Cited(f"None of them is on {_material(kb, wanted)}."))] if foreign else []
    return [title, *told, Bullets(tuple(item(kb, study) for study in shown))]


def _order(kb: KnowledgeBase, wanted: Wanted, found: list[Study]) -> str:
    count = f"{len(found)} of our {len(kb.studies)} studies"
    if wanted.material is None:
        return f"{count}."
    own = sum(map(wanted.names, found))
    return f"{count}, {own or 'none'} of them on {_material(kb, wanted)}{', which come first' if own else ''}."


def _material(kb: KnowledgeBase, wanted: Wanted) -> str:
    return kb.materials[wanted.material].name if wanted.material else ""


def item(kb: KnowledgeBase, study: Study) -> Cited:
    """One study: what was used on what, what it asked, what it saw, and what bears that out."""
    asked = f" Asked about {listed(target_names(kb, study.asked))}." if study.asked else ""
    saw = f" {study.found}" if study.found else ""
    note = f" Note: {study.note}" if study.note else ""
    told = "the review" if study.confirmed_by == "review text" else f"its {study.confirmed_by}"
    known = f"(in situ use told by {told})"
    techniques = " + ".join(kb.techniques[technique].short for technique in study.techniques)
    text = f"{asked}{saw}{note} {known}".strip()
    return Cited(text, "literature", (study.reference,), f"{techniques}, {'/'.join(study.ions)}, {study.material}:")


def _of(kb: KnowledgeBase, wanted: Wanted) -> str:
    words = [
        " + ".join(kb.techniques[technique].short for technique in wanted.techniques),
        f"on {_anode(kb, wanted)} anodes" if wanted.anode else "",
        f"with {wanted.ion}" if wanted.ion else "",
        f"about {target_names(kb, [wanted.target])[0]}" if wanted.target else "",
    ]
    told = " ".join(word for word in words if word)
    return f": {told}" if told else ""


def _anode(kb: KnowledgeBase, wanted: Wanted) -> str:
    return f"{_material(kb, wanted)} and other {wanted.anode}" if wanted.material else str(wanted.anode)
