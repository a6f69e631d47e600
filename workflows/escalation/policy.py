"""Asks the decision table `escalation` outside an instance, and lays its steps along a due date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from engine.definitions.library import specification_of
from engine.instances.script_engine import SandboxScriptEngine
from engine.runtime import UnitOfWork
from engine.storage.models import Instance
from workflows.calendar import DurationUnit, WorkingCalendar
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Ladder, Rung
from workflows.hazards.words import Severity

TABLE: Final = "escalation"


@dataclass(frozen=True)
class Offset:
    """How far from the due date a step lies."""

    step: EscalationStep
    amount: int
    unit: DurationUnit


def offsets(uow: UnitOfWork, instance_id: int, severity: Severity, *, listed: bool) -> list[Offset]:
    """What the table of an instance's deployment says of such a hazard. Raises ExpressionError."""
    instance = uow.session.get_one(Instance, instance_id)
    engine = SandboxScriptEngine(uow, instance, specification_of(uow.session, instance))
    columns = engine.decide(TABLE, {"hazard": {"severity": severity.value, "listed": listed}}, None)
    return [
        Offset(EscalationStep(step), amount, DurationUnit(unit))
        for step, amount, unit in zip(columns["step"], columns["offset"], columns["unit"], strict=True)
    ]


@dataclass
class Ladders:
    """Lays offsets along due dates; the days that it counted once it knows."""

    calendar: WorkingCalendar
    _days: dict[tuple[date, Offset], datetime] = field(default_factory=dict[tuple[date, Offset], datetime])

    def of(self, steps: Sequence[Offset]) -> Ladder:
        """The ladder of these steps, as `ladder` in a diagram makes it. It raises CalendarNotCovered."""

        def ladder(due_at: datetime, after: datetime) -> list[Rung]:
            rungs = [Rung(self._moment(due_at, offset), offset.step, due_at) for offset in steps]
            return sorted((rung for rung in rungs if rung.at > after), key=lambda rung: rung.at)

        return ladder

    def _moment(self, due_at: datetime, offset: Offset) -> datetime:
        if offset.amount == 0:
            return due_at
        key = (self.calendar.local_date(due_at), offset)
        if key not in self._days:
            self._days[key] = self.calendar.offset(due_at, offset.amount, offset.unit)
        return self._days[key]
