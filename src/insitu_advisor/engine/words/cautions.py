"""What to beware of and what to prepare: rules, blind spots, conflicts and checklists that bear on this question."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.pace import own_clock
from insitu_advisor.engine.method.system import Route, Way, holds_for_system, make_route
from insitu_advisor.engine.words.reasons import Reason, stated
from insitu_advisor.knowledge.literature import Conflict, Perspective
from insitu_advisor.knowledge.rule import Condition, Rule
from insitu_advisor.knowledge.technique import BlindSpot, Narrowing
from insitu_advisor.knowledge.vocabulary import MaterialCaution

CASINGS = frozenset({"coin", "pouch", "cylindrical"})
# What stands against the anode. A cell is told by one word of each of these groups, if by any.
SET_UPS = frozenset({"half", "full", "symmetric", "anode-free"})


class Blindness(NamedTuple):
    """A blind spot of one technique: what it cannot see or what misleads, and the cheapest check.

    `rule` is the caution that says the same in short, if there is one.
    """

    technique: str
    says: Reason
    check: str
    rule: str | None


def cautions(advice: Advice, route: Route, besides: Collection[str | None] = ()) -> tuple[Reason, ...]:
    """Warnings for one route: unconfirmed cases first, then the rules that bear on this question, but for `besides`."""
    found: list[Reason] = []
    if route.documented and route.documented.caution:
        found.append(stated(route.documented, route.documented.caution))
    for rule_id, rule in rules(advice, route, "caution"):
        if rule_id in besides:
            continue
        found.append(Reason(f"{advice.kb.techniques[rule.technique].short}: {rule.sentence}", rule.basis, rule.sources))
    found += [stated(outlook, outlook.says) for outlook in _outlooks(advice)]
    return tuple(found)


def _outlooks(advice: Advice) -> Iterator[Perspective]:
    """What the review says is still to be done, where the question asks for just that."""
    for outlook in advice.kb.perspectives.values():
        if outlook.when != Condition() and holds_for_system(outlook.when, advice.system.system):
            yield outlook


def preparations(advice: Advice, route: Route) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """The checklist of each technique of a route: its own steps, then what this question adds."""
    lists = []
    for way in route.ways:
        steps = [stated(step, step.do) for step in way.technique.checklist]
        for _, rule in rules(advice, route, "prepare"):
            if rule.technique == way.technique_id:
                steps.append(Reason(rule.sentence, rule.basis, rule.sources))
        lists.append((way.technique.short, tuple(steps)))
    return tuple(lists)


def material_cautions(advice: Advice, route: Route) -> tuple[Reason, ...]:
    """Warnings that come with the named material and bear on a route."""
    used = {way.technique_id for way in route.ways}
    return tuple(
        stated(caution, caution.says)
        for caution in of_material(advice)
        if not caution.hardly_reacts
        and (not caution.techniques or not used.isdisjoint(caution.techniques))
        and (not caution.targets or not asked_words(advice).isdisjoint(caution.targets))
    )


def hardly_reacts(advice: Advice) -> tuple[Reason, ...]:
    """What to say first of all where the material takes up next to nothing of the ion."""
    return tuple(stated(caution, caution.says) for caution in of_material(advice) if caution.hardly_reacts)


def new_cautions(before: Advice, after: Advice) -> tuple[Reason, ...]:
    """Warnings that a changed question brings: what the new first place has to heed and the old one had not."""
    known = {reason.text for reason in _all(before)}
    return tuple(reason for reason in _all(after) if reason.text not in known)


def _all(advice: Advice) -> tuple[Reason, ...]:
    best = advice.best
    of_best = (*material_cautions(advice, best.route), *cautions(advice, best.route)) if best else ()
    return (*hardly_reacts(advice), *of_best)


def of_material(advice: Advice) -> Iterator[MaterialCaution]:
    """What is said of the named material with this ion."""
    material, ion = advice.question.material, advice.question.ion.value
    if material is not None:
        for caution in advice.kb.materials[material].cautions:
            if not _open_or_in(advice.question.electrolyte.value, caution.electrolytes):
                continue
            if ion in caution.ions or (ion is None and not caution.hardly_reacts):
                yield caution


def blind_spots(advice: Advice, route: Route) -> tuple[Blindness, ...]:
    """What each technique of a route cannot see or what misleads, for this question; the most particular first."""
    spots = [
        (_particular(spot.when), Blindness(way.technique.short, stated(spot, spot.says), spot.check, spot.rule))
        for way in route.ways
        for spot in way.technique.blind_spots
        if bears(spot, way, advice)
    ]
    return tuple(spot for _, spot in sorted(spots, key=lambda pair: -pair[0]))


def _particular(when: Narrowing) -> int:
    """How narrowly a warning is aimed: one for this material and this goal says more than one for every cell."""
    return 4 * bool(when.material) + 4 * bool(when.target) + 2 * bool(when.ion) + bool(when.anode) + bool(when.variant)


def conflicts(advice: Advice, options: tuple[Ranked, ...]) -> tuple[Conflict, ...]:
    """Disagreements between sources that bear on these options and this system."""
    techniques = {way.technique_id for option in options for way in option.route.ways}
    question = advice.question
    return tuple(
        conflict
        for conflict in advice.kb.conflicts.values()
        if not techniques.isdisjoint(conflict.techniques)
        and _open_or_in(question.ion.value, conflict.ions)
        and (not conflict.materials or question.material in conflict.materials)
        and (not conflict.targets or not asked_words(advice).isdisjoint(conflict.targets))
    )


def casings(advice: Advice) -> tuple[str, ...]:
    """The casings among the words for the cell that was asked for."""
    return tuple(word for word in advice.question.cell.value or () if word in CASINGS)


def stands_in(advice: Advice, way: Way) -> bool:
    """Whether a casing was asked for and a way runs in a cell of its own instead.

    So it is where the way runs in a cell without a C-rate, and where a caution says so of this cell.
    """
    if not casings(advice):
        return False
    return own_clock(way) or any(rule.own_cell for _, rule in rules(advice, make_route((way,)), "caution"))


def asked_words(advice: Advice) -> frozenset[str]:
    """Everything a condition may name of what was asked: targets, and the parts that are meant."""
    return frozenset(advice.question.target_ids) | frozenset(advice.goals)


def applies(rule: Rule, advice: Advice) -> bool:
    """Whether the whole condition of a rule holds for a question."""
    condition, c_rate = rule.when, advice.problem.c_rate
    return (
        holds_for_system(condition, advice.system.system)
        and (not condition.targets or not asked_words(advice).isdisjoint(condition.targets))
        and (condition.c_rate_above is None or (c_rate is not None and c_rate > condition.c_rate_above))
    )


def rules(advice: Advice, route: Route, kind: str) -> Iterator[tuple[str, Rule]]:
    """The rules of a kind that apply to a question and to the ways of a route, with their ids."""
    used = {way.technique_id: way.variant_id for way in route.ways}
    for rule_id, rule in advice.kb.rules.items():
        variant = used.get(rule.technique)
        if (
            rule.kind == kind
            and variant is not None
            and (not rule.variants or variant in rule.variants)
            and applies(rule, advice)
        ):
            yield rule_id, rule


def bears(spot: BlindSpot, way: Way, advice: Advice) -> bool:
    """Whether a blind spot bears on a question, carried out this way."""
    when, question = spot.when, advice.question
    return (
        _open_or_in(question.ion.value, when.ion)
        and _open_or_in(question.anode_type, when.anode)
        and (not when.material or question.material in when.material)
        and (not when.variant or way.variant_id in when.variant)
        and (not when.target or not asked_words(advice).isdisjoint(when.target))
        and all(_open_cell(advice, group, when.cell) for group in (CASINGS, SET_UPS))
    )


def _open_cell(advice: Advice, group: frozenset[str], allowed: tuple[str, ...]) -> bool:
    """Whether of one group of words for a cell nothing was asked, nothing is narrowed, or one that is allowed was."""
    said, narrow = group.intersection(advice.question.cell.value or ()), group.intersection(allowed)
    return not said or not narrow or not said.isdisjoint(narrow)


def _open_or_in(value: str | None, allowed: tuple[str, ...]) -> bool:
    return not allowed or value is None or value in allowed
