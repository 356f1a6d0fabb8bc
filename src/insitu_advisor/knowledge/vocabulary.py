"""The words a question may use: targets, facilities and presets, materials and their traits, weight profiles."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from insitu_advisor.knowledge.claim import AnodeType, Claim, ElectrolyteKind, Entry, Id, Ion, Statement, Text
from insitu_advisor.knowledge.forms import FrozenMap

Criterion = Literal["information", "track-record", "cost", "preparation"]
CRITERIA: tuple[Criterion, ...] = ("information", "track-record", "cost", "preparation")


OPEN_WORDS = frozenset({"unknown", "dont know", "don't know", "?", "any", "open"})
ION_WORDS: Mapping[str, Ion] = {
    "li": "Li", "lithium": "Li", "li+": "Li", "li ion": "Li", "lib": "Li",
    "na": "Na", "sodium": "Na", "na+": "Na", "na ion": "Na", "sib": "Na", "nib": "Na",
    "k": "K", "potassium": "K", "k+": "K", "k ion": "K", "kib": "K", "pib": "K",
}  # fmt: skip
ANODE_WORDS: Mapping[str, AnodeType] = {
    "intercalation": "intercalation", "insertion": "intercalation", "intercalation type": "intercalation",
    "alloy": "alloy", "alloying": "alloy", "alloy type": "alloy",
    "conversion": "conversion", "conversion type": "conversion", "oxide": "conversion", "oxide type": "conversion",
    "metal": "metal", "metal type": "metal",
}  # fmt: skip


class TargetPart(Entry):
    """One of several things a target lumps together, which techniques see differently well.

    `short` heads a column where the name is too long.
    """

    name: Text
    short: Text | None = None
    definition: Text
    aliases: tuple[Text, ...] = ()


class Target(TargetPart):
    """Something a researcher wants to learn; asking for it asks for each of its `parts` alike.

    `narrower` holds what lies in it and is asked only by its own name, since most of those who ask for the whole do not
    mean it. What is said of the whole holds for it, unless something is said of it by name.
    """

    parts: FrozenMap[Id, TargetPart] = Field(default_factory=dict)
    narrower: FrozenMap[Id, TargetPart] = Field(default_factory=dict)


class AssumedTargets(Claim):
    """The targets assumed for an anode type when none is given."""

    targets: Annotated[tuple[Id, ...], Field(min_length=1)]
    because: Text


class Facility(Entry):
    """An instrument a technique can be done on."""

    name: Text
    aliases: tuple[Text, ...] = ()
    access: Text


class Preset(Entry):
    """A set of instruments that often stand together."""

    name: Text
    means: Text
    facilities: Annotated[tuple[Id, ...], Field(min_length=1)]


class MaterialCaution(Statement):
    """A warning that comes with a material, for all ions, techniques and targets, or for those named.

    `hardly_reacts` is true where the material takes up next to nothing of the ion, which an answer says first of all.
    With `electrolytes` it is not for a question that names another one.
    """

    ions: tuple[Ion, ...] = ("Li", "Na", "K")
    techniques: tuple[Id, ...] = ()
    targets: tuple[Id, ...] = ()
    electrolytes: tuple[ElectrolyteKind, ...] = ()
    hardly_reacts: Annotated[bool, Field(strict=True)] = False


class Material(Entry):
    """A real anode material and how it stores the ion."""

    name: Text
    aliases: tuple[Text, ...] = ()
    type: AnodeType
    because: Text
    traits: tuple[Id, ...] = ()
    traits_with: FrozenMap[Ion, tuple[Id, ...]] = Field(default_factory=dict)
    cautions: tuple[MaterialCaution, ...] = ()

    def traits_for(self, ion: str | None) -> frozenset[str]:
        """All traits that hold with this ion."""
        return frozenset(self.traits) | frozenset(self.traits_with.get(ion, ()))  # type: ignore[call-overload]


class Profile(Entry):
    """A named set of criterion weights; only their ratio matters."""

    name: Text
    means: Text
    weights: FrozenMap[Criterion, Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]]
