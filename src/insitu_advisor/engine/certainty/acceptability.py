"""Rank acceptability in the sense of SMAA: the share of weightings and readings in which each option takes each rank.

Weights are drawn uniformly from all weightings; ordinal words (ratings, standings, tiers, reach) are read as any
increasing numbers with fixed ends, drawn uniformly too. Lahdelma & Salminen, Operations Research 2001, 49, 444-454.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping

from insitu_advisor.engine.certainty.dominance import undominated
from insitu_advisor.engine.certainty.tally import Acceptability, Tally
from insitu_advisor.engine.method.columns import Column, higher, highest_place
from insitu_advisor.engine.method.constraints import candidates, sees_something
from insitu_advisor.engine.method.problem import Asked
from insitu_advisor.engine.method.sampling import samples
from insitu_advisor.engine.method.system import Route, SystemReading
from insitu_advisor.engine.method.valuing import score
from insitu_advisor.engine.question.command import DRAWS

SEED = 20260109


def acceptability(system: SystemReading, asked: Asked, draws: int = DRAWS, seed: int = SEED) -> Acceptability:
    """Rank acceptability of every option that passes. `draws` is at least 1; the same seed gives the same shares."""
    routes = {key: undominated(candidates(system.routes[key], asked), asked) for key in system.ways}
    pairs = {
        option: _paired(system.pairings[option], [routes[member] for member in pairing.members])
        for option, pairing in system.kb.combinations.items()
    }
    ways = routes | {option: list(paired.values()) for option, paired in pairs.items()}
    passing = [option for option in ways if any(sees_something(route, asked) for route in ways[option])]
    needed = [key for key in routes if any(key in system.kb.options[option] for option in passing)]
    tally = Tally(passing, [criterion for criterion, _ in asked.shares])
    for sample in samples(draws, len(asked.shares), seed):
        scores = {key: [score(route, asked, sample) for route in routes[key]] for key in needed}
        columns = {key: functools.reduce(higher, scored) for key, scored in scores.items()}
        chosen = {key: highest_place(scored) for key, scored in scores.items()}
        for option in filter(pairs.__contains__, passing):
            scored = {places: score(route, asked, sample) for places, route in pairs[option].items()}
            columns[option] = _as_chosen(scored, [chosen[member] for member in system.kb.options[option]])
        tally.add([columns[option] for option in passing], sample.weights)
    return tally.result()


def _paired(pairings: Mapping[tuple[str, ...], Route], members: list[list[Route]]) -> dict[tuple[int, ...], Route]:
    """The routes of a pairing, by the place of the route each member uses."""
    return {
        places: pairings[tuple(routes[place].ways[0].variant_id for routes, place in zip(members, places, strict=True))]
        for places in itertools.product(*(range(len(routes)) for routes in members))
    }


def _as_chosen(scores: Mapping[tuple[int, ...], Column], chosen: list[list[int]]) -> Column:
    """Scores of a pairing whose members go the chosen ways, which `scores` names by their places."""
    if len(scores) == 1:
        return next(iter(scores.values()))
    return [scores[places][draw] for draw, places in enumerate(zip(*chosen, strict=True))]
