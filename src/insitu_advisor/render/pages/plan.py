"""A plan of experiments as a document."""

from __future__ import annotations

from insitu_advisor.engine.inquiry.plan import Experiment, Plan, Stage
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import way_name
from insitu_advisor.knowledge.technique import RATING_WORDS
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph
from insitu_advisor.render.pages.recommend import understood

PERCENT = 100


def page(plan: Plan) -> Document:
    """The best set of every size: what each experiment adds, in what order, and where another stops paying."""
    advice = plan.advice
    blocks: list[Block] = [
        Heading(f"Experiments for {wording.system_name(advice)}", 1),
        Paragraph(Cited(headline(plan)), lead=True),
    ]
    for number, stage in enumerate(plan.stages, 1):
        blocks += [Heading(f"{number} experiment{'s' if number > 1 else ''}"), *_stage(plan, stage, number)]
    if plan.invisible:
        names = wording.listed(wording.target_names(advice.kb, plan.invisible))
        blocks += [
            Heading("Stays uncovered whatever you do"),
            Paragraph(Cited(f"No experiment within the constraints sees {names}.")),
        ]
    return Document((*blocks, Heading("Question"), understood(advice)))


def headline(plan: Plan) -> str:
    """The plan in one sentence."""
    best = plan.best
    if best is None:
        return "No experiment passes the constraints."
    names = " + ".join(experiment.way.technique.short for experiment in best.experiments)
    share = f"{best.value * PERCENT:.0f}% of what any technique here could tell"
    size = len(best.experiments)
    if size < len(plan.stages):
        return (
            f"{names} tell {share}; experiment {size + 1} adds nothing."
            if size > 1
            else f"{names} tells {share}; a second experiment adds nothing."
        )
    return f"{names} {'tell' if size > 1 else 'tells'} {share}; the plan ends at {size}."


def _stage(plan: Plan, stage: Stage, number: int) -> list[Block]:
    kb = plan.advice.kb
    gain = "the start" if number == 1 else f"{stage.gain * PERCENT:+.0f} points on the best set of {number - 1}"
    verdict = (
        "" if number == 1 or stage.pays else " It does not pay: nothing is told that the smaller set does not tell."
    )
    standing = (
        f"Documented in the review as {kb.combinations[stage.documented].name}."
        if stage.documented
        else "Computed, not documented as a set."
    )
    marked = f" {standing}" if number > 1 else ""
    alone = len(stage.experiments) == 1
    items = [_experiment(plan, item, place, alone=alone) for place, item in enumerate(stage.experiments, 1)]
    if stage.uncovered:
        items.append(Cited(wording.listed(wording.target_names(kb, stage.uncovered)), strong="Stays uncovered:"))
    text = f"{stage.value * PERCENT:.0f}% of the best possible answer ({gain}).{verdict}{marked}"
    return [Paragraph(Cited(text)), Bullets(tuple(items))]


def _experiment(plan: Plan, experiment: Experiment, place: int, *, alone: bool) -> Cited:
    kb, way = plan.advice.kb, experiment.way
    adds = [f"{kb.targets[target].name} ({RATING_WORDS[rating]})" for target, rating in experiment.adds]
    told = f"adds {wording.listed(adds)}" if adds else "adds nothing the ones before do not tell"
    cost = f"cost {way.cost.tier}, preparation {way.preparation.tier}"
    order = (
        "" if alone else " Do it first, as it is the easiest to get." if place == 1 else " Then, as it asks for more."
    )
    return Cited(f"{told}; {cost}.{order}", strong=f"{place}. {way_name(way)}")
