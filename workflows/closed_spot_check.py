"""Looks back at a hazard that is closed already: its row stays as it is, and what is found wrong becomes a new one."""

from __future__ import annotations

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards.facts import hazard_at
from workflows.spot_check import results
from workflows.spot_check.results import Sampling, TeamInspection
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, _timekeeping: Timekeeping) -> None:
    """Register the operators."""

    @operators.register("spot_check.register_again", "重新登记隐患")
    def register_again(context: OperatorContext, spot_check: Sampling, inspection: TeamInspection) -> str:
        """Put the hazard on the ledger again, as the team found it; gives the new number."""
        return results.register_again(context.uow, hazard_at(context), spot_check, inspection).number
