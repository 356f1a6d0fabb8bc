"""How sure the answer is, as blocks of a document."""

from __future__ import annotations

from insitu_advisor.engine.certainty.acceptability import SPREAD, Acceptability, acceptability
from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS, reproduce
from insitu_advisor.engine.words.certainty import evidence_text, moves_of, percent, sure
from insitu_advisor.engine.words.sentences import option_name
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Code, Heading, Paragraph, Table


def full(advice: Advice, certificate: Certificate) -> list[Block]:
    """Switch points, rank acceptability near the weights in use and over all weights, and evidence."""
    moves = moves_of(advice, certificate.first.switches)
    near = certificate.acceptability
    anywhere = acceptability(advice, near.draws, taste="any")
    return [
        Heading("How sure"),
        Paragraph(Cited(sure(advice, certificate))),
        Heading("How far each weight can move", 3),
        Bullets(tuple(Cited(f"{move}.") for move in moves) or (Cited("No change of a single weight turns it."),)),
        Heading("How often each option comes first, second, third", 3),
        _shares(advice, near, anywhere),
        Paragraph(
            Cited(
                f"{near.draws:,} trials. Near: each weight moved by up to {SPREAD:.0%} and scaled again. Any: all "
                "weights drawn at random, as if nothing were known of what you care for. In both, the words for "
                "ratings, track record, reach, cost and effort are read as other increasing numbers each time."
            )
        ),
        Heading("Evidence behind the first place", 3),
        Paragraph(Cited(evidence_text(certificate.evidence))),
    ]


def _shares(advice: Advice, near: Acceptability, anywhere: Acceptability) -> Table:
    rows = []
    for option in advice.ranking:
        ranks = [*near.ranks[option.id], 0.0, 0.0][:3]
        cells = (*(percent(rank) for rank in ranks), percent(anywhere.first(option.id)))
        rows.append((option_name(option), *cells))
    headers = ("Option", "First (near)", "Second", "Third", "First (any)")
    return Table(headers, tuple(rows), frozenset({1, 2, 3, 4}))


def reproduced(advice: Advice, certificate: Certificate | None, *command: str) -> list[Block]:
    """Which knowledge an answer rests on and the one command that gives it again."""
    kb = advice.kb
    draws = certificate.acceptability.draws if certificate else DRAWS
    return [
        Heading("Reproduce"),
        Paragraph(Cited(f"Knowledge base {kb.about.version}, sha256 {kb.sha256}.")),
        Code((reproduce(advice.question, kb, *command, draws=draws),)),
    ]
