"""The audit record of what administration changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.labels import LabelledEnum


class AuditKind(LabelledEnum):
    """What was done. The event of it is named after the value, e.g. `administration.person_created`."""

    ORGANISATION_CREATED = "organisation.created", "新建单位"
    ORGANISATION_CHANGED = "organisation.changed", "修改单位"
    ORGANISATION_CLOSED = "organisation.closed", "停用单位"
    ORGANISATION_REOPENED = "organisation.reopened", "恢复单位"
    PERSON_CREATED = "person.created", "新建人员"
    PERSON_CHANGED = "person.changed", "修改人员"
    PERSON_ACTIVATED = "person.activated", "启用账号"
    PERSON_DEACTIVATED = "person.deactivated", "停用账号"
    PERSON_UNLOCKED = "person.unlocked", "解除登录限制"
    PASSWORD_RESET = "person.password_reset", "重置密码"
    PASSWORD_CHANGED = "person.password_changed", "修改密码"
    ROLE_ASSIGNED = "role.assigned", "授予角色"
    ROLE_WITHDRAWN = "role.withdrawn", "收回角色"
    LEAVE_DELEGATED = "leave.delegated", "休假委托"
    LEAVE_ENDED = "leave.ended", "提前结束委托"
    CAMPAIGN_OPENED = "campaign.opened", "开展大检查"
    CAMPAIGN_CHANGED = "campaign.changed", "修改大检查"
    CAMPAIGN_CLOSED = "campaign.closed", "结束大检查"
    CALENDAR_DAY_SET = "calendar.day_set", "设定工作日或休息日"
    CALENDAR_DAY_CLEARED = "calendar.day_cleared", "撤销日历更正"
    CALENDAR_YEAR_COVERED = "calendar.year_covered", "确认年度日历完整"
    TOKEN_ISSUED = "token.issued", "创建接口令牌"
    TOKEN_REVOKED = "token.revoked", "撤销接口令牌"
    EXPORTED = "audit.exported", "导出审计记录"
    LEDGER_EXPORTED = "ledger.exported", "导出台账"
    LEDGER_IMPORTED = "ledger.imported", "导入台账"
    CHANNEL_OPENED = "channel.opened", "开通渠道"
    CHANNEL_CHANGED = "channel.changed", "调整渠道"
    RELEASE_PROPOSED = "release.proposed", "提请发布流程"
    RELEASE_APPROVED = "release.approved", "同意发布流程"
    RELEASE_DECLINED = "release.declined", "不同意发布流程"
    RELEASE_WITHDRAWN = "release.withdrawn", "撤回发布申请"
    RELEASE_SCHEDULED = "release.scheduled", "定时发布流程"
    RELEASE_UNSCHEDULED = "release.unscheduled", "取消定时发布"
    RELEASE_HELD = "release.held", "定时发布受阻"
    RELEASE_DEPLOYED = "release.deployed", "流程生效"
    RELEASE_ROLLED_BACK = "release.rolled_back", "紧急回退流程"
    SENT_AGAIN = "delivery.sent_again", "重新发送"
    MIGRATION_BEGUN = "migration.begun", "准备迁移实例"
    MIGRATION_MAPPED = "migration.mapped", "指定迁移对应关系"
    MIGRATION_RUN = "migration.run", "迁移实例"
    MIGRATION_PAUSED = "migration.paused", "暂停迁移"
    MIGRATION_CANCELLED = "migration.cancelled", "放弃迁移"
    MIGRATION_UNDONE = "migration.undone", "撤回迁移"
    PROCESS_SUSPENDED = "process.suspended", "暂停流程"
    PROCESS_RESUMED = "process.resumed", "恢复流程"
    BATCH_REQUESTED = "batch.requested", "批量处理实例"
    BATCH_STOPPED = "batch.stopped", "停止批量处理"
    STEP_RETRIED = "step.retried", "重试失败步骤"
    VARIABLES_READ = "variables.read", "查看流程数据"


class AuditRecord(Base):
    """One change by a person; written with the change itself, never altered.

    `object_key` names what was changed (an account, a code, a day), `organisation_id` the organisation that it
    concerns, and `before` and `after` hold only the fields that differ.
    """

    __tablename__ = "audit_record"
    __table_args__ = (
        Index("ix_audit_record_at", "at", "id"),
        Index("ix_audit_record_actor", "actor", "at", "id"),
        Index("ix_audit_record_kind", "kind", "at", "id"),
        Index("ix_audit_record_object", "object_key", "at", "id"),
        Index("ix_audit_record_organisation", "organisation_id", "at", "id"),
    )
    id: Mapped[PrimaryKey]
    at: Mapped[Moment]
    actor: Mapped[Name]
    kind: Mapped[AuditKind] = mapped_column(text_enum(AuditKind))
    object_key: Mapped[Name]
    object_name: Mapped[Name]
    organisation_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"))
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(String(500), default="")
