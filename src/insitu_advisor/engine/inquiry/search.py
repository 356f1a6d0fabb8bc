"""The smallest change of answer that brings an option in, or brings it first: searched, and verified by re-ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from insitu_advisor.engine.method.advice import Advice, Change, Excluded
from insitu_advisor.engine.method.pace import RATES
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.ranking import PRINTED_DIGITS, score_all
from insitu_advisor.engine.method.system import SystemReading, read_system
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.engine.question.question import UNLIMITED, Answer, Goal, Question, Weights
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Ion, Scale
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import CRITERIA

MOST_SHOWN = 3
MOST_CHANGES = 2
# Answers in an order; of the changes in one direction the shortest says it all.
_CAPS = (*TIERS, None, UNLIMITED)
_STEPS: Mapping[str, tuple[object, ...]] = {"budget": _CAPS, "max_preparation": _CAPS}
Aim = Callable[[SystemReading, Question], bool]


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: the smallest sets of changes that reach the aim, up to three of the same size.

    None found after `tried` questions were re-ranked means that no one or two changes of answer reach it.
    """

    changes: tuple[tuple[Change, ...], ...]
    tried: int

    @property
    def size(self) -> int:
        """How many answers have to change; 0 when nothing was found."""
        return len(self.changes[0]) if self.changes else 0


def bring_in(advice: Advice, option: str, *, any_ion: bool = False) -> Search:
    """The smallest change of answer after which the option passes every constraint; first the remedy of the answer."""
    found = _search(advice, lambda system, question: _passes(system, question, option), any_ion=any_ion)
    outcome = advice.option(option)
    told = outcome.remedy if isinstance(outcome, Excluded) else ()
    if not told or len(told) != (found.size or len(told)):
        return found
    question = _after(advice.question, told)
    others = [changes for changes in found.changes if _key(_after(advice.question, changes)) != _key(question)]
    return Search((told, *others)[:MOST_SHOWN], found.tried)


def _after(question: Question, changes: tuple[Change, ...]) -> Question:
    for change in changes:
        question = change.apply(question)
    return question


def bring_first(advice: Advice, option: str, *, any_ion: bool = False) -> Search:
    """The smallest change of answer after which the option has the highest score, alone or level."""
    return _search(advice, lambda system, question: _is_first(system, question, option), any_ion=any_ion)


def single_changes(kb: KnowledgeBase, question: Question, *, any_ion: bool = False) -> Iterator[Change]:
    """Every single answer that could be given otherwise, the most natural changes first.

    Ion, anode type and material stay as they are: physics is no remedy. `any_ion` puts the other ions in front.
    """
    if any_ion:
        for ion in get_args(Ion):
            if ion != question.ion.value:
                yield Change("ion", ion, f"take {ion} instead of {question.ion.value or 'an open ion'}")
    yield from _targets(kb, question)
    yield from _facilities(kb, question)
    yield from _caps(question)
    yield from _weights(kb, question)
    yield from _resolution(question)


def _search(advice: Advice, aim: Aim, *, any_ion: bool) -> Search:
    """Breadth first: every single change, then every further change of each changed question."""
    seen = {_key(advice.question)}
    level: list[tuple[tuple[Change, ...], Question]] = [((), advice.question)]
    tried = 0
    for _ in range(MOST_CHANGES):
        found: list[tuple[Change, ...]] = []
        reached: list[tuple[tuple[Change, ...], Question]] = []
        for changes, asked in level:
            for change in single_changes(advice.kb, asked, any_ion=any_ion):
                question = change.apply(asked)
                key = _key(question)
                if key in seen:
                    continue
                seen.add(key)
                tried += 1
                combo = (*changes, change)
                reached.append((combo, question))
                if not any(_further(combo, other, advice.question) for other in found) and aim(
                    _system(advice, question), question
                ):
                    found.append(combo)
                    if len(found) == MOST_SHOWN:
                        return Search(tuple(found), tried)
        if found:
            return Search(tuple(found), tried)
        level = reached
    return Search((), tried)


def _further(changes: tuple[Change, ...], found: tuple[Change, ...], question: Question) -> bool:
    """Whether changes are those found, but for a longer step of the last in the same direction."""
    *before, last = changes
    *others, shorter = found
    return (
        before == others
        and last.field == shorter.field
        and last.field in _STEPS
        and (_step(last, question) * _step(shorter, question) > 0)
    )


def _step(change: Change, question: Question) -> float:
    """How far a change goes from the answer that was given, on the steps of its field; no limit is above every tier."""
    steps = _STEPS[change.field]
    return steps.index(change.value) - steps.index(getattr(question, change.field).value)


def _key(question: Question) -> tuple[object, ...]:
    """What a question asks, however it was reached."""
    facilities = question.facilities.value
    return (
        question.ion.value,
        frozenset(question.targets.value),
        question.budget.value,
        question.max_preparation.value,
        None if facilities is None else frozenset(facilities),
        question.scale.value,
        question.c_rate.value,
        question.weights.value.values,
    )


def _system(advice: Advice, question: Question) -> SystemReading:
    if question.ion is advice.question.ion:
        return advice.system
    return read_system(advice.kb, question)


def _passes(system: SystemReading, question: Question, option: str) -> bool:
    scored, _ = score_all(system, prepare(question, system.kb))
    return any(item.option == option for item in scored)


def _is_first(system: SystemReading, question: Question, option: str) -> bool:
    scored, _ = score_all(system, prepare(question, system.kb))
    own = next((item.score for item in scored if item.option == option), None)
    return own is not None and round(own, PRINTED_DIGITS) == round(scored[0].score, PRINTED_DIGITS)


def _targets(kb: KnowledgeBase, question: Question) -> Iterator[Change]:
    asked = question.targets.value
    ids = question.target_ids
    for target in kb.targets:
        name = kb.targets[target].name
        if target not in ids:
            yield Change("targets", (*asked, Goal(target)), f"also ask about {name} ({target})")
    if len(ids) > 1:
        for target in ids:
            left = tuple(goal for goal in asked if goal.target != target)
            yield Change("targets", left, f"no longer ask about {kb.targets[target].name} ({target})")
    for target in kb.targets:
        if ids != (target,):
            yield Change("targets", (Goal(target),), f"ask about {kb.targets[target].name} ({target}) alone")


def _facilities(kb: KnowledgeBase, question: Question) -> Iterator[Change]:
    have = question.facilities.value
    if have is not None:
        for facility, item in kb.facilities.items():
            if facility not in have:
                yield Change("facilities", (*have, facility), f"gain access to {item.name}")
        yield Change("facilities", None, "have no limit on facilities")
    for preset, kit in kb.presets.items():
        if have is None or set(kit.facilities) != set(have):
            yield Change("facilities", kit.facilities, f"use what the preset {preset} holds (--facility {preset})")


def _caps(question: Question) -> Iterator[Change]:
    for field, words in (("budget", "set the budget to"), ("max_preparation", "cap preparation at")):
        now: Answer[str | None] = getattr(question, field)
        near = _CAPS.index(now.value)
        for tier in sorted((*TIERS, UNLIMITED), key=lambda tier: abs(_CAPS.index(tier) - near)):
            if tier != now.value:
                yield Change(field, tier, f"{words} {tier}")


def _weights(kb: KnowledgeBase, question: Question) -> Iterator[Change]:
    for profile, item in kb.profiles.items():
        weights = tuple((criterion, item.weights.get(criterion, 0.0)) for criterion in CRITERIA)
        if weights != question.weights.value.values:
            yield Change("weights", Weights(weights, profile), f"weigh by the {profile} profile")


def _resolution(question: Question) -> Iterator[Change]:
    for scale in get_args(Scale):
        if scale != question.scale.value:
            yield Change("scale", scale, f"ask for the {scale} scale")
    for rate in RATES:
        if rate != question.c_rate.value:
            yield Change("c_rate", rate, f"ask for {rate_word(rate)}")
    if question.scale.value is not None:
        yield Change("scale", None, "leave the scale open")
    if question.c_rate.value is not None:
        yield Change("c_rate", None, "leave the C-rate open")
