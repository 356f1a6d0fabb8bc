"""The result: one immutable piece of advice. Every output is a function of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from insitu_advisor.engine.method.constraints import Constraint
from insitu_advisor.engine.method.identity import by_identity
from insitu_advisor.engine.method.problem import Problem
from insitu_advisor.engine.method.system import Route, SystemReading, Way
from insitu_advisor.engine.question.question import Question
from insitu_advisor.engine.shown import Shown
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.vocabulary import Criterion

Kind = Literal["technique", "pairing"]


class Part(NamedTuple):
    """One criterion of one option: `value` 0-1, `weight` its share, `points` = 100 x weight x value."""

    criterion: Criterion
    weight: float
    value: float

    @property
    def points(self) -> float:
        """Points this criterion adds to the score."""
        return self.max_points * self.value

    @property
    def max_points(self) -> float:
        """Points this criterion could add at most."""
        return 100.0 * self.weight


class Ranked(NamedTuple):
    """An option that passes every constraint, with its best route.

    Equal printed scores share a rank; `level` names all options that have this one, itself included.
    """

    rank: int
    id: str
    kind: Kind
    route: Route
    parts: tuple[Part, ...]
    score: float
    level: tuple[str, ...]

    @property
    def tied_with(self) -> tuple[str, ...]:
        """The other options that share the rank."""
        return tuple(option for option in self.level if option != self.id)


class Change(NamedTuple):
    """One answer of the question replaced: the field, its new value, the words for it, and the option that says it."""

    field: str
    value: object
    text: str
    options: tuple[str, ...] = ()

    def apply(self, question: Question) -> Question:
        """The question with this answer changed."""
        return question.with_answer(self.field, self.value)


class Excluded(NamedTuple):
    """An option that fails a constraint: by its nearest route, with the smallest change of answer that lets it in.

    `rule` is the first failed constraint, or the id of the rule of the knowledge base behind it. An empty
    `remedy` means that no change of answer lets it in.
    """

    id: str
    kind: Kind
    rule: str
    failed: tuple[Constraint, ...]
    route: Route
    remedy: tuple[Change, ...]


class _Advice(NamedTuple):
    kb: KnowledgeBase
    question: Question
    problem: Problem
    system: SystemReading
    ranking: tuple[Ranked, ...]
    told_out: Callable[[], tuple[Excluded, ...]]


@by_identity
class Advice(Shown, _Advice):
    """The answer to one question from one knowledge base: every option once, ranked or excluded.

    `told_out` makes the exclusions, with reason and remedy; they are worked out when somebody looks at them, since
    whoever asks thousands of questions wants the ranking alone.
    """

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        """The options that fail a constraint, in the order of the knowledge base."""
        return self.told_out()

    def __repr__(self) -> str:
        places = ", ".join(f"{option.id} {option.score:.0f}" for option in self.ranking)
        out = ", ".join(option.id for option in self.excluded)
        return f"<Advice: {places or 'nothing passes'}; excluded: {out or 'none'}>"

    @property
    def best(self) -> Ranked | None:
        """The option ranked first, or None when nothing passes the constraints."""
        return self.ranking[0] if self.ranking else None

    @property
    def shares(self) -> Mapping[Criterion, float]:
        """Share of each criterion that took part."""
        return dict(self.problem.shares)

    @property
    def goals(self) -> tuple[str, ...]:
        """What is asked, in order; a target with parts stands as its parts."""
        return self.problem.goal_ids

    def ranks(self, option_id: str) -> bool:
        """Whether an option passes every constraint."""
        return any(option.id == option_id for option in self.ranking)

    def route_of(self, pairing: str, ways: Iterable[Way]) -> Route:
        """The route of a pairing that uses these ways of its members."""
        variants = {way.technique_id: way.variant_id for way in ways}
        return self.system.pairings[pairing][tuple(variants[member] for member in self.kb.options[pairing])]

    def option(self, option_id: str) -> Ranked | Excluded:
        """The outcome for one option. Raises KeyError for an option the knowledge base does not have."""
        outcomes: tuple[Ranked | Excluded, ...] = (*self.ranking, *self.excluded)
        for outcome in outcomes:
            if outcome.id == option_id:
                return outcome
        raise KeyError(option_id)
