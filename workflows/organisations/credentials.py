"""Passwords as people change them and administrators reset them, and the end of a sign-in limit."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from engine.runtime import Runtime, UnitOfWork
from workflows.audit import AuditKind
from workflows.errors import InvalidRecord, UnknownRecord
from workflows.organisations.api_tokens import ApiToken
from workflows.organisations.enrolling import administered, note
from workflows.organisations.mandates import Mandate, ensure_not_oneself
from workflows.organisations.models import Person
from workflows.organisations.passwords import hash_password, verify_password
from workflows.organisations.people import person_by_account
from workflows.organisations.sign_ins import SignInOutcome, SignInRecord
from workflows.records import Record
from workflows.sentences import Sentence, sentence

SHORTEST = 10
LONGEST = 256
GOOD_FOR = timedelta(days=3)
EASY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for each other when read aloud or from paper."""


@dataclass(frozen=True)
class OneTimePassword:
    """A password to begin with, shown once, and the hash that is kept of it."""

    password: str
    kept: str


def one_time_password() -> OneTimePassword:
    """A fresh one that can be read aloud. Hashing is slow: call this outside any transaction."""
    password = "-".join("".join(secrets.choice(EASY_LETTERS) for _ in range(4)) for _ in range(4))
    return OneTimePassword(password, hash_password(password))


def reset_password(uow: UnitOfWork, mandate: Mandate, account: str, new: OneTimePassword) -> datetime:
    """Give a person a password that must be changed at the next sign-in, until the moment that is returned.

    Older sessions end, and the person's API tokens are revoked. Raises OutOfScope where the mandate does not reach,
    Refused for oneself.
    """
    person = administered(uow, mandate, account)
    ensure_not_oneself(mandate, person)
    valid_until = uow.now + GOOD_FOR
    person.password_hash, person.password_valid_until = new.kept, valid_until
    person.must_change_password = True
    revoked = update(ApiToken).where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    uow.session.execute(revoked.values(revoked_at=uow.now))
    note(uow, AuditKind.PASSWORD_RESET, mandate.account, person)
    return valid_until


def change_password(runtime: Runtime, account: str, *, present: str, new: str, again: str) -> None:
    """Give oneself a new password; all other sessions end. Raises InvalidRecord by field, UnknownRecord.

    Hashing, which is slow, happens outside any transaction.
    """
    with runtime.reading() as uow:
        person = person_by_account(uow.session, account)
    if person is None:
        raise UnknownRecord(Record.ACCOUNT, account)
    errors: dict[str, Sentence] = {}
    if not verify_password(person.password_hash, present):
        errors["present"] = sentence("this is not your present password")
    if wrong := wrong_with_password(person, new):
        errors["new"] = wrong
    elif new == present:
        errors["new"] = sentence("choose one that differs from the present password")
    if new != again:
        errors["again"] = sentence("the two entries differ")
    if errors:
        raise InvalidRecord(errors)
    kept = hash_password(new)
    with runtime.unit_of_work() as uow:
        person = uow.session.get_one(Person, person.id)
        person.password_hash, person.password_valid_until = kept, None
        person.must_change_password = False
        note(uow, AuditKind.PASSWORD_CHANGED, account, person)


def wrong_with_password(person: Person, new: str) -> Sentence | None:
    """Why a password is too easy to guess. Length counts, and not the mixture of signs (NIST SP 800-63B)."""
    if not SHORTEST <= len(new) <= LONGEST:
        return sentence("at least %(shortest)s characters; a short sentence is easy to keep in mind", shortest=SHORTEST)
    if person.account in new.lower() or person.name in new:
        return sentence("leave your name and account out of it")
    return sentence("too few different characters") if len(set(new)) < SHORTEST // 2 else None


def unlock(uow: UnitOfWork, mandate: Mandate, account: str) -> None:
    """Let attempts to sign in count from nought again; the record of those before stays."""
    person = administered(uow, mandate, account)
    uow.session.add(SignInRecord(account=account, address="", at=uow.now, outcome=SignInOutcome.UNLOCKED))
    note(uow, AuditKind.PERSON_UNLOCKED, mandate.account, person)
