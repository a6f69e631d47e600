"""What can go wrong in the domain; each error says what happened and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final


class WorkflowsError(Exception):
    """Root of every error that the domain raises on purpose."""


class UnknownRecord(WorkflowsError):
    """Nothing has this identity; check it, it may belong to another campaign or database."""

    def __init__(self, what: str, identity: object) -> None:
        super().__init__(f"there is no {what} {identity!r}")
        self.what = what
        self.identity = identity


class Refused(WorkflowsError):
    """A rule of the domain forbids this; the message names the rule and what would be allowed."""


class WrongStage(Refused):
    """The record is not in a stage that allows this; look at its present stage and act on that."""

    def __init__(self, what: str, identity: object, *, expected: Sequence[str], actual: str) -> None:
        super().__init__(f"{what} {identity!r} is {actual}; this needs it to be {' or '.join(expected)}")
        self.expected = tuple(expected)
        self.actual = actual


class OutOfScope(WorkflowsError):
    """The person's territory, sector or unit does not reach this record; ask someone whose scope does."""


class InvalidRecord(WorkflowsError):
    """The data break a rule of the record; correct each named field. Nothing was saved."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = errors


class CalendarNotCovered(WorkflowsError):
    """No working days are known for this year; list its days off and make-up days in the settings."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the working-day calendar does not cover {year}: set calendar.days_off and calendar.working_days "
            f"for it in config.yaml, add {year} to calendar.covered_years, and start again"
        )
        self.year = year


INCIDENTS: Final = (UnknownRecord, Refused, OutOfScope, CalendarNotCovered)
"""What leaves an operator's service task as an incident. InvalidRecord is not among them: the person whose entries were
wrong is told at once, the task stays open and nothing is saved."""
