"""The request for instrument time: a draft that argues for one option, every clause with its source."""

from __future__ import annotations

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.criteria import seen
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import report as words
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import sighting_reasons, way_name
from insitu_advisor.knowledge.claim import Statement
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages import studies
from insitu_advisor.render.pages.document import (
    Block,
    Bullets,
    Cited,
    Document,
    Heading,
    Labelled,
    Paragraph,
    References,
)
from insitu_advisor.render.pages.report import PLAIN, Cover

MOST_RISKS = 5
FIELDS = ("cell", "window", "sample", "isotopes", "electrolyte")


def page(
    advice: Advice,
    certificate: Certificate | None,
    option: Ranked | None = None,
    cover: Cover = PLAIN,
) -> Document:
    """A draft for the option chosen, else the first place; what only the applicant knows is left open."""
    chosen = option or advice.best
    if chosen is None or certificate is None:
        return Document(
            (Heading("Request for instrument time", 1), Paragraph(Cited(wording.headline(advice)), lead=True))
        )
    name = wording.option_name(chosen)
    by = ". ".join(part for part in (cover.author, cover.date) if part)
    blocks: list[Block] = [
        Heading(cover.title or f"Request for instrument time: {name}", 1),
        *([Paragraph(Cited(f"{by}."))] if by else []),
        Paragraph(Cited(words.DRAFT)),
        Heading("What we need to know"),
        *_need(advice, chosen),
        Heading(f"Why {name}"),
        Bullets(tuple(_why(advice, chosen))),
        *_simpler(advice, chosen),
        Heading("What we will measure"),
        *_measured(advice, chosen),
        Heading("Risks and checks"),
        Bullets(tuple(_risks(advice, chosen))),
        Heading("Earlier work"),
        *studies.of_route(advice, chosen.route),
        Heading("References"),
        References(),
        Paragraph(Cited(words.marks(advice))),
        *surety.reproduced(advice, certificate, "report", "--format", "proposal", *_for(advice, chosen)),
    ]
    return Document(tuple(blocks))


def _for(advice: Advice, chosen: Ranked) -> tuple[str, ...]:
    return () if chosen is advice.best else ("--option", chosen.id)


def _goals(advice: Advice, chosen: Ranked, *, told: bool) -> tuple[str, ...]:
    """The goals the option tells something of, or those it tells nothing of."""
    return tuple(each.goal for each in seen(chosen.route, advice.problem) if bool(each.value()) is told)


def _need(advice: Advice, chosen: Ranked) -> list[Block]:
    given = advice.question.targets.source != "assumed"
    need = words.need(advice, wording.system_name(advice), _goals(advice, chosen, told=True), given)
    rest = _goals(advice, chosen, told=False)
    return [Paragraph(Cited(need)), *([Paragraph(Cited(words.elsewhere(advice, rest)))] if rest else [])]


def _why(advice: Advice, chosen: Ranked) -> list[Cited]:
    """What it sees of each goal, and how established it is."""
    return [
        Cited.from_reason(reason)
        for sighting in seen(chosen.route, advice.problem)
        if sighting.value()
        for reason in sighting_reasons(advice, sighting)
    ]


def _simpler(advice: Advice, chosen: Ranked) -> list[Block]:
    """Cheaper options that see less of what the chosen one answers."""
    items = []
    for option in advice.ranking:
        weaker = words.weaker(advice, chosen.route, option.route)
        if option.route.cost_place < chosen.route.cost_place and weaker:
            text = wording.capital(words.weaker_text(advice, weaker, option.route))
            items.append(Cited(text, strong=f"{wording.option_name(option)}:"))
    return [Heading("Why nothing simpler is enough"), Bullets(tuple(items))] if items else []


def _measured(advice: Advice, chosen: Ranked) -> list[Block]:
    """Rate and data points, cell and sample of each experiment."""
    blocks: list[Block] = []
    for way in chosen.route.ways:
        said = [("Rate", Cited(words.rate_text(way, advice.problem.c_rate)))]
        for field in FIELDS if way.technique.set_up else ():
            what: Statement = getattr(way.technique.set_up, field)
            said.append((wording.capital(field), Cited(what.says, what.basis, what.sources)))
        if len(chosen.route.ways) > 1:
            blocks.append(Heading(way_name(way), 3))
        blocks.append(Labelled(tuple(said)))
    return blocks


def _risks(advice: Advice, chosen: Ranked) -> list[Cited]:
    spots = cautions.blind_spots(advice, chosen.route)[:MOST_RISKS]
    return [
        Cited(f"{spot.says.text} Check: {spot.check}", spot.says.basis, spot.says.sources, f"{spot.technique}:")
        for spot in spots
    ]
