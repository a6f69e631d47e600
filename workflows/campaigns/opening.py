"""Opens campaigns; Henan's look-back of 2022 is the one that is delivered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.campaigns.content_areas import ContentArea
from workflows.campaigns.models import Campaign, CampaignPhase, PhaseKind
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.organisations.sectors import Sector
from workflows.records import Record
from workflows.sentences import Sentence, sentence


@dataclass(frozen=True)
class CampaignPlan:
    """What is fixed about a campaign before it opens. Without phases, each line of work lasts the whole campaign."""

    code: str
    name: str
    first_day: date
    last_day: date
    content_areas: Sequence[ContentArea] = tuple(ContentArea)
    sectors: Sequence[Sector] = tuple(Sector)
    phases: Sequence[tuple[PhaseKind, date, date]] = field(default=())


HENAN_2022 = CampaignPlan(
    code="henan-2022",
    name="河南省安全生产大检查“回头看”",
    first_day=date(2022, 11, 8),
    last_day=date(2023, 1, 31),
)
"""Source: the Henan Safety Committee's look-back notice of 8 November 2022."""


def open_campaign(uow: UnitOfWork, plan: CampaignPlan, *, committee_id: int, by: str) -> Campaign:
    """Begin a campaign. Raises InvalidRecord for dates that do not fit, Refused when the code is taken."""
    if errors := check_dates(plan):
        raise InvalidRecord(errors)
    if uow.session.scalars(select(Campaign).where(Campaign.code == plan.code)).first() is not None:
        raise Refused(sentence("there is a campaign '%(code)s' already; give this one another code", code=plan.code))
    phases = plan.phases or [(kind, plan.first_day, plan.last_day) for kind in PhaseKind]
    campaign = Campaign(
        code=plan.code,
        name=plan.name,
        committee_id=committee_id,
        first_day=plan.first_day,
        last_day=plan.last_day,
        content_areas=[area.value for area in plan.content_areas],
        sectors=[sector.value for sector in plan.sectors],
        created_at=uow.now,
        created_by=by,
        phases=[CampaignPhase(kind=kind, first_day=first, last_day=last) for kind, first, last in phases],
    )
    uow.session.add(campaign)
    uow.session.flush()
    publish(uow, "campaign.opened", f"campaign-{campaign.id}", {"campaign": campaign.id, "code": campaign.code})
    return campaign


def campaign_by_code(session: Session, code: str) -> Campaign:
    """The campaign with this code. Raises UnknownRecord."""
    found = session.scalars(select(Campaign).where(Campaign.code == code)).one_or_none()
    if found is None:
        raise UnknownRecord(Record.CAMPAIGN, code)
    return found


def check_dates(plan: CampaignPlan) -> dict[str, Sentence]:
    """What is wrong with a plan's days, by field: the phases lie within it, each in order."""
    errors: dict[str, Sentence] = {}
    if plan.last_day < plan.first_day:
        errors["last_day"] = sentence(
            "the last day %(last)s lies before the first, %(first)s", last=plan.last_day, first=plan.first_day
        )
    for kind, first, last in plan.phases:
        if not plan.first_day <= first <= last <= plan.last_day:
            errors[f"phases.{kind.value}"] = sentence(
                "%(first)s to %(last)s lies outside the campaign", first=first, last=last
            )
    return errors
