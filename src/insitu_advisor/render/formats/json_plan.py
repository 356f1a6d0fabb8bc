"""A plan as JSON."""

from __future__ import annotations

from typing import Any

from insitu_advisor.engine.inquiry.plan import Plan, Stage
from insitu_advisor.render.formats.json_parts import DIGITS, SCHEMA_VERSION, knowledge_base, question
from insitu_advisor.render.pages.plan import headline


def data(plan: Plan) -> dict[str, Any]:
    """The best set of every size."""
    return {
        "schema_version": SCHEMA_VERSION,
        "headline": headline(plan),
        "knowledge_base": knowledge_base(plan.advice.kb),
        "question": question(plan.advice),
        "stages": [_stage(stage) for stage in plan.stages],
        "best_size": len(plan.best.experiments) if plan.best else 0,
        "invisible": list(plan.invisible),
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "experiments": [
            {
                "technique": experiment.way.technique_id,
                "variant": experiment.way.variant_id,
                "adds": dict(experiment.adds),
                "information_alone": round(experiment.value, DIGITS),
                "cost": experiment.way.cost.tier,
                "preparation": experiment.way.preparation.tier,
            }
            for experiment in stage.experiments
        ],
        "information": round(stage.value, DIGITS),
        "gain": round(stage.gain, DIGITS),
        "pays": stage.pays,
        "documented_as": stage.documented,
        "uncovered": list(stage.uncovered),
    }
