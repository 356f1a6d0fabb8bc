"""How sure an answer is, in words."""

from __future__ import annotations

from collections.abc import Mapping

from insitu_advisor.engine.certainty.certificate import Certificate, Holding
from insitu_advisor.engine.certainty.switching import Switch
from insitu_advisor.engine.inquiry.gaps import nothing_answers
from insitu_advisor.engine.method.advice import Advice, Ranked
from insitu_advisor.engine.words.sentences import counted, listed, option_name, tie
from insitu_advisor.knowledge.claim import BASES, BasisKind
from insitu_advisor.knowledge.vocabulary import Criterion

LEVEL = 1e-6
SINGLE, ALL = "Of single techniques, ", "Of all options, "
NAMES: Mapping[Criterion, str] = {
    "information": "what it sees",
    "track-record": "past use",
    "cost": "cost",
    "preparation": "preparation",
}


def sure(advice: Advice, certificate: Certificate) -> str:
    """How sure the first experiment is: one word, and the one change that would turn it, or what decides."""
    if len(advice.ranking) == 1:
        place = "within your limits" if advice.problem.limited else "of the eight"
        return f"Nothing else {place} sees any of this, so there is no choice to be sure of."
    return " ".join(filter(None, (_held(advice, certificate), _best_pairing(advice, certificate))))


def _held(advice: Advice, certificate: Certificate) -> str:
    held = certificate.start
    own = ranked(advice, held.option)
    if held.word == "open" and held.rival:
        rival = ranked(advice, held.rival)
        return f"Open between {option_name(own)} and {option_name(rival)}. {tie(advice, (own, rival))}"
    hint = nothing_answers(advice)
    word, stays = ("No answer to be sure of", "the best hint") if hint else (held.word.capitalize(), "first")
    moves = moves_of(advice, held)
    turn = moves[0] if moves else "no single weight changes that"
    who = f"{SINGLE.lower() if certificate.paired else ''}{option_name(own)}"
    return f"{word}: {who} stays {stays} in {percent(held.share)} of trials with other weights; {turn}."


def _best_pairing(advice: Advice, certificate: Certificate) -> str:
    """How often the pairing that is first of all options stays so, where one is."""
    if not certificate.paired:
        return ""
    first = certificate.first
    return f"{ALL}pairings included, {option_name(ranked(advice, first.option))} is first in {percent(first.share)}."


def among(certificate: Certificate, held: Holding) -> str:
    """Of which options a place is the first, to stand before what is said of it; nothing where both are the same."""
    if not certificate.paired:
        return ""
    return ALL if held is certificate.first else SINGLE


def ranked(advice: Advice, option: str) -> Ranked:
    """A ranked option by its id."""
    return next(item for item in advice.ranking if item.id == option)


def percent(share: float) -> str:
    """A share as a whole percentage, with a decimal where that would say 0 or 100, and never 0 or 100 if it is not."""
    whole = f"{share:.0%}"
    if whole not in {"0%", "100%"} or share in {0, 1}:
        return whole
    return "<0.1%" if share < 0.0005 else ">99.9%" if share >= 0.9995 else f"{share:.1%}"


def moves_of(advice: Advice, held: Holding) -> list[str]:
    """One sentence per overtaking, the smallest move of a weight first."""
    moves: list[tuple[float, str]] = []
    for switch in held.switches:
        for rival, word, limit in ((switch.below, "less", switch.down_to), (switch.above, "more", switch.up_to)):
            if rival:
                text = f"{_name(advice, rival)} leads {_bound(switch, word, limit)}"
                moves.append((abs(limit - switch.share), text))
    return [text for _, text in sorted(moves)]


def _name(advice: Advice, option: str) -> str:
    return option_name(ranked(advice, option)) if advice.ranks(option) else advice.kb.name(option)


def _bound(switch: Switch, word: str, limit: float) -> str:
    """The share of a weight from which another option leads."""
    bound = f"{NAMES[switch.criterion]} counts for {word} than {_weight(limit)}"
    if abs(limit - switch.share) < LEVEL:
        return f"as soon as {bound}"
    return f"if {bound} (now {_weight(switch.share)})"


def _weight(share: float) -> str:
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def evidence_text(evidence: Mapping[BasisKind, float]) -> str:
    """Evidence behind the first place."""
    shares = [f"{counted(points, 'point')} from {BASES[basis]}" for basis, points in evidence.items() if points >= 0.5]
    return f"Evidence: {listed(shares)}. Turning words into points is our judgement."
