"""The answer as JSON: the contract other programs read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.inquiry import usual_questions
from insitu_advisor.engine.inquiry.gaps import unanswered
from insitu_advisor.engine.inquiry.outside import outside
from insitu_advisor.engine.inquiry.precedents import of_winner, precedents
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS, reproduce
from insitu_advisor.engine.words import cautions
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.engine.words.brief import brief
from insitu_advisor.engine.words.certainty import moves_of, sure
from insitu_advisor.engine.words.inquiries import usually_asked
from insitu_advisor.render.formats.json_parts import (
    dump,
    excluded,
    head,
    number,
    paces,
    ranked,
    reason,
    references,
)


def render(advice: Advice, certificate: Certificate | None) -> str:
    """One JSON object, indented, ending in a line break."""
    return dump(answer(advice, certificate))


def answer(advice: Advice, certificate: Certificate | None) -> dict[str, Any]:
    """The answer as plain data; numbers are rounded to six digits."""
    short = brief(advice, certificate)
    spots, studies, speed = blind_spots(advice), winner_studies(advice), timing(advice)
    ranking = [ranked(advice, option) for option in advice.ranking]
    out = [excluded(advice, option) for option in advice.excluded]
    of_material, beyond = material_cautions(advice), _outside(advice)
    warned = [{"sources": short.watch.sources}] if short.watch else []
    cited = [ranking, out, of_material, spots, speed, beyond, *warned]
    return head(advice.kb, advice.question) | {
        "headline": wording.headline(advice),
        "do": short.do,
        "why": short.why,
        "watch": reason(short.watch) if short.watch else None,
        "unanswered": _unanswered(advice),
        "outside": beyond,
        "usual_questions": usual(advice),
        "ranking": ranking,
        "excluded": out,
        "robustness": robustness(advice, certificate),
        "material_cautions": of_material,
        "blind_spots": spots,
        "precedents": studies,
        "timing": speed,
        "references": references(advice.kb, _keys(cited) | _studied(studies)),
        "reproduce": reproduce(advice.question, advice.kb, draws=draws_of(certificate)),
    }


def _unanswered(advice: Advice) -> list[dict[str, Any]]:
    return [
        {
            "goal": gap.goal,
            "hint": None if gap.hint is None else gap.hint.way.technique_id,
            "answered_by": None if gap.route is None else {way.technique_id: way.variant_id for way in gap.route.ways},
            "changes": [word for change in gap.changes for word in change.options],
            "way_out": None if gap.barred is None else {way.technique_id: way.variant_id for way in gap.barred.ways},
        }
        for gap in unanswered(advice)
    ]


def _outside(advice: Advice) -> list[dict[str, Any]]:
    """Techniques outside the eight that the question calls for: named in it, or the usual answer for a goal."""
    return [
        {"id": each.id, "name": each.item.name, "answers": each.item.answers, "goals": list(each.goals),
         "named": each.named, "basis": each.item.basis, "sources": list(each.item.sources)}
        for each in outside(advice)
    ]  # fmt: skip


def draws_of(certificate: Certificate | None) -> int:
    """How many draws a certificate rests on; the default where there is none."""
    return certificate.acceptability.draws if certificate else DRAWS


def robustness(advice: Advice, certificate: Certificate | None) -> dict[str, Any]:
    """How sure the first place is: a word, the lead, switch points, rank acceptability and the evidence."""
    best = advice.best
    if best is None or certificate is None:
        return {"word": None, "rival": None, "start": None, "first": [], "lead": None, "sentence": None,
                "switch_points": [], "acceptability": {}, "evidence": {}}  # fmt: skip
    follower = next((option for option in advice.ranking if option.rank > 1), None)
    shares = certificate.acceptability
    return {
        "word": certificate.first.word,
        "rival": certificate.first.rival,
        "start": {
            "option": certificate.start.option,
            "word": certificate.start.word,
            "share": number(certificate.start.share),
            "rival": certificate.start.rival,
        },
        "first": [option.id for option in advice.ranking if option.rank == 1],
        "lead": None if follower is None else number(best.score - follower.score),
        "sentence": sure(advice, certificate),
        "switches": moves_of(advice, certificate.first),
        "switch_points": [
            {
                "criterion": switch.criterion,
                "weight": number(switch.share),
                "down_to": number(switch.down_to),
                "below": switch.below,
                "up_to": number(switch.up_to),
                "above": switch.above,
            }
            for switch in certificate.first.switches
        ],
        "draws": shares.draws,
        "acceptability": {option: [number(share) for share in ranks] for option, ranks in shares.ranks.items()},
        "evidence": {basis: number(points) for basis, points in certificate.evidence.items()},
    }


def material_cautions(advice: Advice) -> list[dict[str, Any]]:
    """What to heed with the material: that it hardly reacts, then what bears on the recommended option."""
    found = list(cautions.hardly_reacts(advice))
    if advice.best is not None:
        found += cautions.material_cautions(advice, advice.best.route)
    return [reason(item) for item in found]


def blind_spots(advice: Advice) -> list[dict[str, Any]]:
    """What the recommended option cannot see or what misleads, each with its cheapest check."""
    if advice.best is None:
        return []
    return [
        {"technique": spot.technique, **reason(spot.says), "check": spot.check}
        for spot in cautions.blind_spots(advice, advice.best.route)
    ]


def winner_studies(advice: Advice) -> list[dict[str, Any]]:
    """Published studies of the first place on such an anode; of its members where there is none of a pairing."""
    found = {key: study for wanted in of_winner(advice) for key, study in precedents(advice.kb, wanted)}
    return [
        {"id": key, "reference": study.reference, "material": study.material, "techniques": list(study.techniques),
         "confirmed_by": study.confirmed_by}
        for key, study in found.items()
    ]  # fmt: skip


def usual(advice: Advice) -> dict[str, Any] | None:
    """What studies of the material asked and the assumed targets leave out; None where there is nothing to say."""
    found = usual_questions.usual_questions(advice)
    if found is None:
        return None
    return {"sentence": usually_asked(advice, found), "studies": found.studies, "asked": dict(found.targets)}


def timing(advice: Advice) -> list[dict[str, Any]]:
    """Points per half-cycle of every variant at the C-rate asked for; empty without one."""
    rate = advice.question.c_rate.value
    return [] if rate is None else paces(advice.system, (rate,))


def _keys(data: Any) -> dict[str, None]:
    return dict.fromkeys(_sources(data))


def _studied(studies: list[dict[str, Any]]) -> dict[str, None]:
    return dict.fromkeys(study["reference"] for study in studies)


def _sources(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "sources":
                yield from value
            else:
                yield from _sources(value)
    elif isinstance(data, list):
        for item in data:
            yield from _sources(item)
