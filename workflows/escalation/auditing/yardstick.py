"""What an audit measures by: the moment, the calendar, the decision table of each deployment, and who was on leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.runtime import UnitOfWork
from workflows.escalation.auditing.leaves import Leaves
from workflows.escalation.policy import Ladders, Rule, rules
from workflows.escalation.recorded import Deadline
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Ladder
from workflows.hazards.words import Severity
from workflows.timekeeping import Timekeeping

Rules = Mapping[EscalationStep, Rule]


@dataclass
class Yardstick:
    """One audit's measures; it remembers what the table says of each kind of hazard.

    A step may be missing when its task ended, or its deadline moved, within `patience` after it: the sweep had not
    come yet.
    """

    uow: UnitOfWork
    timekeeping: Timekeeping
    patience: timedelta
    leaves: Leaves = field(init=False)
    _ladders: Ladders = field(init=False)
    _known: dict[tuple[int, Severity], tuple[Rules, Ladder]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.leaves = Leaves.of(self.uow.session)
        self._ladders = Ladders(self.timekeeping.calendar)

    @property
    def now(self) -> datetime:
        return self.uow.now

    def rules(self, task: Deadline) -> Rules:
        """The rows of the table of the task's deployment, by step, as for a hazard that is not listed."""
        return self._of(task)[0]

    def ladder(self, task: Deadline) -> Ladder:
        """The same rows laid along due dates."""
        return self._of(task)[1]

    def _of(self, task: Deadline) -> tuple[Rules, Ladder]:
        key = (task.deployment_id, task.severity)
        if key not in self._known:
            rows = rules(self.uow, task.instance_id, task.severity, listed=False)
            self._known[key] = {rule.step: rule for rule in rows}, self._ladders.of(rows)
        return self._known[key]
