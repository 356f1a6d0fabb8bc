"""What a page that can compute needs to rank again: the criteria of every option in every way it can be carried out."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.criteria import VALUES, information
from insitu_advisor.engine.method.problem import Problem, criteria_of
from insitu_advisor.engine.method.readings import NEUTRAL
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.question.command import reproduce
from insitu_advisor.engine.question.question import UNLIMITED, Answer, Question
from insitu_advisor.engine.words.certainty import NAMES, sure
from insitu_advisor.engine.words.report import LIVE, still_of_the_report
from insitu_advisor.engine.words.sentences import capital, cost_word, needs, route_name
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.tier import TIERS
from insitu_advisor.knowledge.vocabulary import Criterion
from insitu_advisor.render.pages.document import Live

HEADERS = ("", "Option", "Score", "", "Cost", "You need")


def live(advice: Advice, certificate: Certificate) -> Live:
    """Everything the weighted sum and the limits need, and the words around it."""
    kb, problem = advice.kb, advice.problem
    taking_part = criteria_of(advice.question)
    used = {
        facility
        for routes in advice.system.routes.values()
        for route in routes
        for need in route.needs
        for facility in need
    }
    instruments = [facility for facility in kb.facilities if facility in used]
    have = instruments if problem.facilities is None else [one for one in instruments if one in problem.facilities]
    shares = dict(problem.shares)
    return Live(
        {
            "words": dict(LIVE),
            "certainty": still_of_the_report(sure(advice, certificate)),
            "headers": list(HEADERS),
            "criteria": [
                {"id": one, "name": capital(NAMES[one]), "weight": 100 * shares.get(one, 0.0)} for one in taking_part
            ],
            "instruments": [{"id": one, "name": kb.facilities[one].name} for one in instruments],
            "have": have,
            "tiers": list(TIERS),
            "cost": problem.budget,
            "preparation": problem.max_preparation,
            "options": [
                {
                    "id": option,
                    "name": kb.name(option),
                    "members": list(kb.options[option]),
                    "routes": [_route(kb, route, problem, taking_part) for route in routes],
                }
                for option, routes in advice.system.routes.items()
            ],
            "command": _command(advice),
        }
    )


def _route(kb: KnowledgeBase, route: Route, problem: Problem, criteria: list[Criterion]) -> dict[str, Any]:
    return {
        "ways": [way.variant_id for way in route.ways],
        "name": route_name(route),
        "values": [VALUES[criterion](route, problem, NEUTRAL) for criterion in criteria],
        "needs": [sorted(need) for need in route.needs],
        "dearest": route.dearest_cost,
        "hardest": route.dearest_preparation,
        "effort": route.cost_place + route.preparation_place,
        "physics": bool(route.excluded_by),
        "sees": bool(information(route, problem)),
        "cost": cost_word(route),
        "need": needs(kb, route),
    }


def _command(advice: Advice) -> str:
    """The command of the question without what the reader moves."""
    question = advice.question
    for field in ("weights", "facilities"):
        question = _open(question, field)
    for field in ("budget", "max_preparation"):
        if getattr(question, field).value != UNLIMITED:
            question = _open(question, field)
    return reproduce(question, advice.kb)


def _open(question: Question, field: str) -> Question:
    answer = getattr(question, field)
    return question._replace(**{field: Answer(answer.value, "assumed")})  # type: ignore[arg-type]
