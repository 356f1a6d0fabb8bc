"""Answers that are words: each is looked up in the lexicon, and a wrong one is answered with words of like meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast, get_args

from insitu_advisor.engine.question.lexicon import Lexicon, lexicon_of
from insitu_advisor.engine.question.listed import by_name
from insitu_advisor.engine.question.numbers import read_cap, read_number
from insitu_advisor.engine.question.phrases import DOUBLE_BOND
from insitu_advisor.engine.question.question import Anode, Answer, Goal, QuestionError, is_open
from insitu_advisor.engine.question.reading import AnodeReading, Reading, Unread
from insitu_advisor.engine.question.wording import short
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, CellWord, ElectrolyteKind, Ion, Scale
from insitu_advisor.knowledge.lexicon import WordKind
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.vocabulary import ION_WORDS

T = TypeVar("T")
ANY_ION = "nothing that depends on the ion is counted"
_WARMTH = re.compile(r"\bat [-+]?\d{1,2} ?(?:° ?C?|deg|C\b)")
ANY_ANODE = "nothing that depends on the anode type is counted"
ANY_SCALE = "spatial resolution is not counted"
ANY_CELL = "nothing that depends on the cell is counted"
ANY_ELECTROLYTE = "nothing that depends on the electrolyte is counted"
_WIDE, _NARROW = True, False


def open_answer(word: object, note: str) -> Answer[Any]:
    """An answer left open: assumed where nothing was said, given where not knowing was."""
    return Answer(None, "given" if word else "assumed", note)


def read_ion(word: str | None, kb: KnowledgeBase | None = None) -> Answer[Ion | None]:
    """Li, Na or K from a symbol or a name, or as the lexicon of a knowledge base knows them; open when not given."""
    if word is None or is_open(word):
        return open_answer(word, ANY_ION)
    if (ion := ION_WORDS.get(fold(word))) is not None:
        return Answer(ion)
    read = lexicon_of(kb).other("ion", word) if kb else None
    if isinstance(read, Reading) and len(read.ids) == 1 and not read.unused:
        return Answer(cast(Ion, read.ids[0]))
    raise QuestionError("ion", word, f"there is no ion '{short(word)}'; choose Li, Na or K")


def read_anode(kb: KnowledgeBase, word: str | None, ion: Ion | None = None) -> Answer[Anode | None]:
    """An anode from what the user calls it: a type, a material, a blend or a formula."""
    if word is None or is_open(word):
        return open_answer(word, ANY_ANODE)
    return answer_of(anode_reading(kb, word, ion))


def anode_reading(kb: KnowledgeBase, word: str, ion: Ion | None) -> AnodeReading:
    """What an anode is read as. Raises QuestionError for one that is not read, or that is a metal of another ion."""
    lexicon = lexicon_of(kb)
    read: AnodeReading | Unread | None = by_name(lexicon, word, ion)
    if read is None:
        # Most anodes go by their name, and what reads blends and formulas takes milliseconds to load.
        from insitu_advisor.engine.question import anodes

        read = anodes.read_anode(lexicon, word, ion)
    if isinstance(read, Unread):
        raise QuestionError("anode", word, read.advice)
    if ion and read.ion not in {None, ion}:
        said = (
            f"'{short(word)}' is {read.ion} metal, but the ion is {ion}; leave out one of them, or write --anode metal"
        )
        raise QuestionError("anode", word, said)
    if _WARMTH.search(word):
        # Carbons are named by the heat they were made at, so only what a cell may have is a temperature here.
        told = (read.otherwise, "its temperature counts by --temperature")
        return read._replace(otherwise="; ".join(filter(None, told)))
    return read


def answer_of(read: AnodeReading) -> Answer[Anode | None]:
    """An anode that was read, as an answer."""
    anode = Anode(read.type, read.material, read.words, read.traits, read.borrowed)
    return Answer(anode, "given", read.note, otherwise=read.otherwise)


def read_targets(kb: KnowledgeBase, words: Sequence[str], anode: AnodeType | None) -> Answer[tuple[Goal, ...]]:
    """Goals with their weights (1 unless given); those usual for the anode type when none is named."""
    return goals_and_outsiders(kb, words, anode)[0]


def goals_and_outsiders(
    kb: KnowledgeBase, words: Sequence[str], anode: AnodeType | None
) -> tuple[Answer[tuple[Goal, ...]], tuple[str, ...]]:
    """The goals, and the techniques outside the eight that are the usual answer to these very words."""
    if not words or all(map(is_open, words)):
        assumed = kb.assumed_for(anode)
        return Answer(tuple(Goal(target) for target in assumed.targets), "assumed", assumed.because), ()
    chosen: dict[tuple[str, str | None], tuple[float, bool]] = {}
    notes: dict[str, None] = {}
    outside: dict[str, None] = {}
    otherwise: dict[str, None] = {}
    for word in words:
        # The sign of a bond gives no weight.
        name, sign, text = DOUBLE_BOND.sub(r"\1 \2", word).partition("=")
        weight = read_number("target", word, text) if sign else 1.0
        if weight <= 0:
            said = f"the weight of '{short(name)}' must be above zero; leave the target out instead"
            raise QuestionError("target", word, said)
        read = _target(kb, name.strip(), anode)
        goals = goals_of(kb, read.ids, read.parts)
        for key in goals:
            _choose(chosen, key, weight, _WIDE if len(goals) > 1 else _NARROW, word)
        notes |= dict.fromkeys(notes_of(read))
        outside |= dict.fromkeys(read.outside)
        otherwise |= {read.otherwise: None} if read.otherwise else {}
    goals_asked = tuple(Goal(target, weight, part) for (target, part), (weight, _) in chosen.items())
    answer = Answer(goals_asked, "given", "; ".join(notes) or None, otherwise="; ".join(otherwise) or None)
    return answer, tuple(outside)


def _choose(
    chosen: dict[tuple[str, str | None], tuple[float, bool]],
    key: tuple[str, str | None],
    weight: float,
    wide: bool,
    word: str,
) -> None:
    """Keep a goal once; what a word asks for by itself counts before what a broad word only includes."""
    before = chosen.get(key)
    if before is None or (before[1] and not wide):
        chosen[key] = (weight, wide)
    elif not wide and before[0] != weight:
        said = f"target '{key[1] or key[0]}' is given two different weights; give it once"
        raise QuestionError("target", word, said)


def goals_of(kb: KnowledgeBase, ids: Sequence[str], parts: Sequence[str]) -> list[tuple[str, str | None]]:
    """Targets with the part of each that is meant, None where all of it is; so it is of a target among the parts."""
    goals: list[tuple[str, str | None]] = []
    for target in ids:
        named = [part for part in parts if kb.whole[part] == target]
        goals += [(target, part if part != target else None) for part in named] or [(target, None)]
    return goals


def notes_of(read: Reading) -> Iterator[str]:
    """What a reader is told of how a word was read."""
    if read.note:
        yield read.note
    if read.unused:
        yield f"of '{short(read.words)}' this was not used: {', '.join(read.unused)}"


def _target(kb: KnowledgeBase, word: str, anode: AnodeType | None) -> Reading:
    """What a word asks for. An id stands for itself."""
    key = fold(word).replace(" ", "-")
    if key in kb.targets:
        return Reading("target", word, (key,))
    if key in kb.goals:
        return Reading("target", word, (kb.whole[key],), parts=(key,))
    return reading_of("target", word, lexicon_of(kb).target(word, anode))


def read_target(kb: KnowledgeBase, word: str) -> str:
    """The id of the goal a word asks for, or of the part that is meant; the first where it means several."""
    read = _target(kb, word, None)
    target, part = goals_of(kb, read.ids, read.parts)[0]
    return part or target


def read_scale(kb: KnowledgeBase, word: str | None) -> Answer[Scale | None]:
    """The scale at which it happens."""
    if word is None or is_open(word):
        return open_answer(word, ANY_SCALE)
    known = get_args(Scale)
    if fold(word) in known:
        return Answer(cast(Scale, fold(word)))
    return cast("Answer[Scale | None]", _first_of(lexicon_of(kb), "scale", word, known))


def read_budget(kb: KnowledgeBase, word: str | None) -> Answer[str | None]:
    """The highest cost allowed: a tier, or words such as cheap."""
    note = "testing cost still counts in the score"
    try:
        return read_cap("budget", word, note)
    except QuestionError:
        read = lexicon_of(kb).other("budget", word or "")
        if isinstance(read, Unread):
            raise
        return read_cap("budget", read.ids[0], note)


def read_cell(kb: KnowledgeBase, words: Sequence[str]) -> Answer[tuple[CellWord, ...] | None]:
    """The kind of cell, in one or several words."""
    if not words or all(map(is_open, words)):
        return open_answer(words, ANY_CELL)
    known = get_args(CellWord)
    chosen: dict[CellWord, None] = {}
    notes: dict[str, None] = {}
    for word in words:
        key = fold(word).replace(" ", "-")
        if key in known:
            chosen[cast(CellWord, key)] = None
            continue
        read = reading_of("cell", word, lexicon_of(kb).other("cell", word))
        chosen |= dict.fromkeys(cast("tuple[CellWord, ...]", read.ids))
        notes |= dict.fromkeys(notes_of(read))
    return Answer(tuple(chosen), "given", "; ".join(notes) or None)


def read_electrolyte(kb: KnowledgeBase, word: str | None) -> Answer[ElectrolyteKind | None]:
    """The kind of electrolyte, by itself or by one of its solvents, salts or ceramics."""
    if word is None or is_open(word):
        return open_answer(word, ANY_ELECTROLYTE)
    known = get_args(ElectrolyteKind)
    key = fold(word).replace(" ", "-")
    if key in known:
        return Answer(cast(ElectrolyteKind, key))
    return cast("Answer[ElectrolyteKind | None]", _first_of(lexicon_of(kb), "electrolyte", word, known))


def _first_of(lexicon: Lexicon, kind: WordKind, word: str, known: Sequence[str]) -> Answer[str | None]:
    """The first of what a word means, with a note where it means more."""
    read = lexicon.other(kind, word)
    if isinstance(read, Unread):
        advice = (
            read.advice
            if lexicon.knows(kind, word)
            else f"there is no {kind} '{short(word)}'; choose from {', '.join(known)}"
        )
        raise QuestionError(kind, word, advice)
    notes = [first_named(read.ids)] if len(read.ids) > 1 else []
    return Answer(read.ids[0], "given", "; ".join([*notes, *notes_of(read)]) or None)


def first_named(ids: Sequence[str]) -> str:
    """What to say where only the first of several words could be taken."""
    return f"only {ids[0]} is taken, as the first of {', '.join(ids)}"


def reading_of(field: str, word: str, read: Reading | Unread) -> Reading:
    """What a word was read as. Raises QuestionError for one that was not."""
    if isinstance(read, Unread):
        raise QuestionError(field, word, read.advice)
    return read
