"""Two questions side by side: which places change, and which criteria changed them."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.inquiry.why import Gap
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked


@dataclass(frozen=True, slots=True, eq=False)
class Move:
    """One option in both answers; `gaps` are points now minus points before, the largest change first."""

    id: str
    before: Ranked | Excluded
    after: Ranked | Excluded
    gaps: tuple[Gap, ...]

    @property
    def moved(self) -> bool:
        """Whether its place, or its being in at all, differs."""
        return place(self.before) != place(self.after)


def difference(before: Advice, after: Advice) -> tuple[Move, ...]:
    """Every option in both answers, in the order of the second answer, the excluded last."""
    outcomes: tuple[Ranked | Excluded, ...] = (*after.ranking, *after.excluded)
    return tuple(_move(before, outcome) for outcome in outcomes)


def place(outcome: Ranked | Excluded) -> int | None:
    """The rank, or None when excluded."""
    return outcome.rank if isinstance(outcome, Ranked) else None


def _move(before: Advice, outcome: Ranked | Excluded) -> Move:
    earlier = before.option(outcome.id)
    if not isinstance(earlier, Ranked) or not isinstance(outcome, Ranked):
        return Move(outcome.id, earlier, outcome, ())
    old = {part.criterion: part.points for part in earlier.parts}
    new = {part.criterion: part.points for part in outcome.parts}
    found = [Gap(criterion, new.get(criterion, 0.0) - old.get(criterion, 0.0)) for criterion in old | new]
    return Move(outcome.id, earlier, outcome, tuple(sorted(found, key=lambda gap: -abs(gap.points))))
