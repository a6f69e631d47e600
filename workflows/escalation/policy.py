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
from workflows.escalation.steps import EscalationStep, StoppedBy
from workflows.escalation.timeline import Ladder, Rung
from workflows.hazards.words import Severity

TABLE: Final = "escalation"


@dataclass(frozen=True)
class Rule:
    """A row of the table: how far from the due date a step lies, and what an acknowledgement does to it or after it.

    `stopped_by` says whose acknowledgement of an earlier step stops this one, `holds_for` for how many working days
    an acknowledgement of this step stops later ones.
    """

    step: EscalationStep
    amount: int
    unit: DurationUnit
    stopped_by: StoppedBy = StoppedBy.NOBODY
    holds_for: int = 0


def rules(uow: UnitOfWork, instance_id: int, severity: Severity, *, listed: bool) -> list[Rule]:
    """What the table of an instance's deployment says of such a hazard. Raises ExpressionError.

    A table that was deployed before there were acknowledgements says nothing of them: none stops anything.
    """
    instance = uow.session.get_one(Instance, instance_id)
    engine = SandboxScriptEngine(uow, instance, specification_of(uow.session, instance))
    columns = engine.decide(TABLE, {"hazard": {"severity": severity.value, "listed": listed}}, None)
    steps = columns["step"]
    stopping = columns.get("stopped_by_acknowledgement") or [StoppedBy.NOBODY] * len(steps)
    holding = columns.get("acknowledgement_holds") or [0] * len(steps)
    return [
        Rule(EscalationStep(step), amount, DurationUnit(unit), StoppedBy(by), days)
        for step, amount, unit, by, days in zip(
            steps, columns["offset"], columns["unit"], stopping, holding, strict=True
        )
    ]


@dataclass
class Ladders:
    """Lays the steps of rules along due dates; the days that it counted once it knows."""

    calendar: WorkingCalendar
    _days: dict[tuple[date, Rule], datetime] = field(default_factory=dict[tuple[date, Rule], datetime])

    def of(self, rules: Sequence[Rule]) -> Ladder:
        """The ladder of these rules, as `ladder` in a diagram makes it. It raises CalendarNotCovered."""

        def ladder(due_at: datetime, after: datetime) -> list[Rung]:
            rungs = [Rung(self._moment(due_at, rule), rule.step, due_at) for rule in rules]
            return sorted((rung for rung in rungs if rung.at > after), key=lambda rung: rung.at)

        return ladder

    def _moment(self, due_at: datetime, rule: Rule) -> datetime:
        if rule.amount == 0:
            return due_at
        key = (self.calendar.local_date(due_at), rule)
        if key not in self._days:
            self._days[key] = self.calendar.offset(due_at, rule.amount, rule.unit)
        return self._days[key]
