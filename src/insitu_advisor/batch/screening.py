"""One question per row of a table, streamed: read a row, answer it, forget it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.question import Question, QuestionError
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.spelling import nearest
from insitu_advisor.knowledge.stems import as_typed

Adjust = Callable[[Question], Question]
SHOWN = 3
LISTS = frozenset({"target", "facility", "weights", "cell"})
SINGULAR = {"targets": "target", "facilities": "facility", "question": "sentence"}
# A column for everything a question may say.
COLUMNS = tuple(SINGULAR.get(word, word) for word in ask.__kwdefaults__ or ())
LONGEST_ROW = 100_000
# What a spreadsheet would run; a plus or a minus with nothing behind it is a sign.
_FORMULA = re.compile(r"[=＝@＠\t\r]|[-+－＋](?![-+]*$)")


class TableError(ValueError):
    """A table that cannot be screened at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """One answered row: its line in the table, what was asked, and the answer; or the fault that kept it out.

    `laboratory` names the lab profile that counted, if one did.
    """

    line: int
    given: Mapping[str, str]
    advice: Advice | None
    fault: str | None
    laboratory: str = ""


def unchanged(question: Question) -> Question:
    """The question as the row asks it."""
    return question


def screen(table: Iterable[str], kb: KnowledgeBase, adjust: Adjust = unchanged) -> Iterator[Row]:
    """Answer a CSV table row by row. Columns are the options of `recommend`; lists are split at `;`.

    `adjust` may change each question before it is answered, as a lab profile does. Raises TableError for a table
    without a usable header; a bad row is yielded with its fault and the rest goes on.
    """
    csv.field_size_limit(LONGEST_ROW)
    reader = csv.DictReader(table, strict=True)
    try:
        known = _columns(reader.fieldnames)
    except csv.Error as error:
        raise TableError(f"the header cannot be read: {error}") from error
    return _rows(reader, known, kb, adjust)


def _rows(reader: csv.DictReader[str], known: Mapping[str, str], kb: KnowledgeBase, adjust: Adjust) -> Iterator[Row]:
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # DictReader counts a line only once it has been read; the reader below counts it before.
            row = Row(reader.reader.line_num, {}, None, f"the row cannot be read: {error}")
        else:
            row = _row(reader.line_num, cells, known, kb, adjust)
        yield replace(row, laboratory=kb.laboratory) if kb.lab else row


def csv_line(row: Row) -> list[str]:
    """The first three options of a row with scores and reasons, as cells that no spreadsheet takes for a formula."""
    if row.advice is None:
        return [str(row.line), "error", safe_cell(row.fault or ""), safe_cell(row.laboratory), *[""] * (3 * SHOWN)]
    cells = [str(row.line), status(row.advice), "", safe_cell(row.laboratory)]
    for place in range(SHOWN):
        if place < len(row.advice.ranking):
            option = row.advice.ranking[place]
            why = wording.sees(row.advice, option.route)
            cells += [option.id, f"{option.score:.0f}", safe_cell(why)]
        else:
            cells += ["", "", ""]
    return cells


def status(advice: Advice) -> str:
    """What `recommend` says of an answer, in a word: nothing passes, there are only hints, or something answers."""
    if not advice.ranking:
        return "nothing passes"
    return "hint only" if nothing_answers(advice) else "answered"


def csv_header() -> list[str]:
    """Names of the cells of `csv_line`."""
    first = ["line", "status", "error", "laboratory"]
    return [*first, *(f"{name}_{rank}" for rank in (1, 2, 3) for name in ("option", "score", "why"))]


def json_line(row: Row) -> str:
    """A row as one line of JSON."""
    if row.advice is None:
        return json.dumps(_start(row) | {"error": row.fault}, ensure_ascii=False)
    first = [
        {
            "id": option.id,
            "rank": option.rank,
            "score": round(option.score, 6),
            "why": wording.sees(row.advice, option.route),
        }
        for option in row.advice.ranking[:SHOWN]
    ]
    excluded = {option.id: option.rule for option in row.advice.excluded}
    return json.dumps(
        _start(row) | {"status": status(row.advice), "first": first, "excluded": excluded}, ensure_ascii=False
    )


def _start(row: Row) -> dict[str, Any]:
    """What every row of JSON begins with."""
    return {"line": row.line, "laboratory": row.laboratory or None, "given": dict(row.given)}


def safe_cell(text: str) -> str:
    """A cell with a quote before a leading sign that a spreadsheet would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _columns(header: Any) -> dict[str, str]:
    """Column names as written, with the option each stands for."""
    if not header:
        raise TableError("the table is empty; its first line must name the columns, such as anode,ion,target")
    known = {}
    for name in header:
        option = (name or "").strip().lower().lstrip("-").replace("-", "_")
        option = SINGULAR.get(option, option)
        if option not in COLUMNS:
            other = next((sign for sign in (";", "\t") if sign in option), None)
            if other is not None:
                named = "semicolons" if other == ";" else "tabs"
                raise TableError(f"the columns are parted by {named}; save the table with commas between them")
            raise TableError(f"there is no option for the column '{name}'{nearest(option, COLUMNS)}")
        known[name] = option
    if len(set(known.values())) < len(header):
        raise TableError("two columns stand for the same option; keep one")
    return known


def _row(line: int, cells: Mapping[Any, Any], known: Mapping[str, str], kb: KnowledgeBase, adjust: Adjust) -> Row:
    if None in cells:
        return Row(line, {}, None, "the row has more cells than the header has columns")
    given = {option: as_typed(cells[name] or "") for name, option in known.items()}
    given = {option: text for option, text in given.items() if text}
    try:
        words: dict[str, Any] = {
            option: [part.strip() for part in text.split(";") if part.strip()] if option in LISTS else text
            for option, text in given.items()
        }
        question = ask(
            kb,
            targets=words.pop("target", ()),
            facilities=words.pop("facility", ()),
            **words,
        )
    except QuestionError as error:
        return Row(line, given, None, error.advice)
    return Row(line, given, recommend(adjust(question), kb), None)
