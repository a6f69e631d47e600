"""Invented enterprises: plausible names for each sector, and social credit codes with right check digits."""

from __future__ import annotations

from random import Random

from stdnum.cn import uscc

from workflows.organisations.sectors import Sector

FIRST = "中金华鑫宏泰恒永瑞祥嘉豫嵩天安德盛荣"
SECOND = "源达通和兴顺隆康丰昌诚信海林峰岳发"
TRADES = {
    Sector.TOWN_GAS: ("燃气有限公司", "天然气有限公司", "液化气站"),
    Sector.SELF_BUILT_HOUSES: ("宾馆", "商业管理有限公司", "公寓管理有限公司"),
    Sector.HAZARDOUS_CHEMICALS: ("化工有限公司", "石化销售有限公司", "新材料有限公司"),
    Sector.NON_COAL_MINES: ("矿业有限公司", "石料有限公司", "建材矿山有限公司"),
    Sector.INDUSTRY_TRADE: ("机械制造有限公司", "铝业有限公司", "面粉有限公司"),
    Sector.HIGH_RISE_FIRE: ("物业服务有限公司", "大酒店", "商务大厦管理有限公司"),
    Sector.NINE_SMALL_PLACES: ("超市", "餐饮店", "培训学校"),
    Sector.COAL_MINES: ("煤业有限公司", "煤矿有限公司"),
    Sector.ROAD_TRAFFIC: ("客运有限公司", "物流运输有限公司", "汽车运输有限公司"),
    Sector.FOREST_FIRE: ("国有林场", "林业有限公司", "生态旅游有限公司"),
}
ENTERPRISE = "91"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def enterprise_name(place: str, sector: Sector, random: Random) -> str:
    """A name such as `金水区鑫源天然气有限公司`."""
    return f"{place}{random.choice(FIRST)}{random.choice(SECOND)}{random.choice(TRADES[sector])}"


def social_credit_code(county_code: str, serial: int) -> str:
    """The valid code of an enterprise registered in a county; `serial` (8 digits at most) makes it unique."""
    digits = f"{serial:08}"
    check = -sum(weight * int(digit) for weight, digit in zip(ORGANISATION_WEIGHTS, digits, strict=True)) % 11
    body = f"{ENTERPRISE}{county_code}{digits}{'X' if check == 10 else check}"
    return body + uscc.calc_check_digit(body)
