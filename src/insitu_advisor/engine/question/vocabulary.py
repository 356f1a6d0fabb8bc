"""The words a researcher may use: ids, names and aliases, singular or plural, and the nearest to a wrong one."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import TypeVar

from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import fold

ALIKE = 0.8
T = TypeVar("T")


def nearest_word(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """` (did you mean 'x'?)` with the nearest known word, or `; choose from ...` when there are few words.

    `likeness` (0-1) is how like a word has to be. A formula is never answered with another formula.
    """
    words = list(dict.fromkeys(known))
    formula = likeness >= ALIKE and any(sign.isdigit() for sign in word)
    close = [] if formula else difflib.get_close_matches(fold(word), words, n=1, cutoff=likeness)
    if close:
        return f" (did you mean '{close[0]}'?)"
    return f"; choose from {', '.join(words)}" if len(words) <= 8 else ""


def found(word: str, known: Mapping[str, T]) -> T | None:
    """What a word stands for, be it in the singular or the plural."""
    folded = fold(word)
    forms = (folded, f"{folded}s", folded.removesuffix("s"))
    return next((known[form] for form in forms if form in known), None)


@lru_cache(maxsize=8)
def target_words(kb: KnowledgeBase) -> Mapping[str, str]:
    """Every word for a target or a part of one, folded, with its id."""
    parts = {key: part for target in kb.targets.values() for key, part in target.parts.items()}
    return _words({key: (key, item.name, *item.aliases) for key, item in {**kb.targets, **parts}.items()})


@lru_cache(maxsize=8)
def material_words(kb: KnowledgeBase) -> Mapping[str, str]:
    """Every word for a material, folded, with its id."""
    return _words({key: (key, item.name, *item.aliases) for key, item in kb.materials.items()})


@lru_cache(maxsize=8)
def facility_words(kb: KnowledgeBase) -> Mapping[str, tuple[str, ...]]:
    """Every word for an instrument or a preset, folded, with the ids of the instruments it means."""
    single = _words({key: (key, item.name, *item.aliases) for key, item in kb.facilities.items()})
    presets = {fold(key): preset.facilities for key, preset in kb.presets.items()}
    return {word: (key,) for word, key in single.items()} | presets


def _words(names: Mapping[str, Collection[str]]) -> dict[str, str]:
    return {fold(name): key for key, known in names.items() for name in known}
