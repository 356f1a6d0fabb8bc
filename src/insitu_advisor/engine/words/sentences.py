"""The sentences of an answer, decided once for every format."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Sequence

from insitu_advisor.engine.method.advice import Advice, Change, Excluded, Ranked
from insitu_advisor.engine.method.criteria import Sighting, best_sighting, seen
from insitu_advisor.engine.method.pace import own_clock
from insitu_advisor.engine.method.system import Route, Way
from insitu_advisor.engine.question.command import rate_word, reproduce
from insitu_advisor.engine.question.question import Anode
from insitu_advisor.engine.words.reasons import Reason, blindness, rate_reasons, stated, way_name
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Ion
from insitu_advisor.knowledge.spelling import fold
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.knowledge.vocabulary import ANODE_WORDS

ION_NAMES: dict[Ion, str] = {"Li": "lithium", "Na": "sodium", "K": "potassium"}
ANODE_NAMES = {
    "intercalation": "intercalation anode",
    "alloy": "alloying anode",
    "conversion": "conversion anode",
    "metal": "metal anode",
}


def listed(words: Iterable[str], last: str = "and", none: str = "nothing") -> str:
    """`a, b and c`."""
    items = list(words)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else none


def some(names: Sequence[str], last: str = "and", most: int = 2) -> str:
    """A few names, and how many more there are."""
    if len(names) <= most + 1:
        return listed(names, last)
    return listed([*names[:most], f"{len(names) - most} more"])


def counted(amount: float, what: str) -> str:
    """`1 point`, `2 points`: a whole number with its noun."""
    return f"{amount:,.0f} {what}{'' if round(amount) == 1 else 's'}"


def quoted(words: Iterable[str]) -> str:
    """`'a' and 'b'`."""
    return listed(f"'{word}'" for word in words)


def capital(text: str) -> str:
    """The text with a capital at its start."""
    return f"{text[:1].upper()}{text[1:]}"


def as_sentence(text: str) -> str:
    """A note with a capital at its start and a full stop at its end; nothing for an empty one."""
    return f"{capital(text).rstrip('.')}." if text else ""


def headline(advice: Advice) -> str:
    """The answer in one sentence: what comes first, and what it sees and does not see."""
    best = advice.best
    if best is None:
        return f"Nothing within your limits can answer this for {system_name(advice)}; what would change that is below."
    firsts = [option for option in advice.ranking if option.rank == 1]
    if len(firsts) > 1:
        names = listed(option_name(option) for option in firsts)
        return f"For {system_name(advice)}, {names} tie with {best.score:.0f} of 100. {tie(advice, firsts)}"
    name, ahead, told = option_name(best), _lead(advice, best), sees(advice, best.route)
    return f"For {system_name(advice)}, {name} comes first with {best.score:.0f} of 100{ahead}: {told}."


def tie(advice: Advice, options: Iterable[Ranked]) -> str:
    """What decides between options that are level: for each the goals it sees best among them, or what it spares."""
    level = list(options)
    worth = {option.id: {each.goal: each.value() for each in seen(option.route, advice.problem)} for option in level}
    picks = []
    for option in level:
        others = [worth[other.id] for other in level if other is not option]
        mine = worth[option.id]
        better = [goal for goal in mine if all(float(mine[goal]) > float(other[goal]) for other in others)]  # type: ignore[arg-type]
        rivals = [other.route for other in level if other is not option]
        if better:
            verb = "matters" if len(better) == 1 else "matter"
            picks.append(f"{advice.kb.name(option.id)} if {some(goal_names(advice.kb, better))} {verb} more")
        elif all(option.route.cost_place < other.cost_place for other in rivals):
            picks.append(f"{advice.kb.name(option.id)} if money is short")
        elif all(option.route.preparation_place < other.preparation_place for other in rivals):
            picks.append(f"{advice.kb.name(option.id)} if preparation has to be simple")
    return f"Take {listed(picks, 'or')}." if picks else "Take the one you can get at first; they tell the same."


def _lead(advice: Advice, best: Ranked) -> str:
    if len(advice.ranking) == 1:
        return ""
    follower = advice.ranking[1]
    return f", {round(best.score) - round(follower.score)} ahead of {option_name(follower)}"


def system_name(advice: Advice) -> str:
    """The system in words, such as `antimony with potassium`; what names its ion itself is left at that."""
    question = advice.question
    ion, anode = question.ion.value, question.anode.value
    what = anode_name(advice.kb, anode)
    if anode is not None and anode.type == "metal" and fold(what).startswith("anode free"):
        return f"an anode-free {ION_NAMES[ion]} cell" if ion else "an anode-free cell"
    if ion is None or (anode is not None and anode.type == "metal" and _names(what, ion)):
        return what
    return f"{what} with {ION_NAMES[ion]}"


def _names(what: str, ion: Ion) -> bool:
    """Whether a name of a metal says which: lithium metal, Li foil."""
    return not {ion.lower(), ION_NAMES[ion]}.isdisjoint(fold(what).split())


def anode_name(kb: KnowledgeBase, anode: Anode | None) -> str:
    """The anode as the user wrote it, else its type."""
    return "any anode" if anode is None else own_name(kb, anode) or f"{ANODE_NAMES[anode.type]}s"


def own_name(kb: KnowledgeBase, anode: Anode) -> str | None:
    """The anode as the user wrote it; None where that is no more than its type."""
    if anode.word is not None and fold(anode.word) not in ANODE_WORDS:
        return anode.word
    return kb.materials[anode.material].name if anode.material else None


def goal_names(kb: KnowledgeBase, goals: Iterable[str]) -> list[str]:
    """Names of goals, in order."""
    return [kb.goals[goal].name for goal in goals]


def target_names(kb: KnowledgeBase, targets: Iterable[str]) -> list[str]:
    """Names of targets or their parts, in order."""
    return [(kb.targets.get(target) or kb.goals[target]).name for target in targets]


def option_name(option: Ranked | Excluded) -> str:
    """An option by the ways in use, such as `XRD (total scattering) + TEM`."""
    return route_name(option.route)


def route_name(route: Route) -> str:
    """The ways a route uses."""
    return " + ".join(way_name(way) for way in route.ways)


def sees(advice: Advice, route: Route) -> str:
    """What a route does for the goals asked, best first, and what holds it back, in one phrase."""
    sightings = seen(route, advice.problem)
    return "; ".join(filter(None, (sightings_text(advice, sightings, "; "), *unseen(advice, sightings))))


def unseen(advice: Advice, sightings: Iterable[Sighting], say: Callable[..., str] = listed) -> list[str]:
    """What is not seen of some goals: for these a way is too slow, to those it is blind."""
    lost = [each for each in sightings if not each.value()]
    slow = goal_names(advice.kb, [each.goal for each in lost if each.rating])
    blind = goal_names(advice.kb, [each.goal for each in lost if not each.rating])
    return [*([f"too slow for {say(slow)}"] if slow else []), *([f"blind to {say(blind, 'or')}"] if blind else [])]


def sightings_text(advice: Advice, sightings: Iterable[Sighting], between: str = ", ") -> str:
    """How well some goals are seen, best first, and what holds that back; those that are not seen are left out."""
    found = [each for each in sightings if each.value()]
    groups = [[each for each in found if each.rating == rating] for rating in (3, 2, 1)]
    told = [
        (f"{RATING_WORDS[same[0].rating]} for {listed(goal_names(advice.kb, (each.goal for each in same)))}", same)
        for same in groups
        if same
    ]
    return between.join(with_limits(advice, told))


def with_limits(advice: Advice, told: Sequence[tuple[str, Sequence[Sighting]]]) -> list[str]:
    """Phrases about sightings with what holds these back: in brackets, or once at the end where it is all the same."""
    limits = [
        listed(dict.fromkeys(filter(None, (shortfall(advice, one) for one in same))), none="") for _, same in told
    ]
    if len(told) > 1 and limits[0] and len(set(limits)) == 1:
        return [*(text for text, _ in told), f"{'both' if len(told) == 2 else 'all'} {limits[0]}"]
    return [f"{text} ({limit})" if limit else text for (text, _), limit in zip(told, limits, strict=True)]


def shortfall(advice: Advice, sighting: Sighting) -> str:
    """What holds a sighting back, the asked scale or the asked rate; nothing where nothing does."""
    found = []
    if sighting.reach != "full":
        word = {"partly": "only partly", "none": "not"}.get(sighting.reach, "perhaps not")
        found.append(f"{word} at {advice.problem.scale} scale")
    if sighting.slow and advice.problem.c_rate is not None:
        found.append(_slowness(sighting.way, rate_word(advice.problem.c_rate)))
    return " and ".join(found)


def _slowness(way: Way, rate: str) -> str:
    if own_clock(way):
        return f"not at {rate} since its cell has no C-rate"
    known = way.seconds is not None and way.variant.follows_cycling is not None
    return f"too slow to follow {rate} well" if known else f"perhaps not at {rate}"


def sight_words(advice: Advice, sighting: Sighting) -> str:
    """How a goal is seen, in a cell: the word for the rating, and what holds it back."""
    if not sighting.value():
        return RATING_WORDS[0]
    return ", ".join(filter(None, (RATING_WORDS[sighting.rating], shortfall(advice, sighting))))


def needs(kb: KnowledgeBase, route: Route) -> str:
    """The instruments a route needs; alternatives joined by `or`."""
    per_way = (listed((kb.facilities[f].name for f in way.variant.facilities), "or") for way in route.ways)
    return " + ".join(dict.fromkeys(per_way))


def cost_word(route: Route) -> str:
    """Cost tier of a route, with a `+` for half a step above the word."""
    return tier.name(route.cost_place)


def preparation_word(route: Route) -> str:
    """Preparation tier of a route, with a `+` for half a step above the word."""
    return tier.name(route.preparation_place)


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
            whose = listed([way.technique.short for way in missing])
            needs = "needs" if len(missing) == 1 else "need"
            return Reason(f"{whose} {needs} {listed(names)}, which you did not name.", "judgement")
        case "budget":
            dear = max(route.ways, key=lambda way: tier.position(way.cost.tier))
            text = f"{dear.technique.short} costs are {dear.cost.tier}, above your budget of {question.budget.value}."
            return stated(dear.cost, text)
        case "preparation":
            hard = max(route.ways, key=lambda way: tier.position(way.preparation.tier))
            cap = question.max_preparation.value
            text = f"{hard.technique.short} preparation is {hard.preparation.tier}, above your limit of {cap}."
            return stated(hard.preparation, text)


def _sees_none(advice: Advice, excluded: Excluded) -> Reason:
    kb, route = advice.kb, excluded.route
    if excluded.rule in kb.rules:
        rule = kb.rules[excluded.rule]
        return Reason(rule.sentence, rule.basis, rule.sources)
    goal = advice.goals[0]
    more = " It sees none of the other goals either." if len(advice.goals) > 1 else ""
    rated = [way for way in route.ways if any(way.ratings[each] for each in advice.goals)]
    if rated:
        return _too_slow(rated[0], advice.problem.c_rate or 1.0)
    way = best_sighting(route, goal, advice.problem).way
    text = f"{way.technique.short} does not see {kb.goals[goal].name}: {blindness(advice, way, goal)}{more}"
    return Reason(text, "judgement")


def _too_slow(way: Way, c_rate: float) -> Reason:
    """Why a way that sees what is asked sees nothing of it at the asked rate."""
    *_, last = rate_reasons(way, c_rate)
    return Reason(f"{way.technique.short} is too slow for {rate_word(c_rate)}. {last.text}", last.basis, last.sources)


def remedy_text(kb: KnowledgeBase, excluded: Excluded) -> str:
    """The smallest change of answer after which an option is ranked, in words."""
    if not excluded.remedy:
        own = [rule.remedy for rule_id in excluded.route.excluded_by if (rule := kb.rules[rule_id]).remedy]
        return own[0] if own else "No change of answer brings it in."
    if "sees-none" in excluded.failed:
        return f"It would be ranked if you were to {listed(change.text for change in excluded.remedy)}, for example."
    return f"Add {options_of(excluded.remedy)} to include it."


def options_of(changes: Iterable[Change]) -> str:
    """The options that say some changes, as they are typed."""
    return shlex.join(word for change in changes for word in change.options)


def next_steps(advice: Advice) -> tuple[str, ...]:
    """Commands worth trying after this answer."""
    question = advice.question
    steps = ["insitu-advisor show goals"] if question.targets.source == "assumed" else []
    if len(advice.ranking) > 1:
        steps.append(reproduce(question, advice.kb, "compare", advice.ranking[0].id, advice.ranking[1].id))
    steps.append(reproduce(question, advice.kb, "report") + " -o report.html")
    return tuple(steps)
