"""From the researcher's words to a question: options, a sentence, or both; what an option says counts first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from insitu_advisor.engine.question.instruments import option, read_facilities, read_option, read_outsider
from insitu_advisor.engine.question.lexicon import lexicon_of
from insitu_advisor.engine.question.numbers import read_c_rate, read_cap, read_temperature, read_weights
from insitu_advisor.engine.question.question import Anode, Answer, Goal, Question, QuestionError, Said
from insitu_advisor.engine.question.readers import (
    ANY_ANODE,
    anode_reading,
    answer_of,
    first_named,
    goals_and_outsiders,
    goals_of,
    open_answer,
    read_anode,
    read_budget,
    read_cell,
    read_electrolyte,
    read_ion,
    read_scale,
    read_target,
    read_targets,
)
from insitu_advisor.engine.question.reading import AnodeReading, Unread
from insitu_advisor.engine.question.understood import Heard, Understood
from insitu_advisor.engine.question.wording import short
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.stems import as_typed

__all__ = [
    "QuestionError", "ask", "option", "read_anode", "read_c_rate", "read_cell", "read_electrolyte", "read_facilities",
    "read_ion", "read_option", "read_outsider", "read_target", "read_targets", "read_temperature", "read_weights",
]  # fmt: skip
T = TypeVar("T")
_COULD_SAY = (
    "name the anode and the ion (silicon, sodium), what you want to learn (SEI growth, plating, cracks), or what you "
    "can use (we have Raman); the options --anode, --ion, --target and --facility say the same"
)


def ask(  # noqa: PLR0913
    kb: KnowledgeBase,
    *,
    sentence: str | None = None,
    anode: str | None = None,
    ion: str | None = None,
    targets: str | Sequence[str] | Mapping[str, float] = (),
    budget: str | None = None,
    max_preparation: str | None = None,
    facilities: str | Sequence[str] = (),
    scale: str | None = None,
    c_rate: str | float | None = None,
    cell: str | Sequence[str] = (),
    electrolyte: str | None = None,
    temperature: str | float | None = None,
    weights: str | Sequence[str] | Mapping[str, float] = (),
) -> Question:
    """A question from plain words; whatever is left out is assumed and marked so.

    `sentence` is the question as one would ask a colleague; what else is given counts before it. `anode` is a type, a
    material, a formula or "unknown"; `targets` are goals in ids or words, each optionally `id=weight`; `facilities` are
    instruments, presets or techniques; `weights` is a profile name, or `criterion=number` entries laid over the
    balanced profile. One word needs no list, and words with weights may be a mapping. `c_rate` is a number in 1/h or a
    text such as "C/10" or "2C", `temperature` degrees Celsius or a text such as "-20 C". Raises QuestionError for
    words that are not understood.
    """
    single = {
        "sentence": sentence, "ion": ion, "anode": anode, "budget": budget, "max-preparation": max_preparation,
        "scale": scale, "electrolyte": electrolyte,
    }  # fmt: skip
    for field, word in single.items():
        if word is not None:
            _text(field, word)
    goals = _several("target", targets)
    heard = Understood() if sentence is None else _hear(kb, sentence, anode)
    ion_answer = read_ion(ion, kb) if ion is not None else _understood(heard.ion) or read_ion(None)
    reading, anode_answer, lost = _anode(kb, anode, heard, ion_answer.value)
    if ion_answer.source == "assumed" and reading is not None and reading.ion is not None:
        ion_answer = Answer(reading.ion, "understood", "named with the anode", (reading.words,))
    kind = anode_answer.value.type if anode_answer.value else None
    target_answer, usual = goals_and_outsiders(kb, goals, kind) if goals else (_goals(kb, heard, kind), ())
    instruments = _several("facility", facilities)
    kinds = _several("cell", cell)
    return Question(
        ion=ion_answer,
        anode=anode_answer,
        targets=target_answer,
        budget=read_budget(kb, budget) if budget is not None else _understood(heard.budget) or read_budget(kb, None),
        max_preparation=read_cap("max-preparation", max_preparation, "preparation still counts in the score"),
        facilities=_understood(None if instruments else heard.facilities) or read_facilities(kb, instruments),
        scale=_understood(None if scale is not None else heard.scale) or read_scale(kb, scale),
        c_rate=_understood(None if c_rate is not None else heard.c_rate) or read_c_rate(c_rate),
        cell=_understood(None if kinds else heard.cell) or read_cell(kb, kinds),
        electrolyte=_electrolyte(kb, electrolyte, heard),
        temperature=_understood(None if temperature is not None else heard.temperature)
        or read_temperature(temperature),
        weights=read_weights(kb, _several("weights", weights)),
        said=Said(
            None if sentence is None else as_typed(sentence),
            (*heard.unused, *lost),
            tuple(dict.fromkeys((*usual, *heard.outside))),
            heard.notes,
            heard.techniques,
        ),
    )


def _several(field: str, words: str | Sequence[str] | Mapping[str, float]) -> Sequence[str]:
    """Words as a sequence: one by itself, several, or each with its weight. Raises QuestionError for anything else."""
    if isinstance(words, Mapping):
        words = [f"{word}={weight}" for word, weight in words.items()]
    several = (words,) if isinstance(words, str) else tuple(words)
    for word in several:
        _text(field, word)
    return several


def _text(field: str, word: object) -> None:
    if not isinstance(word, str):
        raise QuestionError(field, str(word), f"{word!r} is no text; put it in quotes")


def _hear(kb: KnowledgeBase, sentence: str, anode: str | None) -> Understood:
    """What a sentence says, with the anode named beside it. Raises QuestionError where that is nothing."""
    # Only sentences need it, and reading it takes a program that was asked in options some milliseconds.
    from insitu_advisor.engine.question.sentence import read_sentence

    lexicon = lexicon_of(kb)
    beside = read_anode(kb, anode).value
    heard = read_sentence(lexicon, sentence, beside.type if beside else None)
    if isinstance(heard, Unread):
        raise QuestionError("sentence", heard.words, heard.advice)
    if not heard.empty:
        return heard
    if heard.outside:
        raise QuestionError("sentence", short(sentence), lexicon.outsider("way", sentence, heard.outside[0]).advice)
    told = f" {heard.notes[0]}" if heard.notes else ""
    raise QuestionError(
        "sentence",
        short(sentence),
        f"nothing in '{short(sentence)}' was understood.{told} Say more, in English: {_COULD_SAY}",
    )


def _understood(heard: Heard[T] | None) -> Answer[Any] | None:
    return None if heard is None else Answer(heard.value, "understood", heard.note, heard.words, heard.otherwise)


def _anode(
    kb: KnowledgeBase, word: str | None, heard: Understood, ion: Ion | None
) -> tuple[AnodeReading | None, Answer[Anode | None], tuple[str, ...]]:
    """The anode as it was read, as an answer, and the words for it that say nothing with this ion."""
    if word is not None or heard.anode is None:
        answer = read_anode(kb, word, ion)
        return (anode_reading(kb, word, ion) if word and answer.value else None), answer, ()
    try:
        reading = anode_reading(kb, heard.anode.value, ion)
    except QuestionError:
        return None, open_answer(None, ANY_ANODE), heard.anode.words
    return reading, answer_of(reading)._replace(source="understood", words=heard.anode.words), ()


def _goals(kb: KnowledgeBase, heard: Understood, anode: AnodeType | None) -> Answer[tuple[Goal, ...]]:
    if heard.targets is None:
        return read_targets(kb, (), anode)
    goals = tuple(Goal(target, 1.0, part) for target, part in goals_of(kb, heard.targets.value, heard.parts))
    return Answer(goals, "understood", heard.targets.note, heard.targets.words, heard.targets.otherwise)


def _electrolyte(kb: KnowledgeBase, word: str | None, heard: Understood) -> Answer[Any]:
    if word is not None or heard.electrolyte is None:
        return read_electrolyte(kb, word)
    kinds = heard.electrolyte.value
    note = heard.electrolyte.note or (first_named(kinds) if len(kinds) > 1 else None)
    return Answer(kinds[0], "understood", note, heard.electrolyte.words)
