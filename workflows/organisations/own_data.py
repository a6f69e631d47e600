"""What people change of themselves without asking anybody: the phone number and the language."""

from __future__ import annotations

from engine.runtime import UnitOfWork
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord, UnknownRecord
from workflows.organisations.enrolling import PHONE, note
from workflows.organisations.people import person_by_account
from workflows.records import Record
from workflows.sentences import sentence


def change_own_data(uow: UnitOfWork, account: str, *, phone: str, language: str) -> None:
    """Keep another phone number and language of one's own; an empty language is the site's. Raises InvalidRecord."""
    person = person_by_account(uow.session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    if phone and PHONE.fullmatch(phone) is None:
        raise InvalidRecord({"phone": sentence("only digits, blanks and hyphens, with the area code")})
    before = {"phone": person.phone, "language": person.language}
    person.phone, person.language = phone, language
    note(uow, AuditKind.PERSON_CHANGED, account, person, before=before, after={"phone": phone, "language": language})
