"""The person behind a session, and how Flask-Login finds that person again on the next request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Response

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.errors import NotSignedIn
from web.wiring import runtime, settings
from workflows.organisations.models import Person
from workflows.organisations.people import actor_for, person_by_account
from workflows.organisations.roles import Role


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """A signed-in person as pages show one. `roles` are those held anywhere; `fingerprint` changes with the password,
    which ends older sessions. Until the password is changed, where it must be, no other page is open."""

    account: str
    name: str
    organisation: str
    roles: frozenset[Role]
    fingerprint: str
    must_change_password: bool = False
    language: str = ""

    @classmethod
    def of(cls, person: Person) -> SignedIn:
        digest = hashlib.sha256(f"{person.account}:{person.password_hash}".encode()).hexdigest()
        roles = frozenset(held.role for held in person.roles)
        return cls(
            person.account,
            person.name,
            person.organisation.name,
            roles,
            digest[:16],
            person.must_change_password,
            person.language,
        )

    def get_id(self) -> str:
        return f"{self.fingerprint}:{self.account}"


def set_up_identity(app: Flask) -> None:
    """Let pages know who is signed in; a person who was deactivated or changed the password is signed out."""
    manager = LoginManager()
    manager.session_protection = "basic"
    manager.init_app(app)

    @manager.user_loader
    def load(identity: str) -> SignedIn | None:
        _, _, account = identity.partition(":")
        user = visitor(account)
        return user if user is not None and user.get_id() == identity else None

    @manager.unauthorized_handler
    def refuse() -> Response:
        raise NotSignedIn


def visitor(account: str) -> SignedIn | None:
    """The person of an account as pages show one; None for an account that is unknown or inactive."""
    with runtime().reading() as uow:
        person = person_by_account(uow.session, account)
        return SignedIn.of(person) if person is not None and person.active else None


def signed_in() -> SignedIn:
    """The person of this request's session. Raises NotSignedIn."""
    person: object = current_user._get_current_object()  # noqa: SLF001 - the only way to the object behind the proxy
    if not isinstance(person, SignedIn):
        raise NotSignedIn
    return person


def current_actor(uow: UnitOfWork) -> Actor:
    """The signed-in person as the engine knows one, with the groups of this moment, and those of people on leave."""
    return actor_for(uow.session, signed_in().account, on=settings().calendar.local_date(uow.now))
