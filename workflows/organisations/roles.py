"""What a person may be at an organisation, and the candidate group that follows from it."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class Role(LabelledEnum):
    RESPONSIBLE_PERSON = "responsible_person", "整改责任人"
    UNIT_LEADER = "unit_leader", "单位负责人"
    COMMITTEE_OFFICE = "committee_office", "安委办工作人员"
    DEPARTMENT_INSPECTOR = "department_inspector", "执法检查人员"
    DEPARTMENT_LEADER = "department_leader", "部门负责人"
    TEAM_LEADER = "team_leader", "抽查组组长"
    TEAM_MEMBER = "team_member", "抽查组成员"
    EXPERT = "expert", "专家"
    PROCESS_DESIGNER = "process_designer", "流程设计人员"
    PROCESS_APPROVER = "process_approver", "流程审批人员"
    PROCESS_OPERATOR = "process_operator", "流程运维人员"
    AUDITOR = "auditor", "审计人员（只读）"
    ADMINISTRATOR = "administrator", "系统管理员"
    CLOSER = "closer", "销号审批人"
    PROVINCIAL_LEADER = "provincial_leader", "安委会领导"


PROCESS_ROLES = frozenset({Role.PROCESS_DESIGNER, Role.PROCESS_APPROVER, Role.PROCESS_OPERATOR})
"""Who changes the rules of the work: draws them, approves what was drawn, and puts it into effect."""

NOT_LENT = frozenset({Role.ADMINISTRATOR, Role.AUDITOR}) | PROCESS_ROLES
"""Roles of trust in the system itself: no deputy has them, and only an administrator gives them."""


def group_name(role: Role, organisation_id: int) -> str:
    """The candidate group of everyone with a role at an organisation, e.g. `closer@7`."""
    return f"{role.value}@{organisation_id}"
