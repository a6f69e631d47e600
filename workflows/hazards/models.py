"""A hazard's row, and the rows that hang on it: evidence, progress, returns, verdicts, time limits.

The ledger (台账) is a query over these tables; its columns follow the proposal in the field notes (43 columns), each
mapped to one attribute or child table here.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, LargeBinary, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.storage.base import Base, BigKey, Moment, Name, PrimaryKey, text_enum
from workflows.campaigns.content_areas import ContentArea, InspectionLevel, Source
from workflows.campaigns.models import Campaign
from workflows.geography.paths import RegionPath
from workflows.hazards.fingerprint import SIZE
from workflows.hazards.words import Category, EvidenceKind, Origin, Severity, Stage, Verdict
from workflows.organisations.sectors import Sector

TEN_THOUSAND_YUAN = Numeric(12, 2)
"""Money in 万元, as every ledger has it."""


class Hazard(Base):
    """One hazard of one campaign. `stage` is written by `workflows.hazards.stages.move` alone.

    `due_at` is the time limit of the rectification and `original_due_at` the one that was set first. A unit that is
    no organisation of ours (a street shop, a site) stands in `unit_name` only. `verdict` is the last one found;
    `confirmed_at` is when the unit signed for the hazard, `planned_at` when its plan was recorded, `rectified_at`
    when it was put right as far as is known. `fingerprint` is shared by hazards that are the same as they were first
    told (see `workflows.hazards.fingerprint`).
    """

    __tablename__ = "hazard"
    __table_args__ = (
        Index("ix_hazard_campaign_stage", "campaign_id", "stage", "id"),
        Index("ix_hazard_region", "campaign_id", "region_path", "sector", "stage"),
        Index("ix_hazard_sector", "campaign_id", "sector", "region_path"),
        Index("ix_hazard_unit", "unit_id", "id"),
        Index("ix_hazard_fingerprint", "campaign_id", "fingerprint"),
        Index("ix_hazard_source_reference", "campaign_id", "source_reference", "previous_number"),
        Index("ix_hazard_previous", "previous_id"),
    )
    id: Mapped[PrimaryKey]
    number: Mapped[str] = mapped_column(String(64), unique=True)
    campaign_id: Mapped[int] = mapped_column(BigKey, ForeignKey("campaign.id"))
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(SIZE))
    origin: Mapped[Origin] = mapped_column(text_enum(Origin), default=Origin.NEW)
    stage: Mapped[Stage] = mapped_column(text_enum(Stage))
    title: Mapped[Name]
    description: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(500), default="")
    region_code: Mapped[str] = mapped_column(String(12), ForeignKey("region.code"))
    region_path: Mapped[RegionPath]
    sector: Mapped[Sector] = mapped_column(text_enum(Sector))
    severity: Mapped[Severity] = mapped_column(text_enum(Severity))
    criterion: Mapped[str] = mapped_column(String(255), default="")
    category: Mapped[Category | None] = mapped_column(text_enum(Category))
    accident_type: Mapped[str] = mapped_column(String(64), default="")
    violated_clause: Mapped[str] = mapped_column(String(500), default="")

    content_area: Mapped[ContentArea] = mapped_column(text_enum(ContentArea))
    source: Mapped[Source] = mapped_column(text_enum(Source))
    source_reference: Mapped[str] = mapped_column(String(255), default="")
    inspection_level: Mapped[InspectionLevel | None] = mapped_column(text_enum(InspectionLevel))
    inspecting_body: Mapped[str] = mapped_column(String(255), default="")
    inspectors: Mapped[str] = mapped_column(String(500), default="")
    experts: Mapped[str] = mapped_column(String(500), default="")
    inspected_unit: Mapped[str] = mapped_column(String(255), default="")
    found_on: Mapped[date | None]

    unit_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("organisation.id"))
    unit_name: Mapped[Name]
    uscc: Mapped[str] = mapped_column(String(18), default="")
    responsible_person: Mapped[str | None] = mapped_column(String(255))
    responsible_name: Mapped[str] = mapped_column(String(255), default="")
    responsible_post: Mapped[str] = mapped_column(String(255), default="")
    responsible_phone: Mapped[str] = mapped_column(String(64), default="")
    department_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    department_person: Mapped[str] = mapped_column(String(255), default="")
    committee_id: Mapped[int] = mapped_column(BigKey, ForeignKey("organisation.id"))
    guaranteeing_leader: Mapped[str] = mapped_column(String(255), default="")

    requirements: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    steps: Mapped[str] = mapped_column(Text, default="")
    interim_controls: Mapped[str] = mapped_column(Text, default="")
    funds_planned: Mapped[Decimal | None] = mapped_column(TEN_THOUSAND_YUAN)
    funds_in_place: Mapped[Decimal | None] = mapped_column(TEN_THOUSAND_YUAN)
    funds_spent: Mapped[Decimal | None] = mapped_column(TEN_THOUSAND_YUAN)
    due_at: Mapped[datetime | None]
    original_due_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    planned_at: Mapped[datetime | None]
    rectified_at: Mapped[datetime | None]
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    returns: Mapped[int] = mapped_column(default=0)
    extensions: Mapped[int] = mapped_column(default=0)
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(String(255))

    listed: Mapped[bool] = mapped_column(default=False)
    exposed: Mapped[bool] = mapped_column(default=False)
    documents: Mapped[list[Any]] = mapped_column(default=list)
    penalties: Mapped[str] = mapped_column(String(500), default="")
    transfers: Mapped[str] = mapped_column(String(500), default="")
    remark: Mapped[str] = mapped_column(Text, default="")

    previous_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("hazard.id"))
    previous_number: Mapped[str] = mapped_column(String(128), default="")
    claimed_result: Mapped[str] = mapped_column(String(255), default="")
    claimed_done_on: Mapped[date | None]

    instance_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("instance.id"))
    created_at: Mapped[Moment]
    created_by: Mapped[Name]
    version: Mapped[int] = mapped_column()
    campaign: Mapped[Campaign] = relationship()

    __mapper_args__: ClassVar = {"version_id_col": version}


def _digest(context: Any) -> str:
    """The hash of the content, with which every reference of the upload store begins."""
    return str(context.get_current_parameters()["reference"]).partition("/")[0][:64]


class Evidence(Base):
    """A photo or document (`reference` is what the upload store gave out), with when and by whom it was handed in.

    `digest` is the hash of its content, so that the same photo is known again wherever it is handed in.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_hazard", "hazard_id", "id"),
        Index("ix_evidence_digest", "digest", "hazard_id"),
    )
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    kind: Mapped[EvidenceKind] = mapped_column(text_enum(EvidenceKind))
    reference: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64), default=_digest)
    added_at: Mapped[Moment]
    added_by: Mapped[Name]


class ProgressNote(Base):
    """One entry of the rectification's progress (整改情况); written once, never changed."""

    __tablename__ = "progress_note"
    __table_args__ = (Index("ix_progress_note_hazard", "hazard_id", "id"),)
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[Moment]
    by: Mapped[Name]


class StageChange(Base):
    """A hazard's way from one stage to another (退回 when it leads back), and why; written once, never changed."""

    __tablename__ = "stage_change"
    __table_args__ = (Index("ix_stage_change_hazard", "hazard_id", "id"),)
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    before: Mapped[Stage | None] = mapped_column(text_enum(Stage))
    after: Mapped[Stage] = mapped_column(text_enum(Stage))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Moment]
    by: Mapped[Name]


class Verification(Base):
    """What verifiers found on site (复查): two people of the department, or a spot-check team with its expert.

    `passed` is the result; `verdict` answers the campaign's question of a carried-over hazard. `document` is the
    number of the re-check opinion (整改复查意见书).
    """

    __tablename__ = "verification"
    __table_args__ = (Index("ix_verification_hazard", "hazard_id", "id"),)
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    stage: Mapped[Stage] = mapped_column(text_enum(Stage))
    passed: Mapped[bool]
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    opinion: Mapped[str] = mapped_column(Text)
    verifiers: Mapped[list[Any]] = mapped_column(default=list)
    expert: Mapped[str | None] = mapped_column(String(255))
    document: Mapped[str] = mapped_column(String(128), default="")
    at: Mapped[Moment]


class TimeLimit(Base):
    """A time limit of a hazard's rectification that was set or extended; the last row is the one in force."""

    __tablename__ = "time_limit"
    __table_args__ = (Index("ix_time_limit_hazard", "hazard_id", "id"),)
    id: Mapped[PrimaryKey]
    hazard_id: Mapped[int] = mapped_column(BigKey, ForeignKey("hazard.id"))
    due_at: Mapped[Moment]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[Moment]
    decided_by: Mapped[Name]
