"""The asked goals against the first options, as signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.criteria import Sighting, seen
from insitu_advisor.engine.words.cautions import casings, stands_in
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
    options = _chosen(advice, most)
    rows = tuple(_row(advice, option, shown) for option in options)
    limited = any("(" in cell for row in rows for cell in row[2:-1])
    parts = [
        LEGEND,
        HELD_BACK if limited else "",
        _done_as(options),
        _stand_ins(advice, options),
        _left_out(advice, len(options), len(shown)),
    ]
    names = tuple(advice.kb.goals[goal].short or advice.kb.goals[goal].name for goal in shown)
    return Matrix(names, rows, ". ".join(filter(None, parts)))


def _chosen(advice: Advice, most: int) -> tuple[Ranked, ...]:
    """The first options, the last of them giving way to techniques that the question names; the first stays."""
    asked = advice.question.said.techniques
    more = [option for option in advice.ranking[most:] if option.id in asked][: most - 1]
    kept = [option for option in advice.ranking[:most] if option.id in asked]
    free = max(1 - len(kept), most - len(more) - len(kept))
    first = [option for option in advice.ranking[:most] if option not in kept][:free]
    return tuple(option for option in advice.ranking if option in (*first, *kept, *more))[:most]


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


def _stand_ins(advice: Advice, options: Sequence[Ranked]) -> str:
    """Which techniques of these options, alone or in a pairing, do not run in the cell that was asked for."""
    ways = dict.fromkeys(way for option in options for way in option.route.ways)
    own = dict.fromkeys(way.technique.short for way in ways if stands_in(advice, way))
    return f"In a cell of its own, not in your {listed(casings(advice), 'or')} cell: {listed(own)}" if own else ""


def sign(sighting: Sighting) -> str:
    """One to three plus signs, a minus for nothing, in brackets where the asked scale or rate holds it back."""
    if not sighting.value():
        return SIGNS[0]
    return f"({SIGNS[sighting.rating]})" if sighting.held_back else SIGNS[sighting.rating]
