"""Who operates processes, and who only looks at how they run."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from engine.errors import NotPermitted
from engine.runtime import UnitOfWork
from workflows.organisations.people import person_by_account, roles_of
from workflows.organisations.roles import Role

OPERATES: Final = frozenset({Role.PROCESS_OPERATOR})
"""May suspend, resume, cancel, retry, move tokens and migrate."""

WATCHES: Final = OPERATES | {Role.PROCESS_APPROVER, Role.AUDITOR, Role.ADMINISTRATOR}
"""May see how processes run, though not what is in them, and changes nothing."""


def ensure_operates(uow: UnitOfWork, account: str) -> None:
    """Raises NotPermitted for whoever does not operate processes."""
    _ensure(uow, account, OPERATES)


def ensure_watches(uow: UnitOfWork, account: str) -> None:
    """Raises NotPermitted for whoever neither operates nor watches processes."""
    _ensure(uow, account, WATCHES)


def _ensure(uow: UnitOfWork, account: str, roles: Collection[Role]) -> None:
    person = person_by_account(uow.session, account)
    held = {assignment.role for assignment in roles_of(uow.session, person)} if person is not None else set[Role]()
    if held.isdisjoint(roles):
        wanted = " or ".join(sorted(role.value for role in roles))
        raise NotPermitted(f"{account} needs the role {wanted} for this")
