"""The main process (回头看): the four stages in order, and the ways back."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards import returning
from workflows.hazards.facts import facts_of, hazard_at
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:  # noqa: ARG001 - every process is given it
    """Register the operators."""

    @operators.register("hazard.send_back", "退回整改")
    def send_back(context: OperatorContext, reason: str, by: str) -> dict[str, Any]:
        """Take the reported rectification back; gives the facts."""
        hazard = hazard_at(context)
        returning.send_back(context.uow, hazard, reason=reason, by=by)
        return facts_of(context.uow.session, hazard)

    @operators.register("hazard.look_up", "查询台账")
    def look_up(context: OperatorContext) -> dict[str, Any]:
        """The facts as they stand now: other processes may have listed the hazard or extended its time limit."""
        return facts_of(context.uow.session, hazard_at(context))
