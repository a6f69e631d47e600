"""Where a hazard of the look-back comes from: the notice's four content areas, and which inspection found it.

Source: the Henan Safety Committee's look-back notice of 8 November 2022.
"""

from __future__ import annotations

from workflows.labels import LabelledEnum


class ContentArea(LabelledEnum):
    ASSESSMENT = "assessment", "考核巡查和综合督查发现的问题隐患"
    THREE_YEAR_ACTION = "three_year_action", "三年行动和巩固提升发现的问题隐患"
    SECTOR_CAMPAIGN = "sector_campaign", "重点行业领域专项整治发现的问题隐患"
    FOREST_FIRE = "forest_fire", "森林防灭火问题隐患"


class Source(LabelledEnum):
    """Which inspection found the hazard (问题来源)."""

    STATE_ASSESSMENT = "state_assessment", "国务院安委会考核巡查"
    PROVINCIAL_TEAM = "provincial_team", "省综合督查组"
    LOCAL_INSPECTION = "local_inspection", "地方大检查"
    THREE_YEAR_ACTION = "three_year_action", "三年专项整治行动"
    SECTOR_CAMPAIGN = "sector_campaign", "行业专项整治"
    SELF_CHECK = "self_check", "企业自查"
    SPECIAL_INSPECTION = "special_inspection", "部门专项检查"
    SPOT_CHECK = "spot_check", "安委会综合抽查"
    TIP = "tip", "群众举报"
    EARLIER_LEDGER = "earlier_ledger", "历史台账"


class InspectionLevel(LabelledEnum):
    """At which level the inspection was made (检查层级)."""

    ENTERPRISE = "enterprise", "企业"
    TOWNSHIP = "township", "乡镇"
    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"
    STATE = "state", "国家"
