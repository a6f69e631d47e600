"""The states of the ledger's jobs, with the one table of how one may follow another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workflows.labels import LabelledEnum


class ExportFormat(LabelledEnum):
    WORKBOOK = "xlsx", "Excel 工作簿（.xlsx）"
    CSV = "csv", "文本表格（.csv）"


class JobState(LabelledEnum):
    """An import is examined before its maker decides; an export only waits and runs."""

    EXAMINING = "examining", "正在核对"
    EXAMINED = "examined", "待您确认"
    WAITING = "waiting", "排队中"
    RUNNING = "running", "进行中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"
    FAILED = "failed", "未完成"


FOLLOWING: Final[Mapping[JobState, frozenset[JobState]]] = {
    JobState.EXAMINING: frozenset({JobState.EXAMINED, JobState.CANCELLED, JobState.FAILED}),
    JobState.EXAMINED: frozenset({JobState.WAITING, JobState.CANCELLED}),
    JobState.WAITING: frozenset({JobState.RUNNING, JobState.CANCELLED, JobState.FAILED}),
    JobState.RUNNING: frozenset({JobState.RUNNING, JobState.DONE, JobState.CANCELLED, JobState.FAILED}),
}
ENDED: Final = frozenset({JobState.DONE, JobState.CANCELLED, JobState.FAILED})
UNDER_WAY: Final = frozenset({JobState.EXAMINING, JobState.WAITING, JobState.RUNNING})
"""Those on which something happens without anybody's doing."""
