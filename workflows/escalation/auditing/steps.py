"""Whether each step of a deadline was taken exactly when it had to be: none missing, none unfounded, none too late."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.escalation.auditing.differences import Difference, Fault, difference
from workflows.escalation.auditing.trails import Trail
from workflows.escalation.auditing.yardstick import Yardstick
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Rung, climbed


def steps_are_right(trail: Trail, by: Yardstick) -> Iterator[Difference]:
    """Compares the steps on record with those that the task's own dates, extensions and suspensions ask for.

    A step that was stopped counts as one on record. One step of one deadline cannot have two rows, so a step too many
    is unfounded.
    """
    due = _due(trail, by)
    due_steps = {(rung.step, rung.due_at) for rung in due}
    on_record = {(taken.step, taken.due_at) for taken in trail.taken}
    for rung in due:
        if (rung.step, rung.due_at) not in on_record and not _is_excused(rung, trail, by):
            yield difference(Fault.MISSING, trail.task, rung)
    for taken in trail.taken:
        if trail.task.ended_at is not None and taken.at > trail.task.ended_at:
            yield difference(Fault.AFTER_END, trail.task, taken)
        elif (taken.step, taken.due_at) not in due_steps:
            yield difference(Fault.UNFOUNDED, trail.task, taken)


def _due(trail: Trail, by: Yardstick) -> list[Rung]:
    """The steps until the task's end or until now; until the last on record when the clock was set back since."""
    task = trail.task
    until = task.ended_at or max((by.now, *(taken.at for taken in trail.taken)))
    return climbed(by.ladder(task), begun_at=task.created_at, due_at=task.due_at, moves=trail.moves, until=until)


def _is_excused(rung: Rung, trail: Trail, by: Yardstick) -> bool:
    if rung.step is EscalationStep.LIST_FOR_SUPERVISION and trail.task.supervised:
        return True
    is_overtaken = trail.is_about_to_change(rung.at, by.patience)
    return is_overtaken or (trail.task.ended_at is None and rung.at >= by.now - by.patience)
