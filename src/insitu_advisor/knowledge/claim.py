"""The smallest unit of knowledge: a statement with its basis and its sources."""

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import core_schema

from insitu_advisor.knowledge.forms import Form

Ion = Literal["Li", "Na", "K"]
AnodeType = Literal["intercalation", "alloy", "conversion", "metal"]
Scale = Literal["atomic", "particle", "electrode", "cell"]
CellWord = Literal["half", "full", "symmetric", "anode-free", "coin", "pouch", "cylindrical", "unopened"]
ElectrolyteKind = Literal["carbonate", "ether", "ionic-liquid", "aqueous", "polymer", "sulfide", "oxide"]
Reach = Literal["full", "partly", "none"]
BasisKind = Literal["review", "literature", "facility", "derived", "judgement"]

BASES: Mapping[BasisKind, str] = MappingProxyType(
    {
        "review": "the review",
        "literature": "papers or their data",
        "facility": "makers' or facilities' pages",
        "derived": "arithmetic on cited figures",
        "judgement": "our own judgement",
    }
)


def printable(text: str) -> str:
    """Refuse control and formatting characters, which could steer a terminal or hide text."""
    if text.isprintable():
        return text
    if "\n" in text:
        raise ValueError("holds a line break; write '>-' instead of '|' to fold the lines into one")
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
            raise ValueError(f"holds a control character (U+{ord(character):04X}); write plain text")
    return text


Text = Annotated[
    str, Form(core_schema.no_info_after_validator_function(printable, core_schema.str_schema(min_length=1)))
]
Id = Annotated[str, Form(core_schema.str_schema(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60))]
PairingId = Annotated[str, Form(core_schema.str_schema(pattern=r"^[a-z0-9-]+(\+[a-z0-9-]+)+$", max_length=120))]
BasisText = Annotated[
    str,
    Form(core_schema.str_schema(pattern=r"^(review \d(\.\d+)?(-\d(\.\d+)?)?|literature|facility|derived|judgement)$")),
]
Number = Annotated[float, Form(core_schema.float_schema(gt=0, allow_inf_nan=False, strict=True))]


class Entry(BaseModel):
    """A piece of the knowledge base: read-only, with no field beyond those it names."""

    # Modules that define entries leave out `from __future__ import annotations`, since pydantic would have to evaluate
    # each annotation from its text: 247 of them took 6 ms of every start.
    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, validate_default=True, defer_build=True
    )


class Claim(Entry):
    """A statement that carries where it comes from.

    `basis` is the strongest ground; `sources` are reference keys that say the same. An entry without a basis is a
    judgement: forgetting to name a source can only ever make a claim look weaker than it is.
    """

    basis: BasisText = "judgement"
    sources: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _printed_claims_name_their_source(self) -> "Claim":
        if self.basis in {"literature", "facility"} and not self.sources:
            raise ValueError(f"basis '{self.basis}' needs at least one key in 'sources'")
        return self

    @property
    def basis_kind(self) -> BasisKind:
        """The basis without the section of the review."""
        return self.basis.split(" ", 1)[0]  # type: ignore[return-value]


class Statement(Claim):
    """A claim whose content is one sentence."""

    says: Text


class Graded(Claim):
    """A claim about whether something is reached, with the reason."""

    because: Text


class ScaleReading(Graded):
    """Whether a variant resolves one length scale."""

    reach: Reach


class Following(Graded):
    """Whether a variant can watch a cell cycle at a realistic rate."""

    answer: Reach
