"""Conditional knowledge: a closed set of rule kinds over a closed set of conditions."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from insitu_advisor.knowledge.claim import (
    AnodeType,
    CellWord,
    Claim,
    ElectrolyteKind,
    Entry,
    Id,
    Ion,
    Reach,
    Scale,
    Text,
)

RuleKind = Literal["cap", "raise", "blur", "exclude", "caution", "prepare"]
STEERING_KINDS = frozenset({"cap", "raise", "blur", "exclude"})


Celsius = Annotated[float, Field(ge=-273, le=2000, allow_inf_nan=False)]


class Condition(Entry):
    """When a rule applies: every field that is given must match; any value of a list will do."""

    ions: tuple[Ion, ...] = ()
    anodes: tuple[AnodeType, ...] = ()
    materials: tuple[Id, ...] = ()
    traits: tuple[Id, ...] = ()
    cells: tuple[CellWord, ...] = ()
    electrolytes: tuple[ElectrolyteKind, ...] = ()
    temperature_above: Celsius | None = None
    temperature_below: Celsius | None = None
    targets: tuple[Id, ...] = ()
    c_rate_above: Annotated[float, Field(gt=0, allow_inf_nan=False, strict=True)] | None = None


class Rule(Claim):
    """One rule: kind, condition, effect, the sentence a reader sees, and its sources.

    A blur says how far the technique still resolves a `scale`. A caution with `own_cell` says that the technique runs
    in a cell of its own and not in the `cells` it names.
    """

    kind: RuleKind
    technique: Id
    variants: tuple[Id, ...] = ()
    when: Condition = Condition()
    targets: tuple[Id, ...] = ()
    rating: Annotated[int, Field(ge=0, le=3, strict=True)] | None = None
    scale: Scale | None = None
    reach: Reach | None = None
    sentence: Text
    remedy: Text | None = None
    own_cell: Annotated[bool, Field(strict=True)] = False

    @model_validator(mode="after")
    def _effect_fits_the_kind(self) -> "Rule":
        if self.kind in {"cap", "raise"}:
            if self.rating is None or not self.targets:
                raise ValueError(f"'{self.kind}' rules need 'targets' and a 'rating'")
        elif self.rating is not None or self.targets:
            raise ValueError(f"'{self.kind}' rules take neither 'targets' nor 'rating' (put targets under 'when')")
        if (self.kind == "blur") != (self.scale is not None and self.reach is not None):
            raise ValueError("a 'blur' rule, and no other, needs a 'scale' and its 'reach'")
        if self.kind in STEERING_KINDS and (self.when.targets or self.when.c_rate_above):
            raise ValueError(f"'{self.kind}' rules may not depend on targets or the C-rate")
        if self.own_cell and (self.kind != "caution" or not self.when.cells):
            raise ValueError("'own_cell' belongs to a caution that names the cells it does not run in under 'when'")
        return self
