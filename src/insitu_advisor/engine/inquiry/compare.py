"""Options side by side: what each sees that the others do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.shown import Shown


@by_identity
class Side(NamedTuple):
    """One option of a comparison: its outcome, and the asked goals that only it sees or that it sees best."""

    id: str
    outcome: Ranked | Excluded
    only: tuple[str, ...]
    better: tuple[str, ...]


class _Comparison(NamedTuple):
    advice: Advice
    sides: tuple[Side, ...]


@by_identity
class Comparison(Shown, _Comparison):
    """Two or more options side by side, for one question."""

    __slots__ = ()

    @property
    def best(self) -> tuple[Ranked, ...]:
        """The options of the comparison that come first in the ranking, several where level; none if all are out."""
        ranked = [side.outcome for side in self.sides if isinstance(side.outcome, Ranked)]
        return tuple(option for option in ranked if option.rank == min(each.rank for each in ranked))


def compare(advice: Advice, options: Sequence[str]) -> Comparison:
    """Two or more options side by side, each carried out the way the answer shows it, with the ratings it used.

    Raises KeyError for an option the knowledge base does not have.
    """
    outcomes = {option: advice.option(option) for option in options}
    ratings = {option: worth(advice, outcome.route) for option, outcome in outcomes.items()}
    sides = []
    for option, outcome in outcomes.items():
        others = [ratings[other] for other in outcomes if other != option]
        mine = ratings[option]
        allowed = isinstance(outcome, Ranked)
        sides.append(
            Side(
                id=option,
                outcome=outcome,
                only=tuple(g for g in mine if allowed and mine[g] and not any(other[g] for other in others)),
                better=tuple(
                    g for g in mine if allowed and any(o[g] for o in others) and all(mine[g] > o[g] for o in others)
                ),
            )
        )
    return Comparison(advice, tuple(sides))


def worth(advice: Advice, route: Route) -> dict[str, float]:
    """What a route sees of each goal asked, at the asked scale and rate."""
    return {each.goal: float(each.value()) for each in seen(route, advice.problem)}  # type: ignore[arg-type]
