"""Answers that are numbers: C-rate, temperature, weights and caps."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import cast

from insitu_advisor.engine.question.question import UNLIMITED, Answer, QuestionError, Weights, is_open
from insitu_advisor.engine.question.wording import short
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA, Criterion

CAP_WORDS = (*TIERS, UNLIMITED)
# In 1/h, and in degrees Celsius: no cell is asked about beyond these.
SLOWEST_RATE, FASTEST_RATE = 1e-4, 1000.0
COLDEST, HOTTEST = -150.0, 500.0
_NO_CAP = frozenset({"unlimited", "any", "none", "no limit"})
_RATE = re.compile(r"(?:([\d.]+(?:[eE][-+]?\d+)?)\s*[cC]?|[cC]\s*/\s*([\d.]+)|[cC])")
_WARMTH = re.compile(
    r"(?P<sign>[-+]|minus\s)?\s*(?P<value>\d{1,4}(?:\.\d{1,4})?)\s*(?P<unit>°?\s*C|deg(?:rees?)?\.?\s*(?:C|Celsius)?|Celsius|°|K)?",
    re.IGNORECASE,
)
_KELVIN = 273.15
_ROOM = frozenset({"room temperature", "room", "rt", "ambient", "ambient temperature"})
_WARM_ROOM = 25.0


def read_c_rate(word: str | float | None) -> Answer[float | None]:
    """A C-rate in 1/h from `0.1`, `C/10`, `1C` or `2C`; above 0 and at most 1000."""
    if word is None or is_open(str(word)):
        return Answer(None, "assumed" if word is None else "given", "time resolution is not counted")
    text = str(word).strip()
    match = _RATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        rate = 1.0 / float(match[2]) if match[2] else float(match[1] or 1.0)
    except (ValueError, ZeroDivisionError):
        said = f"'{short(text)}' is no C-rate; write 0.1, C/10, 1C or 2C"
        raise QuestionError("c-rate", text, said) from None
    if not SLOWEST_RATE <= rate <= FASTEST_RATE:
        limits = f"{SLOWEST_RATE:g} to {FASTEST_RATE:g}"
        said = f"the C-rate '{short(text)}' is out of range; give one from {limits} per hour"
        raise QuestionError("c-rate", text, said)
    return Answer(rate)


def read_temperature(word: str | float | None) -> Answer[float | None]:
    """A temperature in degrees Celsius from `25`, `-20 C`, `60 °C`, `298 K` or `room temperature`."""
    if word is None or is_open(str(word)):
        return Answer(
            None, "assumed" if word is None else "given", "nothing that depends on the temperature is counted"
        )
    text = " ".join(str(word).replace("−", "-").split())
    if fold(text) in _ROOM:
        return Answer(_WARM_ROOM, "given", "room temperature is read as 25 °C")
    match = _WARMTH.fullmatch(text)
    if match is None:
        said = f"'{short(text)}' is no temperature; write 25, -20, '60 °C' or '298 K'"
        raise QuestionError("temperature", text, said)
    value = -float(match["value"]) if (match["sign"] or "+").strip() in {"-", "minus"} else float(match["value"])
    if (match["unit"] or "").upper() == "K":
        value = round(value - _KELVIN, 2)
    if not COLDEST <= value <= HOTTEST:
        limits = f"{COLDEST:g} to {HOTTEST:g} °C"
        raise QuestionError("temperature", text, f"'{short(text)}' is out of range; give one from {limits}")
    return Answer(value)


def read_cap(field: str, word: str | None, note: str) -> Answer[str | None]:
    """A highest tier, or `unlimited`."""
    if word is None or (is_open(word) and fold(word) not in _NO_CAP):
        return Answer(None, "assumed" if word is None else "given", note)
    folded = fold(word).replace(" ", "-")
    if fold(word) in _NO_CAP:
        return Answer(UNLIMITED)
    if folded not in TIERS:
        raise QuestionError(field, word, f"there is no tier '{short(word)}'; choose from {', '.join(CAP_WORDS)}")
    return Answer(folded)


def read_weights(kb: KnowledgeBase, words: Sequence[str]) -> Answer[Weights]:
    """Criterion weights from a profile name, or from `criterion=number` laid over the balanced profile."""
    profiles = list(dict.fromkeys(word for word in words if "=" not in word))
    pairs = [word for word in words if "=" in word]
    if len(profiles) > 1:
        said = f"two profiles are named, '{short(profiles[0])}' and '{short(profiles[1])}'; name one"
        raise QuestionError("weights", profiles[1], said)
    name = fold(profiles[0]) if profiles else "balanced"
    if name not in kb.profiles:
        known = ", ".join(kb.profiles)
        said = f"there is no weight profile '{short(name)}'; choose from {known}, or write criterion=number"
        raise QuestionError("weights", name, said)
    usual = kb.profiles[name].weights
    weights = {criterion: usual.get(criterion, 0.0) for criterion in CRITERIA} | _own_weights(pairs)
    if not any(weights.values()):
        raise QuestionError("weights", " ".join(words), "all weights are zero; give at least one criterion a weight")
    return Answer(Weights(tuple(weights.items()), None if pairs else name), "given" if words else "assumed")


def _own_weights(pairs: Iterable[str]) -> dict[Criterion, float]:
    own: dict[Criterion, float] = {}
    for word in pairs:
        key, _, text = word.partition("=")
        criterion = cast(Criterion, fold(key).replace(" ", "-"))
        if criterion not in CRITERIA:
            known = ", ".join(CRITERIA)
            raise QuestionError("weights", key, f"there is no criterion '{short(key)}'; choose from {known}")
        value = read_number("weights", word, text)
        if value < 0:
            raise QuestionError("weights", word, f"the weight of '{key}' must not be negative")
        if own.setdefault(criterion, value) != value:
            said = f"criterion '{criterion}' is given two different weights; give it once"
            raise QuestionError("weights", word, said)
    return own


def read_number(field: str, word: str, text: str) -> float:
    """The number behind the `=` of a word."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e6:
        example = f"{short(word.partition('=')[0])}=2"
        raise QuestionError(
            field, word, f"'{short(text)}' in '{short(word)}' is not a number; write for example {example}"
        )
    return value
