"""The sentences of an answer, decided once for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.method.pace import Pace, pace
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.question.command import rate_word, reproduce
from insitu_advisor.engine.question.question import Answer
from insitu_advisor.engine.words.reasons import Reason, seeing_way, stated, way_name
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.technique import RATING_WORDS

ION_NAMES = {"Li": "lithium", "Na": "sodium", "K": "potassium"}
_ANODE_NAMES = {"intercalation": "intercalation anodes", "alloy": "alloying anodes", "conversion": "conversion anodes"}
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One answer of the question as it is shown: label, value, where it came from, and a note."""

    field: str
    label: str
    value: str
    source: str
    note: str | None


def listed(words: Iterable[str], last: str = "and") -> str:
    """`a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else "nothing"


def headline(advice: Advice) -> str:
    """The answer in one sentence: what comes first, how clearly, what it is good for and what it stays blind to."""
    best = advice.best
    if best is None:
        return (
            f"Nothing passes the constraints for {system_name(advice)}; the remedies below say what would let each in."
        )
    firsts = [option for option in advice.ranking if option.rank == 1]
    names = listed(advice.kb.name(option.id) for option in firsts)
    if len(firsts) > 1:
        return (
            f"For {system_name(advice)}, {names} share first place with {best.score:.1f} of 100: "
            "the score cannot tell them apart, so choose by what each sees."
        )
    return (
        f"For {system_name(advice)}, {names} comes first with {best.score:.1f} of 100{_lead(advice, best)}: "
        f"{top_reason(advice, best.route)}.{_only_hints(advice)}"
    )


def _only_hints(advice: Advice) -> str:
    """Said where the best that passes is still poor for every target."""
    seen = [option.route.ratings[target] for option in advice.ranking for target in advice.question.target_ids]
    return " Nothing that passes sees more than hints of what you ask." if max(seen) <= 1 else ""


def _lead(advice: Advice, best: Ranked) -> str:
    if len(advice.ranking) == 1:
        return ""
    follower = advice.ranking[1]
    return f", {round(best.score, 1) - round(follower.score, 1):.1f} ahead of {advice.kb.name(follower.id)}"


def system_name(advice: Advice) -> str:
    """The system in words, such as `antimony with potassium`."""
    question = advice.question
    material, anode, ion = question.material.value, question.anode.value, question.ion.value
    what = advice.kb.materials[material].name if material else _ANODE_NAMES[anode] if anode else "any anode"
    return f"{what} with {ION_NAMES[ion]}" if ion else what


def target_names(kb: KnowledgeBase, targets: Iterable[str]) -> list[str]:
    """Names of targets, in order."""
    return [kb.targets[target].name for target in targets]


def unseen(advice: Advice, route: Route) -> tuple[str, ...]:
    """The targets asked that a route does not see at all."""
    return tuple(target for target in advice.question.target_ids if not route.ratings[target])


def top_reason(advice: Advice, route: Route) -> str:
    """What a route does for the targets asked, best first, in one phrase."""
    phrases = []
    for rating in (3, 2, 1):
        seen = [target for target in advice.question.target_ids if route.ratings[target] == rating]
        if seen:
            phrases.append(f"{RATING_WORDS[rating]} for {listed(target_names(advice.kb, seen))}")
    if blind := unseen(advice, route):
        phrases.append(f"blind to {listed(target_names(advice.kb, blind), 'or')}")
    return "; ".join(phrases)


def pace_text(route: Route, c_rate: float) -> str:
    """How each member of a route keeps up with a C-rate, in one phrase."""
    return f"At {rate_word(c_rate)}: {'; '.join(_keeping_up(pace(way, c_rate)) for way in route.ways)}"


def _keeping_up(pace: Pace) -> str:
    short = pace.way.technique.short
    if pace.way.follows == 0.0:
        return f"{short} cannot watch a realistic cell"
    if pace.fewest is None:
        if pace.order is None:
            return f"{short} has no printed time, so it cannot be judged"
        return f"{short} has no printed time; of the order of {_points(pace.order)} per half-cycle, by judgement"
    points = f"{_points(pace.fewest)} per half-cycle"
    match pace.verdict:
        case "follows":
            return f"{short} follows with {points}"
        case "few points":
            return f"{short} takes only {points}"
        case _:
            return f"{short} cannot follow, with {points}"


def _points(count: float) -> str:
    return "less than one point" if count < 1 else "1 point" if round(count) == 1 else f"{count:,.0f} points"


def needs(kb: KnowledgeBase, route: Route) -> str:
    """The instruments a route needs; alternatives joined by `or`."""
    per_way = (listed((kb.facilities[f].name for f in way.variant.facilities), "or") for way in route.ways)
    return " + ".join(dict.fromkeys(per_way))


def route_name(route: Route) -> str:
    """The variants a route uses."""
    return " + ".join(way_name(way) for way in route.ways)


def cost_word(route: Route) -> str:
    """Cost tier of a route, with a `+` for half a step above the word."""
    return tier.name(route.cost_place)


def preparation_word(route: Route) -> str:
    """Preparation tier of a route, with a `+` for half a step above the word."""
    return tier.name(route.preparation_place)


def question_lines(advice: Advice) -> tuple[Line, ...]:
    """Every answer of the question with its source, in the order a researcher would give them."""
    question, kb = advice.question, advice.kb
    facilities = question.facilities.value
    rate = question.c_rate.value
    return (
        _line("anode", "Anode", question.anode, _anode_text(advice)),
        _line("ion", "Ion", question.ion, question.ion.value or "open"),
        _line("targets", "Want to learn", question.targets, _targets_text(advice)),
        _line("budget", "Budget", question.budget, question.budget.value or "no cap"),
        _line("max_preparation", "Preparation", question.max_preparation, question.max_preparation.value or "no cap"),
        _line(
            "facilities",
            "Facilities",
            question.facilities,
            "no limit" if facilities is None else listed(kb.facilities[facility].name for facility in facilities),
        ),
        _line("scale", "Scale", question.scale, question.scale.value or "open"),
        _line("c_rate", "C-rate", question.c_rate, "open" if rate is None else rate_word(rate)),
        _line("weights", "Weights", question.weights, _weights_text(advice)),
    )


def _line(field: str, label: str, answer: Answer[Any], value: str) -> Line:
    return Line(field, label, value, answer.source, answer.note)


def _anode_text(advice: Advice) -> str:
    question = advice.question
    if question.material.value:
        return f"{advice.kb.materials[question.material.value].name}, {question.anode.value}"
    return question.anode.value or "open"


def _targets_text(advice: Advice) -> str:
    pairs = advice.question.targets.value
    even = len({weight for _, weight in pairs}) == 1
    return ", ".join(
        advice.kb.targets[target].name + ("" if even else f" (weight {weight:g})") for target, weight in pairs
    )


def _weights_text(advice: Advice) -> str:
    shares = ", ".join(f"{criterion} {share * PERCENT:.3g}%" for criterion, share in advice.shares.items())
    profile = advice.question.profile.value
    return f"{profile}: {shares}" if profile else shares


def exclusion_reason(advice: Advice, excluded: Excluded) -> Reason:
    """Why an option is out, by the first constraint its nearest route fails."""
    kb, route, question = advice.kb, excluded.route, advice.question
    match excluded.failed[0]:
        case "physics":
            rule = kb.rules[route.excluded_by[0]]
            return Reason(rule.sentence, rule.basis, rule.sources)
        case "sees-none":
            return _sees_none(advice, excluded)
        case "facility":
            missing = [way for way in route.ways if way.facilities.isdisjoint(question.facilities.value or ())]
            names = list(dict.fromkeys(kb.facilities[way.variant.facilities[0]].name for way in missing))
            verb = "is" if len(names) == 1 else "are"
            return Reason(f"Needs {listed(names)}, which {verb} not among the facilities given.", "judgement")
        case "budget":
            dear = max(route.ways, key=lambda way: tier.position(way.cost.tier))
            text = f"{dear.technique.short} testing cost is {dear.cost.tier}, above the budget {question.budget.value}."
            return stated(dear.cost, text)
        case "preparation":
            hard = max(route.ways, key=lambda way: tier.position(way.preparation.tier))
            cap = question.max_preparation.value
            return stated(
                hard.preparation, f"{hard.technique.short} preparation is {hard.preparation.tier}, above the cap {cap}."
            )


def _sees_none(advice: Advice, excluded: Excluded) -> Reason:
    kb = advice.kb
    if excluded.rule in kb.rules:
        rule = kb.rules[excluded.rule]
        return Reason(rule.sentence, rule.basis, rule.sources)
    target = advice.question.target_ids[0]
    way = seeing_way(excluded.route, target)
    why = way.variant.blind_to.get(target) or way.technique.blind_to.get(target, "")
    more = " It sees none of the other targets either." if len(advice.question.target_ids) > 1 else ""
    return Reason(f"It does not see {kb.targets[target].name}: {why}{more}", "judgement")


def remedy_text(kb: KnowledgeBase, excluded: Excluded) -> str:
    """The smallest change of answer that lets an option in, in words."""
    if not excluded.remedy:
        own = [rule.remedy for rule_id in excluded.route.excluded_by if (rule := kb.rules[rule_id]).remedy]
        return own[0] if own else "No change of answer lets it in."
    way_in = listed(change.text for change in excluded.remedy)
    if "sees-none" in excluded.failed:
        return f"Nothing lets it in for what you ask; {way_in}, and it comes in."
    return f"To let it in: {way_in}."


def next_steps(advice: Advice) -> tuple[str, ...]:
    """Commands worth trying after this answer."""
    question = advice.question
    steps = ["insitu-advisor targets"] if question.targets.source == "assumed" else []
    if len(advice.ranking) > 1:
        steps.append(reproduce(question, advice.kb, "compare", advice.ranking[0].id, advice.ranking[1].id))
    best = advice.best
    if best and len(question.target_ids) > 1 and any(best.route.ratings[target] < 2 for target in question.target_ids):
        steps.append(reproduce(question, advice.kb, "plan"))
    steps.append(reproduce(question, advice.kb, "report") + " -o report.md")
    return tuple(steps)


def as_sentence(text: str) -> str:
    """A note with a capital at its start and a full stop at its end; nothing for an empty one."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}." if text else ""
