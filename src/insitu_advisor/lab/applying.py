"""A lab profile laid over knowledge and question: own costs, and the instruments that can be reached."""

from __future__ import annotations

import hashlib
from types import MappingProxyType

from insitu_advisor.engine.question.question import Answer, Question
from insitu_advisor.knowledge import tier
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.technique import Graded, Technique, Variant
from insitu_advisor.lab.finding import FoundLab
from insitu_advisor.lab.profile import Instrument, LabProfile

OWNED_STEP = 1.0


def adapt(kb: KnowledgeBase, found: FoundLab) -> KnowledgeBase:
    """The knowledge base as this laboratory sees it.

    A tier the profile names replaces the review's for that instrument. An owned instrument without a tier of its own
    lies one tier lower in testing cost, since nothing is paid for its use; preparation never falls by owning it.
    """
    techniques = {key: _technique(technique, found.profile) for key, technique in kb.techniques.items()}
    sha256 = hashlib.sha256(f"{kb.sha256}{found.sha256}".encode()).hexdigest()
    update = {
        "techniques": MappingProxyType(techniques),
        "sha256": sha256,
        "lab": str(found.path),
        "lab_name": found.profile.name,
    }
    return kb.model_copy(update=update)


def with_instruments(question: Question, found: FoundLab) -> Question:
    """The question with the lab's instruments as facilities, unless facilities were given."""
    if question.facilities.source == "given":
        return question
    facilities = tuple(found.profile.instruments)
    note = f"the instruments of {found.profile.name} ({found.path}, {found.because})"
    return question._replace(facilities=Answer(facilities, "lab-profile", note))


def _technique(technique: Technique, lab: LabProfile) -> Technique:
    variants = {key: _variant(technique, variant, lab) for key, variant in technique.variants.items()}
    return technique.model_copy(update={"variants": MappingProxyType(variants)})


def _variant(technique: Technique, variant: Variant, lab: LabProfile) -> Variant:
    instruments = [lab.instruments[facility] for facility in variant.facilities if facility in lab.instruments]
    if not instruments:
        return variant
    usual_cost, usual_preparation = variant.cost or technique.cost, variant.preparation or technique.preparation
    cost = min((_cost(item, usual_cost) for item in instruments), key=lambda graded: tier.position(graded.tier))
    preparation = min(
        (_preparation(item, usual_preparation) for item in instruments), key=lambda g: tier.position(g.tier)
    )
    return variant.model_copy(update={"cost": cost, "preparation": preparation})


def _cost(instrument: Instrument, usual: Graded) -> Graded:
    if instrument.cost is not None:
        return _own(instrument.cost, f"Your lab profile sets {instrument.cost}; the knowledge base has {usual.tier}.")
    if instrument.access == "owned":
        place = max(0.0, tier.position(usual.tier) - OWNED_STEP)
        return _own(tier.name(place), f"Your lab owns the instrument: one tier below the usual {usual.tier}.")
    return usual


def _preparation(instrument: Instrument, usual: Graded) -> Graded:
    if instrument.preparation is None:
        return usual
    return _own(
        instrument.preparation, f"Your lab profile sets {instrument.preparation}; the knowledge base has {usual.tier}."
    )


def _own(word: str, says: str) -> Graded:
    return Graded(tier=word, says=says, basis="judgement")
