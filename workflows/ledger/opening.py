"""Opens a file as a ledger: finds its sheet and head, and which of its columns holds what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path

from workflows.ledger.headings import Layout, is_known, layout_of
from workflows.ledger.reading.limits import DEFAULT_LIMITS, Limits
from workflows.ledger.reading.read import read
from workflows.ledger.reading.sheet import Sheet
from workflows.ledger.remarks import Gravity, Remark


@dataclass(frozen=True)
class OpenLedger:
    """A file that was found to be a ledger: its sheet, and which column holds what."""

    path: Path
    sheet: Sheet
    layout: Layout

    @property
    def rows(self) -> int:
        """How many rows the sheet has below its head, blank ones included."""
        return self.sheet.last_row - self.sheet.head[-1].number

    def digest(self) -> str:
        """The SHA-256 of the file's content."""
        with self.path.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest()

    def remarks(self) -> Iterator[Remark]:
        """What is left unread: columns that are not known or stand twice, and other sheets."""
        head = self.sheet.head[-1].number
        for heading in self.layout.unknown:
            yield Remark(head, heading, Gravity.WARNING, "不认识的列，没有读取")
        for heading in self.layout.repeated:
            yield Remark(head, heading, Gravity.WARNING, "与前面的列含义相同，没有读取")
        for name in self.sheet.other_sheets:
            yield Remark(head, "", Gravity.NOTE, f"工作表“{name}”没有读取")


def open_ledger(path: Path, limits: Limits = DEFAULT_LIMITS) -> OpenLedger:
    """The ledger in a file. Raises UnreadableFile that says, in Chinese, what is wrong with the file."""
    sheet = read(path, is_known, limits)
    return OpenLedger(path, sheet, layout_of(sheet.headings))
