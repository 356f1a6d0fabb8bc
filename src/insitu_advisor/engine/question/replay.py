"""From the JSON of an answer back to its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.question import (
    FIELDS,
    Anode,
    Answer,
    AnswerSource,
    Goal,
    Question,
    QuestionError,
    Said,
    Weights,
)
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import printable


def plain(question: Question) -> dict[str, Any]:
    """A question as plain data: each answer with value, source and note, and with the rest of what it holds."""
    told: dict[str, Any] = {
        field: {
            "value": _told(answer.value),
            "source": answer.source,
            "note": answer.note,
            "words": list(answer.words),
            "otherwise": answer.otherwise,
        }
        for field in FIELDS
        for answer in [getattr(question, field)]
    }
    anode, weights = question.anode.value, question.weights.value
    told["anode"] |= {
        "material": anode.material if anode else None,
        "word": anode.word if anode else None,
        "traits": list(anode.traits) if anode else [],
        "borrowed": anode.borrowed if anode else False,
    }
    told["weights"]["profile"] = weights.profile
    said = question.said
    return told | {
        "sentence": said.sentence,
        "unused": list(said.unused),
        "outside": list(said.outside),
        "notes": list(said.notes),
        "techniques": list(said.techniques),
    }


def question_from(data: Mapping[str, Any], kb: KnowledgeBase) -> Question:
    """The question an answer carries. Raises QuestionError for anything that is no complete, fitting question."""
    missing = [field for field in FIELDS if field not in data]
    if missing:
        raise QuestionError("question", missing[0], f"the file's question lacks '{missing[0]}'; ask anew instead")
    try:
        answers = cast("dict[str, Any]", {field: _answer(field, data[field]) for field in FIELDS})
        question = Question(**answers, said=_said(data, kb))
        _understood(question, kb)
    except QuestionError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = "the file's question is not one that an answer holds; ask anew instead"
        raise QuestionError("question", str(error), said) from error
    return question


def _told(value: Any) -> Any:
    match value:
        case Anode():
            return value.type
        case Weights():
            return dict(value.values)
        case tuple():
            return [_goal(item) if isinstance(item, Goal) else item for item in value]
        case _:
            return value


def _goal(goal: Goal) -> dict[str, Any]:
    return {"id": goal.target, "part": goal.part, "weight": goal.weight}


def _answer(field: str, item: Mapping[str, Any]) -> Answer[Any]:
    source, note, otherwise = item["source"], item["note"], item["otherwise"]
    if source not in get_args(AnswerSource):
        raise ValueError(field)
    _texts([text for text in (note, otherwise, item.get("word")) if text is not None])
    return Answer(_value(field, item), source, note, _texts(item["words"]), otherwise)


def _said(data: Mapping[str, Any], kb: KnowledgeBase) -> Said:
    outside, sentence = _texts(data["outside"]), data["sentence"]
    if not set(outside) <= set(kb.outside):
        raise ValueError("outside")
    _texts([] if sentence is None else [sentence])
    techniques = _texts(data["techniques"])
    if not set(techniques) <= set(kb.techniques):
        raise ValueError("techniques")
    return Said(sentence, _texts(data["unused"]), outside, _texts(data["notes"]), techniques)


def _texts(value: Any) -> tuple[str, ...]:
    """Texts as an answer holds them. Raises TypeError or ValueError for anything that could not be shown."""
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("words")
    return tuple(map(printable, value))


def _value(field: str, item: Mapping[str, Any]) -> Any:
    value = item["value"]
    match field:
        case "anode":
            return value and Anode(value, item["material"], item["word"], tuple(item["traits"]), item["borrowed"])
        case "targets":
            return tuple(Goal(str(goal["id"]), float(goal["weight"]), goal["part"]) for goal in value)
        case "facilities" | "cell":
            return None if value is None else tuple(map(str, value))
        case "weights":
            return Weights(tuple((key, float(weight)) for key, weight in value.items()), item["profile"])
        case _:
            return value


def _understood(question: Question, kb: KnowledgeBase) -> None:
    """Ask the same in words: every answer is checked against the knowledge base in use, and has to mean the same."""
    anode, weights = question.anode.value, question.weights.value
    again = ask(
        kb,
        anode=(anode.word or anode.material or anode.type) if anode else None,
        ion=question.ion.value,
        targets=[f"{goal.id}={goal.weight!r}" for goal in question.targets.value],
        budget=question.budget.value,
        max_preparation=question.max_preparation.value,
        facilities=question.facilities.value or (),
        scale=question.scale.value,
        c_rate=question.c_rate.value,
        cell=question.cell.value or (),
        electrolyte=question.electrolyte.value,
        temperature=question.temperature.value,
        weights=weights.profile or [f"{key}={weight!r}" for key, weight in weights.values],
    )
    for field in FIELDS:
        if _compared(getattr(again, field).value) != _compared(getattr(question, field).value):
            raise QuestionError(field, field, f"the file's '{field}' is not what an answer holds; ask anew instead")


def _compared(value: Any) -> Any:
    """A value as it is compared: the order of a list says nothing, and no instrument reads as none named."""
    if isinstance(value, Anode):
        return value.type, value.material, value.traits, value.borrowed
    if isinstance(value, Weights):
        return value
    return frozenset(value) if isinstance(value, tuple) else value or frozenset()
