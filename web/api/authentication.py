"""Who calls the API: a person's session, or a program with a person's token."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import current_app, g, request
from flask_login import current_user

from engine.runtime import UnitOfWork
from engine.tasks import Actor
from web.errors import NotSignedIn, ScopeMissing
from web.security.identity import signed_in
from web.wiring import runtime, settings
from workflows.organisations.api_tokens import TokenScope, find_valid
from workflows.organisations.people import actor_for

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Caller:
    """The account a request acts for; `scopes` limits a token, and is None for a session."""

    account: str
    scopes: frozenset[str] | None


def authenticate() -> None:
    """Find out who calls, before every route. A session that changes something must show its CSRF token."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        g.caller = _by_token(secret.strip())
    elif current_user.is_authenticated:
        current_app.extensions["csrf"].protect()
        g.caller = Caller(signed_in().account, None)
    else:
        raise NotSignedIn


def needs(scope: TokenScope) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorator: a token must have this scope. Raises ScopeMissing."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            scopes = caller().scopes
            if scopes is not None and scope not in scopes:
                raise ScopeMissing(scope)
            return view(*args, **kwargs)

        return guarded

    return decorate


def caller() -> Caller:
    """Who this request acts for."""
    found: Caller = g.caller
    return found


def actor(uow: UnitOfWork) -> Actor:
    """The caller as the engine knows one, standing in for whoever is on leave today."""
    return actor_for(uow.session, caller().account, on=settings().calendar.local_date(uow.now))


def _by_token(secret: str) -> Caller:
    with runtime().reading() as uow:
        token = find_valid(uow.session, secret, uow.now)
        if token is None:
            raise NotSignedIn("the API token is unknown, revoked or expired")
        return Caller(token.person.account, frozenset(token.scopes))
