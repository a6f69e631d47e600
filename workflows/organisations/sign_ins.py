"""Signing in with account and password: every attempt is on record, and guessing is slowed to a crawl."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Index, func, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column

from engine.runtime import Runtime, UnitOfWork
from engine.storage.base import Base, Moment, Name, PrimaryKey, text_enum
from workflows.organisations.models import Person
from workflows.organisations.passwords import hash_password, needs_rehash, verify_password
from workflows.organisations.people import person_by_account

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 50


class SignInOutcome(StrEnum):
    ACCEPTED = "accepted"
    DENIED = "denied"
    LIMITED = "limited"
    EXPIRED = "expired"
    UNLOCKED = "unlocked"


class SignInRecord(Base):
    """One attempt to sign in: the account that was typed, from which address, when, and how it ended.

    An unlocking is written here too: attempts before it no longer count.
    """

    __tablename__ = "sign_in_record"
    __table_args__ = (
        Index("ix_sign_in_record_account", "account", "address", "at"),
        Index("ix_sign_in_record_address", "address", "at"),
        Index("ix_sign_in_record_at", "at", "id"),
        Index("ix_sign_in_record_account_at", "account", "at", "id"),
        Index("ix_sign_in_record_outcome", "outcome", "at", "id"),
    )
    id: Mapped[PrimaryKey]
    account: Mapped[Name]
    address: Mapped[Name]
    at: Mapped[Moment]
    outcome: Mapped[SignInOutcome] = mapped_column(text_enum(SignInOutcome))


@dataclass(frozen=True)
class SignIn:
    """How an attempt ended; `person` is who signed in, `retry_after` how long to wait when there were too many."""

    outcome: SignInOutcome
    person: Person | None = None
    retry_after: timedelta | None = None


def sign_in(runtime: Runtime, account: str, password: str, *, address: str) -> SignIn:
    """Try an account and password. An unknown account takes as long as a wrong password, and ends the same.

    The attempt is written down as denied before the password is looked at, so that many attempts at once cannot
    slip under the limit; slow hashing happens outside any transaction.
    """
    account = account.strip()[:255]
    with runtime.unit_of_work() as uow:
        wait = _wait(uow, account, address)
        attempt = SignInRecord(
            account=account, address=address, at=uow.now,
            outcome=SignInOutcome.LIMITED if wait else SignInOutcome.DENIED,
        )  # fmt: skip
        uow.session.add(attempt)
        person = person_by_account(uow.session, account)
    if wait:
        return SignIn(SignInOutcome.LIMITED, retry_after=wait)
    stored = person.password_hash if person is not None and person.active else None
    is_right = verify_password(stored, password)
    if person is None or stored is None or not is_right:
        return SignIn(SignInOutcome.DENIED)
    if person.password_valid_until is not None and person.password_valid_until < attempt.at:
        with runtime.unit_of_work() as uow:
            uow.session.get_one(SignInRecord, attempt.id).outcome = SignInOutcome.EXPIRED
        return SignIn(SignInOutcome.EXPIRED)
    with runtime.unit_of_work() as uow:
        uow.session.get_one(SignInRecord, attempt.id).outcome = SignInOutcome.ACCEPTED
        person = uow.session.get_one(Person, person.id, options=[joinedload(Person.organisation)])
        if needs_rehash(stored):
            person.password_hash = hash_password(password)
    return SignIn(SignInOutcome.ACCEPTED, person)


def last_sign_ins(session: Session, account: str, limit: int = 10) -> Sequence[SignInRecord]:
    """The latest attempts with an account, newest first."""
    rows = select(SignInRecord).where(SignInRecord.account == account)
    return session.scalars(rows.order_by(SignInRecord.at.desc(), SignInRecord.id.desc()).limit(limit)).all()


def is_locked(uow: UnitOfWork, account: str) -> bool:
    """Whether so many attempts failed of late, from whatever address, that further ones may be held up."""
    since = _unlocked_at(uow, account) or uow.now - WINDOW
    return _oldest_counted(uow, TRIES_PER_ACCOUNT, since, SignInRecord.account == account) is not None


def _wait(uow: UnitOfWork, account: str, address: str) -> timedelta | None:
    window = uow.now - WINDOW
    since = _unlocked_at(uow, account) or window
    oldest = [
        _oldest_counted(
            uow, TRIES_PER_ACCOUNT, since, SignInRecord.account == account, SignInRecord.address == address
        ),
        _oldest_counted(uow, TRIES_PER_ADDRESS, window, SignInRecord.address == address),
    ]
    waits = [at + WINDOW - uow.now for at in oldest if at is not None]
    return max(waits, default=None)


def _unlocked_at(uow: UnitOfWork, account: str) -> datetime | None:
    return uow.session.scalar(
        select(func.max(SignInRecord.at)).where(
            SignInRecord.account == account,
            SignInRecord.outcome == SignInOutcome.UNLOCKED,
            SignInRecord.at > uow.now - WINDOW,
        )
    )


def _oldest_counted(uow: UnitOfWork, tries: int, since: datetime, *of: ColumnElement[bool]) -> datetime | None:
    """The first denial since a moment, when there have been as many as are allowed."""
    denied = select(func.count(), func.min(SignInRecord.at)).where(
        *of, SignInRecord.outcome == SignInOutcome.DENIED, SignInRecord.at > since
    )
    count, oldest = uow.session.execute(denied).one()
    return oldest if count >= tries else None
