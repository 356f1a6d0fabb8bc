"""Why an option has its points: every reason with its basis and its sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.arithmetic import points_per_half_cycle
from insitu_advisor.engine.method.criteria import informants, scale_value
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.claim import Claim, Scale
from insitu_advisor.knowledge.technique import RATING_WORDS, STANDING_WORDS
from insitu_advisor.knowledge.vocabulary import Criterion


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence with its basis ("review 2.1", "literature", ...) and the keys of its sources."""

    text: str
    basis: str
    sources: tuple[str, ...] = ()


def reasons(advice: Advice, option: Ranked, criterion: Criterion) -> tuple[Reason, ...]:
    """Why an option has the value it has on one criterion, in the order of the question."""
    return tuple(_REASONS[criterion](advice, option.route))


def seeing_way(route: Route, target: str) -> Way:
    """The member of a route that sees a target best; the first of equals."""
    return max(route.ways, key=lambda way: way.ratings[target])


def steering_rules(advice: Advice, way: Way, target: str) -> Iterator[Reason]:
    """The rules that moved the rating of one target, as reasons."""
    for rule_id in way.steered.get(target, ()):
        rule = advice.kb.rules[rule_id]
        yield Reason(rule.sentence, rule.basis, rule.sources)


def stated(claim: Claim, text: str) -> Reason:
    """A claim as a reason, in the words given."""
    return Reason(text, claim.basis, claim.sources)


def way_name(way: Way) -> str:
    """A technique with the variant meant, as `XRD (laboratory diffractometer)`."""
    return f"{way.technique.short} ({way.variant.name})"


def sight(advice: Advice, route: Route, target: str) -> Iterator[Reason]:
    """What a route sees of one target, or why it sees nothing of it."""
    way = seeing_way(route, target)
    name = advice.kb.targets[target].name
    rating = way.ratings[target]
    seen = way.sights.get(target)
    if seen is not None:
        if rating or not way.steered.get(target):
            yield stated(seen, f"{way.technique.short}, {RATING_WORDS[rating]} for {name}: {seen.sees}")
        yield from steering_rules(advice, way, target)
    elif rating:
        yield from steering_rules(advice, way, target)
    else:
        why = way.variant.blind_to.get(target) or way.technique.blind_to.get(target, "no entry")
        yield Reason(f"{way.technique.short} does not see {name}: {why}", "judgement")


def _information(advice: Advice, route: Route) -> Iterator[Reason]:
    for target in advice.question.target_ids:
        yield from sight(advice, route, target)


def _system(advice: Advice, route: Route) -> Iterator[Reason]:
    case = route.documented
    if case is not None:
        prefix = (
            "A published study of this pairing, ion and anode type counts in full, whatever its material: "
            if case.confirmed == "confirmed"
            else "Not counted, as its in situ nature is unconfirmed: "
        )
        yield stated(case, f"{prefix}{case.says}")
    for way in route.ways:
        short = way.technique.short
        if anode := advice.question.anode.value:
            role = way.technique.roles[anode]
            yield stated(role, f"{short} on {anode} anodes is {_standing(role.standing)}: {role.role}")
        if ion := advice.question.ion.value:
            standing = way.technique.ions[ion]
            yield stated(standing, f"{short} with {ion} is {_standing(standing.standing)}: {standing.why}")


def _standing(standing: int) -> str:
    return {0: "without a study found", 1: "isolated", 2: "shown in several studies"}.get(standing, STANDING_WORDS[3])


def _resolution(advice: Advice, route: Route) -> Iterator[Reason]:
    scale, c_rate = advice.question.scale.value, advice.question.c_rate.value
    if len(route.ways) > 1:
        yield Reason(_who_informs(advice, route), "judgement")
    for way in route.ways:
        if scale is not None:
            yield _scale_reason(way, scale)
        if c_rate is not None:
            yield from _rate_reasons(way, c_rate)


def _who_informs(advice: Advice, route: Route) -> str:
    shares = [
        f"{' or '.join(way.technique.short for way in ways)} for {share:.0%}"
        for ways, share in informants(route, prepare(advice.question))
    ]
    return f"For each target the member that sees it best counts: {', '.join(shares)} of what can be seen."


def _scale_reason(way: Way, scale: Scale) -> Reason:
    if scale_value(way, scale) is None:
        return Reason(f"{way_name(way)}: whether it resolves the {scale} scale cannot be judged", "judgement")
    reading = way.scales[scale]
    word = {"full": "resolves", "partly": "partly resolves", "none": "does not resolve"}[reading.reach]
    return stated(reading, f"{way_name(way)} {word} the {scale} scale: {reading.because}")


def _rate_reasons(way: Way, c_rate: float) -> Iterator[Reason]:
    follows = way.variant.follows_cycling
    if follows is not None:
        word = {"full": "can", "partly": "can in part", "none": "cannot"}[follows.answer]
        yield stated(follows, f"{way_name(way)} {word} watch a cell at a realistic rate: {follows.because}")
    if way.seconds is None:
        yield Reason(
            f"{way_name(way)}: points per half-cycle cannot be judged, as no time per point is printed", "judgement"
        )
        return
    points = points_per_half_cycle(way.seconds, c_rate)
    count = f"{points:,.0f}" if points >= 1 else "less than one"
    if way.figure is not None:
        yield stated(
            way.figure, f"{way_name(way)}: {count} points per half-cycle at {way.seconds:g} s each. {way.figure.means}"
        )
    elif way.tempo is not None:
        text = (
            f"{way_name(way)}: of the order of {count} points per half-cycle; no time is printed. {way.tempo.because}"
        )
        yield Reason(text, "judgement")


def _cost(advice: Advice, route: Route) -> Iterator[Reason]:
    del advice
    for way in route.ways:
        yield stated(way.cost, f"{way.technique.short} testing cost is {way.cost.tier}: {way.cost.says}")
    if len(route.ways) > 1:
        yield Reason(
            f"Two experiments count half a tier above the dearer one: {tier.name(route.cost_place)}.", "judgement"
        )


def _preparation(advice: Advice, route: Route) -> Iterator[Reason]:
    del advice
    for way in route.ways:
        graded = way.preparation
        yield stated(graded, f"{way.technique.short} preparation is {graded.tier}: {graded.says}")
    if len(route.ways) > 1:
        text = f"Two experiments count half a tier above the harder one: {tier.name(route.preparation_place)}."
        yield Reason(text, "judgement")


_REASONS = {
    "information": _information,
    "system": _system,
    "resolution": _resolution,
    "cost": _cost,
    "preparation": _preparation,
}
