"""Why an option has its points: every reason with its basis and its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.arithmetic import points_per_half_cycle
from insitu_advisor.engine.method.criteria import Sighting, seen
from insitu_advisor.engine.method.record import Record
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.engine.question.command import rate_word
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Claim, Scale
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.technique import RATING_WORDS, Role
from insitu_advisor.knowledge.vocabulary import Criterion


class Reason(NamedTuple):
    """One sentence with its basis ("review 2.1", "literature", ...) and the keys of its sources."""

    text: str
    basis: str
    sources: tuple[str, ...] = ()


def reasons(advice: Advice, option: Ranked, criterion: Criterion) -> tuple[Reason, ...]:
    """Why an option has the value it has on one criterion, in the order of the question."""
    return tuple(_REASONS[criterion](advice, option.route))


def stated(claim: Claim, text: str) -> Reason:
    """A claim as a reason, in the words given."""
    return Reason(text, claim.basis, claim.sources)


def way_name(way: Way) -> str:
    """A technique with the way meant: `XRD` for the ordinary one, else `XRD (total scattering)`."""
    if way.variant_id == next(iter(way.technique.variants)):
        return way.technique.short
    return f"{way.technique.short} ({way.variant.short or way.variant.name})"


def sighting_reasons(advice: Advice, sighting: Sighting) -> Iterator[Reason]:
    """What a way sees of one goal, or why it sees nothing of it."""
    way, goal, rating = sighting.way, sighting.goal, sighting.rating
    name = advice.kb.goals[goal].name
    steps = way.steered.get(goal, ())
    claim = way.sights.get(goal)
    if claim is not None and (rating or not steps):
        whose = _elsewhere(advice, claim) if rating else ""
        yield stated(claim, f"{way_name(way)}, {RATING_WORDS[rating]} for {name}{whose}: {claim.sees}")
    for step in steps:
        yield Reason(step.rule.sentence, step.rule.basis, step.rule.sources)
    if claim is None and not rating and not steps:
        yield Reason(f"{way_name(way)} does not see {name}: {blindness(advice, way, goal)}", "judgement")


def _elsewhere(advice: Advice, claim: Claim) -> str:
    """Whose system the sources of a claim are on, where all of those we know of had another ion or anode type."""
    question, studies = advice.question, studies_of(advice.kb, claim.sources)
    ion, anode = question.ion.value, question.anode_type
    near = (study for study in studies if ion in (None, *study.ions) and anode in (None, *study.anode))
    if not studies or (ion is None and anode is None) or any(near):
        return ""
    material = studies[0].material.replace(": ", ", ")
    return f" (shown on {material} with {'/'.join(studies[0].ions)})"


def studies_of(kb: KnowledgeBase, sources: tuple[str, ...]) -> tuple[Study, ...]:
    """The studies of the list that are among some sources, in the order of these."""
    by_reference = {study.reference: study for study in kb.studies.values()}
    return tuple(by_reference[source] for source in sources if source in by_reference)


def blindness(advice: Advice, way: Way, goal: str) -> str:
    """Why a way is blind to a goal."""
    for entry in (way.variant, way.technique):
        for key in (goal, advice.kb.whole[goal]):
            if key in entry.blind_to:
                return entry.blind_to[key]
    return "no entry says that it sees it"


def scale_reason(way: Way, scale: Scale) -> Reason:
    """How a way resolves a scale."""
    reading = way.scales.get(scale)
    if reading is None:
        return Reason(f"{way_name(way)}: whether it resolves the {scale} scale is not known", "judgement")
    word = {"full": "resolves", "partly": "partly resolves", "none": "does not resolve"}[reading.reach]
    return stated(reading, f"{way_name(way)} {word} the {scale} scale: {reading.because}")


def _own_scales(advice: Advice, sightings: Iterable[Sighting], scale: Scale) -> Iterator[Reason]:
    """Goals that are resolved otherwise at a scale than the way resolves in general."""
    for way, goal in ((sighting.way, sighting.goal) for sighting in sightings):
        claim = way.sights.get(goal)
        reading = claim.scales.get(scale) if claim else None
        if reading is not None:
            yield stated(reading, f"{way_name(way)}, {advice.kb.goals[goal].name} at {scale} scale: {reading.because}")


def point_count(points: float) -> str:
    """A number of data points in words."""
    return "less than one point" if points < 1 else "1 point" if round(points) == 1 else f"{points:,.0f} points"


def rate_reasons(way: Way, c_rate: float) -> Iterator[Reason]:
    """How a way keeps up with a C-rate."""
    follows = way.variant.follows_cycling
    if follows is not None:
        word = {"full": "can", "partly": "can in part", "none": "cannot"}[follows.answer]
        yield stated(follows, f"{way_name(way)} {word} watch a cell at a realistic rate: {follows.because}")
    if way.seconds is None:
        yield Reason(f"{way_name(way)}: no time per point is published, so its pace is not known", "judgement")
        return
    points = points_per_half_cycle(way.seconds, c_rate)
    count = point_count(points)
    if way.figure is not None:
        text = f"{way_name(way)}: {count} per half-cycle at {way.seconds:g} s each. {way.figure.means}"
        yield stated(way.figure, text)
    elif way.tempo is not None:
        text = f"{way_name(way)}: we guess {count} per half-cycle; no time is published. {way.tempo.because}"
        yield Reason(text, "judgement")


def _information(advice: Advice, route: Route) -> Iterator[Reason]:
    sightings = seen(route, advice.problem)
    for sighting in sightings:
        yield from sighting_reasons(advice, sighting)
    scale, c_rate = advice.problem.scale, advice.problem.c_rate
    for way in dict.fromkeys(sighting.way for sighting in sightings):
        if scale is not None:
            yield scale_reason(way, scale)
        if c_rate is not None:
            yield from rate_reasons(way, c_rate)
    if scale is not None:
        yield from _own_scales(advice, sightings, scale)
    if c_rate is not None:
        yield from _shown_reasons(advice, sightings, c_rate)


def _shown_reasons(advice: Advice, sightings: Iterable[Sighting], c_rate: float) -> Iterator[Reason]:
    """The studies that answered a goal at the asked rate or a faster one."""
    for way, goal in ((sighting.way, sighting.goal) for sighting in sightings):
        done = way.shown.get(goal)
        if done is not None and done.covers(c_rate):
            name, rate = advice.kb.goals[goal].name, rate_word(done.rate)
            text = f"{way_name(way)} was used for {name} at {rate} on such an anode, which counts before its usual time"
            yield Reason(text, "literature", (done.reference,))


def _track_record(advice: Advice, route: Route) -> Iterator[Reason]:
    case = route.documented
    if case is not None:
        prefix = (
            "A published study of this pairing, ion and anode type counts in full, whatever its material: "
            if case.confirmed == "confirmed"
            else "Not counted, as nothing confirms that it was done in situ: "
        )
        yield stated(case, f"{prefix}{case.says}")
    for way in route.ways:
        if way.record is not None:
            yield from record_reasons(advice, way, way.record)


def record_reasons(advice: Advice, way: Way, record: Record) -> Iterator[Reason]:
    """How often a technique was used on such an anode, as counted in the list of studies, and what is said of it."""
    whole = len(advice.kb.studies)
    counted = f"{record.studies} of our {whole} studies" if record.studies else f"none of our {whole} studies"
    raised = ", counted as more on the word of its source" if record.raised else ""
    yield Reason(f"{way.technique.short} on {record.of}: {counted}{raised}.", record.basis)
    for claim in record.claims:
        yield stated(claim, claim.role if isinstance(claim, Role) else claim.why)


def _cost(advice: Advice, route: Route) -> Iterator[Reason]:
    del advice
    for way in route.ways:
        yield stated(way.cost, f"{way.technique.short} costs are {way.cost.tier}: {way.cost.says}")
    if len(route.ways) > 1:
        text = f"Several experiments count half a step above the most expensive one: {tier.name(route.cost_place)}."
        yield Reason(text, "judgement")


def _preparation(advice: Advice, route: Route) -> Iterator[Reason]:
    del advice
    for way in route.ways:
        graded = way.preparation
        yield stated(graded, f"{way.technique.short} preparation is {graded.tier}: {graded.says}")
    if len(route.ways) > 1:
        text = f"Several experiments count half a step above the hardest one: {tier.name(route.preparation_place)}."
        yield Reason(text, "judgement")


_REASONS: Mapping[Criterion, Callable[[Advice, Route], Iterator[Reason]]] = {
    "information": _information,
    "track-record": _track_record,
    "cost": _cost,
    "preparation": _preparation,
}
