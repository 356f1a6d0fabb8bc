"""Two states of knowledge: which facts changed, and which answers change with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from insitu_advisor.curation.space import order, plain_questions
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.command import reproduce
from insitu_advisor.engine.question.question import Answer, Question
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Entry

SECTIONS = (
    "techniques", "combinations", "rules", "targets", "materials", "facilities", "presets", "profiles", "traits",
    "assumed_targets", "conflicts", "studies", "references",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """One changed fact: where it stands, what it was and what it is; None where it did not or does not exist."""

    where: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change does over the space of questions."""

    asked: int
    moved: int
    new_first: int
    examples: tuple[str, ...]


def facts(before: KnowledgeBase, after: KnowledgeBase) -> Iterator[Fact]:
    """Every fact that differs, in the order of the files."""
    for section in SECTIONS:
        yield from _differences(section, getattr(before, section), getattr(after, section))


def effect(before: KnowledgeBase, after: KnowledgeBase, examples: int = 10) -> Effect:
    """Rank every question of the finite space with both, and count the answers that move."""
    asked = moved = new_first = 0
    shown: list[str] = []
    bases = (before, ask(before)), (after, ask(after))
    for plain in plain_questions(after):
        if not plain.known_to(before):
            continue
        asked += 1
        question = plain.of(*bases[1])
        old, new = _order(before, plain.of(*bases[0])), _order(after, question)
        if old == new:
            continue
        moved += 1
        if old[:1] != new[:1]:
            new_first += 1
            if len(shown) < examples:
                first = [order[0] if order else "nothing" for order in (old, new)]
                told = question._replace(facilities=Answer((plain.preset,))) if plain.preset else question
                shown.append(f"{reproduce(told, after)}: {first[0]} before, {first[1]} now")
    return Effect(asked, moved, new_first, tuple(shown))


def _differences(where: str, before: Any, after: Any) -> Iterator[Fact]:
    if before == after:
        return
    if isinstance(before, Entry) and isinstance(after, Entry) and type(before) is type(after):
        for field in type(before).model_fields:
            yield from _differences(f"{where} > {field}", getattr(before, field), getattr(after, field))
    elif hasattr(before, "keys") and hasattr(after, "keys"):
        for key in dict.fromkeys((*before, *after)):
            yield from _differences(f"{where} > {key}", before.get(key), after.get(key))
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True), 1):
            yield from _differences(f"{where} > {index}", old, new)
    else:
        yield Fact(where, before, after)


def _order(kb: KnowledgeBase, question: Question) -> list[str]:
    return [item.option for item in order(kb, question)]
