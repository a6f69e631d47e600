"""Read receipts (阅读回执): of each notice in the application, when it was delivered, read and acknowledged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from engine.storage.models import UserTask
from workflows.escalation.models import Acknowledgement, Escalation, Notice
from workflows.escalation.steps import EscalationStep
from workflows.hazards.models import Hazard
from workflows.labels import LabelledEnum
from workflows.organisations.models import Person

READ_AT_ONCE: Final = 500


class ReceiptState(LabelledEnum):
    """How far a notice has come."""

    WAITING = "waiting", "待送达"
    UNREAD = "unread", "已送达未读"
    READ = "read", "已读"


@dataclass(frozen=True)
class Asked:
    """Which notices: of an account, of a hazard by its number, in a state; what is empty narrows nothing."""

    account: str = ""
    hazard: str = ""
    state: ReceiptState | None = None


@dataclass(frozen=True)
class Receipt:
    """One notice. `by_digest` says that it came with the day's digest."""

    id: int
    account: str
    name: str
    hazard: str
    task: str
    step: EscalationStep
    written_at: datetime
    by_digest: bool
    delivered_at: datetime | None
    read_at: datetime | None
    acknowledged_at: datetime | None

    @property
    def state(self) -> ReceiptState:
        if self.delivered_at is None:
            return ReceiptState.WAITING
        return ReceiptState.UNREAD if self.read_at is None else ReceiptState.READ


def receipts(session: Session, asked: Asked, *, before: int | None = None, limit: int) -> Sequence[Receipt]:
    """Up to `limit` notices, the newest first, from before one of them."""
    found = (
        select(
            Notice.id,
            Notice.recipient,
            Person.name,
            Notice.hazard_number,
            UserTask.name,
            Notice.step,
            Notice.created_at,
            Notice.for_digest,
            Notice.delivered_at,
            Notice.read_at,
            Acknowledgement.at,
        )
        .join(UserTask, UserTask.id == Notice.task_id)
        .outerjoin(Person, Person.account == Notice.recipient)
        .outerjoin(Acknowledgement, _ACKNOWLEDGED)
        .where(*_conditions(asked))
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    if before is not None:
        found = found.where(Notice.id < before)
    return [Receipt(*row) for row in session.execute(found)]


def all_receipts(session: Session, asked: Asked, *, most: int) -> Iterator[Receipt]:
    """The newest notices, read a few at a time."""
    before: int | None = None
    told = 0
    while told < most and (found := receipts(session, asked, before=before, limit=min(READ_AT_ONCE, most - told))):
        yield from found
        before, told = found[-1].id, told + len(found)


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    if asked.account:
        yield Notice.recipient == asked.account
    if asked.hazard:
        hazard = select(Hazard.id).where(Hazard.number == asked.hazard).scalar_subquery()
        yield Notice.escalation_id.in_(select(Escalation.id).where(Escalation.hazard_id == hazard))
    if asked.state is not None:
        yield _IN_STATE[asked.state]


_ACKNOWLEDGED: Final = and_(
    Acknowledgement.task_id == Notice.task_id,
    Acknowledgement.due_at == Notice.due_at,
    Acknowledgement.step == Notice.step,
    Acknowledgement.by == Notice.recipient,
)
_IN_STATE: Final = {
    ReceiptState.WAITING: Notice.delivered_at.is_(None),
    ReceiptState.UNREAD: and_(Notice.delivered_at.is_not(None), Notice.read_at.is_(None)),
    ReceiptState.READ: Notice.read_at.is_not(None),
}
