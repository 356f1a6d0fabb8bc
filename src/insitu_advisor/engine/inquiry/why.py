"""Why an option stands where it stands, and why not higher."""

from __future__ import annotations

from dataclasses import dataclass

from insitu_advisor.engine.inquiry.search import Search, bring_first, bring_in
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.shown import Shown
from insitu_advisor.knowledge.vocabulary import Criterion


@dataclass(frozen=True, slots=True)
class Gap:
    """Points one option has more (or fewer) than another on one criterion."""

    criterion: Criterion
    points: float


@dataclass(frozen=True, slots=True, eq=False)
class Why(Shown):
    """A ranked option against the one above and the one below it."""

    advice: Advice
    option: Ranked
    above: Ranked | None
    below: Ranked | None


@dataclass(frozen=True, slots=True, eq=False)
class WhyNot(Shown):
    """What keeps an option from being in or first, and the smallest changes of answer that would bring it there.

    `into` is None when the option is already in, `first` None when it is already first.
    """

    advice: Advice
    outcome: Ranked | Excluded
    into: Search | None
    first: Search | None
    any_ion: bool


def why(advice: Advice, option: str) -> Why | Excluded:
    """Why a ranked option has its place; the exclusion itself for an excluded one. Raises KeyError for no option."""
    outcome = advice.option(option)
    if isinstance(outcome, Excluded):
        return outcome
    place = advice.ranking.index(outcome)
    return Why(
        advice=advice,
        option=outcome,
        above=advice.ranking[place - 1] if place else None,
        below=advice.ranking[place + 1] if place + 1 < len(advice.ranking) else None,
    )


def why_not(advice: Advice, option: str, *, any_ion: bool = False) -> WhyNot:
    """What keeps an option from first place, with the smallest changes that would bring it in and bring it first."""
    outcome = advice.option(option)
    into = bring_in(advice, option, any_ion=any_ion) if isinstance(outcome, Excluded) else None
    is_first = isinstance(outcome, Ranked) and outcome.rank == 1
    first = None if is_first else bring_first(advice, option, any_ion=any_ion)
    return WhyNot(advice, outcome, into, first, any_ion)


def gaps(one: Ranked, other: Ranked) -> tuple[Gap, ...]:
    """Points of one option minus those of another, criterion by criterion, the largest difference first."""
    found = [Gap(a.criterion, a.points - b.points) for a, b in zip(one.parts, other.parts, strict=True)]
    return tuple(sorted(found, key=lambda gap: -abs(gap.points)))
