"""What people change of themselves without asking anybody: phone number, mail address and language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.runtime import UnitOfWork
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord, UnknownRecord
from workflows.organisations.enrolling import PHONE, note
from workflows.organisations.people import person_by_account
from workflows.records import Record
from workflows.sentences import Sentence, sentence

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def change_own_data(uow: UnitOfWork, account: str, *, phone: str, mail: str, language: str) -> None:
    """Keep another phone number, mail address and language of one's own; an empty language is the site's.

    Raises InvalidRecord.
    """
    person = person_by_account(uow.session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    if errors := dict(_errors_of(phone, mail)):
        raise InvalidRecord(errors)
    before = {"phone": person.phone, "mail": person.mail, "language": person.language}
    person.phone, person.mail, person.language = phone, mail, language
    after = {"phone": phone, "mail": mail, "language": language}
    note(uow, AuditKind.PERSON_CHANGED, account, person, before=before, after=after)


def _errors_of(phone: str, mail: str) -> Iterator[tuple[str, Sentence]]:
    if phone and PHONE.fullmatch(phone) is None:
        yield "phone", sentence("only digits, blanks and hyphens, with the area code")
    if mail and MAIL.fullmatch(mail) is None:
        yield "mail", sentence("an address looks like name@example.org")
