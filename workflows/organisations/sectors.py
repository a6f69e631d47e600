"""The sectors (行业领域) that a campaign covers; each has its own department at every level."""

from __future__ import annotations

from workflows.labels import LabelledEnum


class Sector(LabelledEnum):
    TOWN_GAS = "town_gas", "城镇燃气"
    SELF_BUILT_HOUSES = "self_built_houses", "经营性自建房"
    HAZARDOUS_CHEMICALS = "hazardous_chemicals", "危险化学品"
    NON_COAL_MINES = "non_coal_mines", "非煤矿山"
    INDUSTRY_TRADE = "industry_trade", "工贸行业"
    HIGH_RISE_FIRE = "high_rise_fire", "高层建筑消防"
    NINE_SMALL_PLACES = "nine_small_places", "九小场所和沿街门店"
    COAL_MINES = "coal_mines", "煤矿"
    ROAD_TRAFFIC = "road_traffic", "道路交通"
    FOREST_FIRE = "forest_fire", "森林防火"
