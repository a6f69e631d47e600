"""API tokens: a person's key for a program, limited to scopes, revocable, and kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from engine.runtime import UnitOfWork
from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey
from workflows.errors import InvalidRecord, UnknownRecord
from workflows.organisations.models import Person
from workflows.records import Record
from workflows.sentences import Sentence, sentence

PREFIX = "lb_"
LONGEST = timedelta(days=366)


class TokenScope(StrEnum):
    """What a token may be used for; within it, the person's own permissions still hold."""

    HAZARDS_READ = "hazards:read"
    HAZARDS_WRITE = "hazards:write"
    TASKS_READ = "tasks:read"
    TASKS_WRITE = "tasks:write"
    INSTANCES_READ = "instances:read"
    INSTANCES_WRITE = "instances:write"
    MESSAGES_WRITE = "messages:write"
    DEFINITIONS_READ = "definitions:read"
    DEFINITIONS_WRITE = "definitions:write"
    RELEASES_PROPOSE = "releases:propose"
    RELEASES_APPROVE = "releases:approve"
    RELEASES_DEPLOY = "releases:deploy"
    ENDPOINTS_READ = "endpoints:read"
    ENDPOINTS_WRITE = "endpoints:write"


class ApiToken(Base):
    """A token by the SHA-256 of its secret, which has too much entropy to need a slower hash."""

    __tablename__ = "api_token"
    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    name: Mapped[Name]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[Any]] = mapped_column(default=list)
    created_at: Mapped[Moment]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


@dataclass(frozen=True)
class IssuedToken:
    """A new token and its secret, which is shown this once and cannot be had again."""

    token: ApiToken
    secret: str


def issue(
    uow: UnitOfWork, person: Person, name: str, scopes: Iterable[TokenScope], *, expires_at: datetime | None = None
) -> IssuedToken:
    """Make a token for a person; `name` says what it is for."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        person=person,
        name=name,
        secret_hash=_hash(secret),
        scopes=sorted(scope.value for scope in set(scopes)),
        created_at=uow.now,
        expires_at=expires_at,
    )
    uow.session.add(token)
    uow.session.flush()
    return IssuedToken(token, secret)


def issue_named(
    uow: UnitOfWork, person: Person, name: str, scopes: Sequence[TokenScope], *, expires_at: datetime | None
) -> IssuedToken:
    """Make a token that a person asks for on a page. Raises InvalidRecord without a name, a scope or an end."""
    errors: dict[str, Sentence] = {}
    if not name.strip():
        errors["token_name"] = sentence("say which program will use it")
    if not scopes:
        errors["scope"] = sentence("tick what the program may do")
    if expires_at is None or expires_at > uow.now + LONGEST:
        errors["days"] = sentence("a token ends after a year at the latest")
    if errors:
        raise InvalidRecord(errors)
    return issue(uow, person, name.strip(), scopes, expires_at=expires_at)


def revoke_own(uow: UnitOfWork, person: Person, token_id: int) -> ApiToken:
    """Make one of a person's own tokens worthless. Raises UnknownRecord, for another's token too."""
    token = uow.session.get(ApiToken, token_id)
    if token is None or token.person_id != person.id:
        raise UnknownRecord(Record.API_TOKEN, token_id)
    return revoke(uow, token_id)


def find_valid(session: Session, secret: str, now: datetime) -> ApiToken | None:
    """The token that this secret opens, unless it was revoked, has expired, or its person is no longer active."""
    token = session.scalars(select(ApiToken).where(ApiToken.secret_hash == _hash(secret))).one_or_none()
    if token is None or token.revoked_at is not None or not token.person.active:
        return None
    return None if token.expires_at is not None and token.expires_at <= now else token


def revoke(uow: UnitOfWork, token_id: int) -> ApiToken:
    """Make a token worthless from now on; revoking it again changes nothing. Raises UnknownRecord."""
    token = uow.session.get(ApiToken, token_id)
    if token is None:
        raise UnknownRecord(Record.API_TOKEN, token_id)
    token.revoked_at = token.revoked_at or uow.now
    return token


def of_person(session: Session, person_id: int) -> Sequence[ApiToken]:
    """A person's tokens, newest first, the revoked ones too."""
    return session.scalars(select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc())).all()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
