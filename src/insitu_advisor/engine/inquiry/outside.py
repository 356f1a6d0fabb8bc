"""Techniques outside the eight that the question calls for: named by the user, or the usual answer for a goal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.criteria import best_sighting
from insitu_advisor.knowledge.lexicon import Outsider
from insitu_advisor.knowledge.technique import RATING_WORDS

_BEST = max(range(len(RATING_WORDS)))


class Outside(NamedTuple):
    """A technique that is not ranked; `named` says that the user's words call for it, `goals` are those it answers."""

    id: str
    item: Outsider
    goals: tuple[str, ...]
    named: bool


def outside(advice: Advice) -> tuple[Outside, ...]:
    """Those the user's words call for, then those that are the usual answer for a goal the eight do not answer best."""
    kb, named = advice.kb, advice.question.said.outside
    usual = [key for key in kb.outside if key not in named and any(_called_for(advice, key))]
    return tuple(Outside(key, kb.outside[key], tuple(_goals(advice, key)), key in named) for key in (*named, *usual))


def usual_for(advice: Advice, goal: str) -> str | None:
    """The technique outside the eight that is the usual answer for a goal; None where none is known."""
    return next((key for key in advice.kb.outside if goal in _goals(advice, key)), None)


def _goals(advice: Advice, key: str) -> Iterator[str]:
    """The goals asked that a technique outside the eight is the usual answer for."""
    item, ion, cell = advice.kb.outside[key], advice.question.ion.value, advice.question.cell.value or ()
    fits = (not item.cells or not set(cell).isdisjoint(item.cells)) and set(cell).isdisjoint(item.never_in)
    if fits and (ion is None or ion in item.ions):
        yield from (goal for goal in advice.goals if not {goal, advice.kb.whole[goal]}.isdisjoint(item.targets))


def _called_for(advice: Advice, key: str) -> Iterator[bool]:
    scale = advice.problem.scale or "open"
    for goal in _goals(advice, key):
        yield scale in advice.kb.outside[key].first_at or not _well_seen(advice, goal)


def _well_seen(advice: Advice, goal: str) -> bool:
    """Whether an option within the limits sees a goal best, at the asked scale and rate."""
    sightings = (best_sighting(option.route, goal, advice.problem) for option in advice.ranking)
    return any(each.rating == _BEST and float(each.value()) == 1.0 for each in sightings)  # type: ignore[arg-type]
