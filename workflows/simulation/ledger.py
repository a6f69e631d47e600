"""Invents the rows of a campaign's ledger: most carried over from earlier ledgers, the others found day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.models import Campaign
from workflows.cast import CastUnit
from workflows.criteria import criteria_in_force
from workflows.hazards.register import Registration
from workflows.hazards.words import Origin, Severity
from workflows.organisations.sectors import Sector

CARRIED_OVER_SHARE: Final = 0.6
CLAIMED_SHARE: Final = 0.8
MAJOR_SHARE: Final = 0.06
LAST_FINDS: Final = timedelta(days=30)
"""In the campaign's last days nothing new is put on the ledger."""

FINDS: Final[dict[Sector, tuple[str, ...]]] = {
    Sector.TOWN_GAS: ("燃气软管老化开裂", "未安装可燃气体报警器", "瓶组间与明火同室"),
    Sector.SELF_BUILT_HOUSES: ("擅自加层改变承重结构", "疏散楼梯被占用", "外墙开裂未鉴定"),
    Sector.HAZARDOUS_CHEMICALS: ("储罐液位联锁未投用", "动火作业未做气体分析", "防静电接地断开"),
    Sector.NON_COAL_MINES: ("边坡角大于设计值", "排土场截排水沟淤堵", "安全出口不畅通"),
    Sector.INDUSTRY_TRADE: ("除尘系统未设泄爆装置", "有限空间未辨识", "行车限位失灵"),
    Sector.HIGH_RISE_FIRE: ("消防水泵无法自动启动", "防火门闭门器损坏", "疏散通道堆放杂物"),
    Sector.NINE_SMALL_PLACES: ("住人与经营未做防火分隔", "电线私拉乱接", "灭火器过期"),
    Sector.COAL_MINES: ("瓦斯传感器悬挂位置不当", "局部通风机无备用电源", "顶板离层仪失效"),
    Sector.ROAD_TRAFFIC: ("客车动态监控离线", "驾驶人疲劳驾驶未处理", "临水路段缺少护栏"),
    Sector.FOREST_FIRE: ("林区输电线路未清障", "防火隔离带长草", "扑火机具失修"),
}
CAUSES: Final = (
    (ContentArea.ASSESSMENT, Source.PROVINCIAL_TEAM, InspectionLevel.PROVINCE),
    (ContentArea.ASSESSMENT, Source.LOCAL_INSPECTION, InspectionLevel.CITY),
    (ContentArea.THREE_YEAR_ACTION, Source.THREE_YEAR_ACTION, InspectionLevel.COUNTY),
    (ContentArea.SECTOR_CAMPAIGN, Source.SECTOR_CAMPAIGN, InspectionLevel.COUNTY),
    (ContentArea.SECTOR_CAMPAIGN, Source.SELF_CHECK, InspectionLevel.ENTERPRISE),
)


def carried_over(campaign: Campaign, units: Sequence[CastUnit], count: int, random: Random) -> list[Registration]:
    """Rows of earlier ledgers; most of them claim that the hazard was put right."""
    return [_carried_over(campaign, random.choice(units), number, random) for number in range(1, count + 1)]


def found_on(
    campaign: Campaign, units: Sequence[CastUnit], day: date, count: int, random: Random
) -> list[Registration]:
    """Hazards that are found on a day."""
    return [_registration(campaign, random.choice(units), day, random) for _ in range(count)]


def finds_by_day(campaign: Campaign, count: int, random: Random) -> dict[date, int]:
    """How many hazards are found on each day of the campaign but its last ones."""
    days = (campaign.last_day - LAST_FINDS - campaign.first_day).days
    finds: dict[date, int] = {}
    for _ in range(count):
        day = campaign.first_day + timedelta(days=random.randrange(days))
        finds[day] = finds.get(day, 0) + 1
    return finds


def _carried_over(campaign: Campaign, unit: CastUnit, number: int, random: Random) -> Registration:
    earlier = campaign.first_day - timedelta(days=random.randint(60, 400))
    claims: dict[str, Any] = {}
    if random.random() < CLAIMED_SHARE:
        claims = {"claimed_result": "已整改", "claimed_done_on": earlier + timedelta(days=random.randint(5, 50))}
    return _registration(
        campaign,
        unit,
        earlier,
        random,
        origin=Origin.CARRIED_OVER,
        previous_number=f"{earlier.year}-{number:06}",
        **claims,
    )


def _registration(campaign: Campaign, unit: CastUnit, day: date, random: Random, **more: Any) -> Registration:
    what = random.choice(FINDS[unit.sector])
    area, source, level = random.choice(CAUSES)
    if unit.sector is Sector.FOREST_FIRE:
        area = ContentArea.FOREST_FIRE
    return Registration(
        campaign_id=campaign.id,
        title=what,
        description=f"{unit.name}{what}，现场检查时存在",
        place="生产经营场所",
        region_code=unit.region_code,
        sector=unit.sector,
        **_grade(unit.sector, day, random),
        content_area=area,
        source=source,
        inspection_level=level,
        found_on=day,
        unit_id=unit.id,
        unit_name=unit.name,
        uscc=unit.uscc or "",
        responsible_person=unit.responsible_person,
        **more,
    )


def _grade(sector: Sector, day: date, random: Random) -> dict[str, Any]:
    """Major where a criterion was in force on the day, in a small share of cases."""
    in_force = criteria_in_force(sector, day)
    if in_force and random.random() < MAJOR_SHARE:
        return {"severity": Severity.MAJOR, "criterion": f"{random.choice(in_force).number} 第三条"}
    return {"severity": Severity.GENERAL}
