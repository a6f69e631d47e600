"""Zero reports (零报告): an organisation states that it looked and found nothing, which is not the same as silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.calendar import BEIJING_TIME
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord
from workflows.organisations.models import Organisation, OrganisationKind, Person, RoleAssignment
from workflows.organisations.roles import Role
from workflows.permissions import GOVERNMENT
from workflows.sentences import Sentence, sentence
from workflows.statistics.models import ZeroReport
from workflows.statistics.periods import Period
from workflows.statistics.registered import has_registered

DECLARING: Final = (
    Role.COMMITTEE_OFFICE,
    Role.DEPARTMENT_INSPECTOR,
    Role.DEPARTMENT_LEADER,
    Role.UNIT_LEADER,
    Role.RESPONSIBLE_PERSON,
)
"""Who may state it for an organisation at which they have one of these roles."""

REPORTING: Final = (*sorted(GOVERNMENT), OrganisationKind.DEPARTMENT, OrganisationKind.ENTERPRISE)


def declare_zero(
    uow: UnitOfWork, campaign: Campaign, organisation: Organisation, period: Period, *, looked_at: str, by: str
) -> ZeroReport:
    """State for an organisation that nothing was found in a period; saying it again changes nothing.

    `looked_at` says what was looked at. Raises InvalidRecord by field when the period has not begun or lies outside the
    campaign, and when hazards of the organisation are on the ledger that were registered in it.
    """
    if errors := _errors(uow, campaign, organisation, period, looked_at):
        raise InvalidRecord(errors)
    if (present := _declared(uow.session, campaign.id, organisation.id, period)) is not None:
        return present
    report = ZeroReport(
        campaign_id=campaign.id,
        organisation_id=organisation.id,
        region_path=organisation.region_path,
        sector=organisation.sector,
        period=period.kind,
        first_day=period.first_day,
        last_day=period.last_day,
        looked_at=looked_at,
        declared_at=uow.now,
        declared_by=by,
    )
    uow.session.add(report)
    uow.session.flush()
    told = {"campaign": campaign.id, "organisation": organisation.id, "first_day": period.first_day.isoformat()}
    publish(uow, "zero_report.declared", f"organisation-{organisation.id}", told | {"period": period.kind.value})
    return report


def declared_by(session: Session, campaign_id: int, organisations: Iterable[int], limit: int) -> Sequence[ZeroReport]:
    """The latest reports of these organisations, the newest first."""
    wanted = select(ZeroReport).where(
        ZeroReport.campaign_id == campaign_id, ZeroReport.organisation_id.in_(sorted(organisations))
    )
    return session.scalars(wanted.order_by(ZeroReport.first_day.desc(), ZeroReport.id.desc()).limit(limit)).all()


def organisations_of(session: Session, person: Person) -> Sequence[Organisation]:
    """The organisations for which a person may declare, by name."""
    held = select(RoleAssignment.organisation_id).where(
        RoleAssignment.person_id == person.id, RoleAssignment.role.in_(DECLARING)
    )
    wanted = select(Organisation).where(Organisation.id.in_(held), Organisation.kind.in_(REPORTING))
    return session.scalars(wanted.order_by(Organisation.name)).all()


def _declared(session: Session, campaign_id: int, organisation_id: int, period: Period) -> ZeroReport | None:
    wanted = select(ZeroReport).where(
        ZeroReport.campaign_id == campaign_id,
        ZeroReport.organisation_id == organisation_id,
        ZeroReport.first_day == period.first_day,
        ZeroReport.period == period.kind,
    )
    return session.scalars(wanted).one_or_none()


def _errors(
    uow: UnitOfWork, campaign: Campaign, organisation: Organisation, period: Period, looked_at: str
) -> dict[str, Sentence]:
    today = uow.now.astimezone(BEIJING_TIME).date()
    if period.last_day < campaign.first_day or period.first_day > campaign.last_day:
        return {"day": sentence("%(day)s lies outside the campaign", day=period.first_day)}
    if period.first_day > today:
        return {"day": sentence("nobody can say yet what is found from %(day)s on", day=period.first_day)}
    if not looked_at.strip():
        return {"looked_at": sentence("say what was looked at; a zero report without that says nothing")}
    if has_registered(uow.session, campaign.id, organisation, period):
        who = organisation.name
        return {"day": sentence("hazards of %(who)s were registered in that time; it is no zero report", who=who)}
    return {}
