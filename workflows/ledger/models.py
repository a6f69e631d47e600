"""What is remembered of the ledger's use: imports and what their rows became, jobs under way, and saved views."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.ledger import indexes as indexes
from workflows.ledger.states import ExportFormat, JobState


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


class ImportJob(Base):
    """A file that somebody handed in: examined first, then imported or given up, in the background.

    Its own run is claimed until `claimed_until`; who finds that past may take it up where it was left. `rows` is how
    many rows the file has and `done_rows` how many the present pass has read. `fresh`, `carried_over`, `duplicates`
    and `wrong_rows` are what the examination found; `registered` is what came of it. `preview` has the first wrong
    cells, `said` why the job ended as it did.
    """

    __tablename__ = "ledger_import_job"
    __table_args__ = (
        Index("ix_ledger_import_job_account", "account", "id"),
        Index("ix_ledger_import_job_state", "state", "claimed_until", "id"),
    )
    id: Mapped[PrimaryKey]
    account: Mapped[Name]
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    file_name: Mapped[Name]
    size: Mapped[int] = mapped_column(BigKey)
    state: Mapped[JobState] = mapped_column(text_enum(JobState))
    claimed_until: Mapped[datetime | None]
    rows: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    fresh: Mapped[int] = mapped_column(default=0)
    carried_over: Mapped[int] = mapped_column(default=0)
    duplicates: Mapped[int] = mapped_column(default=0)
    wrong_rows: Mapped[int] = mapped_column(default=0)
    registered: Mapped[int] = mapped_column(default=0)
    preview: Mapped[list[Any]] = mapped_column(default=list)
    said: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Moment]
    finished_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


class ExportJob(Base):
    """A selection that somebody wants as a file, written in the background and kept until `expires_at`.

    `query` is the selection as an address has it, `columns` the attributes that were chosen (none: all). The file
    belongs to `account` alone.
    """

    __tablename__ = "ledger_export_job"
    __table_args__ = (
        Index("ix_ledger_export_job_account", "account", "id"),
        Index("ix_ledger_export_job_state", "state", "claimed_until", "id"),
        Index("ix_ledger_export_job_expires", "expires_at"),
    )
    id: Mapped[PrimaryKey]
    account: Mapped[Name]
    query: Mapped[str] = mapped_column(Text)
    columns: Mapped[list[Any]] = mapped_column(default=list)
    format: Mapped[ExportFormat] = mapped_column(text_enum(ExportFormat))
    state: Mapped[JobState] = mapped_column(text_enum(JobState))
    claimed_until: Mapped[datetime | None]
    rows: Mapped[int | None]
    done_rows: Mapped[int] = mapped_column(default=0)
    said: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Moment]
    finished_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


class SavedView(Base):
    """A selection with its columns, order and density under a name; `organisation_id` is whom it is shared with."""

    __tablename__ = "ledger_view"
    __table_args__ = (
        Index("uq_ledger_view_name", "account", "name", unique=True),
        Index("ix_ledger_view_organisation", "organisation_id", "name"),
    )
    id: Mapped[PrimaryKey]
    account: Mapped[Name]
    organisation_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"))
    name: Mapped[str] = mapped_column(String(64))
    query: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__: ClassVar = {"version_id_col": version}


class DefaultView(Base):
    """The view with which a person's ledger opens."""

    __tablename__ = "ledger_default_view"
    account: Mapped[str] = mapped_column(String(255), primary_key=True)
    view_id: Mapped[int] = mapped_column(BigKey, ForeignKey("ledger_view.id", ondelete="CASCADE"), index=True)
