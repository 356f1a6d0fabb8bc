"""Which page a word leads to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from typing import get_args

from insitu_advisor.engine.question.ask import (
    read_anode,
    read_facilities,
    read_ion,
    read_option,
    read_outsider,
    read_target,
)
from insitu_advisor.engine.question.question import QuestionError
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.spelling import fold, nearest
from insitu_advisor.knowledge.vocabulary import ANODE_WORDS, ION_WORDS
from insitu_advisor.render.pages import show, show_entry
from insitu_advisor.render.pages.document import Document
from insitu_advisor.render.pages.listing import WORDS

Page = Callable[[KnowledgeBase, str, bool], Document]


def find(kb: KnowledgeBase, word: str, *, full: bool = False) -> Document | str:
    """The page of an entry by its id, name or alias, or a sentence that says why there is none."""
    for section, page in _by_id(kb):
        if word in section:
            return page(kb, word, full)
    if outsider := read_outsider(kb, word):
        return outsider
    for read, page in _BY_WORD:
        with contextlib.suppress(QuestionError):
            if (key := read(kb, word)) is not None:
                return page(kb, key, full)
    return (
        f"there is no entry '{word}'{nearest(fold(word), _usual_words(kb))}; 'insitu-advisor show' lists what there is"
    )


def _by_id(kb: KnowledgeBase) -> Iterator[tuple[Collection[str], Page]]:
    yield kb.techniques, show.technique_page
    yield kb.combinations, show.pairing_page
    yield kb.askable, show_entry.goal_page
    yield get_args(Ion), show_entry.ion_page
    yield get_args(AnodeType), show_entry.anode_page
    yield kb.materials, show_entry.material_page
    yield kb.facilities, show_entry.instrument_page
    yield kb.presets, show_entry.preset_page
    yield kb.profiles, show_entry.profile_page
    yield kb.studies, show_entry.study_page
    yield kb.rules, show_entry.rule_page
    yield kb.conflicts, show_entry.conflict_page
    yield kb.references, show_entry.source_page


def _usual_words(kb: KnowledgeBase) -> list[str]:
    """Words people use, among which the nearest is looked for; ids of rules and studies are not."""
    techniques = [fold(name) for key, item in kb.techniques.items() for name in (key, item.name)]
    goals = [fold(name) for item in kb.goals.values() for name in (item.name, *item.aliases)]
    materials = [fold(name) for item in kb.materials.values() for name in (item.name, *item.aliases)]
    instruments = [fold(name) for item in kb.facilities.values() for name in (item.name, *item.aliases)]
    known = (*goals, *materials, *instruments)
    return list(dict.fromkeys([*WORDS, *techniques, *kb.combinations, *known, *kb.askable, *ION_WORDS, *ANODE_WORDS]))


def _option_page(kb: KnowledgeBase, option: str, full: bool) -> Document:
    return (show.technique_page if option in kb.techniques else show.pairing_page)(kb, option, full)


def _ion(_: KnowledgeBase, word: str) -> str | None:
    return read_ion(word).value


def _anode(kb: KnowledgeBase, word: str) -> str | None:
    anode = read_anode(kb, word).value
    return None if anode is None else anode.material or anode.type


def _anode_page(kb: KnowledgeBase, word: str, full: bool) -> Document:
    return (show_entry.material_page if word in kb.materials else show_entry.anode_page)(kb, word, full)


def _instrument(kb: KnowledgeBase, word: str) -> str | None:
    return next(iter(read_facilities(kb, [word]).value or ()), None)


_BY_WORD: tuple[tuple[Callable[[KnowledgeBase, str], str | None], Page], ...] = (
    (read_option, _option_page),
    (read_target, show_entry.goal_page),
    (_ion, show_entry.ion_page),
    (_anode, _anode_page),
    (_instrument, show_entry.instrument_page),
)
