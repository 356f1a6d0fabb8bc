"""Published studies as a document."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.precedents import Wanted, precedents
from insitu_advisor.engine.words.sentences import listed, target_names
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References

MOST_SHOWN = 3


def page(kb: KnowledgeBase, wanted: Wanted) -> Document:
    """Every study that matches, or that there is none in the list."""
    found = precedents(kb, wanted)
    title = f"Published studies{_of(kb, wanted)}"
    if not found:
        return Document(
            (Heading(title, 1), Paragraph(Cited("None in the list. That is no proof that none exists."), lead=True))
        )
    return Document(
        (
            Heading(title, 1),
            Paragraph(Cited(_order(kb, wanted, [study for _, study in found]))),
            Bullets(tuple(item(kb, study) for _, study in found)),
            Heading("Sources"),
            References(),
        )
    )


def blocks(kb: KnowledgeBase, wanted: Wanted, most: int = MOST_SHOWN) -> list[Block]:
    """A few precedents for an answer, or that there is none."""
    found = precedents(kb, wanted)
    title = Heading(f"Precedents{_of(kb, wanted)}")
    if not found:
        return [title, Paragraph(Cited("None in the list. That is no proof that none exists."))]
    shown = [study for _, study in found[:most]]
    foreign = wanted.material is not None and not any(map(wanted.names, shown))
    told = [Paragraph(Cited(f"None of them is on {_material(kb, wanted)}."))] if foreign else []
    return [title, *told, Bullets(tuple(item(kb, study) for study in shown))]


def _order(kb: KnowledgeBase, wanted: Wanted, found: list[Study]) -> str:
    if wanted.material is None:
        return f"{len(found)} in the list, those confirmed by their title first."
    own = sum(map(wanted.names, found))
    if own == 0:
        return (
            f"{len(found)} in the list, none of them on {_material(kb, wanted)}; those confirmed by title come first."
        )
    return f"{len(found)} in the list, {own} of them on {_material(kb, wanted)}, which come first."


def _material(kb: KnowledgeBase, wanted: Wanted) -> str:
    return kb.materials[wanted.material].name if wanted.material else ""


def item(kb: KnowledgeBase, study: Study) -> Cited:
    """One study: what was used on what, what it asked, what it saw, and what bears that out."""
    asked = f" Asked about {listed(target_names(kb, study.asked))}." if study.asked else ""
    saw = f" {study.found}" if study.found else ""
    note = f" Note: {study.note}" if study.note else ""
    confirmed = "the text of the review only" if study.confirmed_by == "review text" else f"its {study.confirmed_by}"
    techniques = " + ".join(kb.techniques[technique].short for technique in study.techniques)
    text = f"Known from {confirmed}.{asked}{saw}{note}"
    return Cited(text, "literature", (study.reference,), f"{techniques}, {'/'.join(study.ions)}, {study.material}:")


def _of(kb: KnowledgeBase, wanted: Wanted) -> str:
    words = [
        " + ".join(kb.techniques[technique].short for technique in wanted.techniques),
        f"on {_anode(kb, wanted)} anodes" if wanted.anode else "",
        f"with {wanted.ion}" if wanted.ion else "",
        f"about {kb.targets[wanted.target].name}" if wanted.target else "",
    ]
    told = " ".join(word for word in words if word)
    return f": {told}" if told else ""


def _anode(kb: KnowledgeBase, wanted: Wanted) -> str:
    return f"{_material(kb, wanted)} and other {wanted.anode}" if wanted.material else str(wanted.anode)
