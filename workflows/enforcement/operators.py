"""What the service tasks of `enforcement` do, and the one with which other processes open a case."""

from __future__ import annotations

from engine.operators import OperatorContext, OperatorRegistry
from workflows.enforcement import steps
from workflows.enforcement.models import case_by_id
from workflows.enforcement.opening import open_case
from workflows.enforcement.steps import Filing, PenaltyDecision, Publication
from workflows.hazards.facts import hazard_of
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:
    """Register the operators `enforcement.*`."""

    @operators.register("enforcement.open", "提请立案查处")
    def propose(context: OperatorContext, hazard: str, reason: str, by: str = "system") -> None:
        open_case(context.uow, hazard_of(context.uow.session, hazard), reason=reason, by=by)

    @operators.register("enforcement.issue_order", "下达责令限期整改指令书")
    def issue_order(context: OperatorContext, case: int, filing: Filing) -> str:
        return steps.issue_order(context.uow, case_by_id(context.uow.session, case), filing)

    @operators.register("enforcement.record_decision", "登记处罚决定")
    def record_decision(context: OperatorContext, case: int, decision: PenaltyDecision) -> None:
        steps.record_decision(context.uow, case_by_id(context.uow.session, case), decision, timekeeping.calendar)

    @operators.register("enforcement.record_publication", "登记处罚公开")
    def record_publication(context: OperatorContext, case: int, publication: Publication) -> None:
        steps.record_publication(context.uow, case_by_id(context.uow.session, case), publication)
