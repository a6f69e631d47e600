"""Which of the business keys are hazards that somebody may look at."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from engine.runtime import UnitOfWork
from workflows.hazards.models import Hazard
from workflows.organisations.people import person_by_account
from workflows.permissions import scope_of, visible


def readable(uow: UnitOfWork, account: str, keys: Iterable[str]) -> frozenset[str]:
    """Those keys that are the numbers of hazards within a person's scope."""
    person = person_by_account(uow.session, account)
    if person is None:
        return frozenset()
    wanted = select(Hazard.number).where(Hazard.number.in_(set(keys)))
    scope = scope_of(uow.session, person)
    return frozenset(uow.session.scalars(visible(wanted, scope, Hazard.region_path, Hazard.sector, Hazard.unit_id)))
