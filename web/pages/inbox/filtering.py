"""The bar of filters above the inbox: what can be chosen, and what is chosen as chips that take it back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from web.pages.inbox.choice import Choice
from web.words import in_words
from workflows.campaigns.models import Campaign
from workflows.geography.divisions import HENAN, RegionLevel, divisions
from workflows.hazards.words import Severity, Stage
from workflows.organisations.sectors import Sector

Options = Sequence[tuple[str, str]]
STAGES_WITH_TASKS = (Stage.SELF_CHECK, Stage.SPECIAL_INSPECTION, Stage.SPOT_CHECK, Stage.CLOSURE)


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, and the address without it."""

    label: str
    words: str
    address: str


@dataclass(frozen=True)
class FilterBar:
    """The options of each choice, as value and words; campaigns only when there are several."""

    stages: Options
    cities: Options
    counties: Options
    sectors: Options
    severities: Options
    campaigns: Options
    chips: Sequence[Chip]


def filter_bar(uow: UnitOfWork, choice: Choice) -> FilterBar:
    """The bar for a choice; counties are those of the chosen city."""
    campaigns = _campaigns(uow)
    return FilterBar(
        stages=_words(STAGES_WITH_TASKS),
        cities=_places(RegionLevel.CITY, HENAN),
        counties=_places(RegionLevel.COUNTY, choice.city) if choice.city else (),
        sectors=_words(Sector),
        severities=_words(Severity),
        campaigns=campaigns if len(campaigns) > 1 else (),
        chips=list(_chips(choice, dict(campaigns))),
    )


def _words(members: Sequence[StrEnum] | type[StrEnum]) -> Options:
    return [(member.value, in_words(member)) for member in members]


def _places(level: RegionLevel, superior: str) -> Options:
    return [(it.code, it.name) for it in divisions().values() if it.level is level and it.parent_code == superior]


def _campaigns(uow: UnitOfWork) -> Options:
    newest_first = select(Campaign.id, Campaign.name).order_by(Campaign.first_day.desc(), Campaign.id.desc())
    return [(str(row.id), row.name) for row in uow.session.execute(newest_first.limit(50))]


def _chips(choice: Choice, campaigns: dict[str, str]) -> Iterator[Chip]:
    asked, places = choice.asked, divisions()
    chosen = (
        (gettext("Due"), choice.urgency and in_words(choice.urgency), choice.only(None)),
        (gettext("Search"), asked.words, choice.asking(words="")),
        (gettext("Stage"), asked.stage and in_words(asked.stage), choice.asking(stage=None)),
        (gettext("City"), choice.city and places[choice.city].name, choice.asking(region_code="")),
        (gettext("County"), choice.county and places[choice.county].name, choice.asking(region_code=choice.city)),
        (gettext("Sector"), asked.sector and in_words(asked.sector), choice.asking(sector=None)),
        (gettext("Severity"), asked.severity and in_words(asked.severity), choice.asking(severity=None)),
        (gettext("Campaign"), campaigns.get(str(asked.campaign_id)), choice.asking(campaign_id=None)),
    )
    for label, words, without in chosen:
        if words:
            yield Chip(label, words, without.address)
