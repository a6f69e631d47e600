"""What the service tasks of `listed_supervision` do, and the one with which other processes begin it."""

from __future__ import annotations

from engine.operators import OperatorContext, OperatorRegistry
from workflows.hazards.facts import hazard_of
from workflows.listed_supervision import steps
from workflows.listed_supervision.models import Supervision, supervision_by_id
from workflows.listed_supervision.proposing import propose_listing
from workflows.listed_supervision.submissions import Acceptance, Decision, Note, Publication, Receipt
from workflows.timekeeping import Timekeeping


def register(operators: OperatorRegistry, timekeeping: Timekeeping) -> None:  # noqa: ARG001 - every process is given it
    """Register the operators `supervision.*`."""

    @operators.register("supervision.list", "提请挂牌督办")
    def propose(context: OperatorContext, hazard: str, reason: str, by: str = "system") -> None:
        propose_listing(context.uow, hazard_of(context.uow.session, hazard), reason=reason, by=by)

    @operators.register("supervision.issue_notice", "下达挂牌督办通知书")
    def issue_notice(context: OperatorContext, supervision: int, decision: Decision) -> str:
        return steps.issue_notice(context.uow, _record(context, supervision), decision)

    @operators.register("supervision.decline", "不予挂牌")
    def decline(context: OperatorContext, supervision: int, decision: Decision) -> None:
        steps.decline(context.uow, _record(context, supervision), decision)

    @operators.register("supervision.begin", "登记督办开始")
    def begin(
        context: OperatorContext,
        supervision: int,
        receipt: Receipt,
        plan: Note,
        review: Receipt,
        publication: Publication,
    ) -> None:
        steps.begin(context.uow, _record(context, supervision), receipt, plan, review, publication)

    @operators.register("supervision.note_progress", "登记治理进展")
    def note_progress(context: OperatorContext, supervision: int, progress: Note) -> None:
        steps.note_progress(context.uow, _record(context, supervision), progress)

    @operators.register("supervision.delist", "摘牌")
    def delist(context: OperatorContext, supervision: int, acceptance: Acceptance, decision: Decision) -> None:
        steps.delist(context.uow, _record(context, supervision), acceptance, decision)

    @operators.register("supervision.conclude", "登记摘牌公告")
    def conclude(context: OperatorContext, supervision: int, publication: Publication) -> None:
        steps.conclude(context.uow, _record(context, supervision), publication)


def _record(context: OperatorContext, supervision: int) -> Supervision:
    return supervision_by_id(context.uow.session, supervision)
