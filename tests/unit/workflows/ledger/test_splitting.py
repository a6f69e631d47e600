from __future__ import annotations

import pytest

from workflows.ledger.splitting import split


@pytest.mark.parametrize(
    "description",
    [
        "1、疏散通道堆放杂物；2、灭火器已经过期；3、电线私拉乱接。",
        "1.疏散通道堆放杂物\n2.灭火器已经过期\n3.电线私拉乱接。",
        "①疏散通道堆放杂物②灭火器已经过期③电线私拉乱接。",
        "（1）疏散通道堆放杂物；（2）灭火器已经过期；（3）电线私拉乱接。",
        "存在以下问题：1、疏散通道堆放杂物；2、灭火器已经过期；3、电线私拉乱接。",
    ],
)
def test_numbered_hazards_are_parted(description: str) -> None:
    assert split(description).parts == ("疏散通道堆放杂物", "灭火器已经过期", "电线私拉乱接。")


@pytest.mark.parametrize(
    "description",
    [
        "疏散通道堆放杂物",
        "1、疏散通道堆放杂物",
        "储罐间距仅1.5米，少于2.0米",
        "1号楼、2号楼消防通道堵塞",
        "见标准第3.2.1条",
    ],
)
def test_one_hazard_stays_one(description: str) -> None:
    assert split(description).parts == (description,)
    assert split(description).doubt == ""


@pytest.mark.parametrize(
    ("description", "doubt"),
    [
        ("1、疏散通道堆放杂物；3、灭火器已经过期", "不是从 1 起连续编号"),
        ("2、疏散通道堆放杂物；3、灭火器已经过期", "不是从 1 起连续编号"),
        ("1、疏散通道堆放杂物；2、无", "太短"),
        ("厂房东侧配电室无人看管，1、疏散通道堆放杂物；2、灭火器已经过期", "不知属于哪一条"),
    ],
)
def test_what_only_looks_numbered_is_left_whole_with_the_reason(description: str, doubt: str) -> None:
    assert split(description).parts == (description,)
    assert doubt in split(description).doubt
