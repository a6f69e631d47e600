"""Takes people in, corrects what is known of them, and lets them in or keeps them out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.errors import ConcurrentChange
from engine.runtime import UnitOfWork
from workflows.audit import AuditKind, record
from workflows.errors import InvalidRecord, Refused, UnknownRecord
from workflows.organisations.mandates import Mandate, ensure_administers, ensure_looks_after, ensure_not_oneself
from workflows.organisations.models import Organisation, Person, RoleAssignment
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector
from workflows.records import Record
from workflows.sentences import Sentence, sentence

ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
PHONE = re.compile(r"\+?[0-9][0-9 -]{4,30}")
CHANGED = "the person was changed by someone else meanwhile; read it again"


@dataclass(frozen=True)
class PersonFacts:
    """What is entered of a person; the account is given once and stays, because the record names it."""

    account: str
    name: str
    organisation_id: int | None
    phone: str = ""
    specialities: tuple[Sector, ...] = ()


def enrol(uow: UnitOfWork, mandate: Mandate, facts: PersonFacts) -> Person:
    """Take a person in, without a password and without a role. Raises InvalidRecord by field, OutOfScope."""
    errors = wrong_with(facts)
    if ACCOUNT.fullmatch(facts.account) is None:
        errors["account"] = sentence(
            "2 to 64 of a-z, 0-9, dot, hyphen and underscore, beginning with a letter or digit"
        )
    elif person_by_account(uow.session, facts.account) is not None:
        errors["account"] = sentence("somebody has this account already")
    organisation = _workplace(uow.session, facts, errors)
    ensure_looks_after(mandate, organisation)
    person = Person(account=facts.account, active=True, organisation=organisation, roles=[], **_columns(facts))
    uow.session.add(person)
    uow.session.flush()
    note(uow, AuditKind.PERSON_CREATED, mandate.account, person, after=facts_of(person))
    return person


def change_person(
    uow: UnitOfWork, mandate: Mandate, account: str, facts: PersonFacts, *, expected_version: int
) -> Person:
    """Correct what is known of a person, or move the person to another organisation; roles stay where they are.

    Raises InvalidRecord by field, OutOfScope, and ConcurrentChange when somebody else changed it first.
    """
    person = administered(uow, mandate, account, expected_version=expected_version)
    organisation = _workplace(uow.session, facts, wrong_with(facts))
    ensure_looks_after(mandate, organisation)
    before = facts_of(person)
    person.organisation = organisation
    for name, value in _columns(facts).items():
        setattr(person, name, value)
    uow.session.flush()
    note(uow, AuditKind.PERSON_CHANGED, mandate.account, person, before=before, after=facts_of(person))
    return person


def deactivate(uow: UnitOfWork, mandate: Mandate, account: str, *, reason: str, expected_version: int) -> Person:
    """Keep a person out from now on: sessions end and tokens stop.

    Raises Refused for oneself and for the last administrator, InvalidRecord without a reason.
    """
    person = administered(uow, mandate, account, expected_version=expected_version)
    ensure_not_oneself(mandate, person)
    if is_last_administrator(uow.session, person):
        raise Refused(sentence("%(name)s is the last administrator; appoint another one first", name=person.name))
    if not reason.strip():
        raise InvalidRecord({"reason": sentence("say why; the reason stays on record")})
    person.active = False
    note(uow, AuditKind.PERSON_DEACTIVATED, mandate.account, person, reason=reason.strip())
    return person


def activate(uow: UnitOfWork, mandate: Mandate, account: str, *, expected_version: int) -> Person:
    """Let a person in again, with the password and the roles that were left."""
    person = administered(uow, mandate, account, expected_version=expected_version)
    ensure_not_oneself(mandate, person)
    if person.organisation.closed_at is not None:
        raise Refused(sentence("%(name)s is closed; move the person first", name=person.organisation.name))
    person.active = True
    note(uow, AuditKind.PERSON_ACTIVATED, mandate.account, person)
    return person


def administered(uow: UnitOfWork, mandate: Mandate, account: str, *, expected_version: int | None = None) -> Person:
    """The person, if the mandate reaches there. Raises UnknownRecord, OutOfScope, and ConcurrentChange when changed."""
    person = person_by_account(uow.session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    ensure_administers(mandate, person)
    if expected_version is not None and person.version != expected_version:
        raise ConcurrentChange(CHANGED)
    return person


def is_last_administrator(session: Session, person: Person) -> bool:
    """Whether nobody but this person could administer the system."""
    others = (
        select(func.count())
        .select_from(RoleAssignment)
        .join(Person)
        .where(RoleAssignment.role == Role.ADMINISTRATOR, Person.active, Person.id != person.id)
    )
    is_one = any(held.role is Role.ADMINISTRATOR for held in person.roles)
    return is_one and session.scalar(others) == 0


def wrong_with(facts: PersonFacts) -> dict[str, Sentence]:
    """What is wrong with the entries by themselves, by field."""
    errors: dict[str, Sentence] = {}
    if not facts.name.strip():
        errors["name"] = sentence("give the person's full name")
    if facts.phone.strip() and PHONE.fullmatch(facts.phone.strip()) is None:
        errors["phone"] = sentence("only digits, blanks and hyphens, with the area code")
    return errors


def facts_of(person: Person) -> dict[str, Any]:
    """What an audit compares of a person."""
    return {
        "name": person.name,
        "phone": person.phone,
        "organisation": person.organisation.name,
        "specialities": list(person.specialities),
    }


def note(
    uow: UnitOfWork,
    kind: AuditKind,
    by: str,
    person: Person,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    organisation_id: int | None = None,
) -> None:
    """Put a change of a person on record, under the person's organisation unless another one is concerned."""
    record(
        uow, kind, by=by, object_key=person.account, object_name=person.name, before=before or {}, after=after or {},
        organisation_id=organisation_id or person.organisation_id, reason=reason,
    )  # fmt: skip


def _workplace(session: Session, facts: PersonFacts, errors: dict[str, Sentence]) -> Organisation:
    found = session.get(Organisation, facts.organisation_id) if facts.organisation_id is not None else None
    if found is None:
        errors["organisation"] = sentence("choose the organisation where the person works")
    elif found.closed_at is not None:
        errors["organisation"] = sentence("%(name)s is closed", name=found.name)
    if errors or found is None:
        raise InvalidRecord(errors)
    return found


def _columns(facts: PersonFacts) -> dict[str, Any]:
    return {
        "name": facts.name.strip(),
        "phone": facts.phone.strip(),
        "specialities": [sector.value for sector in facts.specialities],
    }
