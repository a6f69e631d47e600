"""Digests: each leader hears once on a working day, when the quiet hours end, of everything that waits for them."""

from __future__ import annotations

from datetime import date
from threading import Event

from sqlalchemy import func, select, update

from engine.events import publish
from engine.runtime import Runtime, UnitOfWork
from workflows.escalation.claiming import claim
from workflows.escalation.models import Digest, Notice
from workflows.escalation.notices import told, withdraw
from workflows.escalation.reading import entries
from workflows.timekeeping import Timekeeping

PEOPLE_AT_ONCE = 200
ENTRIES_TOLD = 50
"""How many of a digest's notices its event carries; a message to a phone holds no more."""


def deliver_digests(runtime: Runtime, timekeeping: Timekeeping, stopping: Event | None = None) -> int:
    """Deliver what is due to everyone who has no digest today, one transaction for each; returns how many came.

    Nothing happens outside the hours for digests. May run on any number of nodes, be stopped anywhere and be repeated:
    a person's digest of a day is a unique row, and whoever writes it delivers it. Raises CalendarNotCovered.
    """
    now = runtime.clock.now()
    if not timekeeping.is_for_digests(now):
        return 0
    day = timekeeping.calendar.local_date(now)
    delivered, last = 0, ""
    while people := _waiting(runtime, after=last):
        for account in people:
            if stopping is not None and stopping.is_set():
                return delivered
            with runtime.unit_of_work() as uow:
                delivered += deliver_digest(uow, account, day)
        last = people[-1]
    return delivered


def deliver_digest(uow: UnitOfWork, account: str, day: date) -> bool:
    """Deliver one person's digest of a day; False when there is nothing to tell, or when it was delivered before."""
    due = (
        Notice.for_digest.is_(True),
        Notice.recipient == account,
        Notice.delivered_at.is_(None),
        Notice.deliver_at <= uow.now,
    )
    withdraw(uow, Notice.id.in_(select(Notice.id).where(*due)))
    count = uow.session.scalar(select(func.count()).where(*due))
    digest = claim(uow.session, Digest, recipient=account, day=day, created_at=uow.now) if count else None
    if digest is None:
        return False
    filled = update(Notice).where(*due).values(digest_id=digest.id, delivered_at=uow.now)
    uow.session.execute(filled.execution_options(synchronize_session=False))
    _tell(uow, digest, count or 0)
    return True


def _waiting(runtime: Runtime, *, after: str) -> list[str]:
    """The next people, in the order of their accounts, for whom something is due."""
    with runtime.reading() as uow:
        waiting = (
            select(Notice.recipient)
            .where(Notice.for_digest.is_(True), Notice.delivered_at.is_(None), Notice.deliver_at <= uow.now)
            .where(Notice.recipient > after)
            .distinct()
            .order_by(Notice.recipient)
            .limit(PEOPLE_AT_ONCE)
        )
        return list(uow.session.scalars(waiting))


def _tell(uow: UnitOfWork, digest: Digest, count: int) -> None:
    facts = {
        "digest": digest.id,
        "recipient": digest.recipient,
        "day": digest.day.isoformat(),
        "count": count,
        "notices": [told(notice) for notice in entries(uow.session, digest.id, limit=ENTRIES_TOLD)],
    }
    publish(uow, "digest.delivered", digest.recipient, facts)
