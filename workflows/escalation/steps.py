"""The steps of an escalation, in the order in which the decision table `escalation` usually takes them."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class EscalationLevel(LabelledEnum):
    """How far up a step reaches: whoever can act is told at every level, and from the second on a leader too."""

    PERSON = "person", "办理人"
    UNIT = "unit", "责任单位"
    DEPARTMENT = "department", "行业主管部门"
    COMMITTEE = "committee", "安委会"


class EscalationStep(LabelledEnum):
    """What is done when a deadline comes near or has passed; when, the decision table says."""

    REMIND_EARLY = "remind_early", "提前提醒"
    REMIND = "remind", "临期提醒"
    DUE = "due", "到期告知"
    TELL_UNIT_LEADER = "tell_unit_leader", "告知单位负责人"
    TELL_DEPARTMENT = "tell_department", "告知行业主管部门"
    LIST_FOR_SUPERVISION = "list_for_supervision", "提请挂牌督办"
    TELL_COMMITTEE = "tell_committee", "报告安委会"

    @property
    def level(self) -> EscalationLevel:
        return LEVELS.get(self, EscalationLevel.PERSON)

    @property
    def is_overdue(self) -> bool:
        """Whether the deadline has passed when this step is taken."""
        return self in LEVELS


class StoppedBy(LabelledEnum):
    """Whose acknowledgement stops a step: nobody's, a leader's whom an earlier step told, or that of anyone told."""

    NOBODY = "nobody", "不停止"
    LEADER = "leader", "领导知悉并处理后停止"
    RECIPIENT = "recipient", "收到通知者知悉并处理后停止"

    def accepts(self, *, as_leader: bool) -> bool:
        """Whether an acknowledgement counts that was given as a leader, or else as one who does the task."""
        return self is StoppedBy.RECIPIENT or (self is StoppedBy.LEADER and as_leader)


LEVELS = {
    EscalationStep.TELL_UNIT_LEADER: EscalationLevel.UNIT,
    EscalationStep.TELL_DEPARTMENT: EscalationLevel.DEPARTMENT,
    EscalationStep.LIST_FOR_SUPERVISION: EscalationLevel.COMMITTEE,
    EscalationStep.TELL_COMMITTEE: EscalationLevel.COMMITTEE,
}
"""The steps that tell more than whoever can act."""
