"""Special inspection (专项检查): two inspectors of the department verify on site what the unit reported."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards import relapsing, verifying
from workflows.hazards.facts import facts_of, hazard_at
from workflows.hazards.verifying import Visit
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register the operators."""

    @operators.register("hazard.check_visit", "核对现场核查记录")
    def check_visit(context: OperatorContext, visit: Visit) -> dict[str, bool]:
        """Refuse a visit that contradicts itself; gives what follows from it."""
        verifying.check_visit(hazard_at(context), visit)
        return {
            "passed": visit.has_passed,
            "relapsed": visit.has_relapsed,
            "enforce": visit.needs_enforcement,
        }

    @operators.register("hazard.record_verification", "出具整改复查意见书")
    def record_verification(
        context: OperatorContext, visit: Visit, verifiers: list[str], expert: str | None = None
    ) -> dict[str, Any]:
        """Write the verification down and number its paper; gives the facts."""
        hazard = hazard_at(context)
        verifying.record_verification(context.uow, hazard, visit, verifiers=verifiers, expert=expert)
        return facts_of(context.uow.session, hazard)

    @operators.register("hazard.register_relapse", "登记反弹隐患")
    def register_relapse(context: OperatorContext, found: str, by: str) -> str:
        """Put the hazard that has come back on the ledger as a new row; gives its number."""
        again = relapsing.register_relapse(
            context.uow, hazard_at(context), found=found, by=by, calendar=timekeeping.calendar
        )
        return again.number
