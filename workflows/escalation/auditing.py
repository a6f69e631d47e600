"""Proves that every deadline was escalated: recomputes each task's steps and compares them with those on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.runtime import UnitOfWork
from workflows.escalation.policy import Ladders, offsets
from workflows.escalation.recorded import Deadline, deadlines, moves_of, taken_steps
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Ladder, Move, Rung, climbed
from workflows.hazards.words import Severity
from workflows.labels import LabelledEnum
from workflows.timekeeping import Timekeeping


class Fault(LabelledEnum):
    MISSING = "missing", "漏提醒"
    UNFOUNDED = "unfounded", "不应有的提醒"
    AFTER_END = "after_end", "办结后仍提醒"


@dataclass(frozen=True)
class Difference:
    """A step that is not on record as it must be; `at` is when it was taken, or was to be taken when it is missing."""

    fault: Fault
    hazard: str
    task_id: int
    step: EscalationStep
    due_at: datetime
    at: datetime


def audit_escalations(
    uow: UnitOfWork, timekeeping: Timekeeping, *, patience: timedelta = timedelta()
) -> Iterator[Difference]:
    """Every difference between the steps that must have been taken until now and those that were, task by task.

    A step may be missing when its task ended, or its deadline moved, within `patience` after it: the sweep had not
    come yet. One step of one deadline cannot have two rows, so a step too many is unfounded. Reads all tasks once,
    a thousand at a time. A hazard's present severity counts, and the step of listing is asked for only where there
    never was a supervision. Raises CalendarNotCovered.
    """
    audit = _Audit(uow, Ladders(timekeeping.calendar), patience)
    last = 0
    while some := deadlines(uow.session, after=last):
        yield from audit.differences(some)
        last = some[-1].task_id


@dataclass
class _Audit:
    """One pass over the tasks; it remembers what the table says of each kind of hazard."""

    uow: UnitOfWork
    ladders: Ladders
    patience: timedelta
    _known: dict[tuple[int, Severity], Ladder] = field(default_factory=dict[tuple[int, Severity], Ladder])

    def differences(self, some: Sequence[Deadline]) -> Iterator[Difference]:
        taken, moves = taken_steps(self.uow.session, some), moves_of(self.uow.session, some)
        for task in some:
            yield from self._compare(task, moves[task.task_id], taken[task.task_id])

    def _compare(self, task: Deadline, moves: Sequence[Move], taken: Sequence[Rung]) -> Iterator[Difference]:
        until = task.ended_at or self.uow.now
        due = climbed(self._ladder(task), begun_at=task.created_at, due_at=task.due_at, moves=moves, until=until)
        due_steps = {(rung.step, rung.due_at) for rung in due}
        steps_taken = {(rung.step, rung.due_at) for rung in taken}
        for rung in due:
            if (rung.step, rung.due_at) not in steps_taken and not self._is_excused(rung, task, moves):
                yield _difference(Fault.MISSING, task, rung)
        for rung in taken:
            if task.ended_at is not None and rung.at > task.ended_at:
                yield _difference(Fault.AFTER_END, task, rung)
            elif (rung.step, rung.due_at) not in due_steps:
                yield _difference(Fault.UNFOUNDED, task, rung)

    def _is_excused(self, rung: Rung, task: Deadline, moves: Sequence[Move]) -> bool:
        if rung.step is EscalationStep.LIST_FOR_SUPERVISION and task.supervised:
            return True
        interruptions = [*(move.at for move in moves), task.ended_at or self.uow.now]
        return any(timedelta() <= moment - rung.at <= self.patience for moment in interruptions)

    def _ladder(self, task: Deadline) -> Ladder:
        key = (task.deployment_id, task.severity)
        if key not in self._known:
            steps = offsets(self.uow, task.instance_id, task.severity, listed=False)
            self._known[key] = self.ladders.of(steps)
        return self._known[key]


def _difference(fault: Fault, task: Deadline, rung: Rung) -> Difference:
    return Difference(fault, task.hazard, task.task_id, rung.step, rung.due_at, rung.at)
