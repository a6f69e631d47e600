"""A unit asks for more time: what is checked before anyone has to decide, and the process that then begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.events import publish
from engine.instances import start
from engine.runtime import UnitOfWork
from engine.storage.models import TaskStatus, UserTask
from workflows.calendar import BEIJING_TIME
from workflows.campaigns.models import Campaign
from workflows.errors import InvalidRecord, OutOfScope, Refused, WrongStage
from workflows.extension_request.models import ExtensionRequest, pending_request
from workflows.hazards.facts import facts_of
from workflows.hazards.models import Hazard
from workflows.hazards.words import Severity, Stage
from workflows.listed_supervision import supervision_under_way
from workflows.organisations.people import groups_of, person_by_account
from workflows.organisations.roles import Role, group_name
from workflows.records import Record
from workflows.sentences import Sentence, sentence

PROCESS: Final = "extension_request"
RECTIFY: Final = "rectify"


def request_extension(
    uow: UnitOfWork, hazard: Hazard, *, until: date, reason: str, evidence: Sequence[str] = (), by: str
) -> ExtensionRequest:
    """Ask that a hazard's rectification may last until the close of the day `until`; starts `extension_request`.

    Only the unit may ask, and only while it rectifies. `evidence` are references of the upload store. Raises
    OutOfScope, WrongStage, Refused while a request is pending, and InvalidRecord naming each wrong field.
    """
    refuse_unless_may_ask(uow.session, hazard, by)
    present = hazard.due_at
    if present is None:
        raise Refused(
            sentence("hazard '%(hazard)s' has no time limit yet; its plan sets the first one", hazard=hazard.number)
        )
    _refuse_invalid(uow.session, hazard, present.astimezone(BEIJING_TIME).date(), until, reason)
    request = ExtensionRequest(
        hazard_id=hazard.id,
        present_due_at=present,
        until=until,
        reason=reason,
        evidence=list(evidence),
        requested_by=by,
        requested_at=uow.now,
    )
    uow.session.add(request)
    uow.session.flush()
    publish(uow, "extension.requested", hazard.number, {"request": request.id, "until": until.isoformat()})
    start(uow, PROCESS, _variables(uow.session, hazard, request), business_key=hazard.number, by=by)
    return request


def refuse_unless_may_ask(session: Session, hazard: Hazard, account: str) -> None:
    """Raises OutOfScope for a person who does not act for the unit, WrongStage or Refused while nobody may ask."""
    _refuse_strangers(session, hazard, account)
    _refuse_unless_rectifying(session, hazard)


def rectification_task(session: Session, hazard: Hazard) -> UserTask | None:
    """The open task in which the unit puts the hazard right; None when it is not at that."""
    return session.scalars(
        select(UserTask).where(
            UserTask.business_key == hazard.number,
            UserTask.element_id == RECTIFY,
            UserTask.status == TaskStatus.OPEN,
        )
    ).one_or_none()


def last_day_allowed(session: Session, hazard: Hazard) -> date | None:
    """The latest day to which a limit may be moved: the campaign's last, by which general hazards must be closed.

    None for a major hazard, whose treatment may outlast the campaign; whoever grants it decides. This is our reading of
    the notice of 8 November 2022, which sets the campaign's end and no limit for single hazards.
    """
    if hazard.severity is Severity.MAJOR:
        return None
    return session.get_one(Campaign, hazard.campaign_id).last_day


def _refuse_strangers(session: Session, hazard: Hazard, account: str) -> None:
    person = person_by_account(session, account)
    if person is None or not person.active or not groups_of(session, person) & _groups(hazard):
        raise OutOfScope(
            sentence(
                "%(account)s does not act for %(unit)s, which must rectify %(hazard)s",
                account=account,
                unit=hazard.unit_name,
                hazard=hazard.number,
            )
        )


def _groups(hazard: Hazard) -> set[str]:
    """Who acts for the unit: its own people, or the committee office for a unit that is no organisation of ours."""
    if hazard.unit_id is None:
        return {group_name(Role.COMMITTEE_OFFICE, hazard.committee_id)}
    return {group_name(role, hazard.unit_id) for role in (Role.RESPONSIBLE_PERSON, Role.UNIT_LEADER)}


def _refuse_unless_rectifying(session: Session, hazard: Hazard) -> None:
    if hazard.stage is not Stage.SELF_CHECK:
        raise WrongStage(Record.HAZARD, hazard.number, expected=[Stage.SELF_CHECK], actual=hazard.stage)
    if rectification_task(session, hazard) is None:
        raise Refused(
            sentence(
                "hazard '%(hazard)s' is not being rectified; only a rectification under way can be given more time",
                hazard=hazard.number,
            )
        )
    if pending_request(session, hazard.id) is not None:
        raise Refused(
            sentence("a request for '%(hazard)s' is pending already; wait for the answer to it", hazard=hazard.number)
        )


def _refuse_invalid(session: Session, hazard: Hazard, present: date, until: date, reason: str) -> None:
    errors: dict[str, Sentence] = {}
    latest = last_day_allowed(session, hazard)
    if until <= present:
        errors["until"] = sentence("it must be later than the present limit, %(limit)s", limit=present)
    elif latest is not None and until > latest:
        errors["until"] = sentence("it must not be later than the campaign's last day, %(day)s", day=latest)
    if not reason.strip():
        errors["reason"] = sentence("it must not be empty")
    if errors:
        raise InvalidRecord(errors)


def _variables(session: Session, hazard: Hazard, request: ExtensionRequest) -> dict[str, Any]:
    """What the diagram starts with; `committee` is the one that listed the hazard, whose office then decides."""
    listing = supervision_under_way(session, hazard.id)
    return {
        "hazard": facts_of(session, hazard),
        "request": {
            "id": request.id,
            "present_limit": request.present_due_at.astimezone(BEIJING_TIME).date().isoformat(),
            "until": request.until.isoformat(),
            "reason": request.reason,
            "requested_by": request.requested_by,
            "committee": listing.committee_id if hazard.listed and listing else None,
        },
    }
