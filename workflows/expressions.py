"""The functions of the domain that expressions on diagrams may call; all are pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from workflows.calendar import DurationUnit, WorkingCalendar
from workflows.organisations.roles import Role, group_name


def functions(calendar: WorkingCalendar) -> Mapping[str, Callable[..., Any]]:
    """`group`, `due_after` and `ladder`, by name, counting days on this calendar."""

    def due_after(amount: int, unit: str, start: str) -> str:
        """The ISO moment when a limit given at `start` has passed; diagrams write `due_after(5, 'day', now())`."""
        return calendar.due_after(_moment(start), amount, DurationUnit(unit)).isoformat()

    def ladder(steps: Mapping[str, Sequence[Any]], due_at: str, after: str | None = None) -> list[dict[str, str]]:
        """The escalation steps of a deadline in order of time, each with its ISO moment `at`.

        `steps` has one list for each column of the decision table: step, offset and unit. A step that lies at or
        before the moment `after` is left out: a reminder of three days makes no sense for a limit of one.
        """
        due, earliest = _moment(due_at), _moment(after) if after else None
        rungs = [
            (calendar.offset(due, offset, DurationUnit(unit)), step)
            for step, offset, unit in zip(steps["step"], steps["offset"], steps["unit"], strict=True)
        ]
        return [
            {"at": at.isoformat(), "step": step, "due_at": due_at}
            for at, step in sorted(rungs)
            if earliest is None or at > earliest
        ]

    return MappingProxyType({"group": group, "due_after": due_after, "ladder": ladder})


def group(role: str, organisation_id: int) -> str:
    """The candidate group of everyone with this role at this organisation. Raises ValueError for an unknown role."""
    return group_name(Role(role), organisation_id)


def _moment(written: str) -> datetime:
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(f"{written} has no time zone")
    return moment


FUNCTIONS = functions(WorkingCalendar())
