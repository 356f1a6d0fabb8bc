"""The rank certificate: how sure the first place is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from insitu_advisor.engine.certainty.acceptability import SEED, acceptability
from insitu_advisor.engine.certainty.evidence import evidence
from insitu_advisor.engine.certainty.switching import Switch, switches
from insitu_advisor.engine.certainty.tally import Acceptability
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.method.problem import prepare
from insitu_advisor.engine.question.command import DRAWS
from insitu_advisor.engine.words.sentences import listed
from insitu_advisor.knowledge.claim import BasisKind

NOTABLE = 0.005
LEVEL = 1e-6


@dataclass(frozen=True, slots=True)
class Certificate:
    """Exact switch points, rank acceptability, and the evidence behind the points of the first place."""

    first: str
    switches: tuple[Switch, ...]
    acceptability: Acceptability
    evidence: Mapping[BasisKind, float]


def certify(advice: Advice, draws: int = DRAWS, seed: int = SEED) -> Certificate | None:
    """The certificate of an answer; None when nothing passes the constraints."""
    best = advice.best
    if best is None:
        return None
    asked = prepare(advice.question)
    return Certificate(
        first=best.id,
        switches=switches(advice.system, asked, best.id),
        acceptability=acceptability(advice.system, asked, draws, seed),
        evidence=evidence(advice, best),
    )


def sentence(advice: Advice, certificate: Certificate) -> str:
    """The certificate in one plain sentence."""
    if len(advice.ranking) == 1:
        return f"{advice.kb.name(certificate.first)} is the only option that passes, so no weighting changes its place."
    name, shares = advice.kb.name, certificate.acceptability
    first = shares.first(certificate.first)
    others = [option for option in shares.ranks if option != certificate.first and shares.first(option) >= NOTABLE]
    others.sort(key=lambda option: -shares.first(option))
    rest = (
        f", {listed(f'{name(option)} in {percent(shares.first(option))}' for option in others[:3])}" if others else ""
    )
    return (
        f"{name(certificate.first)} is first in {percent(first)} of {shares.draws:,} weightings and readings of the "
        f"ordinal words{rest}; {_switching(advice, certificate)}."
    )


def percent(share: float) -> str:
    """A share as a whole percentage, with a decimal where that would say 0 or 100, and never 0 or 100 if it is not."""
    whole = f"{share:.0%}"
    if whole not in {"0%", "100%"} or share in {0, 1}:
        return whole
    return "<0.1%" if share < 0.0005 else ">99.9%" if share >= 0.9995 else f"{share:.1%}"


def _switching(advice: Advice, certificate: Certificate) -> str:
    moves = switch_sentences(advice, certificate.switches)
    if not moves:
        return "no change of a single weight takes its place"
    return f"{moves[0]}, and {len(moves) - 1} more such moves exist" if len(moves) > 2 else " and ".join(moves)


def switch_sentences(advice: Advice, found: tuple[Switch, ...]) -> list[str]:
    """One sentence per overtaking, the smallest move of a weight first."""
    moves: list[tuple[float, str]] = []
    for switch in found:
        if switch.below:
            moves.append(
                (switch.share - switch.down_to, _overtaking(advice, switch, switch.below, "less", switch.down_to))
            )
        if switch.above:
            moves.append((switch.up_to - switch.share, _overtaking(advice, switch, switch.above, "more", switch.up_to)))
    return [text for _, text in sorted(moves)]


def _overtaking(advice: Advice, switch: Switch, rival: str, direction: str, limit: float) -> str:
    name, bound = advice.kb.name(rival), f"{switch.criterion} weighs {direction} than {_weight(limit)}"
    if abs(limit - switch.share) < LEVEL:
        return f"{name}, level with it, overtakes it as soon as {bound}"
    return f"{name} overtakes it if {bound} (now {_weight(switch.share)})"


def _weight(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def more_often_first(advice: Advice, certificate: Certificate) -> str | None:
    """A sentence where another option is first more often than the first place: the answer leans on the weights."""
    shares = certificate.acceptability
    often = max(shares.ranks, key=shares.first)
    if shares.first(often) <= shares.first(certificate.first):
        return None
    weights = shares.central[often]
    heaviest = max(weights, key=lambda criterion: weights[criterion] - advice.shares[criterion])
    told = {option.id: _information(option) for option in advice.ranking}
    less = ", though it tells less about what you ask" if told[often] < told[certificate.first] else ""
    return (
        f"It depends on the weights: over all weightings {advice.kb.name(often)} is first more often "
        f"({percent(shares.first(often))} against {percent(shares.first(certificate.first))}), mostly where {heaviest} "
        f"weighs more than here{less}."
    )


def _information(option: Ranked) -> float:
    return next((part.value for part in option.parts if part.criterion == "information"), 0.0)
