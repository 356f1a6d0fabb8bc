"""How sure the answer is, as blocks of a document."""

from __future__ import annotations

from insitu_advisor.engine.certainty.certificate import (
    Certificate,
    more_often_first,
    percent,
    sentence,
    switch_sentences,
)
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS, reproduce
from insitu_advisor.engine.words import sentences as wording
from insitu_advisor.knowledge.claim import BASES
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Code, Heading, Paragraph, Table


def short(advice: Advice, certificate: Certificate) -> list[Block]:
    """The certificate in two sentences."""
    return [
        Heading("How sure"),
        Bullets((Cited(sentence(advice, certificate)), Cited(evidence_text(advice, certificate)))),
    ]


def full(advice: Advice, certificate: Certificate) -> list[Block]:
    """Switch points, rank acceptability and evidence."""
    shares = certificate.acceptability
    moves = switch_sentences(advice, certificate.switches)
    first = advice.kb.name(certificate.first)
    return [
        Heading("How sure"),
        Paragraph(Cited(sentence(advice, certificate))),
        Heading("How far each weight can move", 3),
        Bullets(
            tuple(Cited(f"{move}.") for move in moves)
            or (Cited(f"No change of a single weight takes the place of {first}."),)
        ),
        Heading("Share of weightings and readings in which each option takes each of the first three ranks", 3),
        _acceptability_table(advice, certificate),
        Paragraph(
            Cited(
                f"{shares.draws:,} draws: weights uniform over all weightings; ratings, standings and tiers read as "
                "any increasing numbers. An option that is never first here was beaten in every draw."
            )
        ),
        Heading("What the points of the first place rest on", 3),
        Paragraph(Cited(evidence_text(advice, certificate))),
    ]


def proviso(advice: Advice, certificate: Certificate | None) -> list[Block]:
    """What to say right below the headline where another option is first more often."""
    often = more_often_first(advice, certificate) if certificate else None
    return [Paragraph(Cited(often))] if often else []


def evidence_text(advice: Advice, certificate: Certificate) -> str:
    """The evidence behind the points of the first place."""
    shares = [f"{points:.1f} on {BASES[basis]}" for basis, points in certificate.evidence.items() if points >= 0.05]
    name, total = advice.kb.name(certificate.first), sum(certificate.evidence.values())
    return (
        f"The {total:.1f} points of {name} rest as follows: {wording.listed(shares)}; that a word counts as a number "
        "is judgement throughout."
    )


def _acceptability_table(advice: Advice, certificate: Certificate) -> Table:
    shares = certificate.acceptability
    rows = []
    for option in advice.ranking:
        ranks = [*shares.ranks[option.id], 0.0, 0.0][:3]
        central = shares.central.get(option.id, {})
        weights = ", ".join(f"{criterion} {weight:.2f}" for criterion, weight in central.items())
        rows.append((advice.kb.name(option.id), *(percent(rank) for rank in ranks), weights or "never first"))
    headers = ("Option", "First", "Second", "Third", "Mean weights when it is first")
    return Table(headers, tuple(rows), frozenset({1, 2, 3}))


def reproduced(advice: Advice, certificate: Certificate | None, *command: str) -> list[Block]:
    """Which knowledge an answer rests on and the one command that gives it again."""
    kb = advice.kb
    draws = certificate.acceptability.draws if certificate else DRAWS
    return [
        Heading("Reproduce"),
        Paragraph(Cited(f"Knowledge base {kb.about.version}, sha256 {kb.sha256}.")),
        Code((reproduce(advice.question, kb, *command, draws=draws),)),
    ]
