"""The operator of the service task `escalate`, to which the timers on the boundaries of user tasks lead."""

from __future__ import annotations

from pydantic import AwareDatetime

from engine.errors import OperatorFailed
from engine.operators import OperatorContext, OperatorRegistry
from workflows.escalation.steps import EscalationStep
from workflows.escalation.taking import take
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register `escalation.take_step`; its parameters are members of the timer's entry, as `ladder` made it."""

    @operators.register("escalation.take_step", "逐级提醒")
    def take_step(context: OperatorContext, step: EscalationStep, due_at: AwareDatetime) -> None:
        if context.attached_task is None:
            raise OperatorFailed(f"{context.element_id} must follow a timer on the boundary of a user task")
        take(context.uow, context.attached_task, step, due_at, timekeeping)
