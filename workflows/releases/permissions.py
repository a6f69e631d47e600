"""Which role proposes, approves and deploys releases: three different ones, and an administrator is none of them."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from engine.errors import NotPermitted
from workflows.organisations.people import person_by_account, roles_of
from workflows.organisations.roles import Role

PROPOSES: Final = frozenset({Role.PROCESS_DESIGNER})
APPROVES: Final = frozenset({Role.PROCESS_APPROVER})
DEPLOYS: Final = frozenset({Role.PROCESS_OPERATOR})
ROLLS_BACK: Final = frozenset({Role.PROCESS_OPERATOR})


def ensure_may(session: Session, account: str, roles: frozenset[Role]) -> None:
    """Raises NotPermitted unless the account is active and has one of the roles, at whatever organisation.

    Asked anew with every act, from the roles of this moment and never from those of the sign-in.
    """
    person = person_by_account(session, account)
    held = {each.role for each in roles_of(session, person)} if person is not None and person.active else set[Role]()
    if held.isdisjoint(roles):
        wanted = " or ".join(sorted(role.value for role in roles))
        raise NotPermitted(f"{account} needs the role {wanted} for this")
