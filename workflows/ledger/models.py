"""What is remembered of an import: which file, how far it has come, and which hazard each row became."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey


class LedgerImport(Base):
    """One file (`digest` is its SHA-256) going into one campaign's ledger.

    `last_row` is the last row whose hazards are committed, so a killed import goes on behind it. The counts are of all
    runs together, until the file is imported anew from its first row.
    """

    __tablename__ = "ledger_import"
    __table_args__ = (Index("uq_ledger_import_file", "campaign_id", "digest", unique=True),)
    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Name]
    last_row: Mapped[int] = mapped_column(default=0)
    registered: Mapped[int] = mapped_column(default=0)
    duplicates: Mapped[int] = mapped_column(default=0)
    wrong_rows: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[Moment]
    started_by: Mapped[Name]
    finished_at: Mapped[datetime | None]


class ImportedHazard(Base):
    """A hazard that came out of a file's row; `part` counts from 1 where one cell held several."""

    __tablename__ = "imported_hazard"
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"), primary_key=True, autoincrement=False)
    import_id: Mapped[int] = mapped_column(BigKey, ForeignKey("ledger_import.id"), index=True)
    row: Mapped[int]
    part: Mapped[int]
