"""What becomes of a proposed good practice: published, declined, or published and withdrawn later."""

from __future__ import annotations

from engine.events import publish
from engine.runtime import UnitOfWork
from workflows.errors import InvalidRecord, OutOfScope
from workflows.good_practice.models import GoodPractice, GoodPracticeStatus, move
from workflows.good_practice.permissions import may_decide
from workflows.sentences import sentence


def approve(uow: UnitOfWork, record: GoodPractice, *, by: str, opinion: str = "") -> None:
    """Publish it for everybody. Raises OutOfScope for its proposer and for strangers, WrongStage."""
    _decide(uow, record, GoodPracticeStatus.PUBLISHED, by, opinion)
    record.published_at = uow.now
    _tell(uow, "good_practice.published", record, by)


def decline(uow: UnitOfWork, record: GoodPractice, *, by: str, opinion: str) -> None:
    """Do not publish it; the proposer reads why. Raises InvalidRecord, OutOfScope, WrongStage."""
    _refuse_empty("opinion", opinion)
    _decide(uow, record, GoodPracticeStatus.DECLINED, by, opinion)
    _tell(uow, "good_practice.declined", record, by)


def withdraw(uow: UnitOfWork, record: GoodPractice, *, by: str, reason: str) -> None:
    """Take a published one back, its own proposer too; its address says that it is gone.

    Raises InvalidRecord without a reason, OutOfScope, WrongStage.
    """
    _refuse_empty("reason", reason)
    if by != record.proposed_by:
        _refuse_strangers(uow, record, by)
    move(record, GoodPracticeStatus.WITHDRAWN)
    record.withdrawn_by, record.withdrawn_at, record.withdrawal_reason = by, uow.now, reason
    _tell(uow, "good_practice.withdrawn", record, by)


def _decide(uow: UnitOfWork, record: GoodPractice, to: GoodPracticeStatus, by: str, opinion: str) -> None:
    _refuse_strangers(uow, record, by)
    move(record, to)
    record.decided_by, record.decided_at, record.opinion = by, uow.now, opinion


def _refuse_strangers(uow: UnitOfWork, record: GoodPractice, account: str) -> None:
    if account == record.proposed_by:
        raise OutOfScope(sentence("whoever proposed a good practice does not decide on it; a second person does"))
    if not may_decide(uow.session, account, record):
        raise OutOfScope(
            sentence("%(account)s does not decide on good practice of this place and sector", account=account)
        )


def _refuse_empty(field: str, text: str) -> None:
    if not text.strip():
        raise InvalidRecord({field: sentence("it must not be empty")})


def _tell(uow: UnitOfWork, event: str, record: GoodPractice, by: str) -> None:
    publish(uow, event, f"good-practice-{record.id}", {"practice": record.id, "title": record.title, "by": by})
