"""Goes through all deadlines and holds each one's trail against every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from engine.runtime import UnitOfWork
from workflows.escalation.auditing.differences import Difference
from workflows.escalation.auditing.notices import notices_are_right
from workflows.escalation.auditing.steps import steps_are_right
from workflows.escalation.auditing.stops import acknowledgements_are_honoured
from workflows.escalation.auditing.trails import Trail, trails_of
from workflows.escalation.auditing.yardstick import Yardstick
from workflows.escalation.recorded import deadlines
from workflows.timekeeping import Timekeeping

RULES: Final[tuple[Callable[[Trail, Yardstick], Iterator[Difference]], ...]] = (
    steps_are_right,
    acknowledgements_are_honoured,
    notices_are_right,
)


def audit_escalations(
    uow: UnitOfWork, timekeeping: Timekeeping, *, patience: timedelta = timedelta()
) -> Iterator[Difference]:
    """Every difference between what must have happened to all deadlines until now and what did, task by task.

    `patience` is how long the sweep may take: what a task's end, an extension or an acknowledgement overtakes within
    it is no fault. Reads all tasks once, a thousand at a time. A hazard's present severity counts, and the step of
    listing is asked for only where there never was a supervision. Raises CalendarNotCovered.
    """
    yardstick = Yardstick(uow, timekeeping, patience)
    last = 0
    while some := deadlines(uow.session, after=last):
        for trail in trails_of(uow.session, some):
            for rule in RULES:
                yield from rule(trail, yardstick)
        last = some[-1].task_id
