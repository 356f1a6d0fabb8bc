"""The instrument-time paragraph: a draft that justifies a request, every clause traceable."""

from __future__ import annotations

from insitu_advisor.engine.certainty.certificate import Certificate, sentence
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import sight
from insitu_advisor.knowledge.claim import Statement
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Document, Heading, Paragraph, References
from insitu_advisor.render.pages.recommend import winner_precedents

MOST_RISKS = 6
FIELDS = ("cell", "window", "sample", "isotopes", "electrolyte")


def page(advice: Advice, certificate: Certificate | None) -> Document:
    """A draft for the request; what only the applicant knows is left in angle brackets."""
    best = advice.best
    if best is None or certificate is None:
        return Document(
            (Heading("Request for instrument time", 1), Paragraph(Cited(wording.headline(advice)), lead=True))
        )
    name = advice.kb.name(best.id)
    blocks: list[Block] = [
        Heading(f"Request for instrument time: {name}", 1),
        Paragraph(Cited("Draft. Fill in what stands in angle brackets; every mark leads to its source.")),
        Heading("Need"),
        Paragraph(Cited(_need(advice))),
        Heading(f"Why {name}"),
        Bullets(tuple(_why(advice, best))),
        Paragraph(Cited(sentence(advice, certificate))),
        Heading("Why nothing cheaper does"),
        Bullets(tuple(_cheaper(advice, best))),
        Heading("What was considered"),
        Bullets(tuple(_considered(advice))),
        Heading("Risks and mitigation"),
        Bullets(tuple(_risks(advice, best))),
        Heading("Cell and sample"),
        Bullets(tuple(_set_up(best))),
        *winner_precedents(advice),
        Heading("References"),
        Paragraph(
            Cited(f"A mark such as [review 2.1] names a section of the review: {advice.kb.about.review.citation}")
        ),
        References(),
        *surety.reproduced(advice, certificate, "report", "--format", "proposal"),
    ]
    return Document(tuple(blocks))


def _need(advice: Advice) -> str:
    names = wording.listed(wording.target_names(advice.kb, advice.question.target_ids))
    assumed = " (assumed; replace by your own question)" if advice.question.targets.source == "assumed" else ""
    return (
        f"We study {wording.system_name(advice)} in <title of the project> and need to learn about {names}{assumed} "
        "while the cell runs. <Why this matters here, in one sentence.> We ask for <number> of <days or shifts>."
    )


def _why(advice: Advice, best: Ranked) -> list[Cited]:
    return [
        Cited.from_reason(reason)
        for target in advice.question.target_ids
        for reason in sight(advice, best.route, target)
    ]


def _cheaper(advice: Advice, best: Ranked) -> list[Cited]:
    """Options with a lower testing cost, each with the targets it sees worse and better."""
    items = []
    for option in advice.ranking:
        if option.route.cost_place >= best.route.cost_place:
            continue
        ours, theirs, targets = best.route.ratings, option.route.ratings, advice.question.target_ids
        less = _names(advice, [target for target in targets if theirs[target] < ours[target]])
        more = _names(advice, [target for target in targets if theirs[target] > ours[target]])
        text = f"sees less of {less}" if less else "sees as much and costs less"
        text += f", but more of {more}." if more else "." if less else "; say here why it does not serve you."
        items.append(Cited(text, strong=advice.kb.name(option.id)))
    return items or [Cited("No option that passes costs less.")]


def _names(advice: Advice, targets: list[str]) -> str:
    return wording.listed(wording.target_names(advice.kb, targets))


def _considered(advice: Advice) -> list[Cited]:
    ranked = [
        Cited(
            f"{option.score:.1f} points: {wording.top_reason(advice, option.route)}.", strong=advice.kb.name(option.id)
        )
        for option in advice.ranking
    ]
    out = []
    for option in advice.excluded:
        reason = wording.exclusion_reason(advice, option)
        out.append(Cited(f"excluded. {reason.text}", reason.basis, reason.sources, advice.kb.name(option.id)))
    return ranked + out


def _risks(advice: Advice, best: Ranked) -> list[Cited]:
    spots = cautions.blind_spots(advice, best.route)[:MOST_RISKS]
    return [
        Cited(f"{spot.says.text} Mitigation: {spot.check}", spot.says.basis, spot.says.sources, f"{spot.technique}:")
        for spot in spots
    ]


def _set_up(best: Ranked) -> list[Cited]:
    items = []
    for way in best.route.ways:
        if way.technique.set_up:
            for field in FIELDS:
                said: Statement = getattr(way.technique.set_up, field)
                items.append(Cited(said.says, said.basis, said.sources, f"{way.technique.short}, {field}:"))
    return items
