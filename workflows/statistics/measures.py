"""What is counted, on which day each is counted, and what a day's figures are called."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class Measure(LabelledEnum):
    """One kind of count. Those of the first group stand on the day of registration and say how the hazard is now;
    those of the second stand on the day that the time limit falls on; the others on the day they happened."""

    FOUND = "found", "排查隐患"
    CARRIED_OVER = "carried_over", "结转"
    RELAPSED = "relapsed", "反弹"
    SELF_CHECK = "self_check", "自查整改中"
    SPECIAL_INSPECTION = "special_inspection", "专项检查中"
    SPOT_CHECK = "spot_check", "督促检查中"
    CLOSURE = "closure", "待销号"
    RETURNED = "returned", "被退回的隐患"
    RETURNS = "returns", "退回次数"
    LISTED = "listed", "挂牌督办"
    EXPOSED = "exposed", "曝光"
    FALSE_RECTIFICATION = "false_rectification", "假整改"

    DUE = "due", "整改时限"
    IN_TIME = "in_time", "按期整改"
    UNRECTIFIED = "unrectified", "未整改"

    RECTIFIED = "rectified", "已整改"
    LATE = "late", "逾期整改"
    CLOSED = "closed", "已销号"
