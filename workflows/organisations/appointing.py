"""Gives people roles at organisations and takes them away; nobody appoints himself, and duties stay apart."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from engine.runtime import UnitOfWork
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord, OutOfScope, Refused, UnknownRecord
from workflows.organisations.duties import ROLES_AT, Conflict, HeldRole, conflicts
from workflows.organisations.enrolling import administered, is_last_administrator, note
from workflows.organisations.mandates import Mandate, ensure_looks_after, ensure_not_oneself
from workflows.organisations.models import Organisation, Person, RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import NOT_LENT, Role
from workflows.organisations.tree import organisation
from workflows.records import Record
from workflows.sentences import sentence


def appoint(
    uow: UnitOfWork, mandate: Mandate, account: str, role: Role, organisation_id: int, *, reason: str = ""
) -> RoleAssignment:
    """Give a person a role at an organisation; having it already is no error.

    Where it does not go together with a role held over the same place, a reason must be given. Raises InvalidRecord,
    OutOfScope where the mandate does not reach, and Refused for oneself.
    """
    at = organisation(uow.session, organisation_id)
    person = _candidate(uow, mandate, account, role, at)
    if held := uow.session.get(RoleAssignment, (person.id, role, at.id)):
        return held
    if conflicts_of(person, role, at) and not reason.strip():
        raise InvalidRecord({"role_reason": sentence("these duties belong apart; say why one person has to have both")})
    assignment = RoleAssignment(person_id=person.id, role=role, organisation_id=at.id)
    uow.session.add(assignment)
    uow.session.flush()
    note(
        uow, AuditKind.ROLE_ASSIGNED, mandate.account, person, after={"role": role.value, "organisation": at.name},
        reason=reason.strip(), organisation_id=at.id,
    )  # fmt: skip
    return assignment


def withdraw(uow: UnitOfWork, mandate: Mandate, account: str, role: Role, organisation_id: int) -> None:
    """Take a role away; not having it is no error.

    Raises OutOfScope, and Refused for oneself and for the last administrator.
    """
    at = organisation(uow.session, organisation_id)
    person = _candidate(uow, mandate, account, role, at)
    held = uow.session.get(RoleAssignment, (person.id, role, at.id))
    if held is None:
        return
    if role is Role.ADMINISTRATOR and is_last_administrator(uow.session, person):
        raise Refused(sentence("%(name)s is the last administrator; appoint another one first", name=person.name))
    uow.session.delete(held)
    note(
        uow, AuditKind.ROLE_WITHDRAWN, mandate.account, person, before={"role": role.value, "organisation": at.name},
        organisation_id=at.id,
    )  # fmt: skip


def conflicts_of(person: Person, role: Role, at: Organisation) -> Sequence[Conflict]:
    """With which roles of the person another one would not go together."""
    held = [HeldRole.at(each.role, each.organisation) for each in person.roles]
    return conflicts(held, [HeldRole.at(role, at)])


def roles_to_give(mandate: Mandate, at: Organisation) -> list[Role]:
    """The roles that the account may give at an organisation, in the order of their definition."""
    return [role for role in Role if role in ROLES_AT[at.kind] and (mandate.is_administrator or role not in NOT_LENT)]


def _candidate(uow: UnitOfWork, mandate: Mandate, account: str, role: Role, at: Organisation) -> Person:
    person = _person(uow.session, account)
    ensure_not_oneself(mandate, person)
    ensure_looks_after(mandate, at)
    administered(uow, mandate, account)
    if role not in ROLES_AT[at.kind]:
        raise InvalidRecord({"role": sentence("%(name)s has nobody with the role %(role)s", name=at.name, role=role)})
    if role in NOT_LENT and not mandate.is_administrator:
        raise OutOfScope(sentence("only an administrator decides on the role %(role)s", role=role))
    return person


def _person(session: Session, account: str) -> Person:
    person = person_by_account(session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    return person
