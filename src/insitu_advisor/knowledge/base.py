"""The whole knowledge base: every section, read-only."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from insitu_advisor.knowledge.claim import AnodeType, Entry, Id, PairingId, Text
from insitu_advisor.knowledge.combination import Combination
from insitu_advisor.knowledge.forms import FrozenMap
from insitu_advisor.knowledge.lexicon import (
    AnodeRule,
    ElementGroup,
    GroupName,
    Kinship,
    Outsider,
    TraitRule,
    WordList,
)
from insitu_advisor.knowledge.literature import Conflict, Perspective, Reference, Search, Study
from insitu_advisor.knowledge.rule import Rule
from insitu_advisor.knowledge.technique import Technique
from insitu_advisor.knowledge.vocabulary import AssumedTargets, Facility, Material, Preset, Profile, Target, TargetPart


class ReviewNote(Entry):
    """The review the knowledge was taken from, and what of it was missing."""

    title: Text
    journal: Text
    year: int
    volume: Text
    pages: Text
    url: Annotated[str, Field(pattern=r"^https://")]
    missing: Text

    @property
    def citation(self) -> str:
        """The review in one line."""
        return f"{self.title}. {self.journal} {self.year}, {self.volume}, {self.pages}."


class About(Entry):
    """Which state of knowledge this is."""

    version: Annotated[str, Field(pattern=r"^\d{4}\.\d{1,2}\.\d+$")]
    title: Text
    review: ReviewNote


# The name of a file as it is, with spaces at its ends.
FileName = Annotated[str, StringConstraints(strip_whitespace=False)]


class KnowledgeBase(Entry):
    """Everything the advisor knows.

    `sha256` is the hash over all files it was read from, `overlays` names the user's own, and `lab` the file of the
    lab profile whose costs stand in it, `lab_name` what that laboratory calls itself.
    """

    about: About
    targets: FrozenMap[Id, Target]
    assumed_targets: FrozenMap[Id, AssumedTargets]
    facilities: FrozenMap[Id, Facility]
    presets: FrozenMap[Id, Preset]
    traits: FrozenMap[Id, Text]
    materials: FrozenMap[Id, Material]
    profiles: FrozenMap[Id, Profile]
    techniques: FrozenMap[Id, Technique]
    combinations: FrozenMap[PairingId, Combination]
    rules: FrozenMap[Id, Rule]
    conflicts: FrozenMap[Id, Conflict]
    studies: FrozenMap[Id, Study]
    references: FrozenMap[Id, Reference]
    searches: FrozenMap[Id, Search] = Field(default_factory=dict)
    perspectives: FrozenMap[Id, Perspective] = Field(default_factory=dict)
    word_groups: FrozenMap[GroupName, tuple[Text, ...]] = Field(default_factory=dict)
    lexicon: FrozenMap[Id, WordList] = Field(default_factory=dict)
    outside: FrozenMap[Id, Outsider] = Field(default_factory=dict)
    formula_words: FrozenMap[Text, Text] = Field(default_factory=dict)
    element_groups: FrozenMap[Id, ElementGroup] = Field(default_factory=dict)
    anode_rules: FrozenMap[Id, AnodeRule] = Field(default_factory=dict)
    trait_rules: FrozenMap[Id, TraitRule] = Field(default_factory=dict)
    kin: FrozenMap[Id, Kinship] = Field(default_factory=dict)
    sha256: str = ""
    overlays: tuple[FileName, ...] = ()
    lab: str = ""
    lab_name: str = ""

    # A knowledge base is large, read-only and shared, so it is compared by identity and can key a cache.
    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __repr__(self) -> str:
        return f"<KnowledgeBase {self.about.version}, sha256 {self.sha256[:12]}>"

    __str__ = __repr__

    @property
    def laboratory(self) -> str:
        """Name and file of the lab profile whose costs stand in it; empty without one."""
        return f"{self.lab_name} ({self.lab})" if self.lab else ""

    @cached_property
    def options(self) -> Mapping[str, tuple[str, ...]]:
        """Every option with its member techniques: single techniques first, then pairings."""
        options: dict[str, tuple[str, ...]] = {technique: (technique,) for technique in self.techniques}
        options.update((pairing, combination.members) for pairing, combination in self.combinations.items())
        return MappingProxyType(options)

    @cached_property
    def goals(self) -> Mapping[str, TargetPart]:
        """Everything that is rated: each target, or in its stead its parts, and what is narrower, by id."""
        goals: dict[str, TargetPart] = {}
        for key, target in self.targets.items():
            goals |= target.parts or {key: target}
            goals |= target.narrower
        return MappingProxyType(goals)

    @cached_property
    def whole(self) -> Mapping[str, str]:
        """The target each goal belongs to; itself where a target has no parts."""
        within = ((key, (*(item.parts or (key,)), *item.narrower)) for key, item in self.targets.items())
        return MappingProxyType({goal: key for key, goals in within for goal in goals})

    @cached_property
    def askable(self) -> frozenset[str]:
        """Every word a target may be named by: targets and their parts."""
        return frozenset(self.targets) | frozenset(self.goals)

    def goals_of(self, target: str) -> tuple[str, ...]:
        """The goals a target or part stands for. Raises KeyError for neither."""
        if target in self.targets:
            return tuple(self.targets[target].parts) or (target,)
        if target in self.goals:
            return (target,)
        raise KeyError(target)

    def assumed_for(self, anode: AnodeType | None) -> AssumedTargets:
        """The targets assumed for an anode type; `unknown` when the type is open."""
        return self.assumed_targets.get(anode or "unknown", self.assumed_targets["unknown"])

    def kind(self, option: str) -> Literal["technique", "pairing"]:
        """Whether an option is a single technique or a pairing."""
        return "technique" if option in self.techniques else "pairing"

    def name(self, option: str) -> str:
        """The name a reader sees: the short name of a technique, the name of a pairing."""
        if option in self.techniques:
            return self.techniques[option].short
        return self.combinations[option].name


SECTIONS = frozenset(KnowledgeBase.model_fields) - {"sha256", "overlays", "lab", "lab_name"}


def file_schema() -> dict[str, Any]:
    """JSON Schema of one knowledge file: any of the sections, each as in the shipped files.

    Techniques and variants are laid over the shipped ones field by field, so none of their fields has to be given.
    """
    schema = KnowledgeBase.model_json_schema()
    schema["title"] = "insitu-advisor knowledge file"
    schema["properties"] = {name: field for name, field in schema["properties"].items() if name in SECTIONS}
    for part in (schema, schema["$defs"]["Technique"], schema["$defs"]["Variant"]):
        part.pop("required", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
