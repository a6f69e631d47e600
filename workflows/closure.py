"""Closure (销号): an approval apart from done and from re-checked, at the level that answers for the hazard."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards import closing
from workflows.hazards.facts import facts_of, hazard_at
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:  # noqa: ARG001 - every process is given it
    """Register the operators."""

    @operators.register("hazard.close", "销号")
    def close(context: OperatorContext, opinion: str, by: str) -> dict[str, Any]:
        """Strike the hazard from the ledger; gives the facts.

        When something is missing the approver is told and the task stays open, because no retry would mend it; the
        hazard can be returned instead.
        """
        hazard = hazard_at(context)
        closing.close(context.uow, hazard, opinion=opinion, by=by)
        return facts_of(context.uow.session, hazard)
