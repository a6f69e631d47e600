"""The time limits of a hazard: in force, first set, extended; and the reminders of them, past and to come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from engine.runtime import UnitOfWork
from engine.storage.models import UserTask
from web.times import Due, left_until
from web.wiring import settings
from workflows.errors import CalendarNotCovered
from workflows.escalation.models import Escalation, Notice
from workflows.escalation.outlook import Coming, outlook
from workflows.escalation.steps import EscalationStep
from workflows.extension_request import ExtensionRequest, requests_of
from workflows.hazards.guard import FINAL
from workflows.hazards.models import Hazard
from workflows.organisations.models import Organisation, Person

LATEST = 4
"""How many past reminders stand beside the limits; all of them stand in the chronicle."""

MOST_NAMES = 3
"""How many people of one organisation are named; of more, only how many there are."""


@dataclass(frozen=True)
class Told:
    """The people of one organisation who are told, in words."""

    organisation: str
    people: str


@dataclass(frozen=True)
class Reminder:
    """A step that was taken, or will be taken unless its task ends first."""

    at: datetime
    step: EscalationStep
    task: str
    told: Sequence[Told]
    is_to_come: bool


@dataclass(frozen=True)
class Deadlines:
    """The limits of the rectification, the requests to move them, and the reminders in order of time."""

    due: Due | None
    original: datetime | None
    extensions: Sequence[ExtensionRequest]
    past: Sequence[Reminder]
    more_past: bool
    coming: Sequence[Reminder]


@dataclass(frozen=True)
class Someone:
    """A person with the organisation to which the person belongs."""

    name: str
    organisation: str


def deadlines_of(uow: UnitOfWork, hazard: Hazard) -> Deadlines:
    """Everything about a hazard's time limits; nothing is to come for one that is closed or void."""
    taken = _taken(uow, hazard)
    told = _recipients(uow, [escalation.id for escalation, _ in taken])
    coming = _coming(uow, hazard)
    people = _people(uow, [*(a for some in told.values() for a in some), *(a for it in coming for a in _accounts(it))])
    past = [
        Reminder(it.at, it.step, task, in_words(told.get(it.id, ()), people), is_to_come=False) for it, task in taken
    ]
    return Deadlines(
        due=_due(uow, hazard),
        original=hazard.original_due_at if hazard.original_due_at != hazard.due_at else None,
        extensions=requests_of(uow.session, hazard.id),
        past=past[:LATEST][::-1],
        more_past=len(past) > LATEST,
        coming=[Reminder(it.at, it.step, it.task.name, in_words(_accounts(it), people), True) for it in coming],
    )


def in_words(accounts: Iterable[str], people: Mapping[str, Someone]) -> Sequence[Told]:
    """Who is told, organisation by organisation in the order in which they are."""
    by_organisation: dict[str, list[str]] = {}
    for account in accounts:
        person = people.get(account, Someone(account, ""))
        by_organisation.setdefault(person.organisation, []).append(person.name)
    return [Told(organisation, _named(names)) for organisation, names in by_organisation.items()]


def told_of(uow: UnitOfWork, escalation_ids: Sequence[int]) -> Mapping[int, Sequence[Told]]:
    """Who was told of each of some escalations, as far as the notices have not been withdrawn."""
    if not escalation_ids:
        return {}
    told = _recipients(uow, escalation_ids)
    people = _people(uow, [account for some in told.values() for account in some])
    return {each: in_words(accounts, people) for each, accounts in told.items()}


def _due(uow: UnitOfWork, hazard: Hazard) -> Due | None:
    is_rectified = hazard.rectified_at is not None or hazard.stage in FINAL
    return None if is_rectified else left_until(hazard.due_at, uow.now, settings().calendar)


def _taken(uow: UnitOfWork, hazard: Hazard) -> Sequence[tuple[Escalation, str]]:
    wanted = (
        select(Escalation, UserTask.name)
        .join(UserTask, UserTask.id == Escalation.task_id)
        .where(Escalation.hazard_id == hazard.id)
        .order_by(Escalation.id.desc())
        .limit(LATEST + 1)
    )
    return [(row[0], row[1]) for row in uow.session.execute(wanted)]


def _recipients(uow: UnitOfWork, escalation_ids: Sequence[int]) -> Mapping[int, Sequence[str]]:
    wanted = select(Notice.escalation_id, Notice.recipient).where(Notice.escalation_id.in_(escalation_ids))
    told: dict[int, list[str]] = {}
    for escalation_id, account in uow.session.execute(wanted.order_by(Notice.id)):
        told.setdefault(escalation_id, []).append(account)
    return told


def _coming(uow: UnitOfWork, hazard: Hazard) -> Sequence[Coming]:
    if hazard.stage in FINAL:
        return []
    try:
        return outlook(uow, hazard, settings().calendar)
    except CalendarNotCovered:
        return []


def _accounts(coming: Coming) -> Sequence[str]:
    return [recipient.account for recipient in coming.recipients]


def _people(uow: UnitOfWork, accounts: Iterable[str]) -> Mapping[str, Someone]:
    wanted = (
        select(Person.account, Person.name, Organisation.name)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.account.in_(set(accounts)))
    )
    return {account: Someone(name, organisation) for account, name, organisation in uow.session.execute(wanted)}


def _named(names: Sequence[str]) -> str:
    comma = gettext(", ")
    if len(names) <= MOST_NAMES:
        return comma.join(names)
    return gettext("%(names)s and %(num)s more", names=comma.join(names[:MOST_NAMES]), num=len(names) - MOST_NAMES)
