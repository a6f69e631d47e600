"""Reads cells that hold one of a closed list of words, with the other ways in which people write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.hazards.words import Category, Origin, Severity, Stage, Verdict
from workflows.labels import LabelledEnum
from workflows.ledger.cells.cell import Place, Reader, WrongCell, plain_words_in
from workflows.ledger.reading.sheet import Cell
from workflows.organisations.sectors import Sector
from workflows.spelling import folded

Word = TypeVar("Word", bound=LabelledEnum)


def word(kind: type[Word], others: Mapping[Word, Sequence[str]] | None = None) -> Reader:
    """A reader of a list's words, by their label, their stored value or another spelling."""
    known = {folded(name): each for each in kind for name in (each.label, each.value, *(others or {}).get(each, ()))}
    choice = "、".join(each.label for each in kind)

    def read(cell: Cell, _place: Place) -> Word | None:
        words = plain_words_in(cell)
        if words and words not in known:
            raise WrongCell(f"“{words}”不在可选值中；可写：{choice}")
        return known.get(words)

    return read


severity = word(
    Severity,
    {
        Severity.GENERAL: ("一般", "一般事故隐患", "一般安全隐患", "一般问题"),
        Severity.MAJOR: ("重大", "重大事故隐患", "重大安全隐患", "重大生产安全事故隐患"),
    },
)
origin = word(Origin, {Origin.NEW: ("新发现", "新排查"), Origin.CARRIED_OVER: ("历史", "原台账", "存量", "转入")})
verdict = word(
    Verdict,
    {
        Verdict.GENUINE: ("整改属实", "已整改到位", "整改到位", "真整改"),
        Verdict.NOT_RECTIFIED: ("未整改到位", "整改不到位", "不属实"),
        Verdict.FALSE_RECTIFICATION: ("虚假整改", "弄虚作假"),
        Verdict.RELAPSED: ("问题反弹", "隐患反弹", "反弹回潮"),
    },
)
category = word(
    Category,
    {
        Category.PEOPLE: ("人", "人员", "人的因素", "不安全行为"),
        Category.THINGS: ("物", "设备", "设备设施", "物的因素", "现场管理", "现场"),
        Category.SURROUNDINGS: ("环", "环境", "作业环境"),
        Category.MANAGEMENT: ("管", "管理", "管理因素", "基础管理"),
    },
)
stage = word(Stage)
content_area = word(ContentArea, {ContentArea.FOREST_FIRE: ("森林防灭火", "森林防火")})
source = word(
    Source,
    {
        Source.STATE_ASSESSMENT: ("国务院考核巡查", "国家考核巡查", "考核巡查", "国务院安委会", "国务院安委会督导"),
        Source.PROVINCIAL_TEAM: ("省综合督查", "省督查组", "综合督查", "综合督查组", "省级督查"),
        Source.LOCAL_INSPECTION: ("大检查", "安全生产大检查", "地方检查", "日常检查", "督查"),
        Source.THREE_YEAR_ACTION: ("三年行动", "专项整治三年行动", "安全生产专项整治三年行动"),
        Source.SECTOR_CAMPAIGN: ("专项整治", "百日行动", "百日清零", "重点行业领域专项整治"),
        Source.SELF_CHECK: ("自查", "自查自改", "单位自查"),
        Source.SPECIAL_INSPECTION: ("专项检查", "专项", "部门检查", "行业检查"),
        Source.SPOT_CHECK: ("综合抽查", "抽查", "督促检查"),
        Source.TIP: ("举报", "随手拍", "12350举报", "群众投诉"),
        Source.EARLIER_LEDGER: ("原台账", "以往台账", "存量"),
    },
)
inspection_level = word(
    InspectionLevel,
    {
        InspectionLevel.ENTERPRISE: ("企业自查", "单位"),
        InspectionLevel.TOWNSHIP: ("乡", "镇", "街道", "乡级", "乡镇级", "乡镇街道", "乡镇(街道)"),
        InspectionLevel.COUNTY: ("县", "区", "区级", "区县", "县区", "县(市、区)"),
        InspectionLevel.CITY: ("市", "地市"),
        InspectionLevel.PROVINCE: ("省",),
        InspectionLevel.STATE: ("国家级", "国务院", "部级"),
    },
)
sector = word(
    Sector,
    {
        Sector.TOWN_GAS: ("燃气", "城镇燃气安全", "天然气"),
        Sector.SELF_BUILT_HOUSES: ("自建房", "居民自建房", "经营性自建房屋", "房屋建筑"),
        Sector.HAZARDOUS_CHEMICALS: ("危化品", "危化", "危险化学品安全", "化工"),
        Sector.NON_COAL_MINES: ("非煤", "非煤矿", "矿山", "金属非金属矿山"),
        Sector.INDUSTRY_TRADE: ("工贸", "工贸企业", "冶金工贸", "冶金等工贸"),
        Sector.HIGH_RISE_FIRE: ("高层建筑", "高层消防", "高层建筑火灾", "高层"),
        Sector.NINE_SMALL_PLACES: ("九小场所", "九小", "沿街门店", "“九小”场所", "九小场所及沿街门店"),
        Sector.COAL_MINES: ("煤矿安全", "煤炭"),
        Sector.ROAD_TRAFFIC: ("交通", "道路交通安全", "交通运输", "道路运输"),
        Sector.FOREST_FIRE: ("森林防灭火", "森林", "林业", "森林火灾"),
    },
)
