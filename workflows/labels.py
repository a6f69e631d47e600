"""Enums whose members carry the Chinese word that people read."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class LabelledEnum(StrEnum):
    """Members are written `NAME = "stored_value", "中文"`; they are equal to the value, and `label` is the word."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
