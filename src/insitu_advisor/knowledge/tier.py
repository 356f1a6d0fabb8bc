"""Ordinal tiers of cost and effort, with the review's half-steps."""

from typing import Annotated

from pydantic_core import core_schema

from insitu_advisor.knowledge.forms import Form

TIERS = ("low", "moderate", "high", "very-high")
HALF_STEP = 0.5
# Half a step above the last tier is left to pairings with a technique of that tier.
TOP = len(TIERS) - 1 + HALF_STEP

Tier = Annotated[str, Form(core_schema.str_schema(pattern=r"^((low|moderate|high)\+?|very-high)$"))]


def position(tier: str) -> float:
    """Place of a tier on the ordinal scale: low 0, moderate 1, high 2, very-high 3; a trailing `+` adds half a step.

    Raises KeyError for a word that is no tier.
    """
    word = tier.removesuffix("+")
    if word not in TIERS:
        raise KeyError(tier)
    return TIERS.index(word) + (HALF_STEP if tier.endswith("+") else 0.0)


def name(place: float) -> str:
    """The tier word at a place of the ordinal scale, the inverse of `position`; half-steps carry a `+`."""
    whole = int(place)
    return TIERS[whole] + ("+" if place > whole else "")


def within(tier: str, cap: str) -> bool:
    """Whether a tier passes a cap. A half-step belongs to the tier it starts from: `moderate+` passes `moderate`."""
    return int(position(tier)) <= int(position(cap))
