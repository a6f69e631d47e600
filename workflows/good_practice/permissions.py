"""Who may propose good practice, and who decides on it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from workflows.good_practice.models import GoodPractice
from workflows.organisations.people import person_by_account
from workflows.organisations.roles import Role
from workflows.permissions import Scope, permits_change, scope_of

PROPOSERS: Final = (
    Role.COMMITTEE_OFFICE,
    Role.PROVINCIAL_LEADER,
    Role.DEPARTMENT_INSPECTOR,
    Role.DEPARTMENT_LEADER,
)
DECIDERS: Final = (Role.COMMITTEE_OFFICE, Role.PROVINCIAL_LEADER, Role.DEPARTMENT_LEADER)


def may_propose(session: Session, account: str) -> bool:
    """Whether a person works for a committee's office or a department at all."""
    return bool(proposing_scope(session, account).territories)


def may_decide(session: Session, account: str, record: GoodPractice) -> bool:
    """Whether a person may approve, decline or withdraw: someone of the place and sector, and never the proposer."""
    if account == record.proposed_by:
        return False
    return permits_change(deciding_scope(session, account), record.region_path, record.sector, None)


def may_read(session: Session, account: str, record: GoodPractice) -> bool:
    """Whether a person may read it before it is public, and what became of it: its proposer and its deciders."""
    return account == record.proposed_by or may_decide(session, account, record)


def proposing_scope(session: Session, account: str) -> Scope:
    """The places and sectors for which a person may propose."""
    return _scope(session, account, PROPOSERS)


def deciding_scope(session: Session, account: str) -> Scope:
    """The places and sectors for which a person may decide."""
    return _scope(session, account, DECIDERS)


def _scope(session: Session, account: str, roles: tuple[Role, ...]) -> Scope:
    person = person_by_account(session, account)
    return scope_of(session, person, roles) if person else Scope()
