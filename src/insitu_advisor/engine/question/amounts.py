"""Numbers of a sentence that have a meaning of their own: the C-rate and the temperature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from insitu_advisor.engine.question.numbers import COLDEST, FASTEST_RATE, HOTTEST, SLOWEST_RATE
from insitu_advisor.engine.question.understood import Heard

_NUMBER = r"\d{1,5}(?:\.\d{1,5})?"
_RATE = re.compile(
    rf"(?<![\w./])C ?/ ?(?P<over>{_NUMBER})(?![\w/])"
    rf"|(?<![\w./])(?P<part>1 ?/ ?{_NUMBER}) ?C(?![\w°/])"
    rf"|(?<![\w./-])(?P<times>{_NUMBER}|\.\d{{1,5}}) ?-?C(?P<said>[ -]rates?)?(?![\w°'/])"
    rf"|\b[Cc][ -]?rate (?:of |is |= ?)?(?P<named>{_NUMBER})\b"
)
_DEGREES = re.compile(
    r"(?P<sign>(?<![\w.)])[-+]|\bminus )? ?(?P<value>\b\d{1,3}(?:\.\d{1,3})?) ?"
    r"(?P<unit>° ?C\b|deg(?:rees?)? ?(?:C\b|[Cc]elsius\b)|[Cc]elsius\b|° ?(?!\w)|deg(?:rees?)?\b|K\b|C(?![\w°/-]))"
)
_FAST = re.compile(r"\b(?:fast|quick|rapid|high[- ]rate)[ -]?(?:charg|discharg)", re.IGNORECASE)
_COLD = re.compile(r"\b(?:low temperatures?|in the cold|winter|sub-?zero|below zero|freezing)\b", re.IGNORECASE)
_IN_TIME = re.compile(
    r"\b(?:dis)?charg(?:e|ed|ing)(?: fully| completely| it| them| the cell)? (?:with)?in "
    r"(?:only |just |about |under |less than )?(?P<time>\d{1,3}(?:\.\d)?) ?(?P<unit>min|h)(?:utes?|ours?|r)?\b"
)
# `10 to 40 °C` and `25…-20 °C` name the other end of a range as well.
_FROM = re.compile(
    r"(?:(?<![\w.)])(?P<sign>[-+])|\b(?P<minus>minus ))?(?P<value>(?<![\w.])\d{1,3}(?:\.\d{1,3})?)"
    r" ?(?:° ?C?)? ?(?:-|to|and|or|/|\.{2,3}|,|up to|down to) ?$"
)
_ROOM = 25.0
_CHARGING = re.compile(r"rate|charg|pulse|fast", re.IGNORECASE)
_BESIDE = 25
_HOT = 90.0


class Amount(NamedTuple):
    """A number with the place it was read from in the plain text."""

    value: float
    start: int
    end: int


def rates(text: str) -> list[Amount]:
    """Every C-rate in 1/h; a bare `25 C` or `-10 C` is a temperature, unless the word rate follows."""
    found = []
    for match in _RATE.finditer(text):
        value = _rate(match)
        bare = match["times"] is not None and not match["said"]
        if value is None or not SLOWEST_RATE <= value <= FASTEST_RATE:
            continue
        if bare and " " in match[0] and text[: match.start()].rstrip().endswith(("-", "minus")):
            continue
        if bare and value >= _ROOM and (" " in match[0] or _warm(text, match)):
            continue
        found.append(Amount(value, match.start(), match.end()))
    return found + [_in_time(match) for match in _IN_TIME.finditer(text) if float(match["time"])]


def _in_time(match: re.Match[str]) -> Amount:
    """`charged in 15 minutes` is 4C."""
    hours = float(match["time"]) / (60.0 if match["unit"].startswith("m") else 1.0)
    return Amount(min(max(1.0 / hours, SLOWEST_RATE), FASTEST_RATE), match.start(), match.end())


def _warm(text: str, match: re.Match[str]) -> bool:
    """Whether `60C` is a temperature: beside another C-rate, or where nobody speaks of charging or pulses."""
    if float(match.groupdict().get("times") or match.groupdict().get("value") or 0) > _HOT:
        return False
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    slow = any(each["times"] is None or float(each["times"]) < _ROOM for each in _RATE.finditer(rest))
    return slow or _CHARGING.search(text[max(0, match.start() - _BESIDE) : match.end() + _BESIDE]) is None


def _rate(match: re.Match[str]) -> float | None:
    if match["over"] is not None:
        return 1.0 / float(match["over"]) if float(match["over"]) else None
    if match["part"] is not None:
        below = float(match["part"].partition("/")[2])
        return 1.0 / below if below else None
    return float(match["times"] or match["named"])


def temperatures(text: str) -> list[Amount]:
    """Every temperature in degrees Celsius; kelvin from 150 K on, a bare C only where it can be no rate."""
    found = []
    for match in _DEGREES.finditer(text):
        value = float(match["value"]) * (-1.0 if (match["sign"] or "+").strip() in {"-", "minus"} else 1.0)
        unit = match["unit"]
        if unit == "K":
            if not 150.0 <= value <= 800.0:
                continue
            value = round(value - 273.15, 2)
        elif unit == "C" and value > 0.0 and (value < _ROOM or not (" " in match[0].strip() or _warm(text, match))):
            continue
        if COLDEST <= value <= HOTTEST:
            found += [
                *_other_end(text[max(0, match.start() - _BESIDE) : match.start()], match.start(), unit),
                Amount(value, match.start(), match.end()),
            ]
    return found


def _other_end(ahead: str, end: int, unit: str) -> list[Amount]:
    """The number that shares the unit of a temperature behind it, in the text ahead of that, which ends at `end`."""
    match = _FROM.search(ahead) if unit != "K" else None
    if match is None:
        return []
    value = float(match["value"]) * (-1.0 if match["sign"] == "-" or match["minus"] else 1.0)
    start = end - len(ahead) + match.start()
    return [Amount(value, start, end)] if COLDEST <= value <= HOTTEST else []


def fastest(found: Sequence[Amount], plain: str) -> Heard[float] | None:
    """The highest C-rate, for it is the one that is hard to follow."""
    several = "the fastest of those named" if len({each.value for each in found}) > 1 else None
    return _amount(max(found), plain, several) if found else None


def harshest(found: Sequence[Amount], plain: str) -> Heard[float] | None:
    """The temperature farthest from that of a room, for it is the one that a cell or a window has to stand."""
    several = "the farthest from room temperature of those named" if len({each.value for each in found}) > 1 else None
    far = max(found, key=lambda each: (abs(each.value - _ROOM), -each.value), default=None)
    return None if far is None else _amount(far, plain, several)


def to_add(plain: str, rate: Heard[float] | None, warmth: Heard[float] | None) -> tuple[str, ...]:
    """What to say to somebody who charges fast, or in the cold, and names no number."""
    told = ("how fast counts here: add --c-rate",) if rate is None and _FAST.search(plain) else ()
    return told + (("how cold counts here: add --temperature",) if warmth is None and _COLD.search(plain) else ())


def _amount(amount: Amount, plain: str, note: str | None) -> Heard[float]:
    return Heard(amount.value, (plain[amount.start : amount.end].strip(),), note)
