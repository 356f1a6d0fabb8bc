"""How sure an answer is, in words."""

from __future__ import annotations

from collections.abc import Mapping

from insitu_advisor.engine.certainty.certificate import Certificate, Holding
from insitu_advisor.engine.certainty.switching import Switch
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.words.sentences import listed, option_name, tie
from insitu_advisor.knowledge.claim import BASES, BasisKind
from insitu_advisor.knowledge.vocabulary import Criterion

LEVEL = 1e-6
NAMES: Mapping[Criterion, str] = {
    "information": "what it sees",
    "track-record": "track record",
    "cost": "cost",
    "preparation": "preparation",
}


def sure(advice: Advice, certificate: Certificate) -> str:
    """How sure the first experiment is: one word, and the one change that would turn it, or what decides."""
    if len(advice.ranking) == 1:
        place = "within your limits" if advice.problem.limited else "of the eight"
        return f"Nothing else {place} sees any of this, so there is no choice to be sure of."
    start = certificate.start
    return " ".join(filter(None, (_held(advice, start), _best_pairing(advice, certificate))))


def _held(advice: Advice, held: Holding) -> str:
    own = ranked(advice, held.option)
    if held.word == "open" and held.rival:
        rival = ranked(advice, held.rival)
        return f"Open between {option_name(own)} and {option_name(rival)}. {tie(advice, (own, rival))}"
    word, name = held.word.capitalize(), option_name(own)
    return f"{word}: {name} stays first in {percent(held.share)} of trials with other weights. {turn(advice, held)}"


def _best_pairing(advice: Advice, certificate: Certificate) -> str:
    """The pairing that is first of all options, where one is."""
    first = ranked(advice, certificate.first.option)
    return f"Of the documented pairings {advice.kb.name(first.id)} fits best." if first.kind == "pairing" else ""


def turn(advice: Advice, held: Holding) -> str:
    """The nearest change of one weight that turns the answer."""
    moves = moves_of(advice, held.switches)
    return f"{moves[0]}." if moves else "No change of a single weight turns it."


def ranked(advice: Advice, option: str) -> Ranked:
    """A ranked option by its id."""
    return next(item for item in advice.ranking if item.id == option)


def percent(share: float) -> str:
    """A share as a whole percentage, with a decimal where that would say 0 or 100, and never 0 or 100 if it is not."""
    whole = f"{share:.0%}"
    if whole not in {"0%", "100%"} or share in {0, 1}:
        return whole
    return "<0.1%" if share < 0.0005 else ">99.9%" if share >= 0.9995 else f"{share:.1%}"


def moves_of(advice: Advice, found: tuple[Switch, ...]) -> list[str]:
    """One sentence per overtaking, the smallest move of a weight first."""
    moves: list[tuple[float, str]] = []
    for switch in found:
        if switch.below:
            moved = switch.share - switch.down_to
            moves.append((moved, _overtaking(advice, switch, switch.below, "less", switch.down_to)))
        if switch.above:
            moved = switch.up_to - switch.share
            moves.append((moved, _overtaking(advice, switch, switch.above, "more", switch.up_to)))
    return [text for _, text in sorted(moves)]


def _overtaking(advice: Advice, switch: Switch, rival: str, direction: str, limit: float) -> str:
    name = option_name(ranked(advice, rival)) if advice.ranks(rival) else advice.kb.name(rival)
    bound = f"{NAMES[switch.criterion]} counts for {direction} than {_weight(limit)}"
    if abs(limit - switch.share) < LEVEL:
        return f"{name} leads as soon as {bound}"
    return f"{name} leads if {bound} (now {_weight(switch.share)})"


def _weight(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def evidence_text(evidence: Mapping[BasisKind, float]) -> str:
    """Evidence behind the first place."""
    shares = [f"{points:.0f} points from {BASES[basis]}" for basis, points in evidence.items() if points >= 0.5]
    return f"Evidence: {listed(shares)}. Turning words into points is our judgement."
