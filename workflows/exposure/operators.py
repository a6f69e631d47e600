"""What the service tasks of `exposure` do, and the one with which other processes propose an exposure."""

from __future__ import annotations

from engine.operators import OperatorContext, OperatorRegistry
from workflows.exposure import steps
from workflows.exposure.models import exposure_by_id
from workflows.exposure.proposing import propose_exposure
from workflows.exposure.steps import Decision, Draft
from workflows.hazards.facts import hazard_of
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:  # noqa: ARG001 - every process is given it
    """Register the operators `exposure.*`."""

    @operators.register("exposure.propose", "提请曝光")
    def propose(context: OperatorContext, hazard: str, reason: str, by: str = "system") -> None:
        propose_exposure(context.uow, hazard_of(context.uow.session, hazard), reason=reason, by=by)

    @operators.register("exposure.keep_draft", "核对曝光稿")
    def keep_draft(context: OperatorContext, exposure: int, draft: Draft) -> list[str]:
        return steps.keep_draft(context.uow, exposure_by_id(context.uow.session, exposure), draft)

    @operators.register("exposure.publish", "公开曝光")
    def publish(context: OperatorContext, exposure: int, decision: Decision) -> None:
        steps.make_public(context.uow, exposure_by_id(context.uow.session, exposure), decision)

    @operators.register("exposure.decline", "不予曝光")
    def decline(context: OperatorContext, exposure: int, decision: Decision) -> None:
        steps.decline(context.uow, exposure_by_id(context.uow.session, exposure), decision)
