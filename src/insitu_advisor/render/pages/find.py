"""Which page a word leads to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from insitu_advisor.engine.question.ask import QuestionError, read_anode, read_facilities, read_option, read_target
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import nearest
from insitu_advisor.render.pages import show as showing
from insitu_advisor.render.pages import show_entry as showing_words
from insitu_advisor.render.pages.document import Document

Page = Callable[[KnowledgeBase, str], Document]


def find(kb: KnowledgeBase, word: str) -> Document | str:
    """The page of an entry by its id, name or alias, or a sentence that says there is none and names the nearest."""
    for section, page in _by_id(kb).items():
        if word in section:
            return page(kb, word)
    for reader, page in _BY_WORD:
        try:
            return page(kb, reader(kb, word))
        except QuestionError:
            continue
    known = {name for section in _by_id(kb) for name in section}
    return f"the knowledge base has no entry '{word}'{nearest(word, known)}"


def _by_id(kb: KnowledgeBase) -> Mapping[tuple[str, ...], Page]:
    return {
        tuple(kb.techniques): showing.technique_page,
        tuple(kb.combinations): showing.pairing_page,
        tuple(kb.targets): showing_words.target_page,
        tuple(kb.materials): showing_words.material_page,
        (*kb.facilities, *kb.presets): showing_words.facility_page,
        tuple(kb.rules): showing_words.rule_page,
        tuple(kb.conflicts): showing_words.conflict_page,
        tuple(kb.references): showing_words.reference_page,
    }


def _option_page(kb: KnowledgeBase, option: str) -> Document:
    return showing.technique_page(kb, option) if option in kb.techniques else showing.pairing_page(kb, option)


def _material(kb: KnowledgeBase, word: str) -> str:
    material = read_anode(kb, word)[1].value
    if material is None:
        raise QuestionError("anode", word, "not a material")
    return material


def _facility(kb: KnowledgeBase, word: str) -> str:
    return (read_facilities(kb, [word]).value or ("",))[0]


_BY_WORD: tuple[tuple[Callable[[KnowledgeBase, str], str], Page], ...] = (
    (read_option, _option_page),
    (read_target, showing_words.target_page),
    (_material, showing_words.material_page),
    (_facility, showing_words.facility_page),
)
