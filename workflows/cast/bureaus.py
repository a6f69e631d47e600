"""Which department supervises a sector, as it is called at each level of government."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.geography.divisions import RegionLevel
from workflows.organisations.sectors import Sector


@dataclass(frozen=True)
class Bureau:
    """An authority by its name at province, city and county level."""

    province: str
    city: str
    county: str

    def name_at(self, level: RegionLevel) -> str:
        """Its name at a level; townships have none of their own and count as county."""
        names = {RegionLevel.PROVINCE: self.province, RegionLevel.CITY: self.city}
        return names.get(level, self.county)


EMERGENCY = Bureau("应急管理厅", "应急管理局", "应急管理局")
HOUSING = Bureau("住房和城乡建设厅", "住房和城乡建设局", "住房和城乡建设局")
FIRE_RESCUE = Bureau("消防救援总队", "消防救援支队", "消防救援大队")
TRAFFIC_POLICE = Bureau("公安厅交警总队", "公安局交警支队", "公安局交警大队")
FORESTRY = Bureau("林业局", "林业局", "林业局")

DESKS = {
    Sector.TOWN_GAS: (HOUSING, "燃气安全监管"),
    Sector.SELF_BUILT_HOUSES: (HOUSING, "房屋安全监管"),
    Sector.HAZARDOUS_CHEMICALS: (EMERGENCY, "危险化学品监管"),
    Sector.NON_COAL_MINES: (EMERGENCY, "非煤矿山监管"),
    Sector.INDUSTRY_TRADE: (EMERGENCY, "工贸行业监管"),
    Sector.HIGH_RISE_FIRE: (FIRE_RESCUE, "高层建筑防火监督"),
    Sector.NINE_SMALL_PLACES: (FIRE_RESCUE, "九小场所防火监督"),
    Sector.COAL_MINES: (EMERGENCY, "煤矿安全监管"),
    Sector.ROAD_TRAFFIC: (TRAFFIC_POLICE, "事故预防"),
    Sector.FOREST_FIRE: (FORESTRY, "森林防火"),
}
OFFICE = Bureau("处", "科", "股")


def department_name(place: str, level: RegionLevel, sector: Sector) -> str:
    """The department of a sector in a place, e.g. `郑州市金水区应急管理局煤矿安全监管股`."""
    bureau, desk = DESKS[sector]
    return f"{place}{bureau.name_at(level)}{desk}{OFFICE.name_at(level)}"
