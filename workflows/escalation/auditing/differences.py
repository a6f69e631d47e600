"""What an audit may find: each difference between the records and what they must be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.escalation.recorded import Deadline, Taken
from workflows.escalation.steps import EscalationStep
from workflows.escalation.timeline import Rung
from workflows.labels import LabelledEnum


class Fault(LabelledEnum):
    MISSING = "missing", "漏提醒"
    UNFOUNDED = "unfounded", "不应有的提醒"
    AFTER_END = "after_end", "办结后仍提醒"
    DESPITE_ACKNOWLEDGEMENT = "despite_acknowledgement", "已知悉并处理仍升级"
    STOPPED_WITHOUT_REASON = "stopped_without_reason", "无人知悉并处理而停止"
    ACKNOWLEDGED_UNTOLD = "acknowledged_untold", "未获通知而知悉并处理"
    NOBODY_TOLD = "nobody_told", "无人获知"
    TOLD_THOUGH_STOPPED = "told_though_stopped", "已停止仍通知"
    QUIET_HOURS = "quiet_hours", "免打扰时段或休息日通知"
    TOLD_TOO_LATE = "told_too_late", "办结或延期后仍通知"
    DEPUTY_NOT_TOLD = "deputy_not_told", "代办人未获通知"


@dataclass(frozen=True)
class Difference:
    """One step, or one person's notice of it, that is not on record as it must be.

    `at` is when the step was taken or the person told, or when that was to be; `account` is empty where the fault is
    the step's and not one person's.
    """

    fault: Fault
    hazard: str
    task_id: int
    step: EscalationStep
    due_at: datetime
    at: datetime
    account: str = ""


def difference(
    fault: Fault, task: Deadline, step: Rung | Taken, *, at: datetime | None = None, account: str = ""
) -> Difference:
    """A fault of a step, or of what one person was told of it."""
    return Difference(fault, task.hazard, task.task_id, step.step, step.due_at, at or step.at, account)
