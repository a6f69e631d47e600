"""The committee's spot-check (综合抽查) of a hazard that waits for the draw."""

from __future__ import annotations

from typing import Any

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards.facts import hazard_at
from workflows.spot_check import results
from workflows.spot_check.results import ExpertOpinion, Sampling, TeamInspection
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, _timekeeping: Timekeeping) -> None:
    """Register the operators."""

    @operators.register("spot_check.record_result", "登记抽查结果")
    def record_result(
        context: OperatorContext, spot_check: Sampling, inspection: TeamInspection, expert_opinion: ExpertOpinion
    ) -> dict[str, Any]:
        """Write down what the team found; gives the outcome, the reason, who decided, and the facts."""
        return results.record_result(context.uow, hazard_at(context), spot_check, inspection, expert_opinion)
