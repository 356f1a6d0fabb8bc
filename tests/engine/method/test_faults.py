"""The tests of the engine can fail: each fault planted here is noticed by the assertions the tests are made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from engine.checks import (
    advise,
    check_documented_pairings,
    check_every_option_once,
    check_order,
    check_pairing_routes,
    check_pairings_follow_members,
    check_points,
    check_remedies,
    failed,
    ranked_ids,
)
from engine.hand import (
    PINNED,
    check_budget,
    check_cap_half_steps,
    check_facilities,
    check_hand_score,
    check_pace,
    check_reach,
    check_rounded_parts,
    check_track_record,
    check_two_targets,
    check_unasked_criteria,
    check_unknown_is_midpoint,
    check_zero_weights,
)
from engine.knowledge import forget, with_rules
from engine.method.test_promises import check_hints_come_after
from engine.pinned import pinned
from insitu_advisor.engine.inquiry import gaps, plan
from insitu_advisor.engine.method import arithmetic, constraints, criteria, ranking, readings, record, remedy
from insitu_advisor.engine.method import problem as asked
from insitu_advisor.engine.method import system as reading
from insitu_advisor.engine.words.cautions import cautions
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.rule import Condition, Rule

Patch = pytest.MonkeyPatch
Check = Callable[[KnowledgeBase], object]


@dataclass(frozen=True)
class Fault:
    """A mistake in the engine, and the assertion that must notice it."""

    plant: Callable[[Patch], None]
    notice: Check


def routes(kb):
    check_pairing_routes(kb, "Li", "alloy")


def documented(kb):
    """Documented pairings, where XRD is used now and then and the studies of all others are forgotten."""
    check_documented_pairings(pinned(kb))


def ties(kb):
    """Information alone leaves several options level."""
    only = ["information=1", "track-record=0", "cost=0", "preparation=0"]
    check_order(advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=only))


def tight(kb):
    """A question on which most options fail several constraints."""
    return advise(
        kb, ion="Li", anode="alloy", targets=["gas-evolution"], facilities=["potentiostat"], budget="low",
        max_preparation="low",
    )  # fmt: skip


def own_rule(kb, kind, ion, **more):
    """The pinned technique under one rule of its own for lithium, asked with an ion."""
    rule = Rule(kind=kind, technique="xrd", when=Condition(ions=("Li",)), sentence="Ours.", **more)
    return advise(with_rules(pinned(kb), ours=rule), **PINNED | {"ion": ion})


def own_exclusion(kb):
    """An exclude rule takes its technique out."""
    assert ("physics",) == failed(own_rule(kb, "exclude", "Li"), "xrd")


def own_exclusion_elsewhere(kb):
    """A rule for lithium leaves sodium alone."""
    assert "xrd" in ranked_ids(own_rule(kb, "exclude", "Na"))


def own_cap(kb):
    """A cap rule lowers a rating."""
    capped = own_rule(kb, "cap", "Li", targets=("crystalline-phase",), rating=1)
    assert 1 == capped.option("xrd").route.ratings["crystalline-phase"]


def own_raise(kb):
    """A raise rule lifts a rating."""
    raised = own_rule(kb, "raise", "Li", targets=("crystalline-phase",), rating=3)
    assert 3 == raised.option("xrd").route.ratings["crystalline-phase"]


def own_variant(kb):
    """A caution for one variant does not stand beside another."""
    first, *_ = kb.techniques["xps"].variants
    rule = Rule(kind="caution", technique="xps", variants=(first,), sentence="Beware.")
    advice = advise(with_rules(kb, ours=rule), ion="Li", anode="alloy")
    warned = {
        route.ways[0].variant_id
        for route in advice.system.routes["xps"]
        if any("Beware." in caution.text for caution in cautions(advice, route))
    }
    assert warned == {first}


def independence(kb):
    """An option's score does not depend on which others pass."""
    wide = advise(kb, ion="Li", anode="alloy")
    last = next(option for option in reversed(wide.ranking) if option.kind == "technique")
    alone = advise(kb, ion="Li", anode="alloy", facilities=last.route.ways[0].variant.facilities)
    assert last.score >= alone.option(last.id).score


def blind(kb):
    """An option that sees none of the targets is not ranked."""
    advice = advise(pinned(kb), **PINNED | {"targets": ["gas-evolution"]})
    assert "xrd" not in ranked_ids(advice)


def together(kb):
    """Pairings follow their members on frugal questions, where a member may take another way than suits its pairing."""
    for target in kb.targets:
        check_pairings_follow_members(
            advise(kb, ion="Na", anode="hard-carbon", targets=[target, "fracture"], weights=["frugal"], c_rate="1C")
        )


def hints(kb):
    """What only hints stands below what answers, for every single goal."""
    for goal in kb.goals:
        check_hints_come_after(advise(kb, ion="Li", anode="alloy", targets=[goal]))


def plan_begins_with_the_best(kb):
    """The first experiment of the plan is the best single technique, valued alike."""
    advice = advise(kb, ion="Li", anode="alloy", weights=["frugal"])
    best = next(option for option in advice.ranking if option.kind == "technique")
    stage = plan.plan(advice).stages[0]
    assert best.route.ways == stage.route.ways
    assert best.score == pytest.approx(stage.score)


def gaps_by_hand(kb):
    """A good answer at partial reach (1/3) leaves its goal unanswered."""
    advice = advise(pinned(kb), **PINNED, facilities=["lab-xrd"])
    assert ["crystalline-phase"] == [gap.goal for gap in gaps.unanswered(advice)]


def setting(module: object, attribute: str, value: object) -> Callable[[Patch], None]:
    """Replace one name of a module."""
    return lambda patch: patch.setattr(module, attribute, value, raising=False)


def wrapping(module: object, attribute: str, wrap: Callable[..., object]) -> Callable[[Patch], None]:
    """Replace one function of a module by one that is given the old function and its arguments."""
    old = getattr(module, attribute)
    return lambda patch: patch.setattr(module, attribute, lambda *args, **named: wrap(old, *args, **named))


def everywhere(attribute: str, wrap: Callable[..., object]) -> Callable[[Patch], None]:
    """Replace one of the criteria both by name and in the table of criteria."""
    old = getattr(criteria, attribute)

    def plant(patch: Patch) -> None:
        def spoilt(*args, **named):
            return wrap(old, *args, **named)

        patch.setattr(criteria, attribute, spoilt)
        key = attribute.replace("_", "-")
        if key in criteria.VALUES:
            patch.setattr(criteria, "VALUES", {**criteria.VALUES, key: spoilt})

    return plant


def neutral(**change: object) -> Callable[[Patch], None]:
    """Other values for the words."""

    def plant(patch: Patch) -> None:
        spoilt = readings.NEUTRAL._replace(**change)
        for name in ("value", "information"):
            del name
        patch.setattr(criteria.Sighting.value, "__defaults__", (spoilt,))
        for function in (criteria.information, criteria.track_record, criteria.cost, criteria.values):
            patch.setattr(function, "__defaults__", (spoilt,))

    return plant


def failing_without(constraint: str) -> Callable[[Patch], None]:
    """Forget one constraint."""
    return wrapping(constraints, "_barred", lambda old, *args: [each for each in old(*args) if each != constraint])


def routes_with(**change: Callable[[reading.Route], object]) -> Callable[[Patch], None]:
    """Spoil fields of every route."""
    return wrapping(
        reading,
        "make_route",
        lambda old, *args: (route := old(*args))._replace(
            **{field: spoil(route) for field, spoil in change.items()}
        ),
    )  # fmt: skip


def relative_to_the_field(old, system, problem):
    """Scores stretched so that the best has 100: the classic cause of rank reversal."""
    scored, excluded = old(system, problem)
    top = max((item.score for item in scored), default=1.0)
    return [item._replace(score=100.0 * item.score / top) for item in scored], excluded


def own_ways(old, system, problem, option, members):
    """A pairing that picks the ways that suit it best."""
    del old, members
    passing = [route for route in system.routes[option] if constraints.passes(route, problem)]
    return ranking.best_route(option, passing, problem)


NEUTRAL = readings.NEUTRAL
FAULTS = {
    "pairing as cheap as its dearer member": Fault(setting(reading, "set_place", max), routes),
    "pairing as cheap as its cheaper member": Fault(setting(reading, "set_place", min), routes),
    "pairing tells the poorer of its members": Fault(
        routes_with(ratings=lambda r: {t: min(w.ratings[t] for w in r.ways) for t in r.ratings}), routes
    ),
    "pairing needs one instrument only": Fault(routes_with(needs=lambda r: r.needs[:1]), routes),
    "unconfirmed case counts as documented": Fault(
        lambda patch: patch.setattr(reading.Route, "documented_counts", property(lambda r: r.documented is not None)),
        documented,
    ),
    "documented case forgotten": Fault(routes_with(documented=lambda r: None), documented),
    "a set is as established as its best member": Fault(
        setting(criteria, "least_established", lambda route: max(route.ways, key=lambda way: way.record.standing)),
        documented,
    ),
    "a hint is worth a third": Fault(neutral(ratings=(0.0, 1 / 3, 2 / 3, 1.0)), check_two_targets),
    "a hint is worth half an answer": Fault(neutral(ratings=(0.0, 0.7, 2 / 3, 1.0)), hints),
    "what is not resolved is seen": Fault(neutral(reaches={**NEUTRAL.reaches, "none": 1.0}), check_reach),
    "partly counts in full": Fault(neutral(reaches={**NEUTRAL.reaches, "partly": 1.0}), check_hand_score),
    "unknown reach counts nothing": Fault(neutral(reaches={**NEUTRAL.reaches, "unknown": 0.0}), check_reach),
    "the scale is ignored": Fault(setting(criteria, "reach", lambda way, goal, problem: "full"), check_reach),
    "the rate is ignored": Fault(setting(criteria, "pace_value", lambda way, rate: 1.0), check_pace),
    "pace added instead of multiplied": Fault(
        setting(criteria.Sighting, "value", lambda self, reading=NEUTRAL: (
            reading.ratings[self.rating] * reading.reaches[self.reach] + self.pace) / 2), check_hand_score,
    ),
    "resolution earns points by itself": Fault(
        everywhere("information", lambda old, route, problem, reading=NEUTRAL: 0.5 * old(route, problem, reading) +
                   0.5 * reading.reaches[criteria.reach(route.ways[0], problem.goals[0][0], problem)]),
        check_hand_score,
    ),
    "an own clock keeps up": Fault(setting(criteria, "OWN_CLOCK", dict.fromkeys(("full", "partly", "none"), 1.0)),
                                   check_pace),
    "information is the poorest sighting": Fault(
        everywhere("information", lambda old, route, problem, reading=NEUTRAL: min(
            each.value(reading) for each in criteria.seen(route, problem))), check_two_targets,
    ),
    "weights of targets ignored": Fault(
        wrapping(asked, "_goals", lambda old, *args: tuple((g, 1 / len(old(*args))) for g, _ in old(*args))),
        check_two_targets,
    ),
    "one study makes it established": Fault(setting(record, "ESTABLISHED", 1), check_track_record),
    "words lower a count": Fault(
        wrapping(reading, "record", lambda old, *args: (r := old(*args))._replace(standing=min(2, r.standing))),
        check_track_record,
    ),
    "studies of other anodes count": Fault(
        wrapping(reading, "record", lambda old, kb, technique, ion, anode: old(kb, technique, ion, None)),
        check_track_record,
    ),
    "points per half-cycle in hours": Fault(setting(arithmetic, "SECONDS_PER_HOUR", 1.0), check_hand_score),
    "points counted without the logarithm": Fault(
        setting(criteria, "follow_value", lambda points: min(1.0, points / 300)), check_hand_score
    ),
    "tiers in reverse": Fault(setting(tier, "TIERS", tier.TIERS[::-1]), check_hand_score),
    "half-steps rounded away": Fault(setting(tier, "HALF_STEP", 0.0), check_hand_score),
    "half-steps count as the next tier for caps": Fault(
        routes_with(dearest_preparation=lambda r: -int(-r.preparation_place // 1)), check_cap_half_steps
    ),
    "an unknown pace counts as zero": Fault(setting(criteria, "UNKNOWN_VALUE", 0.01), check_unknown_is_midpoint),
    "every criterion always takes part": Fault(
        setting(asked, "criterion_shares", lambda question: arithmetic.shares(dict(question.weights.value.values))),
        check_unasked_criteria,
    ),
    "weights not scaled to shares": Fault(
        setting(asked, "shares", dict), lambda kb: check_points(advise(kb, ion="Li", anode="alloy"))
    ),
    "facilities ignored": Fault(setting(constraints, "reachable", lambda *args: True), check_facilities),
    "budget ignored": Fault(failing_without("budget"), check_budget),
    "preparation cap ignored": Fault(failing_without("preparation"), check_cap_half_steps),
    "blind options ranked": Fault(
        lambda patch: [patch.setattr(room, "sees", lambda route, problem: True) for room in (constraints, ranking)],
        blind,
    ),
    "pairing picks variants of its own": Fault(wrapping(ranking, "_pair", own_ways), together),
    "weight of zero takes part": Fault(
        wrapping(asked, "criterion_shares", lambda old, question: dict(question.weights.value.values) | old(question)),
        check_zero_weights,
    ),
    "rules ignored": Fault(setting(reading, "steer", lambda *args: None), own_cap),
    "cap rules raise": Fault(
        wrapping(reading, "steer", lambda old, kb, draft, key, rule: old(kb, draft, key, rule.model_copy(
            update={"kind": "raise"}))), own_cap,
    ),
    "raise rules cap": Fault(
        wrapping(reading, "steer", lambda old, kb, draft, key, rule: old(kb, draft, key, rule.model_copy(
            update={"kind": "cap"}))), own_raise,
    ),
    "exclude rules ignored": Fault(
        wrapping(reading, "_steers", lambda old, rule, *args: rule.kind != "exclude" and old(rule, *args)),
        own_exclusion,
    ),
    "conditions of rules ignored": Fault(setting(reading, "holds_for_system", lambda *args: True),
                                         own_exclusion_elsewhere),
    "ties not named": Fault(
        wrapping(ranking, "_ranked", lambda old, *args: tuple(o._replace(level=()) for o in old(*args))), ties
    ),
    "tied options ranked one after the other": Fault(
        wrapping(ranking, "_ranked", lambda old, *args: tuple(
            option._replace(rank=place) for place, option in enumerate(old(*args), 1))), ties,
    ),
    "ranking upside down": Fault(
        wrapping(ranking, "_ranked", lambda old, kb, problem, scored: old(kb, problem, scored[::-1])), ties
    ),
    "an excluded option vanishes": Fault(
        wrapping(ranking, "score_all", lambda old, *args: (old(*args)[0], old(*args)[1][1:])),
        lambda kb: check_every_option_once(tight(kb)),
    ),
    "scores relative to the field": Fault(wrapping(ranking, "score_all", relative_to_the_field), independence),
    "remedy drops a change": Fault(
        wrapping(remedy, "_remedy", lambda old, *args: old(*args)[:-1] or old(*args)),
        lambda kb: check_remedies(tight(kb)),
    ),
    "remedy asks for too much": Fault(
        wrapping(remedy, "failures", lambda old, *args: tuple(dict.fromkeys((*old(*args), "budget")))),
        lambda kb: check_remedies(advise(kb, ion="Li", anode="alloy", facilities=["potentiostat"])),
    ),
    "remedy told by the farthest route": Fault(
        wrapping(remedy, "_distance", lambda old, *args: tuple(-each for each in old(*args))),
        lambda kb: check_remedies(advise(kb, ion="Li", anode="alloy", budget="low", facilities=["lab-xrd"],
                                         targets=["heterogeneity"])),
    ),
    "a slow way is told to look elsewhere": Fault(
        wrapping(remedy, "pace_for", lambda old, *args: 1.0), check_pace,
    ),
    "the plan starts with the most telling": Fault(
        setting(plan, "scored", lambda option, route, problem: (
            found := ranking.scored(option, route, problem))._replace(score=100 * found.values[0])),
        plan_begins_with_the_best,
    ),
    "a hint counts as an answer": Fault(setting(gaps, "ANSWERS", readings.HINT), gaps_by_hand),
    "parts rounded one by one": Fault(
        setting(arithmetic, "rounded_parts", lambda parts, digits=1: [round(part, digits) for part in parts]),
        lambda kb: check_rounded_parts(),
    ),
    "cautions ignore the variant": Fault(
        lambda patch: patch.setattr(
            Rule, "variants", property(lambda self: ()), raising=False
        ), own_variant,
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_readings() -> Iterator[None]:
    """No reading of the knowledge base outlives a test, so that no fault leaks."""
    forget()
    yield
    forget()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_noticed(kb, fault):
    """The assertion holds on the engine as it is, and fails once the fault is planted."""
    fault.notice(kb)
    forget()
    with pytest.MonkeyPatch.context() as patch:
        fault.plant(patch)
        with pytest.raises(AssertionError):
            fault.notice(kb)
