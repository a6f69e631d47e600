"""Timer events that fire only when their job does: the clock is the job table's, never the machine's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.timer import (
    CycleTimerEventDefinition,
    DurationTimerEventDefinition,
    TimeDateEventDefinition,
    TimerEventDefinition,
)
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.definitions.iso8601 import is_repetition
from engine.errors import ExpressionError

SCHEDULE = "timers"


class JobTimer(TimerEventDefinition):
    """What the three kinds share: a schedule kept in the token, a key to tell timers of one token apart.

    A schedule is `{"due": [ISO moments still to come], "fired": bool}`; the first moment becomes a job.
    """

    def __init__(self, key: str, name: str, expression: str) -> None:
        super().__init__(name, expression)
        self.key = key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JobTimer) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)

    def has_fired(self, my_task: Task) -> bool:
        return bool(self.schedule(my_task)["fired"])

    def schedule(self, my_task: Task) -> dict[str, Any]:
        """This timer's schedule in the token; computed when the token first arrives here."""
        timers: dict[str, dict[str, Any]] = my_task.internal_data.setdefault(SCHEDULE, {})
        if self.key not in timers:
            timers[self.key] = {"due": self.moments(my_task), "fired": False}
        return timers[self.key]

    def next_due(self, my_task: Task) -> dict[str, Any] | None:
        """The next moment with whatever belongs to it, or None when nothing is left to wait for."""
        schedule = self.schedule(my_task)
        return schedule["due"][0] if schedule["due"] and not schedule["fired"] else None

    def fire(self, my_task: Task) -> None:
        """Take the next moment off the schedule; the token moves when it is next updated."""
        schedule = self.schedule(my_task)
        del schedule["due"][0]
        schedule["fired"] = True

    def reset(self, my_task: Task) -> None:
        my_task.internal_data.get(SCHEDULE, {}).pop(self.key, None)
        super().reset(my_task)

    def moments(self, my_task: Task) -> list[dict[str, Any]]:
        raise NotImplementedError

    def _value(self, my_task: Task) -> Any:
        return my_task.workflow.script_engine.evaluate_timer(my_task, self.expression)

    def _now(self, my_task: Task) -> datetime:
        return my_task.workflow.script_engine.now

    def _refuse(self, value: Any, expected: str) -> ExpressionError:
        return ExpressionError(f"{value!r} is no {expected}", expression=self.expression, element_id=self.key)


def shift_schedules(task: Task, by: timedelta) -> None:
    """Move every moment that a token still waits for, and the due date it was counted from."""
    for schedule in task.internal_data.get(SCHEDULE, {}).values():
        for entry in schedule["due"]:
            for name in {"at", "due_at"} & entry.keys():
                entry[name] = (datetime.fromisoformat(entry[name]) + by).isoformat()


class DateTimer(JobTimer, TimeDateEventDefinition):
    """Fires once, at a date and time."""

    def moments(self, my_task: Task) -> list[dict[str, Any]]:
        return [{"at": self._moment(self._value(my_task))}]

    def _moment(self, value: Any) -> str:
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError as error:
            raise self._refuse(value, "ISO 8601 date and time") from error
        if moment.tzinfo is None:
            raise self._refuse(value, "date and time with its zone, such as 2023-01-31T18:00:00+08:00")
        return moment.astimezone(UTC).isoformat()


class DurationTimer(JobTimer, DurationTimerEventDefinition):
    """Fires once, when a duration has passed since the token arrived."""

    def moments(self, my_task: Task) -> list[dict[str, Any]]:
        value = self._value(my_task)
        now = self._now(my_task)
        try:
            parsed = TimerEventDefinition.parse_iso_duration(str(value))
            due = now + TimerEventDefinition.get_timedelta_from_start(parsed, now)
        except Exception as error:
            raise self._refuse(value, "ISO 8601 duration") from error
        return [{"at": due.isoformat()}]


class CycleTimer(DateTimer, CycleTimerEventDefinition):
    """Fires again and again: `R3/PT1H`, or each moment of a list that an expression gives.

    A list entry is an ISO moment, or a mapping whose `at` is one; the whole entry is put into the fired branch's
    data as `escalation`.
    """

    def moments(self, my_task: Task) -> list[dict[str, Any]]:
        value = self._value(my_task)
        if isinstance(value, list):
            entries = [entry if isinstance(entry, dict) else {"at": entry} for entry in value]
            return [{**entry, "at": self._moment(entry.get("at"))} for entry in entries]
        return self._repeated(str(value), self._now(my_task))

    def has_fired(self, my_task: Task) -> bool:
        schedule = self.schedule(my_task)
        return not schedule["due"] and not schedule.get("branch")

    def fire(self, my_task: Task) -> None:
        schedule = self.schedule(my_task)
        schedule["branch"] = schedule["due"].pop(0)
        if "every" in schedule["branch"]:
            schedule["due"].append(_following(schedule["branch"]))

    def update_task(self, my_task: Task) -> None:
        branch = self.schedule(my_task).pop("branch", None)
        if branch is None:
            return
        if "step" in branch:  # into the token itself: whatever follows from it inherits its data, again and again
            my_task.data["escalation"] = branch
        for output in my_task.task_spec.outputs:
            child = my_task._add_child(output, TaskState.FUTURE)
            child.task_spec._predict(child, mask=TaskState.NOT_FINISHED_MASK)
            child.task_spec._update(child)
        if not self.schedule(my_task)["due"]:
            my_task.task_spec._update(my_task)

    def _repeated(self, value: str, now: datetime) -> list[dict[str, Any]]:
        if not is_repetition(value):
            raise self._refuse(value, "ISO 8601 repeating interval such as R3/PT1H")
        cycles, start, every = _recurring(value, now)
        if cycles < 0:
            return [{"at": start.isoformat(), "every": every.total_seconds()}]
        return [{"at": (start + every * n).isoformat()} for n in range(cycles)]


def _following(entry: dict[str, Any]) -> dict[str, Any]:
    at = datetime.fromisoformat(entry["at"]) + timedelta(seconds=entry["every"])
    return {"at": at.isoformat(), "every": entry["every"]}


def _recurring(value: str, now: datetime) -> tuple[int, datetime, timedelta]:
    parts = value.upper().removeprefix("R").split("/")
    cycles = int(parts[0]) if parts[0] else -1
    if len(parts) == 2:
        every = TimerEventDefinition.get_timedelta_from_start(TimerEventDefinition.parse_iso_duration(parts[1]), now)
        return cycles, now + every, every
    first = datetime.fromisoformat(parts[1]).astimezone(UTC)
    every = TimerEventDefinition.get_timedelta_from_start(TimerEventDefinition.parse_iso_duration(parts[2]), first)
    return cycles, first, every


def as_job_timer(definition: Any, key: str) -> Any:
    """The job-driven counterpart of a parsed timer event definition; anything else is returned as it is."""
    match definition:
        case JobTimer():
            return definition
        case CycleTimerEventDefinition():
            return CycleTimer(key, definition.name, definition.expression)
        case DurationTimerEventDefinition():
            return DurationTimer(key, definition.name, definition.expression)
        case TimeDateEventDefinition():
            return DateTimer(key, definition.name, definition.expression)
        case _:
            return definition
