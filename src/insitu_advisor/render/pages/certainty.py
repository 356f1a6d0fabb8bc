"""How sure the answer is, as blocks of a document."""

from __future__ import annotations

from insitu_advisor.engine.certainty.acceptability import SPREAD, Acceptability, acceptability
from insitu_advisor.engine.certainty.certificate import Certificate
from insitu_advisor.engine.method.advice import Advice
from insitu_advisor.engine.question.command import DRAWS, reproduce
from insitu_advisor.engine.words.certainty import among, evidence_text, moves_of, percent, sure
from insitu_advisor.engine.words.sentences import option_name
from insitu_advisor.render.pages.document import Block, Bullets, Cited, Code, Heading, Paragraph, Table


def full(advice: Advice, certificate: Certificate) -> list[Block]:
    """Switch points, rank acceptability near the weights in use and over all weights, and evidence."""
    near = certificate.acceptability
    anywhere = acceptability(advice, near.draws, taste="any")
    held = [certificate.start, certificate.first] if certificate.paired else [certificate.first]
    moves = [f"{among(certificate, each)}{move}." for each in held for move in moves_of(advice, each)]
    return [
        Heading("How sure"),
        Paragraph(Cited(sure(advice, certificate))),
        Heading("How far each weight can move", 3),
        Bullets(tuple(map(Cited, moves)) or (Cited("No single weight changes the answer."),)),
        Heading("How often each option comes first, second, third", 3),
        _shares(advice, certificate, anywhere),
        Paragraph(
            Cited(
                f"{near.draws:,} trials. Near: each weight moved by up to {SPREAD:.0%} and scaled again. Any: all "
                "weights drawn at random, as if nothing were known of what you care for. In both, the words for how "
                "well a goal is seen, how far the scale is resolved, past use, cost and preparation are read as other "
                "increasing numbers each time."
            )
        ),
        Heading("Evidence behind the first place", 3),
        Paragraph(Cited(evidence_text(certificate.evidence))),
    ]


def _shares(advice: Advice, certificate: Certificate, anywhere: Acceptability) -> Table:
    """Places among all options; and among the single techniques, where a pairing is before them."""
    near, paired = certificate.acceptability, certificate.paired
    rows = []
    for option in advice.ranking:
        ranks = [*near.ranks[option.id], 0.0, 0.0][:3]
        alone = [percent(near.starts[option.id]) if option.id in near.starts else ""] if paired else []
        rows.append((option_name(option), *map(percent, ranks), *alone, percent(anywhere.first(option.id))))
    alone = ["First of singles"] if paired else []
    headers = ("Option", "First (near)", "Second", "Third", *alone, "First (any)")
    return Table(headers, tuple(rows), frozenset(range(1, len(headers))))


def reproduced(advice: Advice, certificate: Certificate | None, *command: str, file: str = "") -> list[Block]:
    """Which knowledge an answer rests on and the one command that gives it again, to a file where one is named."""
    kb = advice.kb
    draws = certificate.acceptability.draws if certificate else DRAWS
    again = reproduce(advice.question, kb, *command, draws=draws)
    return [
        Heading("Reproduce"),
        Paragraph(Cited(f"Knowledge base {kb.about.version}, sha256 {kb.sha256}.")),
        Code((f"{again} -o {file}" if file else again,)),
    ]
