"""The accounts with which a human tries the demo: one for each part in the life of a hazard, and of a process."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from workflows.organisations.roles import Role
from workflows.organisations.sectors import Sector

DEMO_PASSWORD = "lookback-demo"
DEMO_CITY = "4101"
DEMO_COUNTY = "410105"
DEMO_SECTOR = Sector.TOWN_GAS


class Workplace(Enum):
    """The organisations of the demo county's line whose people have fixed accounts."""

    ENTERPRISE = auto()
    DEPARTMENT = auto()
    COUNTY = auto()
    CITY = auto()
    PROVINCE = auto()
    TEAM = auto()


@dataclass(frozen=True)
class Post:
    """A part that a human may try: its fixed account, and what its person is and where."""

    account: str
    title: str
    workplace: Workplace
    role: Role


@dataclass(frozen=True)
class DemoSignIn:
    """An account to sign in with, and the part that its person plays."""

    account: str
    password: str
    title: str


POSTS = (
    Post("zeren", "企业整改责任人", Workplace.ENTERPRISE, Role.RESPONSIBLE_PERSON),
    Post("danwei", "企业主要负责人", Workplace.ENTERPRISE, Role.UNIT_LEADER),
    Post("jiancha1", "区燃气监管部门执法人员（甲）", Workplace.DEPARTMENT, Role.DEPARTMENT_INSPECTOR),
    Post("jiancha2", "区燃气监管部门执法人员（乙）", Workplace.DEPARTMENT, Role.DEPARTMENT_INSPECTOR),
    Post("bumen", "区燃气监管部门负责人", Workplace.DEPARTMENT, Role.DEPARTMENT_LEADER),
    Post("zhuanjia", "区燃气专家", Workplace.DEPARTMENT, Role.EXPERT),
    Post("xiaohao", "区销号审批人", Workplace.COUNTY, Role.CLOSER),
    Post("anweiban", "区安委办", Workplace.COUNTY, Role.COMMITTEE_OFFICE),
    Post("lingdao", "区安委会领导", Workplace.COUNTY, Role.PROVINCIAL_LEADER),
    Post("shixiaohao", "市销号审批人（重大隐患）", Workplace.CITY, Role.CLOSER),
    Post("shenganweiban", "省安委办", Workplace.PROVINCE, Role.COMMITTEE_OFFICE),
    Post("choucha", "省综合抽查组成员", Workplace.TEAM, Role.TEAM_MEMBER),
    Post("guanli", "系统管理员", Workplace.PROVINCE, Role.ADMINISTRATOR),
    Post("shenji", "审计人员（只读）", Workplace.PROVINCE, Role.AUDITOR),
    Post("sheji", "流程设计人员（甲）", Workplace.PROVINCE, Role.PROCESS_DESIGNER),
    Post("sheji2", "流程设计人员（乙）", Workplace.PROVINCE, Role.PROCESS_DESIGNER),
    Post("liucheng", "流程审批人员", Workplace.PROVINCE, Role.PROCESS_APPROVER),
    Post("yunwei", "流程运维人员", Workplace.PROVINCE, Role.PROCESS_OPERATOR),
)


def demo_sign_ins() -> list[DemoSignIn]:
    """The demo's sign-ins, in the order in which a hazard of the demo county meets their persons."""
    return [DemoSignIn(post.account, DEMO_PASSWORD, post.title) for post in POSTS]


def accounts_at(workplace: Workplace) -> dict[Role, list[str]]:
    """The fixed accounts of a workplace for each role, in order."""
    accounts: dict[Role, list[str]] = {}
    for post in POSTS:
        if post.workplace is workplace:
            accounts.setdefault(post.role, []).append(post.account)
    return accounts
