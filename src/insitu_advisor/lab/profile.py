"""What a lab profile says."""

from typing import Annotated, Literal

from pydantic import Field

from insitu_advisor.knowledge.claim import Entry, Id, Text
from insitu_advisor.knowledge.forms import FrozenMap
from insitu_advisor.knowledge.tier import Tier

Access = Literal["owned", "shared", "partner", "by-proposal"]
Rung = Literal["this week", "this quarter", "with a proposal"]
RUNGS: tuple[Rung, ...] = ("this week", "this quarter", "with a proposal")
USUAL_WEEKS = {"owned": 0.0, "shared": 1.0, "partner": 6.0, "by-proposal": 26.0}
WEEK, QUARTER = 1.0, 13.0


class Instrument(Entry):
    """One instrument: how it is reached, how long that takes, and the lab's own tiers where they differ."""

    access: Access
    lead_weeks: Annotated[float, Field(ge=0, le=520, strict=True)] | None = None
    cost: Tier | None = None
    preparation: Tier | None = None
    note: Text | None = None

    @property
    def weeks(self) -> float:
        """Weeks until it can be used: as written, or what is usual for its access class (our judgement)."""
        return USUAL_WEEKS[self.access] if self.lead_weeks is None else self.lead_weeks

    @property
    def rung(self) -> Rung:
        """When it can be used: within a week, within a quarter, or later and by proposal."""
        if self.access == "by-proposal" or self.weeks > QUARTER:
            return "with a proposal"
        return "this week" if self.weeks <= WEEK else "this quarter"


class LabProfile(Entry):
    """A laboratory: its instruments by facility id, and the cells and electrolytes at hand."""

    name: Text
    instruments: FrozenMap[Id, Instrument]
    cells: tuple[Text, ...] = ()
    electrolytes: tuple[Text, ...] = ()
