"""Knowledge that holds together and still is odd: options that cannot win, targets nobody sees, facts said twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from insitu_advisor.curation.space import order, questions
from insitu_advisor.engine.method.ranking import PRINTED_DIGITS
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.check import claims
from insitu_advisor.knowledge.claim import Claim
from insitu_advisor.knowledge.finding import Loc
from insitu_advisor.knowledge.technique import Sight, Technique, Variant


@dataclass(frozen=True, slots=True)
class Remark:
    """Something worth a look: where, and what."""

    where: str
    what: str


def remarks(kb: KnowledgeBase) -> Iterator[Remark]:
    """Everything odd about a knowledge base that holds together."""
    yield from _never_first(kb)
    yield from _unreachable(kb)
    yield from _said_twice(kb)
    yield from _without_source(kb)
    yield from _unused_references(kb)


def _never_first(kb: KnowledgeBase) -> Iterator[Remark]:
    firsts: Counter[str] = Counter()
    for question in questions(kb):
        best = order(kb, question)
        firsts.update(
            item.option for item in best if round(item.score, PRINTED_DIGITS) == round(best[0].score, PRINTED_DIGITS)
        )
    for option in kb.options:
        if not firsts[option]:
            yield Remark(
                option, "is first in no question about a single target, whatever the budget, facilities and profile"
            )


def _unreachable(kb: KnowledgeBase) -> Iterator[Remark]:
    for goal, item in kb.goals.items():
        best = max((_best(kb, technique, goal) for technique in kb.techniques.values()), default=0)
        if best == 0:
            yield Remark(f"targets > {goal}", f"no technique sees {item.name} at all")
        elif best == 1:
            yield Remark(f"targets > {goal}", f"every technique only hints at {item.name}")


def _best(kb: KnowledgeBase, technique: Technique, goal: str) -> int:
    """The best rating a technique has for a goal, in its own words or in those of one of its ways."""
    entries: tuple[Technique | Variant, ...] = (technique, *technique.variants.values())
    keys = (goal, kb.whole[goal])
    return max(
        (entry.information[key].rating for entry in entries for key in keys if key in entry.information), default=0
    )


def _said_twice(kb: KnowledgeBase) -> Iterator[Remark]:
    """The same sentence in two entries; the variants of one technique may well share a sentence."""
    places: dict[str, list[Loc]] = defaultdict(list)
    for loc, claim in claims(kb):
        if text := content(claim):
            places[text].append(loc)
    for text, found in places.items():
        if len({loc[:2] for loc in found}) > 1:
            others = ", ".join(path(loc) for loc in found[1:])
            yield Remark(path(found[0]), f"says the same as {others}: '{text[:60]}'")


def _without_source(kb: KnowledgeBase) -> Iterator[Remark]:
    for loc, claim in claims(kb):
        if isinstance(claim, Sight) and claim.rating == 3 and claim.basis == "judgement" and not claim.sources:
            yield Remark(path(loc), "is rated best on judgement alone; find a source or lower the rating")


def _unused_references(kb: KnowledgeBase) -> Iterator[Remark]:
    used = {key for _, claim in claims(kb) for key in claim.sources} | {
        study.reference for study in kb.studies.values()
    }
    for key, reference in kb.references.items():
        if key not in used and reference.review_number is None:
            yield Remark(f"references > {key}", "supports no claim")


def content(claim: Claim) -> str:
    """The sentence of a claim, whatever its field is called."""
    for field in ("says", "sees", "because", "role", "why", "means", "sentence", "do"):
        if text := getattr(claim, field, None):
            return str(text)
    return ""


def path(loc: Loc) -> str:
    """A place in the knowledge base as a reader writes it."""
    return " > ".join(str(step + 1 if isinstance(step, int) else step) for step in loc)
