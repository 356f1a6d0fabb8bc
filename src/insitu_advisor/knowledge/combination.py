"""What the knowledge base says about a pairing of techniques."""

from typing import Annotated, Literal

from pydantic import Field

from insitu_advisor.knowledge.claim import AnodeType, Claim, Id, Ion, Scale, Statement, Text
from insitu_advisor.knowledge.forms import FrozenMap


class Case(Statement):
    """A published study that used both members. `confirmed` says whether a title or abstract bears it out."""

    ion: Ion
    anode: AnodeType
    saw: FrozenMap[Id, Text]
    confirmed: Literal["confirmed", "unconfirmed"]
    caution: Text | None = None


class Combination(Claim):
    """Two techniques used together: what each adds, where it was done, and when it is not worth it."""

    name: Text
    members: Annotated[tuple[Id, Id], Field()]
    idea: Text
    adds: FrozenMap[Id, Text]
    bridges: tuple[Scale, ...] = ()
    cases: tuple[Case, ...] = ()
    not_worth_it: tuple[Statement, ...] = ()
    together: Text | None = None

    def documented_for(self, ion: str | None, anode: str | None) -> Case | None:
        """The case with this ion and anode type, a confirmed one first, or None."""
        found = [case for case in self.cases if case.ion == ion and case.anode == anode]
        return min(found, key=lambda case: case.confirmed != "confirmed", default=None)
