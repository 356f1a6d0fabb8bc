"""A technique with every number pinned, so that its score can be worked out with pencil and paper."""

from typing import Any

from engine.knowledge import ANODES, IONS, changed, with_technique
from insitu_advisor.knowledge.base import KnowledgeBase
from insitu_advisor.knowledge.claim import Following, ScaleReading
from insitu_advisor.knowledge.technique import Figure, Sight, Technique, Variant

SECONDS = 120.0


def pinned(kb: KnowledgeBase, **variant: Any) -> KnowledgeBase:
    """XRD with one variant: ratings 2 and 1, standings 2 and 1, cost `moderate+`, preparation `high`, 120 s a point."""
    xrd = kb.techniques["xrd"]
    figure = Figure(quantity="time-per-point", value=SECONDS, unit="s", means="One pattern.")
    only = {
        "name": "pinned",
        "facilities": ("lab-xrd",),
        "scales": {"atomic": ScaleReading(reach="partly", because="Pinned.")},
        "resolution": (figure,),
        "follows_cycling": Following(answer="full", because="Pinned."),
    }
    technique: Technique = xrd.model_copy(
        update={
            "information": {
                "crystalline-phase": Sight(rating=2, sees="Phases."),
                "lattice-strain": Sight(rating=1, sees="Strain."),
            },
            "blind_to": {t: "Pinned." for t in kb.targets if t not in {"crystalline-phase", "lattice-strain"}},
            "variants": {"laboratory": Variant(**only | variant)},
            "roles": {anode: xrd.roles[anode].model_copy(update={"standing": 2}) for anode in ANODES},
            "ions": {ion: xrd.ions[ion].model_copy(update={"standing": 1}) for ion in IONS},
            "cost": xrd.cost.model_copy(update={"tier": "moderate+"}),
            "preparation": xrd.preparation.model_copy(update={"tier": "high"}),
        }
    )
    return changed(with_technique(kb, "xrd", technique), rules={})
