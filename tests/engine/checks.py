"""Assertions about one answer, shared by the tests of the engine and by the tests that these tests can fail."""

import itertools
import math
import re
from typing import Any, get_args

import pytest

from insitu_advisor.engine.method.advice import Advice, Change, Excluded
from insitu_advisor.engine.method.constraints import Constraint
from insitu_advisor.engine.method.criteria import track_record
from insitu_advisor.engine.method.ranking import recommend
from insitu_advisor.engine.question.ask import ask
from insitu_advisor.engine.question.question import UNLIMITED, Anode, Goal, Question, QuestionError
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import Reason, reasons
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import AnodeType, Ion
from insitu_advisor.knowledge.tier import position

BASIS = re.compile(r"review \d(\.\d+)?(-\d(\.\d+)?)?|literature|facility|derived|judgement")
ELEVEN = {"xrd", "tem", "eis", "ftir", "raman", "nmr", "xps", "sans", "xrd+tem", "xrd+raman", "tem+eis"}
BESIDES = ("cell", "electrolyte", "temperature")


def asked(kb: KnowledgeBase, **words: Any) -> Question:
    """A question in plain words; cell, electrolyte, temperature and an anode with traits are given as values."""
    besides = {field: words.pop(field) for field in BESIDES if field in words}
    if isinstance(words.get("anode"), Anode):
        besides["anode"] = words.pop("anode")
    question = ask(kb, **words)
    for field, value in besides.items():
        question = question.with_answer(field, value)
    return question


def advise(kb: KnowledgeBase, **words: Any) -> Advice:
    """The answer to a question in plain words."""
    return recommend(asked(kb, **words), kb)


def refused(kb: KnowledgeBase, **words: Any) -> QuestionError:
    """The refusal of a question in plain words."""
    with pytest.raises(QuestionError) as caught:
        ask(kb, **words)
    return caught.value


def ranked_ids(advice: Advice) -> list[str]:
    """Ids of the ranking, best first."""
    return [option.id for option in advice.ranking]


def failed(advice: Advice, option: str) -> tuple[str, ...]:
    """The constraints an option fails; none where it is ranked."""
    outcome = advice.option(option)
    return outcome.failed if isinstance(outcome, Excluded) else ()


def check_every_option_once(advice: Advice) -> None:
    """All eleven options stand in the ranking or among the excluded, each once."""
    ids = [*ranked_ids(advice), *(option.id for option in advice.excluded)]
    assert sorted(ELEVEN) == sorted(ids)
    assert all(("pairing" if "+" in o.id else "technique") == o.kind for o in (*advice.ranking, *advice.excluded))


def check_points(advice: Advice) -> None:
    """Scores lie in 0-100, parts add up to them, and the maxima add up to 100."""
    for option in advice.ranking:
        assert math.isfinite(option.score)
        assert 0.0 <= option.score <= 100.0 + 1e-9
        assert math.isclose(sum(part.points for part in option.parts), option.score, abs_tol=1e-9)
        assert math.isclose(100.0, sum(part.max_points for part in option.parts), abs_tol=1e-9)
        for part in option.parts:
            assert 0.0 <= part.value <= 1.0 + 1e-12
            assert 0.0 <= part.points <= part.max_points + 1e-9


def check_order(advice: Advice) -> None:
    """The ranking runs from the best down; equal printed scores share a rank and name each other."""
    scores = [round(option.score, 9) for option in advice.ranking]
    assert sorted(scores, reverse=True) == scores
    for option in advice.ranking:
        printed = f"{option.score:.0f}"
        others = [other for other in advice.ranking if other.id != option.id]
        ahead = [other for other in others if int(f"{other.score:.0f}") > int(printed)]
        assert 1 + len(ahead) == option.rank
        assert {other.id for other in others if f"{other.score:.0f}" == printed} == set(option.tied_with)


def check_reason(kb: KnowledgeBase, reason: Reason) -> None:
    """A reason says something, names its basis, and its sources resolve."""
    assert reason.text.strip()
    assert BASIS.fullmatch(reason.basis)
    assert set(reason.sources) <= set(kb.references)


def check_reasons(advice: Advice) -> None:
    """Every part of every ranked option has reasons; they, cautions and checklists have a basis and sources."""
    for option in advice.ranking:
        for part in option.parts:
            found = reasons(advice, option, part.criterion)
            assert found, (option.id, part.criterion)
            for reason in found:
                check_reason(advice.kb, reason)
        for caution in cautions.cautions(advice, option.route):
            check_reason(advice.kb, caution)
        for _, steps in cautions.preparations(advice, option.route):
            for step in steps:
                check_reason(advice.kb, step)


def check_exclusions(advice: Advice) -> None:
    """Every exclusion has a rule that can be looked up, a reason with basis, and a remedy unless physics forbids it."""
    for option in advice.excluded:
        assert option.failed
        assert option.rule in {*get_args(Constraint), *advice.kb.rules}
        check_reason(advice.kb, wording.exclusion_reason(advice, option))
        assert ("physics" not in option.failed) == bool(option.remedy)
        assert wording.remedy_text(advice.kb, option).endswith(".")


def check_remedies(advice: Advice) -> None:
    """Every remedy lets its option in, no part of it can be left out, and no smaller set of answers would do."""
    for option in advice.excluded:
        if option.remedy:
            assert comes_in(advice, option, option.remedy), (option.id, wording.remedy_text(advice.kb, option))
            for change in option.remedy:
                rest = tuple(other for other in option.remedy if other is not change)
                assert not comes_in(advice, option, rest), (option.id, change.text)
            assert fewest_answers(advice, option.id) == len(option.remedy), option.id


def comes_in(advice: Advice, option: Excluded, changes: tuple[Change, ...]) -> bool:
    """Whether an option is ranked once these answers are changed."""
    question = advice.question
    for change in changes:
        question = change.apply(question)
    return option.id in ranked_ids(recommend(question, advice.kb))


def fewest_answers(advice: Advice, option: str) -> int | None:
    """How many answers have to be opened wide before an option is ranked, by trying all sets of them."""
    wide: dict[str, Any] = {
        "facilities": None,
        "budget": UNLIMITED,
        "max_preparation": UNLIMITED,
        "targets": tuple(Goal(target) for target in advice.kb.targets),
        "scale": None,
        "c_rate": None,
    }
    for size in range(1, len(wide) + 1):
        for fields in itertools.combinations(wide, size):
            question: Question = advice.question
            for field in fields:
                question = question.with_answer(field, wide[field])
            if option in ranked_ids(recommend(question, advice.kb)):
                return size
    return None


def check_pairing_routes(kb: KnowledgeBase, ion: str | None, anode: str | None) -> None:
    """On every route a pairing lies half a tier above its dearer member, needs both instruments, tells the better."""
    advice = advise(kb, ion=ion, anode=anode)
    for pairing in kb.combinations:
        for route in advice.system.routes[pairing]:
            assert max(position(way.cost.tier) for way in route.ways) + 0.5 == route.cost_place
            assert max(position(way.preparation.tier) for way in route.ways) + 0.5 == route.preparation_place
            assert tuple(frozenset(way.variant.facilities) for way in route.ways) == route.needs
            assert {goal: max(way.ratings[goal] for way in route.ways) for goal in kb.goals} == dict(route.ratings)


def check_pairings_follow_members(advice: Advice) -> None:
    """As they stand in one ranking, a pairing uses the variants its members use, costs more and sees as much."""
    shown = {option.id: option for option in advice.ranking}
    for pairing in shown.keys() & advice.kb.combinations.keys():
        route, parts = shown[pairing].route, {part.criterion: part.value for part in shown[pairing].parts}
        for place, member in enumerate(advice.kb.combinations[pairing].members):
            if member not in shown:
                assert "sees-none" in advice.option(member).failed, (pairing, member)
                continue
            alone = shown[member]
            assert alone.route.ways[0] is route.ways[place], (pairing, member)
            assert route.cost_place > alone.route.cost_place
            assert route.preparation_place > alone.route.preparation_place
            assert all(route.ratings[goal] >= rating for goal, rating in alone.route.ratings.items())
            values = {part.criterion: part.value for part in alone.parts}
            assert parts.get("information", 1.0) >= values.get("information", 0.0) - 1e-12
            assert all(parts[dear] < values[dear] for dear in ("cost", "preparation") if dear in parts)


def check_documented_pairings(kb: KnowledgeBase) -> None:
    """A pairing with a confirmed case counts as fully established, any other as its least established member."""
    for ion, anode in itertools.product(get_args(Ion), get_args(AnodeType)):
        advice = advise(kb, ion=ion, anode=anode)
        for pairing, combination in kb.combinations.items():
            cases = [case for case in combination.cases if (case.ion, case.anode) == (ion, anode)]
            confirmed = any(case.confirmed == "confirmed" for case in cases)
            for route in advice.system.routes[pairing]:
                weakest = min(way.record.standing for way in route.ways) / 3
                found = track_record(route, advice.problem)
                assert pytest.approx(1.0 if confirmed else weakest) == found, (pairing, ion, anode)
