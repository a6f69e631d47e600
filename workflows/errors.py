"""What can go wrong in the domain; each error says what happened and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from workflows.labels import LabelledEnum
from workflows.sentences import Sentence, sentence


class WorkflowsError(Exception):
    """Root of every error that the domain raises on purpose; `said` is its message."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


class UnknownRecord(WorkflowsError):
    """Nothing has this identity; check it, it may belong to another campaign or database."""

    def __init__(self, what: LabelledEnum, identity: object) -> None:
        super().__init__(sentence("there is no %(what)s '%(identity)s'", what=what, identity=identity))
        self.what = what
        self.identity = identity


class Refused(WorkflowsError):
    """A rule of the domain forbids this; the message names the rule and what would be allowed."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)


class WrongStage(Refused):
    """The record is not in a stage that allows this; look at its present stage and act on that."""

    def __init__(
        self, what: LabelledEnum, identity: object, *, expected: Sequence[LabelledEnum], actual: LabelledEnum
    ) -> None:
        said = sentence(
            "%(what)s '%(identity)s' is %(actual)s; this needs it to be %(expected)s",
            what=what,
            identity=identity,
            actual=actual,
            expected=list(expected),
        )
        super().__init__(said)
        self.expected = tuple(expected)
        self.actual = actual


class OutOfScope(WorkflowsError):
    """The person's territory, sector or unit does not reach this record; ask someone whose scope does."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said)


class InvalidRecord(WorkflowsError):
    """The data break a rule of the record; correct each named field. Nothing was saved."""

    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        super().__init__("; ".join(f"{field}: {message}" for field, message in errors.items()))
        self.errors = dict(errors)


class CalendarNotCovered(WorkflowsError):
    """No working days are known for this year; enter its days off and make-up days under Administration, Calendar."""

    def __init__(self, year: int) -> None:
        said = sentence(
            "the working-day calendar does not cover %(year)s: enter its days off and make-up days under "
            "Administration, Calendar, and say there that the year is complete",
            year=year,
        )
        super().__init__(said)
        self.year = year


INCIDENTS: Final = (UnknownRecord, Refused, OutOfScope, CalendarNotCovered)
"""What leaves an operator's service task as an incident."""

CORRECTIONS: Final = (InvalidRecord,)
"""What tells the person whose entries were wrong at once: the task stays open and nothing is saved."""
