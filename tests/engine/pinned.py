"""A technique with every number pinned, so that its score can be worked out with pencil and paper."""

from typing import Any

from engine.knowledge import ANODES, IONS, changed, with_technique
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Following, ScaleReading
from insitu_advisor.knowledge.literature import Study
from insitu_advisor.knowledge.technique import Figure, Graded, IonStanding, Role, Sight, Technique, Variant

SECONDS = 120.0
SEEN = {"crystalline-phase": 2, "lattice-strain": 1}


def pinned(kb: KnowledgeBase, studies: int = 0, **variant: Any) -> KnowledgeBase:
    """XRD with one variant: ratings 2 and 1, standings 2 and 1, cost `moderate+`, preparation `high`, 120 s a point.

    It has the given number of studies, all on alloy anodes with lithium, and no other technique has any.
    """
    only = {
        "name": "pinned",
        "facilities": ("lab-xrd",),
        "scales": {"atomic": ScaleReading(reach="partly", because="Pinned.")},
        "resolution": (timed(SECONDS),),
        "follows_cycling": Following(answer="full", because="Pinned."),
        "cost": tier("moderate+"),
        "preparation": tier("high"),
    }
    technique: Technique = kb.techniques["xrd"].model_copy(
        update={
            "information": {goal: Sight(rating=rating, sees="Pinned.") for goal, rating in SEEN.items()},
            "blind_to": {target: "Pinned." for target in kb.targets if target not in SEEN},
            "variants": {"laboratory": Variant(**only | variant)},
            "roles": {anode: Role(standing=2, role="Pinned.") for anode in ANODES},
            "ions": {ion: IonStanding(standing=1, why="Pinned.") for ion in IONS},
        }
    )
    made = {f"made-{number}": study() for number in range(studies)}
    return changed(with_technique(kb, "xrd", technique), rules={}, studies=made)


def timed(seconds: float) -> Figure:
    """A printed time per data point."""
    return Figure(quantity="time-per-point", value=seconds, unit="s", means="One pattern.")


def tier(word: str) -> Graded:
    """A tier of cost or effort."""
    return Graded(tier=word, says="Pinned.")


def study(*techniques: str, **changes: Any) -> Study:
    """A published study of tin with lithium by XRD, unless told otherwise."""
    plain = {
        "reference": "someone2020",
        "ions": ("Li",),
        "anode": ("alloy",),
        "material": "tin",
        "techniques": techniques or ("xrd",),
        "in_review_list": True,
        "confirmed_by": "title",
    }
    return Study.model_validate(plain | changes)
