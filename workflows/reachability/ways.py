"""The ways to reach a person, the occasions to do so, and what is usual for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflows.labels import LabelledEnum


class Way(LabelledEnum):
    MAIL = "mail", "电子邮件"
    SMS = "sms", "短信"


class Occasion(LabelledEnum):
    """What a person may be told of; `OVERDUE` is told whatever the person chose, since others wait for it."""

    REMINDER = "reminder", "到期前的提醒"
    OVERDUE = "overdue", "逾期后的升级"
    DIGEST = "digest", "每日汇总"


USUAL: Final[Mapping[tuple[Way, Occasion], bool]] = {
    (Way.MAIL, Occasion.REMINDER): True,
    (Way.MAIL, Occasion.OVERDUE): True,
    (Way.MAIL, Occasion.DIGEST): True,
    (Way.SMS, Occasion.REMINDER): False,
    (Way.SMS, Occasion.OVERDUE): True,
    (Way.SMS, Occasion.DIGEST): False,
}
"""What holds for people who have chosen nothing."""

ALWAYS: Final = frozenset({Occasion.OVERDUE})
"""The occasions of which nobody can choose not to be told."""
