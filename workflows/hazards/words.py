"""The closed lists of words that a hazard's record uses, each with its Chinese term."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class Severity(LabelledEnum):
    """Source: Order 16 (2007) of the State Administration of Work Safety, which knows these two grades only."""

    GENERAL = "general", "一般隐患"
    MAJOR = "major", "重大隐患"


class Origin(LabelledEnum):
    """How the hazard came to this campaign's ledger."""

    NEW = "new", "新增"
    CARRIED_OVER = "carried_over", "结转"
    RELAPSED = "relapsed", "反弹"


class Verdict(LabelledEnum):
    """What a verifier found of a rectification that was reported earlier (回头看抽核结果)."""

    GENUINE = "genuine", "属实"
    NOT_RECTIFIED = "not_rectified", "未整改"
    FALSE_RECTIFICATION = "false_rectification", "假整改"
    RELAPSED = "relapsed", "反弹"


class Category(LabelledEnum):
    """What is wrong (隐患类别): people, things, surroundings or management."""

    PEOPLE = "people", "人的不安全行为"
    THINGS = "things", "物的不安全状态"
    SURROUNDINGS = "surroundings", "环境因素"
    MANAGEMENT = "management", "管理缺陷"


class EvidenceKind(LabelledEnum):
    BEFORE = "before", "整改前照片"
    AFTER = "after", "整改后照片"
    ON_SITE = "on_site", "现场核查照片"
    DOCUMENT = "document", "证明材料"


class Stage(LabelledEnum):
    SELF_CHECK = "self_check", "自查整改"
    SPECIAL_INSPECTION = "special_inspection", "专项检查"
    SPOT_CHECK = "spot_check", "督促检查"
    CLOSURE = "closure", "销号审批"
    CLOSED = "closed", "已销号"
    VOIDED = "voided", "已作废"
