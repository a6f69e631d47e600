"""Self-check (自查整改): the unit signs for the hazard, plans, puts it right and proves it."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards import planning, rectifying
from workflows.hazards.facts import facts_of, hazard_at
from workflows.hazards.planning import Plan
from workflows.hazards.rectifying import Confirmation, Rectification
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register the operators."""
    calendar = timekeeping.calendar

    @operators.register("hazard.confirm", "登记确认情况")
    def confirm(context: OperatorContext, confirmation: Confirmation) -> dict[str, Any]:
        """Note that the unit has received the hazard; gives the facts."""
        hazard = hazard_at(context)
        rectifying.confirm(context.uow, hazard, confirmation, calendar)
        return facts_of(context.uow.session, hazard)

    @operators.register("hazard.record_plan", "登记整改方案")
    def record_plan(context: OperatorContext, plan: Plan) -> dict[str, Any]:
        """Put the plan and its time limit on the row; gives the facts."""
        hazard = hazard_at(context)
        planning.record_plan(context.uow, hazard, plan, calendar)
        return facts_of(context.uow.session, hazard)

    @operators.register("hazard.record_rectification", "登记整改结果")
    def record_rectification(
        context: OperatorContext, rectification: Rectification, rectified_by: list[str]
    ) -> list[str]:
        """Put the report with its proof on the row; gives everyone who has rectified the hazard so far."""
        rectifying.record_rectification(context.uow, hazard_at(context), rectification, calendar)
        return list(dict.fromkeys([*rectified_by, rectification.completed_by]))
