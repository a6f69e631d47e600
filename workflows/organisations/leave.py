"""Who stands in for whom during leave: made, ended early, and refused where it would leave work without anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord, OutOfScope, Refused, UnknownRecord
from workflows.labels import LabelledEnum
from workflows.organisations.duties import HeldRole, conflicts
from workflows.organisations.enrolling import note
from workflows.organisations.mandates import Mandate, ensure_administers
from workflows.organisations.models import Delegation, Person, RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import NOT_LENT, Role
from workflows.records import Record
from workflows.sentences import Sentence, sentence

LONGEST = timedelta(days=366)
LEADERS = (Role.UNIT_LEADER, Role.DEPARTMENT_LEADER, Role.TEAM_LEADER, Role.PROVINCIAL_LEADER)
"""Who may name a deputy for the people of the organisation that they lead."""


class LeaveState(LabelledEnum):
    UPCOMING = "upcoming", "未开始"
    ACTIVE = "active", "进行中"
    PAST = "past", "已结束"


@dataclass(frozen=True)
class Leave:
    """A leave that is to be: who is away, who stands in, and the local days from the first to the last."""

    account: str
    deputy: str
    first_day: date | None
    last_day: date | None
    reason: str = ""


def state_of(delegation: Delegation, today: date) -> LeaveState:
    """Where a delegation stands on a day."""
    if delegation.ended_at is not None or delegation.last_day < today:
        return LeaveState.PAST
    return LeaveState.UPCOMING if delegation.first_day > today else LeaveState.ACTIVE


def delegate_leave(uow: UnitOfWork, mandate: Mandate, leave: Leave, *, today: date) -> Delegation:
    """Let a deputy stand in for a person, at the word of `mandate.account`.

    Raises InvalidRecord by field for days and for a deputy who may not, OutOfScope when it is not for this account to
    say, Refused when the person or the deputy is taken in these days.
    """
    person, deputy = _person(uow.session, leave.account), person_by_account(uow.session, leave.deputy)
    ensure_may_say(uow.session, mandate, person)
    first, last, deputy = _checked(leave, person, deputy, today)
    _lock(uow.session, person, deputy)
    _refuse_overlaps(uow.session, person, deputy, first, last)
    delegation = Delegation(
        person=person, deputy=deputy, first_day=first, last_day=last, reason=leave.reason.strip(),
        created_by=mandate.account, created_at=uow.now,
    )  # fmt: skip
    uow.session.add(delegation)
    uow.session.flush()
    facts = {"deputy": deputy.account, "from": first.isoformat(), "to": last.isoformat()}
    note(uow, AuditKind.LEAVE_DELEGATED, mandate.account, person, after=facts, reason=leave.reason.strip())
    return delegation


def end_leave(uow: UnitOfWork, mandate: Mandate, delegation_id: int, *, today: date) -> Delegation:
    """End a delegation early; what the deputy has claimed stays with the deputy until it is given back.

    The deputy may end it too. Raises UnknownRecord, OutOfScope, and Refused when it is over already.
    """
    delegation = uow.session.get(Delegation, delegation_id)
    if delegation is None:
        raise UnknownRecord(Record.DELEGATION, delegation_id)
    if mandate.account != delegation.deputy.account:
        ensure_may_say(uow.session, mandate, delegation.person)
    if state_of(delegation, today) is LeaveState.PAST:
        raise Refused(sentence("this delegation is over already"))
    delegation.ended_at, delegation.ended_by = uow.now, mandate.account
    facts = {"deputy": delegation.deputy.account, "to": delegation.last_day.isoformat()}
    note(uow, AuditKind.LEAVE_ENDED, mandate.account, delegation.person, before=facts)
    return delegation


def ensure_may_say(session: Session, mandate: Mandate, person: Person) -> None:
    """Raises OutOfScope unless it is for this account to say who stands in for the person.

    The person may, who leads the organisation where the person works, and who administers the person.
    """
    if mandate.account == person.account or _leads(session, mandate.account, person.organisation_id):
        return
    if mandate.is_empty:
        raise OutOfScope(sentence("who stands in for %(who)s is for them and their leaders to say", who=person.name))
    ensure_administers(mandate, person)


def _leads(session: Session, account: str, organisation_id: int) -> bool:
    held = (
        select(RoleAssignment.role)
        .join(Person)
        .where(
            Person.account == account,
            Person.active,
            RoleAssignment.organisation_id == organisation_id,
            RoleAssignment.role.in_(LEADERS),
        )
    )
    return session.scalars(held.limit(1)).first() is not None


def _checked(leave: Leave, person: Person, deputy: Person | None, today: date) -> tuple[date, date, Person]:
    first, last = leave.first_day, leave.last_day
    errors = _wrong_with_days(first, last, today)
    if deputy is None or not deputy.active:
        errors["deputy"] = sentence("there is nobody active with this account")
    elif wrong := wrong_with_deputy(person, deputy):
        errors["deputy"] = wrong
    if errors or first is None or last is None or deputy is None:
        raise InvalidRecord(errors)
    return first, last, deputy


def _wrong_with_days(first: date | None, last: date | None, today: date) -> dict[str, Sentence]:
    if first is None:
        return {"first_day": sentence("say on which day the leave begins")}
    if last is None:
        return {"last_day": sentence("say which day of leave is the last")}
    if last < first:
        return {"last_day": sentence("the last day %(last)s lies before the first, %(first)s", last=last, first=first)}
    if last < today:
        return {"last_day": sentence("this day is past already")}
    if last - first > LONGEST:
        return {"last_day": sentence("no longer than a year; change the role instead")}
    return {}


def wrong_with_deputy(person: Person, deputy: Person) -> Sentence | None:
    """Why somebody may not stand in for a person, whatever the days."""
    if person.id == deputy.id:
        return sentence("nobody stands in for themselves")
    shared = _lent_roles(person) & _lent_roles(deputy)
    if person.organisation_id != deputy.organisation_id and not shared:
        return sentence("a deputy works in the same organisation or has the same role elsewhere")
    away = [HeldRole.at(held.role, held.organisation) for held in person.roles if held.role not in NOT_LENT]
    own = [HeldRole.at(held.role, held.organisation) for held in deputy.roles]
    if clash := next(iter(conflicts(own, away)), None):
        return sentence(
            "the deputy's role %(one)s and the role %(other)s belong apart", one=clash.one, other=clash.other
        )
    return None


def _lent_roles(person: Person) -> set[Role]:
    return {held.role for held in person.roles} - NOT_LENT


def _lock(session: Session, person: Person, deputy: Person) -> None:
    """Whoever asks second for one of the two waits, and then sees what the first has done."""
    both = select(Person.id).where(Person.id.in_([person.id, deputy.id])).order_by(Person.id)
    session.execute(both.with_for_update()).all()


def _refuse_overlaps(session: Session, person: Person, deputy: Person, first: date, last: date) -> None:
    if taken := _overlapping(session, first, last, Delegation.person_id == person.id):
        raise Refused(
            sentence(
                "%(deputy)s stands in for %(person)s already, from %(first)s to %(last)s; end that first",
                deputy=taken.deputy.name,
                person=person.name,
                first=taken.first_day,
                last=taken.last_day,
            )
        )
    if away := _overlapping(session, first, last, Delegation.person_id == deputy.id):
        raise Refused(
            sentence(
                "%(deputy)s is away from %(first)s to %(last)s; choose somebody who is there",
                deputy=deputy.name,
                first=away.first_day,
                last=away.last_day,
            )
        )
    if relied_on := _overlapping(session, first, last, Delegation.deputy_id == person.id):
        raise Refused(
            sentence(
                "%(person)s stands in for %(absent)s from %(first)s to %(last)s; find another deputy there first",
                person=person.name,
                absent=relied_on.person.name,
                first=relied_on.first_day,
                last=relied_on.last_day,
            )
        )


def _overlapping(session: Session, first: date, last: date, whose: ColumnElement[bool]) -> Delegation | None:
    found = select(Delegation).where(
        whose, Delegation.ended_at.is_(None), Delegation.first_day <= last, Delegation.last_day >= first
    )
    return session.scalars(found.order_by(Delegation.first_day).limit(1)).first()


def leaves_of(session: Session, person: Person, limit: int = 20) -> list[Delegation]:
    """The delegations in which a person is absent or the deputy, the latest first."""
    concerned = or_(Delegation.person_id == person.id, Delegation.deputy_id == person.id)
    rows = select(Delegation).where(concerned).order_by(Delegation.first_day.desc(), Delegation.id.desc())
    return list(session.scalars(rows.limit(limit)))


def _person(session: Session, account: str) -> Person:
    person = person_by_account(session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    return person
