"""Rank acceptability in the sense of SMAA: the share of draws in which each option takes each rank.

In every draw the weights lie around those in use, each moved by up to half, or anywhere at all; and the ordinal words
are read anew. Lahdelma & Salminen, Operations Research 2001, 49, 444-454; draws around stated preferences: Corrente,
Greco and co-workers, arXiv 2304.06650.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.criteria import values
from insitu_advisor.engine.method.readings import Column, Value, columns, drawn

SEED = 20260109
# Each weight is multiplied by anything from one half to one and a half, then all are scaled to sum to one.
SPREAD = 0.5
Taste = Literal["near", "any"]


class Acceptability(NamedTuple):
    """For every option the share of draws (0-1) in which it takes each rank, the first rank first.

    Options with the same scores share evenly. `starts` holds the share of draws in which each technique is the best
    single one.
    """

    draws: int
    ranks: Mapping[str, tuple[float, ...]]
    starts: Mapping[str, float]

    def first(self, option: str) -> float:
        """Share of draws in which an option is first."""
        return self.ranks[option][0]


def acceptability(advice: Advice, draws: int, seed: int = SEED, taste: Taste = "near") -> Acceptability:
    """Rank acceptability of every option that passes, each carried out as the answer shows it.

    `taste` says whether the weights are drawn near those in use or anywhere. The same seed gives the same shares.
    Raises ValueError for fewer than one draw.
    """
    if draws < 1:
        raise ValueError(f"{draws} draws tell nothing; ask for at least 1")
    chance = random.Random(seed)
    shares = [share for _, share in advice.problem.shares]
    weights = columns(_near(shares, chance) if taste == "near" else _any(len(shares), chance) for _ in range(draws))
    reading = drawn(draws, chance)
    scores = []
    for option in advice.ranking:
        total: Value = 0.0
        for value, weight in zip(values(option.route, advice.problem, reading), weights, strict=True):
            total = total + value * weight
        scores.append(total.values if isinstance(total, Column) else [total] * draws)
    names = [option.id for option in advice.ranking]
    single = [place for place, option in enumerate(advice.ranking) if option.kind == "technique"]
    firsts = [ranks[0] for ranks in _ranks([scores[place] for place in single], draws)]
    return Acceptability(
        draws=draws,
        ranks=dict(zip(names, _ranks(scores, draws), strict=True)),
        starts=dict(zip((names[place] for place in single), firsts, strict=True)),
    )


def _near(shares: Sequence[float], chance: random.Random) -> list[float]:
    # Written out, since a call of `uniform` for each of 8,000 weights takes twice as long as what it works out.
    least, width, random = 1.0 - SPREAD, (1.0 + SPREAD) - (1.0 - SPREAD), chance.random
    moved = [share * (least + width * random()) for share in shares]
    total = sum(moved)
    return [weight / total for weight in moved]


def _any(criteria: int, chance: random.Random) -> list[float]:
    """Uniform over all weightings: the gaps between sorted uniform cuts."""
    cuts = [0.0, *sorted(chance.random() for _ in range(criteria - 1)), 1.0]
    return [high - low for low, high in itertools.pairwise(cuts)]


def _ranks(scores: Sequence[Sequence[float]], draws: int) -> list[tuple[float, ...]]:
    """Share of draws in which each row of scores takes each rank; rows that are the same throughout share evenly."""
    places = range(len(scores))
    taken = [[0.0] * len(scores) for _ in places]
    orders = (sorted(places, key=row.__getitem__, reverse=True) for row in zip(*scores, strict=True))
    counts = [Counter(rank) for rank in zip(*orders, strict=True)]
    for level in _level(scores):
        for rank, count in enumerate(counts):
            share = sum(count[place] for place in level) / len(level) / draws
            for place in level:
                taken[place][rank] = share
    return [tuple(row) for row in taken]


def _level(scores: Sequence[Sequence[float]]) -> Iterator[list[int]]:
    groups: dict[tuple[float, ...], list[int]] = {}
    for place, row in enumerate(scores):
        groups.setdefault(tuple(row), []).append(place)
    yield from groups.values()
