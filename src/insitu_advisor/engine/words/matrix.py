"""The asked goals against the first options, as signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.criteria import Sighting, seen
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.engine.words.sentences import cost_word, listed

SIGNS = ("-", "+", "++", "+++")
LEGEND = "+++ best, ++ good, + hint only, - blind"
HELD_BACK = "( ) held back by your scale or rate"
MOST_OPTIONS, MOST_GOALS = 5, 4


class Matrix(NamedTuple):
    """A sign per option and goal, with score and cost; what was left out for want of room, and how to read it."""

    goals: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    legend: str


def matrix(advice: Advice, most: int = MOST_OPTIONS) -> Matrix | None:
    """The first options of the ranking with what each sees of the first goals; None where nothing passes."""
    if not advice.ranking:
        return None
    shown = advice.goals[:MOST_GOALS]
    options = advice.ranking[:most]
    rows = tuple(_row(advice, option, shown) for option in options)
    limited = any("(" in cell for row in rows for cell in row[2:-1])
    parts = [LEGEND, HELD_BACK if limited else "", _done_as(options), _left_out(advice, len(options), len(shown))]
    names = tuple(advice.kb.goals[goal].short or advice.kb.goals[goal].name for goal in shown)
    return Matrix(names, rows, ". ".join(filter(None, parts)))


def _left_out(advice: Advice, options: int, goals: int) -> str:
    counts = (
        (len(advice.ranking) - options, "more option"),
        (len(advice.excluded), "excluded"),
        (len(advice.goals) - goals, "more goal"),
    )
    told = [f"{count} {what}{'s' if count > 1 and what != 'excluded' else ''}" for count, what in counts if count]
    return f"{', '.join(told)}: --full" if told else ""


def _row(advice: Advice, option: Ranked, goals: tuple[str, ...]) -> tuple[str, ...]:
    signs = {each.goal: sign(each) for each in seen(option.route, advice.problem)}
    cells = (signs[goal] for goal in goals)
    return (advice.kb.name(option.id), f"{option.score:.0f}", *cells, cost_word(option.route))


def _done_as(options: Sequence[Ranked]) -> str:
    """How techniques are carried out that are not done in the ordinary way: the same way in every row."""
    ways = dict.fromkeys(way_name(way) for option in options for way in option.route.ways)
    special = [name for name in ways if "(" in name]
    return f"Carried out as {listed(special)}" if special else ""


def sign(sighting: Sighting) -> str:
    """One to three plus signs, a minus for nothing, in brackets where the asked scale or rate holds it back."""
    if not sighting.value():
        return SIGNS[0]
    return f"({SIGNS[sighting.rating]})" if sighting.held_back else SIGNS[sighting.rating]
