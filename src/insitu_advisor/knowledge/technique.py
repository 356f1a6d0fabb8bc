"""What the knowledge base says about one technique."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from insitu_advisor.knowledge.claim import (
    AnodeType,
    CellWord,
    Claim,
    Entry,
    Following,
    Id,
    Ion,
    Number,
    Scale,
    ScaleReading,
    Statement,
    Text,
)
from insitu_advisor.knowledge.forms import FrozenMap
from insitu_advisor.knowledge.tier import Tier

Quantity = Literal["time-per-point", "lateral", "depth", "precision", "range"]
TempoClass = Literal["seconds", "minutes", "tens-of-minutes", "hours"]
Rating = Annotated[int, Field(ge=1, le=3, strict=True)]
Standing = Annotated[int, Field(ge=0, le=3, strict=True)]

RATING_WORDS = ("blind", "hint only", "good", "best")
STANDING_WORDS = ("none found", "isolated", "several studies", "established")


class Ontology(Entry):
    """Terms of public ontologies: CHAMEO local name, CHMO and PaNET numbers, and how well CHAMEO fits."""

    chameo: Text
    match: Literal["exact", "close", "broad"]
    chmo: Text | None = None
    panet: Text | None = None
    note: Text | None = None


class Sight(Claim):
    """What a technique sees of one target: 1 indirect, 2 good, 3 primary. A zero stands under `blind_to`.

    `scales` stands where the target is resolved otherwise than the way resolves in general.
    """

    rating: Rating
    sees: Text
    scales: FrozenMap[Scale, ScaleReading] = Field(default_factory=dict)


class Figure(Claim):
    """A number with its unit and, above all, its meaning. `value` is one number or [low, high]."""

    quantity: Quantity
    of: Text | None = None
    value: Number | tuple[Number, Number]
    unit: Text
    means: Text

    @property
    def low(self) -> float:
        """The smaller end of the value."""
        return min(self.value) if isinstance(self.value, tuple) else self.value

    @property
    def high(self) -> float:
        """The larger end of the value."""
        return max(self.value) if isinstance(self.value, tuple) else self.value


class Tempo(Entry):
    """Order of magnitude of the time per data point where none is printed anywhere: always a judgement."""

    tempo: TempoClass = Field(alias="class")
    because: Text


class Graded(Statement):
    """A tier of cost or effort with its wording."""

    tier: Tier


class Variant(Entry):
    """One way of doing a technique; `short` names it in a table.

    Ratings and tiers given here replace those of the technique.
    """

    name: Text
    short: Text | None = None
    facilities: Annotated[tuple[Id, ...], Field(min_length=1)]
    information: FrozenMap[Id, Sight] = Field(default_factory=dict)
    blind_to: FrozenMap[Id, Text] = Field(default_factory=dict)
    cost: Graded | None = None
    preparation: Graded | None = None
    scales: FrozenMap[Scale, ScaleReading] = Field(default_factory=dict)
    resolution: tuple[Figure, ...] = ()
    tempo: Tempo | None = None
    unknown: tuple[Text, ...] = ()
    follows_cycling: Following | None = None

    @property
    def time_per_point(self) -> Figure | None:
        """The practised time per data point, in seconds; None where nothing is printed."""
        return next((f for f in self.resolution if f.quantity == "time-per-point"), None)

    @model_validator(mode="after")
    def _printed_time_is_in_seconds_and_stands_alone(self) -> "Variant":
        time = self.time_per_point
        if time and time.unit != "s":
            raise ValueError("time-per-point must be given in s")
        if time and self.tempo:
            raise ValueError("a printed time-per-point leaves no room for a tempo class")
        return self


class Role(Claim):
    """What a technique is used for on one anode type; `standing` (0-3) is what its basis says of how established."""

    standing: Standing | None = None
    role: Text


class IonStanding(Claim):
    """What holds a technique back or helps it with one ion; `standing` as for a role."""

    standing: Standing | None = None
    why: Text


class SetUp(Entry):
    """What cell, window, sample, isotopes and electrolyte a technique asks for."""

    cell: Statement
    window: Statement
    sample: Statement
    isotopes: Statement
    electrolyte: Statement


class Narrowing(Entry):
    """The questions a blind spot bears on; whatever is left out is open. A cell narrows where one was asked."""

    ion: tuple[Ion, ...] = ()
    anode: tuple[AnodeType, ...] = ()
    material: tuple[Id, ...] = ()
    variant: tuple[Id, ...] = ()
    target: tuple[Id, ...] = ()
    cell: tuple[CellWord, ...] = ()


class BlindSpot(Statement):
    """What a technique cannot see or what misleads, with the cheapest check.

    `rule` names the caution that says the same in short, so that no page says both.
    """

    check: Text
    rule: Id | None = None
    when: Narrowing = Narrowing()


class Step(Claim):
    """One line of the preparation checklist."""

    do: Text


class Example(Statement):
    """The worked example of the review, described correctly."""

    ion: Ion
    anode: Literal["intercalation", "alloy", "conversion", "metal", "not an anode"]
    caution: Text | None = None


class Technique(Entry):
    """One technique: what it tells, what it is blind to, how it is done, and what to beware of."""

    name: Text
    short: Text
    what: Text
    ontology: Ontology | None = None
    information: FrozenMap[Id, Sight]
    blind_to: FrozenMap[Id, Text] = Field(default_factory=dict)
    variants: Annotated[FrozenMap[Id, Variant], Field(min_length=1)]
    roles: FrozenMap[AnodeType, Role]
    ions: FrozenMap[Ion, IonStanding]
    cost: Graded
    preparation: Graded
    set_up: SetUp | None = None
    blind_spots: tuple[BlindSpot, ...] = ()
    checklist: tuple[Step, ...] = ()
    example: Example | None = None
