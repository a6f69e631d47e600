"""The names of people by their accounts, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from engine.runtime import UnitOfWork
from workflows.organisations.models import Person


def names_of(uow: UnitOfWork, accounts: Iterable[str | None]) -> Mapping[str, str]:
    """Each account with its person's name; an account that is no person's stays itself."""
    wanted = {account for account in accounts if account}
    known = uow.session.execute(select(Person.account, Person.name).where(Person.account.in_(wanted)))
    return {account: account for account in wanted} | {row.account: row.name for row in known}
