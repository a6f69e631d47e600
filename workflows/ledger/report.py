"""The report of an import: every remark by row and column, and the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final, Protocol

from workflows.hazards.words import Origin
from workflows.ledger.examination import Examined
from workflows.ledger.remarks import Gravity, Remark
from workflows.ledger.rows import ReadRow

KEPT: Final = 1000


class RowSink(Protocol):
    """Takes the rows on which there is something to say, as a workbook for the official does."""

    def add(self, row: ReadRow) -> None: ...


@dataclass
class LedgerReport:
    """What an import found and did. `remarks` holds the first thousand; `counted` counts all, by their gravity.

    `hazards` are those that the file brings (after a dry run, that it would bring), `carried_over` those of them that
    are from earlier ledgers, `duplicates` those that the ledger or the file has already. `registered` are on the ledger
    now, and `resumed_after` is the row behind which a killed import went on.
    """

    rows: int = 0
    hazards: int = 0
    carried_over: int = 0
    duplicates: int = 0
    wrong_rows: int = 0
    registered: int = 0
    resumed_after: int = 0
    counted: Counter[Gravity] = field(default_factory=Counter[Gravity])
    remarks: list[Remark] = field(default_factory=list[Remark])
    sink: RowSink | None = None

    @property
    def is_clean(self) -> bool:
        """Whether no row has an error."""
        return self.counted[Gravity.ERROR] == 0

    def add(self, examined: Examined) -> None:
        """Count a row and keep what there is to say about it."""
        row = examined.row
        self.rows += 1
        self.hazards += len(examined.entries)
        self.carried_over += sum(each.registration.origin is Origin.CARRIED_OVER for each in examined.entries)
        self.duplicates += examined.duplicates
        self.wrong_rows += row.is_wrong
        for remark in row.remarks:
            self.say(remark)
        if self.sink is not None and any(remark.gravity is not Gravity.NOTE for remark in row.remarks):
            self.sink.add(row)

    def say(self, remark: Remark) -> None:
        """Count a remark, and keep it while there are not too many."""
        self.counted[remark.gravity] += 1
        if len(self.remarks) < KEPT:
            self.remarks.append(remark)
