"""The numbered papers (文书) of departments and committees, each counted in a series of its body's own."""

from __future__ import annotations

from workflows.geography.divisions import RegionLevel, divisions
from workflows.numbers import Series, papers
from workflows.organisations.models import Organisation


def recheck_opinions(department: Organisation) -> Series:
    """The re-check opinions (整改复查意见书) of a department, e.g. `（金水区）城镇燃气复查〔2022〕1号`."""
    return papers(f"{signature(department)}复查")


def orders_to_rectify(department: Organisation) -> Series:
    """The orders to rectify (责令限期整改指令书) of a department, e.g. `（金水区）城镇燃气责改〔2022〕1号`."""
    return papers(f"{signature(department)}责改")


def listing_notices(committee: Organisation) -> Series:
    """The notices of listed supervision (挂牌督办通知书) of a committee, e.g. `豫安委督〔2022〕1号` for the province's.

    A city signs without 市 and a county in full, so that 新乡市 and 新乡县 count apart.
    """
    place = divisions()[committee.region_code]
    names = {RegionLevel.PROVINCE: "豫", RegionLevel.CITY: place.name.removesuffix("市")}
    return papers(f"{names.get(place.level, place.name)}安委督")


def signature(department: Organisation) -> str:
    """How a department signs its papers: its place and sector, which together no other department has.

    Departments' real prefixes (机关代字) are given out by their governments and are not known here.
    """
    place = divisions()[department.region_code].name
    return f"（{place}）{department.sector.label if department.sector else ''}"
