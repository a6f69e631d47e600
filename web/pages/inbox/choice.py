"""Which part of the inbox is asked for. It stands in the address, so that it can be bookmarked and shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for

from web.pages.inbox.tabs import Whose
from web.times import Urgency
from workflows.geography.divisions import RegionLevel, divisions
from workflows.hazards.words import Severity, Stage
from workflows.inbox.narrowing import HazardFilter
from workflows.organisations.sectors import Sector

E = TypeVar("E", bound=StrEnum)
LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Choice:
    """A tab, one band of it or all, and the facts that the tasks' hazards must have."""

    whose: Whose = Whose.ALL
    urgency: Urgency | None = None
    asked: HazardFilter = field(default_factory=HazardFilter)

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> Choice:
        """The choice that an address makes; what it spells wrongly counts as not chosen."""
        campaign = arguments.get("campaign", "")
        asked = HazardFilter(
            words=" ".join(arguments.get("q", "").split())[:LONGEST_SEARCH],
            stage=_member(Stage, arguments.get("stage")),
            region_code=_region(arguments.get("city", ""), arguments.get("county", "")),
            sector=_member(Sector, arguments.get("sector")),
            severity=_member(Severity, arguments.get("severity")),
            campaign_id=int(campaign) if campaign.isdecimal() and len(campaign) < 10 else None,
        )
        whose = _member(Whose, arguments.get("whose")) or Whose.ALL
        return cls(whose, _member(Urgency, arguments.get("urgency")), asked)

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out of the tab."""
        return self.urgency is None and self.asked.is_empty

    @property
    def city(self) -> str:
        """The chosen city, or that of the chosen county."""
        code = self.asked.region_code
        if code and divisions()[code].level is RegionLevel.COUNTY:
            return divisions()[code].parent_code or ""
        return code

    @property
    def county(self) -> str:
        code = self.asked.region_code
        return code if code and divisions()[code].level is RegionLevel.COUNTY else ""

    @property
    def arguments(self) -> dict[str, Any]:
        """What makes this choice in an address; nothing for what is not chosen."""
        asked = self.asked
        all_of_them = {
            "whose": self.whose if self.whose is not Whose.ALL else None,
            "urgency": self.urgency,
            "q": asked.words,
            "stage": asked.stage,
            "city": self.city,
            "county": self.county,
            "sector": asked.sector,
            "severity": asked.severity,
            "campaign": asked.campaign_id,
        }
        return {name: str(value) for name, value in all_of_them.items() if value}

    @property
    def address(self) -> str:
        """The page that shows this choice."""
        return url_for("inbox.show", **self.arguments)

    @property
    def open(self) -> Choice:
        """The same among open tasks: done ones give way to all that are open."""
        return replace(self, whose=Whose.ALL) if self.whose is Whose.DONE else self

    def within(self, whose: Whose) -> Choice:
        """The same facts in another tab."""
        return replace(self, whose=whose, urgency=None)

    def only(self, urgency: Urgency | None) -> Choice:
        """The same with one band, or with all of them."""
        return replace(self, urgency=urgency)

    def asking(self, **facts: Any) -> Choice:
        """The same with other facts asked for."""
        return replace(self, asked=replace(self.asked, **facts))


def _member(kind: type[E], value: str | None) -> E | None:
    return next((member for member in kind if member.value == value), None)


def _region(city: str, county: str) -> str:
    """The county when it lies in the city, or no city is chosen; otherwise the city."""
    known = divisions()
    if county in known and known[county].level is RegionLevel.COUNTY and city in {"", known[county].parent_code}:
        return county
    return city if city in known and known[city].level is RegionLevel.CITY else ""
