"""The desk at which zero reports are declared: for whom, for which day or week, and what was declared before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from web.pages.statistics.asked import campaign_asked
from web.security.identity import signed_in
from web.wiring import settings
from web.words import in_words
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord
from workflows.organisations.models import Organisation
from workflows.organisations.people import person_by_account
from workflows.sentences import sentence
from workflows.statistics.models import ZeroReport
from workflows.statistics.periods import PeriodKind, period_of
from workflows.statistics.zero_reports import declare_zero, declared_by, organisations_of

SHOWN: Final = 30


@dataclass(frozen=True)
class Declaration:
    """What was entered, as it was entered."""

    campaign: str
    organisation: str
    period: PeriodKind
    day: str
    looked_at: str

    @classmethod
    def of(cls, entered: Mapping[str, str]) -> Declaration:
        """The declaration of a form or an address."""
        kind = next((each for each in PeriodKind if each.value == entered.get("period")), PeriodKind.WEEK)
        told = (entered.get(name, "").strip() for name in ("campaign", "organisation", "day", "looked_at"))
        campaign, organisation, day, looked_at = told
        return cls(campaign, organisation, kind, day, looked_at)


@dataclass(frozen=True)
class Desk:
    """The page: what may be declared, what was entered, and what is on record."""

    campaign: Campaign
    organisations: Sequence[Organisation]
    entered: Declaration
    today: date
    reports: Sequence[ZeroReport]

    @property
    def choices(self) -> Sequence[tuple[int, str]]:
        """For whom the person may declare."""
        return [(each.id, each.name) for each in self.organisations]

    @property
    def periods(self) -> Sequence[tuple[PeriodKind, str]]:
        """For how long, in words."""
        return [(kind, in_words(kind)) for kind in PeriodKind]

    @property
    def names(self) -> Mapping[int, str]:
        return {each.id: each.name for each in self.organisations}


def desk_of(uow: UnitOfWork, entered: Declaration) -> Desk:
    """The desk of the signed-in person."""
    campaign = campaign_asked(uow, entered.campaign)
    own = _own(uow)
    reports = declared_by(uow.session, campaign.id, [each.id for each in own], SHOWN)
    return Desk(campaign, own, entered, settings().calendar.local_date(uow.now), reports)


def declare(uow: UnitOfWork, entered: Declaration) -> str:
    """Put a declaration on record and return for whom. Raises InvalidRecord by field, NotPermitted."""
    own = {str(each.id): each for each in _own(uow)}
    if not own:
        raise NotPermitted("nobody reports zero but who answers for a region, a department or a unit")
    if entered.organisation not in own:
        raise InvalidRecord({"organisation": sentence("choose for whom you report")})
    organisation = own[entered.organisation]
    try:
        day = date.fromisoformat(entered.day)
    except ValueError as unreadable:
        raise InvalidRecord({"day": sentence("write the day as in 2022-11-08")}) from unreadable
    period = period_of(day, entered.period)
    campaign = campaign_asked(uow, entered.campaign)
    declare_zero(uow, campaign, organisation, period, looked_at=entered.looked_at, by=signed_in().account)
    return organisation.name


def _own(uow: UnitOfWork) -> Sequence[Organisation]:
    person = person_by_account(uow.session, signed_in().account)
    return organisations_of(uow.session, person) if person is not None else []
