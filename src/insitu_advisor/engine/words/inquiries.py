"""What is said of a comparison, and of what published studies asked."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.compare import Comparison, Side
from insitu_advisor.engine.inquiry.usual_questions import UsualQuestions
from insitu_advisor.engine.method.advice import Advice, Excluded
from insitu_advisor.engine.words.sentences import goal_names, listed, system_name


def when_to_take(comparison: Comparison, side: Side) -> str:
    """When to take one option rather than the others, in one sentence."""
    kb = comparison.advice.kb
    if isinstance(side.outcome, Excluded):
        return f"{kb.name(side.id)} is out of the question here; 'why {side.id}' says what would change that."
    reasons = []
    if side.only:
        reasons.append(f"what counts is {listed(goal_names(kb, side.only))}: nothing else here sees it")
    if side.better:
        reasons.append(f"what counts is {listed(goal_names(kb, side.better))}: it sees that better")
    others = [other.outcome.route for other in comparison.sides if other is not side]
    if all(side.outcome.route.cost_place < other.cost_place for other in others):
        reasons.append("the money is short")
    if all(side.outcome.route.preparation_place < other.preparation_place for other in others):
        reasons.append("preparation has to be simple")
    if not reasons:
        return f"{kb.name(side.id)} is no better than the others here in anything you asked."
    return f"Take {kb.name(side.id)} if {', or if '.join(reasons)}."


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
