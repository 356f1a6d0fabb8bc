"""The published studies nearest to an answer, as a table."""

from __future__ import annotations

from collections.abc import Iterator

from insitu_advisor.engine.inquiry.plan import Plan
from insitu_advisor.engine.inquiry.precedents import Wanted, of_winner, precedents, wanted_for
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.method.system import Route
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.report import NO_STUDY, STUDIES_NOTE
from insitu_advisor.engine.words.sources import label
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.render.pages.document import Block, Cited, CitedTable, Paragraph

MOST, MOST_OF_ONE = 5, 2
HEADERS = ("Year", "Anode", "Ion", "Technique", "What was asked or found", "In situ use told by", "Source")


def nearest(advice: Advice, found: Plan) -> list[Block]:
    """Studies of the first place and of the experiments of the plan."""
    wanted = [*of_winner(advice), *(_members(advice, found.best.route) if found.best else ())]
    return table(advice.kb, wanted)


def of_route(advice: Advice, route: Route) -> list[Block]:
    """Studies of one option: of all its techniques together, then of each."""
    both = wanted_for(advice, [way.technique_id for way in route.ways])
    return table(advice.kb, [both, *_members(advice, route)])


def table(kb: KnowledgeBase, wanted: list[Wanted]) -> list[Block]:
    """A few studies of each kind that is wanted, none of them twice."""
    kept: dict[str, Study] = {}
    for one in wanted:
        fresh = [(key, study) for key, study in precedents(kb, one) if key not in kept]
        # Of those that are equally near the ones of which something is told.
        fresh.sort(key=lambda item: (one.distance(item[1]), not item[1].found))
        kept.update(fresh[:MOST_OF_ONE])
    if not kept:
        return [Paragraph(Cited(NO_STUDY.format(count=len(kb.studies))))]
    rows = tuple(_row(kb, study) for study in list(kept.values())[:MOST])
    return [CitedTable(HEADERS, rows, STUDIES_NOTE)]


def _members(advice: Advice, route: Route) -> Iterator[Wanted]:
    for way in route.ways:
        yield wanted_for(advice, (way.technique_id,))


def _row(kb: KnowledgeBase, study: Study) -> tuple[Cited, ...]:
    reference = kb.references[study.reference]
    asked = wording.capital(wording.listed(wording.target_names(kb, study.asked))) if study.asked else ""
    known = "the review" if study.confirmed_by == "review text" else study.confirmed_by
    return (
        Cited(str(reference.year or "")),
        Cited(study.material),
        Cited("/".join(study.ions)),
        Cited(" + ".join(kb.techniques[technique].short for technique in study.techniques)),
        Cited(study.found or asked),
        Cited(known),
        Cited(label(reference), "literature", (study.reference,)),
    )
