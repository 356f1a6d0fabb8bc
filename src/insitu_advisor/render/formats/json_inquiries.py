"""The answers beside the recommendation as JSON: why, plan, comparison, difference, studies, speeds, any document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from insitu_advisor.engine.inquiry.compare import Comparison, Side
from insitu_advisor.engine.inquiry.difference import difference, place
from insitu_advisor.engine.inquiry.plan import Plan, Stage, two_hints
from insitu_advisor.engine.inquiry.precedents import Wanted, precedents
from insitu_advisor.engine.inquiry.search import Search
from insitu_advisor.engine.inquiry.why import Gap, Why, WhyNot, gaps
from insitu_advisor.engine.method.advice import Advice, Change, Excluded, Ranked
from insitu_advisor.engine.method.system import SystemReading
from insitu_advisor.engine.question import replay
from insitu_advisor.engine.words.cautions import new_cautions
from insitu_advisor.engine.words.inquiries import decision, when_to_take
from insitu_advisor.engine.words.steps import do
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.render.formats.json_parts import (
    excluded,
    head,
    known_fields,
    number,
    paces,
    question,
    ranked,
    ratings,
    reason,
    references,
)
from insitu_advisor.render.pages.document import Block, Document, cites


def why(answer: WhyNot, beside: Why | None) -> dict[str, Any]:
    """One option: its parts and its neighbours where it is ranked, and the changes that bring it in or first."""
    advice, outcome = answer.advice, answer.outcome
    return head(advice.kb, advice.question) | {
        "ranked": isinstance(outcome, Ranked),
        "option": ranked(advice, outcome) if isinstance(outcome, Ranked) else excluded(advice, outcome),
        "above": _against(outcome, beside.above if beside else None),
        "below": _against(outcome, beside.below if beside else None),
        "first": _against(outcome, advice.best if advice.best is not outcome else None),
        "bring_in": _search(advice, answer.into),
        "bring_first": _search(advice, answer.first),
    }


def plan(found: Plan) -> dict[str, Any]:
    """The best set of every size."""
    return head(found.advice.kb, found.advice.question) | {
        "headline": do(found),
        "stages": [_stage(found.advice, stage) for stage in found.stages],
        "best_size": len(found.best.experiments) if found.best else 0,
    }


def comparison(found: Comparison) -> dict[str, Any]:
    """Options side by side, each carried out as the answer shows it."""
    advice = found.advice
    sides = [_side(found, side) for side in found.sides]
    return head(advice.kb, advice.question) | {"decision": decision(found), "options": sides}


def versus(before: Advice, after: Advice) -> dict[str, Any]:
    """Every option with its place in both answers, what each criterion gained or lost, and new warnings."""
    return head(after.kb) | {
        "before": question(before),
        "after": question(after),
        "cautions": [reason(item) for item in new_cautions(before, after)],
        "moves": [
            {
                "id": move.id,
                "moved": move.moved,
                "rank_before": place(move.before),
                "rank_after": place(move.after),
                "score_before": _score(move.before),
                "score_after": _score(move.after),
                "gaps": [_gap(gap) for gap in move.gaps],
            }
            for move in difference(before, after)
        ],
    }


def studies(kb: KnowledgeBase, wanted: Wanted) -> dict[str, Any]:
    """Matching studies with their references."""
    found = precedents(kb, wanted)
    return head(kb) | {
        "wanted": {
            "ion": wanted.ion,
            "anode": wanted.anode,
            "material": wanted.material,
            "techniques": list(wanted.techniques),
            "target": wanted.target,
        },
        "studies": [_study(key, study) for key, study in found],
        "references": references(kb, dict.fromkeys(study.reference for _, study in found)),
    }


def speeds(system: SystemReading, rates: Sequence[float], techniques: Sequence[str]) -> dict[str, Any]:
    """Every way of measuring at every rate."""
    rows = [row for row in paces(system, rates) if row["technique"] in techniques]
    return head(system.kb) | {"rates": list(rates), "ways": rows}


def document(page: Document, kb: KnowledgeBase) -> dict[str, Any]:
    """The blocks of any document in order, with the references they cite."""
    shown = list(page.shown())
    return head(kb) | {
        "blocks": [_block(block) for block in shown],
        "references": references(kb, dict.fromkeys(key for block in shown for key in cites(block))),
    }


def _against(option: Ranked | Excluded, other: Ranked | None) -> dict[str, Any] | None:
    if other is None or not isinstance(option, Ranked):
        return None
    return {
        "id": other.id,
        "difference": number(option.score - other.score),
        "gaps": [_gap(gap) for gap in gaps(option, other)],
    }


def _gap(gap: Gap) -> dict[str, Any]:
    return {"criterion": gap.criterion, "points": number(gap.points)}


def _search(advice: Advice, found: Search | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "answers_changed": found.size,
        "questions_tried": found.tried,
        "changes": [[_change(advice, item) for item in changes] for changes in found.changes],
    }


def _change(advice: Advice, item: Change) -> dict[str, Any]:
    changed = replay.plain(item.apply(advice.question))
    return {"field": item.field, "value": changed[item.field]["value"], "text": item.text}


def _stage(advice: Advice, stage: Stage) -> dict[str, Any]:
    return {
        "experiments": [
            {
                "technique": experiment.way.technique_id,
                "variant": experiment.way.variant_id,
                "adds": {each.goal: each.rating for each in experiment.adds},
                "cost": experiment.way.cost.tier,
                "preparation": experiment.way.preparation.tier,
            }
            for experiment in stage.experiments
        ],
        "score": number(stage.score),
        "told": number(stage.told),
        "gain": number(stage.gain),
        "pays": stage.pays,
        "documented_as": stage.documented,
        "unanswered": list(stage.unanswered),
        "two_hints": list(two_hints(advice, stage)),
    }


def _side(found: Comparison, side: Side) -> dict[str, Any]:
    advice, outcome = found.advice, side.outcome
    option = ranked(advice, outcome) if isinstance(outcome, Ranked) else excluded(advice, outcome)
    return option | {
        "ranked": isinstance(outcome, Ranked),
        "ratings": ratings(advice, outcome.route),
        "only_it_sees": list(side.only),
        "sees_better": list(side.better),
        "resolution": [
            {"technique": way.technique_id, "variant": way.variant_id}
            | known_fields(figure)
            | {"basis": figure.basis, "sources": list(figure.sources)}
            for way in outcome.route.ways
            for figure in way.variant.resolution
        ],
        "when_to_take": when_to_take(found, side),
    }


def _score(outcome: Ranked | Excluded) -> float | None:
    return number(outcome.score) if isinstance(outcome, Ranked) else None


def _study(key: str, study: Study) -> dict[str, Any]:
    return {"id": key} | known_fields(study)


def _block(block: Block) -> dict[str, Any]:
    return {"block": type(block).__name__.lower(), **_spelled_out(block)}


def _spelled_out(value: Any) -> Any:
    """A value of a page as JSON knows it, with the names of its fields."""
    if is_dataclass(value):
        return {field.name: _spelled_out(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):
        return {field: _spelled_out(item) for field, item in value._asdict().items()}
    if isinstance(value, tuple):
        return [_spelled_out(item) for item in value]
    return sorted(value) if isinstance(value, frozenset) else value
