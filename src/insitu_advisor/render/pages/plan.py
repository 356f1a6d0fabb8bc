"""A plan of experiments as a document."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.plan import Experiment, Plan, Stage, two_hints
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reach import gap_text
from insitu_advisor.engine.words.reasons import sighting_reasons, way_name
from insitu_advisor.engine.words.steps import do
from insitu_advisor.render.pages.asked import asked
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References, Table
from insitu_advisor.render.pages.recommend import excluded_blocks, understood


def page(plan: Plan, *, full: bool = False) -> Document:
    """What to do first, what each further experiment adds, what stays open, and where to stop.

    In full also the sets that do not pay, why each experiment sees what it adds, and the question.
    """
    advice, best = plan.advice, plan.best
    blocks: list[Block] = [
        Heading(f"Experiments for {wording.system_name(advice)}", 1),
        asked(advice),
        Paragraph(Cited(do(plan)), lead=True),
    ]
    if best is not None:
        stages = plan.stages if full else plan.stages[: len(best.experiments)]
        blocks += [_steps(advice, stages), *_remarks(advice, best)]
    else:
        blocks += excluded_blocks(advice)
    if full:
        blocks += [*_reasons(plan), Heading("Question"), understood(advice), Heading("Sources"), References()]
    return Document(tuple(blocks), short=not full and best is not None)


def _steps(advice: Advice, stages: tuple[Stage, ...]) -> Table:
    rows = tuple(
        (
            str(number),
            way_name(stage.experiments[-1].way),
            _adds(advice, stage.experiments[-1]),
            f"{stage.told:.0f}",
            stage.experiments[-1].way.cost.tier,
            stage.experiments[-1].way.preparation.tier,
        )
        for number, stage in enumerate(stages, 1)
    )
    headers = ("", "experiment", "adds", "answered", "cost", "preparation")
    note = "answered: how much of the question these experiments answer together, of 100."
    return Table(headers, rows, frozenset({3}), note=note)


def _adds(advice: Advice, experiment: Experiment) -> str:
    return wording.sightings_text(advice, experiment.adds) or "nothing new"


def _remarks(advice: Advice, best: Stage) -> Iterator[Block]:
    """What the plan leaves open, and what its experiments are worth together."""
    items = []
    hints = two_hints(advice, best)
    if hints:
        names = wording.listed(wording.goal_names(advice.kb, hints))
        text = "several of these experiments only hint. Hints that agree count for more than one, but answer nothing."
        items.append(Cited(text, strong=f"On {names},"))
    if missing := unanswered(advice):
        items.append(Cited(gap_text(advice, missing), strong="Not covered:"))
    elif best.unanswered:
        names = wording.listed(wording.goal_names(advice.kb, best.unanswered))
        items.append(Cited(f"{names}, without a further experiment.", strong="Not covered:"))
    if len(best.experiments) > 1:
        items.append(Cited(_documented(advice, best)))
    if items:
        yield Bullets(tuple(items))


def _documented(advice: Advice, stage: Stage) -> str:
    used = {experiment.way.technique_id for experiment in stage.experiments}
    found = [study for study in advice.kb.studies.values() if used <= set(study.techniques)]
    if found:
        some = "1 study" if len(found) == 1 else f"{len(found)} studies"
        return f"{some} of our {len(advice.kb.studies)} used all of these."
    return f"None of our {len(advice.kb.studies)} studies used all of these."


def _reasons(plan: Plan) -> Iterator[Block]:
    """Why each experiment sees what it adds."""
    last = plan.stages[-1].experiments if plan.stages else ()
    for experiment in last:
        found = [reason for each in experiment.adds for reason in sighting_reasons(plan.advice, each)]
        if found:
            yield Heading(way_name(experiment.way))
            yield Bullets(tuple(map(Cited.from_reason, found)))
