"""Says to the official, in Chinese, which rule of registration a row breaks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from workflows.labels import LabelledEnum
from workflows.sentences import Sentence

IN_CHINESE: Final[Mapping[str, str]] = {
    "description": "没有隐患描述",
    "unit_name": "没有整改责任单位，也没有被检查单位",
    "sector": "本次行动不含“%(sector)s”",
    "region_code": "没有代码为“%(region)s”的行政区划",
}
NO_CRITERION: Final = "重大隐患必须写明判定依据条款"
NOT_IN_FORCE: Final = "%(wrong)s 在 %(day)s 不是有效的判定标准"


def in_chinese(field: str, why: Sentence) -> str:
    """What a row's official is told; a rule for which there are no words here yet speaks for itself."""
    template = _of_criterion(why) if field == "criterion" else IN_CHINESE.get(field, "")
    return template % {name: _written(fact) for name, fact in why.facts.items()} if template else why


def _of_criterion(why: Sentence) -> str:
    return NOT_IN_FORCE if "wrong" in why.facts else NO_CRITERION


def _written(fact: object) -> str:
    if isinstance(fact, LabelledEnum):
        return fact.label
    if isinstance(fact, date):
        return fact.isoformat()
    return "、".join(map(str, fact)) if isinstance(fact, (list, tuple)) else str(fact)
