"""Whether the right people were told of each step: not by night, nor when nothing was left to do, deputies too."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.escalation.auditing.differences import Difference, Fault, difference
from workflows.escalation.auditing.trails import Told, Trail
from workflows.escalation.auditing.yardstick import Yardstick
from workflows.escalation.recorded import Taken
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Extension


def notices_are_right(trail: Trail, by: Yardstick) -> Iterator[Difference]:
    """Looks at each person's notice of each step; one person cannot have two of one step."""
    for taken in trail.taken:
        told = trail.told.get(taken.id, ())
        if taken.stopped_by_id is not None:
            for each in told:
                yield difference(Fault.TOLD_THOUGH_STOPPED, trail.task, taken, account=each.account)
            continue
        if not told and not _may_tell_nobody(taken, trail, by):
            yield difference(Fault.NOBODY_TOLD, trail.task, taken)
        for each in told:
            yield from _of_one(each, taken, trail, by)


def _of_one(told: Told, taken: Taken, trail: Trail, by: Yardstick) -> Iterator[Difference]:
    if _disturbs(told, taken, by):
        yield difference(Fault.QUIET_HOURS, trail.task, taken, at=told.delivered_at, account=told.account)
    if _is_too_late(told, taken, trail):
        yield difference(Fault.TOLD_TOO_LATE, trail.task, taken, at=told.delivered_at, account=told.account)
    for deputy in _deputies_not_told(told, taken, trail, by):
        yield difference(Fault.DEPUTY_NOT_TOLD, trail.task, taken, account=deputy)


def _may_tell_nobody(taken: Taken, trail: Trail, by: Yardstick) -> bool:
    """A listing that cannot be tells nobody; what was held for the morning is withdrawn when the task ends first.

    A step after the end is a fault of its own.
    """
    if taken.step is EscalationStep.LIST_FOR_SUPERVISION:
        return True
    if trail.task.ended_at is not None and trail.task.ended_at < taken.at:
        return True
    return trail.is_interrupted(taken.at, by.timekeeping.next_waking(taken.at))


def _disturbs(told: Told, taken: Taken, by: Yardstick) -> bool:
    """Whether somebody was told in the quiet hours, or got a digest at another time than digests come."""
    if told.delivered_at is None:
        return False
    if told.for_digest:
        return not by.timekeeping.is_for_digests(told.delivered_at)
    is_urgent = told.urgent and taken.step.is_overdue
    return not is_urgent and by.timekeeping.is_quiet(told.delivered_at)


def _is_too_late(told: Told, taken: Taken, trail: Trail) -> bool:
    """Whether the task had ended, or this deadline had been extended, before somebody was told of it."""
    if told.delivered_at is None:
        return False
    if trail.task.ended_at is not None and told.delivered_at > trail.task.ended_at:
        return True
    return any(
        move.before == taken.due_at < move.after and move.at < told.delivered_at
        for move in trail.moves
        if isinstance(move, Extension)
    )


def _deputies_not_told(told: Told, taken: Taken, trail: Trail, by: Yardstick) -> list[str]:
    """The deputies whom a recipient had when the step was taken, and who have no notice of it.

    One who is excluded from the task cannot do it and is not told of it. Of what was held, for the morning or a digest,
    one person's part may be withdrawn when the task ends just after the other's came.
    """
    day = by.timekeeping.calendar.local_date(taken.at)
    reached = {each.account for each in trail.told.get(taken.id, ())}
    excluded = set[str]() if told.for_digest else set(trail.task.excluded)
    came = told.delivered_at or taken.at
    if came > taken.at and trail.is_about_to_change(came, by.patience):
        return []
    return [it for it in by.leaves.deputies(told.account, taken.at, day) if it not in reached | excluded]
