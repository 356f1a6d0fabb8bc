"""What is said of a comparison, and of what published studies asked."""

from __future__ import annotations

from collections.abc import Sequence

from insitu_advisor.engine.inquiry.compare import Comparison, Side, worth
from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.inquiry.usual_questions import UsualQuestions
from insitu_advisor.engine.method.advice import Advice, Excluded, Ranked
from insitu_advisor.engine.words.sentences import counted, goal_names, listed, option_name, system_name, tie


def decision(comparison: Comparison) -> str:
    """Which of the options to take, by the order of the ranking; what decides where the best are level."""
    advice, best = comparison.advice, comparison.best
    if not best:
        return "None of these can be taken here; below is why, and what would change that."
    names = [option_name(side) for side in best]
    if nothing_answers(advice):
        return f"None of these answers the question; the best hint comes from {listed(names)}."
    if len(best) > 1:
        return f"{listed(names)} are level, with {best[0].score:.0f} of 100. {tie(advice, best)}"
    others = [
        side.outcome for side in comparison.sides if isinstance(side.outcome, Ranked) and side.outcome not in best
    ]
    if not others:
        return f"Take {names[0]}: of these, nothing else sees any of it within your limits."
    second = max(others, key=lambda option: option.score)
    ahead = counted(round(best[0].score) - round(second.score), "point")
    return f"Take {names[0]}: {best[0].score:.0f} of 100, {ahead} more than {option_name(second)}."


def when_to_take(comparison: Comparison, side: Side) -> str:
    """When to take one option: the best of them, or another instead of it."""
    advice = comparison.advice
    name, option = advice.kb.name(side.id), side.outcome
    if isinstance(option, Excluded):
        return f"{name} is out of the question here; 'why {side.id}' says what would change that."
    others = [other.outcome for other in comparison.sides if other is not side and isinstance(other.outcome, Ranked)]
    if option in comparison.best:
        reasons = _before(advice, option, others)
        return f"{name} above all if {', or if '.join(reasons)}." if reasons else f"{name} has the most points."
    best = listed(advice.kb.name(one.id) for one in comparison.best)
    reasons = _before(advice, option, comparison.best)
    if not reasons:
        return f"{name} does nothing here that {best} does not do."
    return f"{name} rather than {best} only if {', or if '.join(reasons)}."


def _before(advice: Advice, option: Ranked, others: Sequence[Ranked]) -> list[str]:
    """When an option is to be taken before all of some others: what it alone sees, sees better, saves, spares."""
    if not others:
        return []
    mine, *theirs = (worth(advice, one.route) for one in (option, *others))
    only = [goal for goal in mine if mine[goal] and not any(other[goal] for other in theirs)]
    better = [goal for goal in mine if goal not in only and all(mine[goal] > other[goal] for other in theirs)]
    told = ((only, "it alone sees"), (better, "it sees better"))
    reasons = [f"what counts is {listed(goal_names(advice.kb, goals))}, which {does}" for goals, does in told if goals]
    if all(option.route.cost_place < other.route.cost_place for other in others):
        reasons.append("money is short")
    if all(option.route.preparation_place < other.route.preparation_place for other in others):
        reasons.append("preparation has to be simple")
    return reasons


def usually_asked(advice: Advice, usual: UsualQuestions) -> str:
    """What those studies asked, in one sentence."""
    (first, count), *others = usual.targets
    names = advice.kb.targets
    asked = [f"{count} asked about {names[first].name}", *(f"{times} about {names[key].name}" for key, times in others)]
    missing = "which is not among those" if len(usual.targets) == 1 else "which are not among those"
    return (
        f"You named no target, so those usual for the anode type were assumed. Of {usual.studies} studies of "
        f"{system_name(advice)} in the list that tell their question, {listed(asked)}, {missing} assumed."
    )
