"""The report: a document one can hand to a supervisor."""

from __future__ import annotations

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.words import asked, cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.reasons import reasons
from insitu_advisor.knowledge.literature import Conflict
from insitu_advisor.lab.finding import FoundLab
from insitu_advisor.render.pages import certainty as surety
from insitu_advisor.render.pages import lab as lab_pages
from insitu_advisor.render.pages import timing as timetable
from insitu_advisor.render.pages.document import (
    Block,
    Bullets,
    Cited,
    Document,
    Heading,
    Paragraph,
    Ranking,
    References,
)
from insitu_advisor.render.pages.recommend import (
    blind_spot_item,
    excluded_item,
    in_doubt,
    left_out,
    rank_row,
    understood,
    warnings,
    winner_precedents,
)
from insitu_advisor.render.pages.why import points_table

EXPLAINED = 3
CLEAR_GAIN = 5.0

METHOD = (
    "Options that miss a facility, exceed a cap, are ruled out by physics or see none of the targets are excluded, "
    "each with the smallest change that lets it in.",
    "The others are judged on up to five criteria, each from 0 to 1 on an absolute scale: information on the targets, "
    "documented use for this system, resolution, testing cost, preparation. A criterion the question leaves open takes "
    "no part.",
    "The score is 100 times the weighted sum; the points of the criteria add up to it.",
    "A pairing takes the better rating of its members for each target and costs half a tier more than the dearer one.",
    "Ratings and tiers are ordinal and weights are taste: the score orders options for this question, no more.",
)


def page(
    advice: Advice, certificate: Certificate | None, lab: FoundLab | None = None, generated: str | None = None
) -> Document:
    """The full report. `generated` is a date to print, or None for a report that never changes."""
    blocks: list[Block] = [
        Heading(f"In situ techniques for {wording.system_name(advice)}", 1),
        *([Paragraph(Cited(f"Generated {generated}."))] if generated else []),
        Heading("Question"),
        understood(advice),
        Heading("Answer"),
        Paragraph(Cited(wording.headline(advice)), lead=True),
        *in_doubt(advice),
        *left_out(advice),
        *surety.proviso(advice, certificate),
        *_ranking(advice),
        *(lab_pages.ladder_blocks(advice, lab) if lab else []),
        *(surety.full(advice, certificate) if certificate else []),
        *_explained(advice),
        *_pairing_advice(advice),
        *_invisible(advice),
        *_conflicts(advice),
        *winner_precedents(advice),
        *_timing(advice),
        *_checklists(advice),
        *_excluded(advice),
        Heading("Assumptions"),
        *_assumptions(advice),
        Heading("Method"),
        Bullets(tuple(Cited(line) for line in METHOD)),
        Heading("References"),
        Paragraph(
            Cited(f"A mark such as [review 2.1] names a section of the review: {advice.kb.about.review.citation}")
        ),
        References(),
        *surety.reproduced(advice, certificate, "report"),
    ]
    return Document(tuple(blocks))


def _ranking(advice: Advice) -> list[Block]:
    if not advice.ranking:
        return []
    return [Heading("Ranking"), Ranking(tuple(rank_row(advice, option) for option in advice.ranking))]


def _explained(advice: Advice) -> list[Block]:
    blocks: list[Block] = []
    for option in advice.ranking[:EXPLAINED]:
        blocks += [
            Heading(f"Why {advice.kb.name(option.id)} has {option.score:.1f} points"),
            Paragraph(Cited(f"Carried out as {wording.route_name(option.route)}.")),
            points_table(option),
        ]
        for part in option.parts:
            found = tuple(Cited.from_reason(reason) for reason in reasons(advice, option, part.criterion))
            if found:
                blocks += [Heading(part.criterion.capitalize(), 3), Bullets(found)]
    return blocks


def _pairing_advice(advice: Advice) -> list[Block]:
    blocks: list[Block] = []
    by_id = {option.id: option for option in advice.ranking}
    for pairing_id, combination in advice.kb.combinations.items():
        pairing = by_id.get(pairing_id)
        if pairing is None:
            continue
        items = [
            Cited(combination.adds[member], combination.basis, strong=f"{advice.kb.name(member)} adds:")
            for member in combination.members
            if member in combination.adds
        ]
        items.append(Cited(worth_it(advice, pairing), strong="Worth the second experiment?"))
        items += [Cited(case.says, case.basis, case.sources, strong="Not if:") for case in combination.not_worth_it]
        documented = combination.documented_for(advice.question.ion.value, advice.question.anode.value)
        if documented:
            label = (
                "Documented for this ion and anode type:"
                if documented.confirmed == "confirmed"
                else "Unconfirmed case:"
            )
            items.append(Cited(documented.says, documented.basis, documented.sources, strong=label))
        if combination.together:
            items.append(Cited(combination.together, "judgement", strong="Together:"))
        blocks += [
            Heading(combination.name, 3),
            Paragraph(Cited(combination.idea, combination.basis)),
            Bullets(tuple(items)),
        ]
    return [Heading("Pairings"), *blocks] if blocks else []


def worth_it(advice: Advice, pairing: Ranked) -> str:
    """Whether a pairing beats the better of its members for this question, in one sentence."""
    kb = advice.kb
    members = kb.options[pairing.id]
    ranked = [option for option in advice.ranking if option.id in members]
    uncovered = wording.unseen(advice, pairing.route)
    blind = f" Both stay blind to {wording.listed(wording.target_names(kb, uncovered))}." if uncovered else ""
    if not ranked:
        return f"Neither member passes alone.{blind}"
    best = ranked[0]
    gain = pairing.score - best.score
    verdict = "Yes" if gain >= CLEAR_GAIN else "Hardly" if gain >= 0.05 else "No"
    return (
        f"{verdict}: {pairing.score:.1f} points together against {best.score:.1f} for {kb.name(best.id)} alone "
        f"({gain:+.1f}), at these weights.{blind}"
    )


def _invisible(advice: Advice) -> list[Block]:
    best = advice.best
    if best is None:
        return []
    name = advice.kb.name(best.id)
    items = warnings(advice, best)
    for target in wording.unseen(advice, best.route):
        items.append(Cited(f"{name} tells nothing about {advice.kb.targets[target].name}.", "judgement"))
    items += [blind_spot_item(spot) for spot in cautions.blind_spots(advice, best.route)]
    return [Heading(f"What {name} will not show, and what can mislead"), Bullets(tuple(items))] if items else []


def _conflicts(advice: Advice) -> list[Block]:
    found = cautions.conflicts(advice, advice.ranking[:EXPLAINED])
    if not found:
        return []
    blocks: list[Block] = [Heading("Where sources disagree")]
    for conflict in found:
        blocks += [Heading(conflict.topic, 3), conflict_items(conflict)]
    return blocks


def conflict_items(conflict: Conflict) -> Bullets:
    """Both sides of a conflict and how to live with it."""
    return Bullets(
        (
            Cited(conflict.one_side.says, conflict.one_side.basis, conflict.one_side.sources, strong="One side:"),
            Cited(
                conflict.other_side.says, conflict.other_side.basis, conflict.other_side.sources, strong="The other:"
            ),
            Cited(conflict.advice, strong="Advice:"),
        )
    )


def _timing(advice: Advice) -> list[Block]:
    """Points per half-cycle, where a C-rate was asked for."""
    rate = advice.question.c_rate.value
    return [] if rate is None else [Heading(timetable.TITLE), *timetable.blocks(advice.system, (rate,), 3)]


def _checklists(advice: Advice) -> list[Block]:
    best = advice.best
    if best is None:
        return []
    blocks: list[Block] = [Heading(f"Preparation checklist for {advice.kb.name(best.id)}")]
    for name, steps in cautions.preparations(advice, best.route):
        if steps:
            items = tuple(Cited.from_reason(step) for step in steps)
            blocks += [Heading(name, 3), Bullets(items, boxes=True)]
    return blocks if len(blocks) > 1 else []


def _excluded(advice: Advice) -> list[Block]:
    if not advice.excluded:
        return []
    return [
        Heading("Excluded options"),
        Bullets(tuple(excluded_item(advice, excluded) for excluded in advice.excluded)),
    ]


def _assumptions(advice: Advice) -> list[Block]:
    assumed = [line for line in asked.question_lines(advice) if line.source == "assumed"]
    if not assumed:
        return [Paragraph(Cited("None; every answer was given."))]
    return [
        Bullets(
            tuple(
                Cited(f"{line.value}. {wording.as_sentence(line.note or '')}".strip(), strong=f"{line.label}:")
                for line in assumed
            )
        )
    ]
