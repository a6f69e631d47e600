from __future__ import annotations

from collections import Counter

import pytest

from workflows.geography.divisions import RegionLevel, divisions, former_divisions, path_of
from workflows.geography.names import code_by_name
from workflows.geography.paths import EVERYWHERE, is_inside


def test_henan_has_18_cities_and_all_its_counties_and_townships() -> None:
    levels = Counter(division.level for division in divisions().values())
    assert levels == {
        RegionLevel.PROVINCE: 1,
        RegionLevel.CITY: 18,
        RegionLevel.COUNTY: 180,
        RegionLevel.TOWNSHIP: 2586,
    }


def test_24_counties_are_function_zones() -> None:
    zones = [division for division in divisions().values() if division.is_function_zone]
    assert len(zones) == 24
    assert "郑州航空港经济综合实验区" in {zone.name for zone in zones}


def test_jiyuan_is_a_city_that_holds_its_townships_itself() -> None:
    jiyuan = divisions()["419001"]
    assert (jiyuan.level, jiyuan.parent_code) == (RegionLevel.CITY, "41")
    assert path_of("419001001") == "/41/419001/419001001/"


def test_divisions_come_in_code_order_so_that_superiors_come_first() -> None:
    codes = list(divisions())
    assert codes == sorted(codes)
    assert all(not it.parent_code or it.parent_code < it.code for it in divisions().values())


def test_every_path_lies_inside_its_superiors() -> None:
    assert all(
        is_inside(path_of(it.code), path_of(it.parent_code) if it.parent_code else EVERYWHERE)
        for it in divisions().values()
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("金水区", "410105"),
        ("金水", "410105"),
        ("郑州市金水区", "410105"),
        ("河南省 郑州市 金水区", "410105"),
        ("郑州市金水区花园路街道", "410105002"),
        ("410105", "410105"),
        ("４１０１０５", "410105"),
        ("济源示范区", "419001"),
    ],
)
def test_a_place_is_found_however_it_is_written(written: str, code: str) -> None:
    assert code_by_name(written) == code


@pytest.mark.parametrize(
    ("former", "code"),
    [
        ("偃师市", "410307"),
        ("洛阳市孟津县", "410308"),
        ("吉利区", "410308"),
        ("410381", "410307"),
        ("许昌县", "411003"),
    ],
)
def test_a_former_name_or_code_leads_to_the_successor(former: str, code: str) -> None:
    assert code_by_name(former) == code


def test_a_short_name_of_two_divisions_means_the_higher() -> None:
    assert code_by_name("新乡") == "4107"
    assert code_by_name("新乡县") == "410721"


@pytest.mark.parametrize("written", ["城关镇", "北京市", "", "郑州市洛阳市"])
def test_a_name_that_nobody_or_several_have_means_nothing(written: str) -> None:
    assert code_by_name(written) is None


def test_every_county_is_found_by_its_own_name() -> None:
    counties = [it for it in divisions().values() if it.level in (RegionLevel.CITY, RegionLevel.COUNTY)]
    assert [it.code for it in counties if code_by_name(it.name) != it.code] == []


def test_every_former_division_has_a_successor() -> None:
    assert {former.successor for former in former_divisions()} <= set(divisions())
