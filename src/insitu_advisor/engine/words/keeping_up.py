"""How the ways of a route keep up with a C-rate, in one phrase."""

from __future__ import annotations

from collections.abc import Iterable

from insitu_advisor.engine.method.pace import Pace, own_clock, pace
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.words.reasons import point_count, way_name


def pace_text(route: Route, c_rate: float, goals: Iterable[str]) -> str:
    """How each member of a route keeps up with a C-rate, in one phrase."""
    asked = tuple(goals)
    said = (_done_at(way, c_rate, asked) or _keeping_up(pace(way, c_rate)) for way in route.ways)
    return f"At {rate_word(c_rate)}: {'; '.join(said)}"


def _done_at(way: Way, c_rate: float, goals: Iterable[str]) -> str:
    """That a study did it at this rate, where the time per point alone would not let us expect it."""
    seen = [goal for goal in goals if goal in way.shown and goal in way.sights]
    done = [way.shown[goal] for goal in seen if way.shown[goal].covers(c_rate)]
    if not done or pace(way, c_rate).verdict == "follows":
        return ""
    fastest = rate_word(max(done).rate)
    return f"{way_name(way)} was used for this at {fastest} in a published study, which counts before its usual time"


def _keeping_up(pace: Pace) -> str:
    name = way_name(pace.way)
    if own_clock(pace.way):
        return f"{name} runs in a cell without a C-rate"
    if pace.fewest is None:
        if pace.order is None:
            return f"for {name} no time is published"
        return f"for {name} no time is published; we guess about {point_count(pace.order)} per half-cycle"
    points = f"{point_count(pace.fewest)} per half-cycle"
    match pace.verdict:
        case "follows":
            return f"{name} follows with {points}"
        case "few points":
            return f"{name} takes only {points}"
        case _:
            return f"{name} is too slow, with {points}"
