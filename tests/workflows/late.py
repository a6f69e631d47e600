"""A hazard whose task is made to take steps of its escalation at whatever moment a test wants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from engine.storage.models import OutboxEvent, UserTask
from tests.workflows.play import Play
from workflows.calendar import BEIJING_TIME
from workflows.escalation.acknowledging import acknowledge
from workflows.escalation.auditing import Fault, audit_escalations
from workflows.escalation.digests import deliver_digests
from workflows.escalation.models import Acknowledgement, Digest, Escalation, Notice
from workflows.escalation.notices import release_held
from workflows.escalation.steps import EscalationStep
from workflows.escalation.taking import take
from workflows.organisations.models import Delegation, Person
from workflows.timekeeping import Timekeeping


def local(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BEIJING_TIME)


class Late:
    """A hazard under play whose task is made to take steps at whatever moment the test wants."""

    def __init__(self, play: Play, timekeeping: Timekeeping) -> None:
        self.play = play
        self.runtime = play.runtime
        self.timekeeping = timekeeping

    def take(self, step: EscalationStep, at: str, element_id: str = "confirm_hazard") -> None:
        self.play.clock.advance_to(local(at))
        task = self.play.task(element_id)
        with self.runtime.unit_of_work() as uow:
            row = uow.session.get_one(UserTask, task.id)
            take(uow, row, step, task.due_at or uow.now, self.timekeeping)

    def told(self) -> list[tuple[str, bool]]:
        """Every notice's recipient, and whether it was delivered, in the order in which they were written."""
        return [(it.recipient, it.delivered_at is not None) for it in self.notices()]

    def notices(self) -> list[Notice]:
        with self.runtime.reading() as uow:
            return list(uow.session.scalars(select(Notice).order_by(Notice.id)))

    def digest(self, at: str) -> int:
        self.play.clock.advance_to(local(at))
        return deliver_digests(self.runtime, self.timekeeping)

    def digests(self) -> list[tuple[str, date]]:
        with self.runtime.reading() as uow:
            found = select(Digest.recipient, Digest.day).order_by(Digest.id)
            return [(account, day) for account, day in uow.session.execute(found)]

    def release(self, at: str) -> int:
        self.play.clock.advance_to(local(at))
        with self.runtime.unit_of_work() as uow:
            return release_held(uow, limit=100)

    def published(self, event: str) -> list[dict[str, Any]]:
        with self.runtime.reading() as uow:
            found = select(OutboxEvent.data).where(OutboxEvent.type == event).order_by(OutboxEvent.id)
            return list(uow.session.scalars(found))

    def on_leave(self, account: str, deputy: str, first: date, last: date) -> None:
        with self.runtime.unit_of_work() as uow:
            ids = {
                it.account: it.id
                for it in uow.session.scalars(select(Person).where(Person.account.in_([account, deputy])))
            }
            facts = {"first_day": first, "last_day": last, "created_by": account, "created_at": uow.now}
            uow.session.add(Delegation(person_id=ids[account], deputy_id=ids[deputy], **facts))

    def deliver(self) -> None:
        """What the duties of notices and digests do at this moment."""
        with self.runtime.unit_of_work() as uow:
            release_held(uow, limit=100)
        deliver_digests(self.runtime, self.timekeeping)

    def pass_days(self, days: int) -> None:
        """Let days pass; due work is done when work closes, when the quiet hours end, and when work begins."""
        for _ in range(days):
            for hours in (9, 14, 1):
                self.play.pass_time(hours=hours)
                self.deliver()

    def notice_of(self, account: str, step: EscalationStep | None = None) -> Notice:
        """The newest notice that was delivered to a person, of a step if one is named."""
        mine = [it for it in self.notices() if it.recipient == account and it.delivered_at is not None]
        of_step = [it for it in mine if step in (None, it.step)]
        assert of_step, f"{account} was told of nothing"
        return of_step[-1]

    def acknowledge(self, account: str, words: str = "", step: EscalationStep | None = None) -> Acknowledgement:
        """Let a person acknowledge what they were told last, of a step if one is named."""
        notice = self.notice_of(account, step)
        with self.runtime.unit_of_work() as uow:
            return acknowledge(uow, account, notice.id, words, self.timekeeping.calendar)

    def steps(self, element_id: str = "confirm_hazard") -> list[tuple[str, bool]]:
        """The steps on record for the tasks of an element, in order, and whether each was taken and not stopped."""
        with self.runtime.reading() as uow:
            found = select(Escalation).join(UserTask, UserTask.id == Escalation.task_id)
            of_element = found.where(UserTask.element_id == element_id).order_by(Escalation.id)
            return [(it.step.value, it.stopped_by_id is None) for it in uow.session.scalars(of_element)]

    def faults(self) -> list[Fault]:
        """What an audit finds."""
        with self.runtime.reading() as uow:
            return [found.fault for found in audit_escalations(uow, self.timekeeping)]
