"""The tests of the engine can fail: each fault planted here is noticed by the assertions the tests are made of."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

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
    ranked_ids,
)
from engine.hand import (
    check_budget,
    check_cap_half_steps,
    check_facilities,
    check_hand_score,
    check_rounded_parts,
    check_two_targets,
    check_unasked_criteria,
    check_unknown_is_midpoint,
    check_zero_weights,
)
from engine.knowledge import with_rules
from insitu_advisor.engine.method import arithmetic, constraints, criteria, ranking, remedy
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


def ties(kb):
    """Information alone leaves several options level."""
    only = ["information=1", "system=0", "resolution=0", "cost=0", "preparation=0"]
    check_order(advise(kb, ion="Li", anode="alloy", targets=["fracture"], weights=only))


def tight(kb):
    """A question on which most options fail several constraints."""
    return advise(
        kb, ion="Li", anode="alloy", targets=["gas-evolution"], facilities=["potentiostat"], budget="low",
        max_preparation="low",
    )  # fmt: skip


def potassium(kb):
    """The 39K rule takes NMR off potassium environments."""
    assert "nmr" not in ranked_ids(advise(kb, ion="K", anode="alloy", targets=["ion-environment"]))


def lithium(kb):
    """The 39K rule leaves lithium alone."""
    assert "nmr" in ranked_ids(advise(kb, ion="Li", anode="alloy", targets=["ion-environment"]))


def own_exclusion(kb):
    """An exclude rule takes its technique out."""
    rule = Rule(kind="exclude", technique="xrd", when=Condition(ions=("Li",)), sentence="Out.")
    assert "xrd" not in ranked_ids(advise(with_rules(kb, out=rule), ion="Li", anode="alloy"))


def own_raise(kb):
    """A raise rule lifts what a cap before it lowered."""
    rule = Rule(
        kind="raise", technique="raman", when=Condition(materials=("tin",)), targets=("bond-disorder",), rating=3,
        sentence="Lifted.",
    )  # fmt: skip
    ways = advise(with_rules(kb, up=rule), ion="Li", anode="tin").system.ways["raman"]
    assert {way.ratings["bond-disorder"] for way in ways} == {3}


def vacuum(kb):
    """The vacuum caution stands beside laboratory XPS and not beside near-ambient XPS."""
    advice = advise(kb, ion="Li", anode="alloy")
    warned = {
        route.ways[0].variant_id
        for route in advice.system.routes["xps"]
        if any("evaporate in vacuum" in caution.text for caution in cautions(advice, route))
    }
    assert warned == {"laboratory", "haxpes"}


def independence(kb):
    """An option's score does not depend on which others pass."""
    wide = advise(kb, ion="Li", anode="alloy").option("xrd").score
    assert wide == advise(kb, ion="Li", anode="alloy", facilities=["lab-xrd"]).option("xrd").score


def blind(kb):
    """An option that sees none of the targets is not ranked."""
    assert "eis" not in ranked_ids(advise(kb, ion="Li", anode="alloy", targets=["gas-evolution"]))


def together(kb):
    """A frugal question on which a member takes a dearer variant than would be best for its pairing."""
    check_pairings_follow_members(
        advise(kb, ion="Na", anode="hard-carbon", targets=["reaction-intermediates"], weights=["frugal"])
    )


def setting(module: object, attribute: str, value: object) -> Callable[[Patch], None]:
    """Replace one name of a module."""
    return lambda patch: patch.setattr(module, attribute, value, raising=False)


def wrapping(module: object, attribute: str, wrap: Callable[..., object]) -> Callable[[Patch], None]:
    """Replace one function of a module by one that is given the old function and its arguments."""
    old = getattr(module, attribute)
    return lambda patch: patch.setattr(module, attribute, lambda *args, **named: wrap(old, *args, **named))


def passes_without(field: str) -> Callable[[Patch], None]:
    """Forget one constraint."""
    return wrapping(constraints, "feasible", lambda old, route, asked: old(route, replace(asked, **{field: None})))


def routes_with(**change: Callable[[reading.Route], object]) -> Callable[[Patch], None]:
    """Spoil fields of every route."""
    return wrapping(
        reading,
        "make_route",
        lambda old, *args: replace(
            route := old(*args), **{field: spoil(route) for field, spoil in change.items()}
        ),
    )  # fmt: skip


def relative_to_the_field(old, system, asked):
    """Scores stretched so that the best has 100: the classic cause of rank reversal."""
    scored, excluded = old(system, asked)
    top = max((item.score for item in scored), default=1.0)
    return [replace(item, score=100.0 * item.score / top) for item in scored], excluded


FAULTS = {
    "pairing as cheap as its dearer member": Fault(setting(reading, "pairing_place", max), routes),
    "pairing at the mean of its members": Fault(setting(reading, "pairing_place", lambda p: sum(p) / len(p)), routes),
    "pairing tells the poorer of its members": Fault(
        routes_with(ratings=lambda r: {t: min(w.ratings[t] for w in r.ways) for t in r.ratings}), routes
    ),
    "pairing needs one instrument only": Fault(routes_with(needs=lambda r: r.needs[:1]), routes),
    "unconfirmed case counts as documented": Fault(
        routes_with(system_value=lambda r: 1.0 if r.documented else r.system_value), check_documented_pairings
    ),
    "documented case forgotten": Fault(
        routes_with(system_value=lambda r: min(sum(w.standings) / 6 for w in r.ways)), check_documented_pairings
    ),
    "information is the poorest rating": Fault(
        setting(criteria, "information_value", lambda ratings, weights: min(ratings) / 3), check_two_targets
    ),
    "system is the better standing": Fault(
        setting(reading, "standing_value", lambda standings: max(standings) / 3), check_hand_score
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
    "unknown counts as zero": Fault(setting(ranking, "UNKNOWN_VALUE", 0.0), check_unknown_is_midpoint),
    "unknown passes for known": Fault(
        wrapping(ranking, "value_of", lambda old, *args: old(*args) or 0.0), check_unknown_is_midpoint
    ),
    "every criterion always takes part": Fault(
        setting(asked, "criterion_shares", lambda question: arithmetic.shares(dict(question.weights.value))),
        check_unasked_criteria,
    ),
    "weights not scaled to shares": Fault(
        setting(asked, "shares", dict), lambda kb: check_points(advise(kb, ion="Li", anode="alloy"))
    ),
    "facilities ignored": Fault(passes_without("facilities"), check_facilities),
    "budget ignored": Fault(passes_without("budget"), check_budget),
    "preparation cap ignored": Fault(passes_without("max_preparation"), check_cap_half_steps),
    "blind options ranked": Fault(
        setting(ranking, "sees_something", lambda route, asked: True), blind,
    ),
    "pairing picks variants of its own": Fault(
        wrapping(ranking, "_pair", lambda old, system, asked, option, members: ranking.best_route(
            option, [route for route in system.routes[option] if constraints.passes(route, asked)], asked)), together,
    ),
    "weight of zero takes part": Fault(
        wrapping(asked, "criterion_shares", lambda old, question: dict(question.weights.value) | old(question)),
        check_zero_weights,
    ),
    "rules ignored": Fault(setting(reading, "_steer", lambda *args: None), potassium),
    "cap rules raise": Fault(
        wrapping(reading, "_steer", lambda old, draft, key, rule: old(draft, key, rule.model_copy(
            update={"kind": "raise"}))), potassium,
    ),
    "raise rules cap": Fault(
        wrapping(reading, "_steer", lambda old, draft, key, rule: old(draft, key, rule.model_copy(
            update={"kind": "cap"}))), own_raise,
    ),
    "exclude rules ignored": Fault(
        wrapping(reading, "_steers", lambda old, rule, *args: rule.kind != "exclude" and old(rule, *args)),
        own_exclusion,
    ),
    "conditions of rules ignored": Fault(setting(reading, "holds_for_system", lambda *args: True), lithium),
    "ties not named": Fault(
        wrapping(ranking, "_ranked", lambda old, *args: tuple(replace(o, level=()) for o in old(*args))), ties
    ),
    "tied options ranked one after the other": Fault(
        wrapping(ranking, "_ranked", lambda old, *args: tuple(
            replace(option, rank=place) for place, option in enumerate(old(*args), 1))), ties,
    ),
    "ranking upside down": Fault(
        wrapping(ranking, "_ranked", lambda old, kb, asked, scored: old(kb, asked, scored[::-1])), ties
    ),
    "an excluded option vanishes": Fault(
        wrapping(ranking, "score_all", lambda old, *args: (old(*args)[0], old(*args)[1][1:])),
        lambda kb: check_every_option_once(tight(kb)),
    ),
    "scores relative to the field": Fault(wrapping(ranking, "score_all", relative_to_the_field), independence),
    "remedy drops a change": Fault(
        wrapping(remedy, "remedy", lambda old, *args: old(*args)[:-1] or old(*args)),
        lambda kb: check_remedies(tight(kb)),
    ),
    "remedy asks for too much": Fault(
        wrapping(remedy, "failures", lambda old, *args: tuple(dict.fromkeys((*old(*args), "budget")))),
        lambda kb: check_remedies(advise(kb, ion="Li", anode="alloy", facilities=["potentiostat"])),
    ),
    "remedy told by the farthest route": Fault(
        setting(remedy, "_distance", lambda route, asked: -len(constraints.failures(route, asked))),
        lambda kb: check_remedies(advise(kb, ion="Li", anode="alloy", budget="low", facilities=["lab-xrd"],
                                         targets=["heterogeneity"])),
    ),
    "parts rounded one by one": Fault(
        setting(arithmetic, "rounded_parts", lambda parts: [round(part, 1) for part in parts]),
        lambda kb: check_rounded_parts(),
    ),
    "cautions ignore the variant": Fault(
        lambda patch: patch.setattr(
            Rule, "variants", property(lambda self: ()), raising=False
        ), vacuum,
    ),
}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_readings() -> Iterator[None]:
    """No reading of the knowledge base outlives a test, so that no fault leaks."""
    reading.read_system.cache_clear()
    yield
    reading.read_system.cache_clear()


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_fault_is_noticed(kb, fault):
    """The assertion holds on the engine as it is, and fails once the fault is planted."""
    fault.notice(kb)
    reading.read_system.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        fault.plant(patch)
        with pytest.raises(AssertionError):
            fault.notice(kb)
