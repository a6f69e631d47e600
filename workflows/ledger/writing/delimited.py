"""Writes the ledger as CSV, in UTF-8 with its mark or in GB18030; Excel opens both."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from workflows.labels import LabelledEnum
from workflows.ledger.columns import EXPORTED, Column
from workflows.ledger.writing.cells import guarded, shown


class Encoding(LabelledEnum):
    """How the text is stored; the value is Python's name of the encoding."""

    UTF_8 = "utf-8-sig", "UTF-8"
    GB18030 = "gb18030", "GB18030"


def write_csv(
    path: Path,
    rows: Iterable[Mapping[str, Any]],
    encoding: Encoding = Encoding.UTF_8,
    columns: Sequence[Column] = EXPORTED,
) -> int:
    """Write the rows under the columns' headings and return how many there were."""
    count = 0
    with path.open("w", encoding=encoding.value, newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow([column.heading for column in columns])
        for count, row in enumerate(rows, start=1):
            values = {**row, "position": count}
            writer.writerow([guarded(shown(values.get(column.attribute))) for column in columns])
    return count
