"""Counting who takes which rank, and with which weights, over many draws."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from insitu_advisor.engine.method.columns import Column
from insitu_advisor.knowledge.vocabulary import Criterion


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What became of the options over all draws.

    `ranks` holds for every option the share of draws (0-1) in which it takes each rank, the first rank first; options
    with the same scores share evenly. `central` holds the mean weights (0-1) of the draws in which an option is first,
    for each option that ever is.
    """

    draws: int
    ranks: Mapping[str, tuple[float, ...]]
    central: Mapping[str, Mapping[Criterion, float]]

    def first(self, option: str) -> float:
        """Share of draws in which an option is first."""
        return self.ranks[option][0]


class Tally:
    """Counts the ranks of options, block after block of draws."""

    def __init__(self, options: Sequence[str], criteria: Sequence[Criterion]) -> None:
        self._options, self._criteria, self._draws = tuple(options), tuple(criteria), 0
        self._taken = [[0.0] * len(self._options) for _ in self._options]
        self._weights = [[0.0] * len(self._criteria) for _ in self._options]

    def add(self, columns: Sequence[Column], weights: Sequence[Column]) -> None:
        """Count a block: the scores of every option, and the drawn share of every criterion."""
        self._draws += len(weights[0])
        places = range(len(columns))
        orders = [sorted(places, key=row.__getitem__, reverse=True) for row in zip(*columns, strict=True)]
        counts = [Counter(taken) for taken in zip(*orders, strict=True)]
        weighed = [[0.0] * len(weights) for _ in columns]
        for criterion, column in enumerate(weights):
            for order, weight in zip(orders, column, strict=True):
                weighed[order[0]][criterion] += weight
        for level in _level(columns):
            for place in level:
                for rank, count in enumerate(counts):
                    self._taken[place][rank] += sum(count[each] for each in level) / len(level)
                for criterion in range(len(weights)):
                    self._weights[place][criterion] += sum(weighed[each][criterion] for each in level) / len(level)

    def result(self) -> Acceptability:
        """Shares and mean weights over all blocks."""
        taken = dict(zip(self._options, self._taken, strict=True))
        weights = dict(zip(self._options, self._weights, strict=True))
        return Acceptability(
            draws=self._draws,
            ranks={option: tuple(times / self._draws for times in ranks) for option, ranks in taken.items()},
            central={
                option: {key: total / ranks[0] for key, total in zip(self._criteria, weights[option], strict=True)}
                for option, ranks in taken.items()
                if ranks[0]
            },
        )


def _level(columns: Sequence[Column]) -> list[list[int]]:
    """The places of the columns, those together that are the same in every draw."""
    groups: list[list[int]] = []
    for place, column in enumerate(columns):
        group = next((group for group in groups if columns[group[0]] == column), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    return groups
