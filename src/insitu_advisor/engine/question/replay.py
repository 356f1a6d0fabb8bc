"""From the JSON of an answer back to its question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast, get_args

from insitu_advisor.engine.question.ask import QuestionError, ask
from insitu_advisor.engine.question.question import Answer, AnswerSource, Question
from insitu_advisor.knowledge.base import KnowledgeBase

FIELDS = tuple(Question.__dataclass_fields__)
_NOT_ASKED = frozenset({"profile"})


def question_from(data: Mapping[str, Any], kb: KnowledgeBase) -> Question:
    """The question an answer carries. Raises QuestionError for anything that is no complete, fitting question."""
    missing = [field for field in FIELDS if field not in data]
    if missing:
        raise QuestionError("question", missing[0], f"the file's question lacks '{missing[0]}'; ask anew instead")
    try:
        question = Question(**cast("dict[str, Any]", {field: _answer(field, data[field]) for field in FIELDS}))
        _understood(question, kb)
    except QuestionError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        said = "the file's question is not one that an answer holds; ask anew instead"
        raise QuestionError("question", str(error), said) from error
    return question


def _answer(field: str, item: Mapping[str, Any]) -> Answer[Any]:
    source, note = item["source"], item["note"]
    if source not in get_args(AnswerSource) or not isinstance(note, str | None):
        raise ValueError(field)
    return Answer(_value(field, item["value"]), source, note)


def _value(field: str, value: Any) -> Any:
    match field:
        case "targets":
            return tuple((str(item["id"]), float(item["weight"])) for item in value)
        case "facilities":
            return None if value is None else tuple(map(str, value))
        case "weights":
            return tuple((str(criterion), float(weight)) for criterion, weight in value.items())
        case "profile" if not isinstance(value, str | None):
            raise ValueError(field)
        case _:
            return value


def _understood(question: Question, kb: KnowledgeBase) -> None:
    """Ask the same in words: every answer is checked against the knowledge base in use, and has to mean the same."""
    again = ask(
        kb,
        anode=question.material.value or question.anode.value,
        ion=question.ion.value,
        targets=[f"{target}={weight!r}" for target, weight in question.targets.value],
        budget=question.budget.value,
        max_preparation=question.max_preparation.value,
        facilities=question.facilities.value or (),
        scale=question.scale.value,
        c_rate=question.c_rate.value,
        weights=[f"{criterion}={weight!r}" for criterion, weight in question.weights.value],
    )
    for field in FIELDS:
        if field not in _NOT_ASKED and _plain(getattr(again, field)) != _plain(getattr(question, field)):
            raise QuestionError(field, field, f"the file's '{field}' is not what an answer holds; ask anew instead")


def _plain(answer: Answer[Any]) -> Any:
    """An answer as it is compared: the order of a list says nothing, and no instrument reads as none named."""
    return frozenset(answer.value) if isinstance(answer.value, tuple) else answer.value or frozenset()
