"""Create the domain's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage import base

revision = "9594667f2476"
down_revision = None
branch_labels = ("workflows",)
depends_on = "59892183f73f"


def upgrade() -> None:
    op.create_table(
        "calendar_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_working", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("entered_by", sa.String(length=255), nullable=False),
        sa.Column("entered_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_calendar_day")),
    )
    op.create_table(
        "calendar_year",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("entered_by", sa.String(length=255), nullable=False),
        sa.Column("entered_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_calendar_year")),
    )
    op.create_table(
        "digest",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest")),
    )
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.create_index("uq_digest_recipient_day", ["recipient", "day"], unique=True)

    op.create_table(
        "issued_number",
        sa.Column("number", sa.String(length=128), nullable=False),
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("issued_at", base.UtcDateTime(), nullable=False),
        sa.Column("voided_at", base.UtcDateTime(), nullable=True),
        sa.Column("voided_by", sa.String(length=255), nullable=True),
        sa.Column("void_reason", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_issued_number")),
    )
    with op.batch_alter_table("issued_number", schema=None) as batch_op:
        batch_op.create_index("uq_issued_number_place", ["series", "year", "sequence"], unique=True)

    op.create_table(
        "ledger_export_job",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("columns", base.Json, nullable=False),
        sa.Column("format", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=True),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("expires_at", base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_export_job")),
    )
    with op.batch_alter_table("ledger_export_job", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_export_job_account", ["account", "id"], unique=False)
        batch_op.create_index("ix_ledger_export_job_expires", ["expires_at"], unique=False)
        batch_op.create_index("ix_ledger_export_job_state", ["state", "claimed_until", "id"], unique=False)

    op.create_table(
        "number_series",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_number_series")),
    )
    op.create_table(
        "photo",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("taken_at", base.UtcDateTime(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("device", sa.String(length=128), nullable=False),
        sa.Column("read_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_photo")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("parent_code", sa.String(length=12), nullable=True),
        sa.Column(
            "path", sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("is_function_zone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_code"], ["region.code"], name=op.f("fk_region_parent_code_region")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
        sa.UniqueConstraint("path", name=op.f("uq_region_path")),
    )
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_parent_code"), ["parent_code"], unique=False)

    op.create_table(
        "sign_in_record",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_record")),
    )
    with op.batch_alter_table("sign_in_record", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_record_account", ["account", "address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_record_account_at", ["account", "at", "id"], unique=False)
        batch_op.create_index("ix_sign_in_record_address", ["address", "at"], unique=False)
        batch_op.create_index("ix_sign_in_record_at", ["at", "id"], unique=False)
        batch_op.create_index("ix_sign_in_record_outcome", ["outcome", "at", "id"], unique=False)

    op.create_table(
        "upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("length", base.BigKey, nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("expires_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
    )
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.create_index("ix_upload_account", ["account", "created_at"], unique=False)
        batch_op.create_index("ix_upload_expires", ["expires_at"], unique=False)
        batch_op.create_index("ix_upload_reference", ["account", "reference"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sector", sa.String(length=32), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("parent_id", base.BigKey, nullable=True),
        sa.Column("closed_at", base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_organisation_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_organisation_place", ["region_path", "id"], unique=False)
        batch_op.create_index("ix_organisation_region_kind_sector", ["region_code", "kind", "sector"], unique=False)
        batch_op.create_index("ix_organisation_region_path", ["region_path", "kind", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_uscc"), ["uscc"], unique=False)

    op.create_table(
        "audit_record",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("object_key", sa.String(length=255), nullable=False),
        sa.Column("object_name", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=True),
        sa.Column("before", base.Json, nullable=False),
        sa.Column("after", base.Json, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_audit_record_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_record")),
    )
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.create_index("ix_audit_record_actor", ["actor", "at", "id"], unique=False)
        batch_op.create_index("ix_audit_record_at", ["at", "id"], unique=False)
        batch_op.create_index("ix_audit_record_kind", ["kind", "at", "id"], unique=False)
        batch_op.create_index("ix_audit_record_object", ["object_key", "at", "id"], unique=False)
        batch_op.create_index("ix_audit_record_organisation", ["organisation_id", "at", "id"], unique=False)

    op.create_table(
        "campaign",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("committee_id", base.BigKey, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("content_areas", base.Json, nullable=False),
        sa.Column("sectors", base.Json, nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("closed_at", base.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=255), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_campaign_committee_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )
    op.create_table(
        "ledger_view",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=True),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_ledger_view_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_view")),
    )
    with op.batch_alter_table("ledger_view", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_view_organisation", ["organisation_id", "name"], unique=False)
        batch_op.create_index("uq_ledger_view_name", ["account", "name"], unique=True)

    op.create_table(
        "person",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("mail", sa.String(length=255), nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("specialities", base.Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("must_change_password", sa.Boolean(), nullable=False),
        sa.Column("password_valid_until", base.UtcDateTime(), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account", name=op.f("uq_person_account")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "replay",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("draft_id", base.BigKey, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("hazards", base.Json, nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("asked_at", base.UtcDateTime(), nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["process_draft.id"], name=op.f("fk_replay_draft_id_process_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replay")),
    )
    with op.batch_alter_table("replay", schema=None) as batch_op:
        batch_op.create_index("ix_replay_draft", ["draft_id", "id"], unique=False)
        batch_op.create_index("ix_replay_state", ["state", "id"], unique=False)

    op.create_table(
        "trial",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("draft_id", base.BigKey, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("script", base.Json, nullable=False),
        sa.Column("undone", base.Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.String(length=255), nullable=False),
        sa.Column("begun_at", base.UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["process_draft.id"], name=op.f("fk_trial_draft_id_process_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.create_index("ix_trial_draft", ["draft_id", "changed_at", "id"], unique=False)

    op.create_table(
        "api_token",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("person_id", base.BigKey, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", base.Json, nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("expires_at", base.UtcDateTime(), nullable=True),
        sa.Column("revoked_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_api_token_secret_hash")),
    )
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_token_person_id"), ["person_id"], unique=False)

    op.create_table(
        "campaign_phase",
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_phase_campaign_id_campaign"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("campaign_id", "kind", name=op.f("pk_campaign_phase")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("person_id", base.BigKey, nullable=False),
        sa.Column("deputy_id", base.BigKey, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.Column("ended_by", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_delegation_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_deputy", ["deputy_id", "last_day"], unique=False)
        batch_op.create_index("ix_delegation_last_day", ["last_day", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hazard",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=False),
        sa.Column("origin", sa.String(length=32), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.String(length=500), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("criterion", sa.String(length=255), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("accident_type", sa.String(length=64), nullable=False),
        sa.Column("violated_clause", sa.String(length=500), nullable=False),
        sa.Column("content_area", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("source_reference", sa.String(length=255), nullable=False),
        sa.Column("inspection_level", sa.String(length=32), nullable=True),
        sa.Column("inspecting_body", sa.String(length=255), nullable=False),
        sa.Column("inspectors", sa.String(length=500), nullable=False),
        sa.Column("experts", sa.String(length=500), nullable=False),
        sa.Column("inspected_unit", sa.String(length=255), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("unit_id", base.BigKey, nullable=True),
        sa.Column("unit_name", sa.String(length=255), nullable=False),
        sa.Column("uscc", sa.String(length=18), nullable=False),
        sa.Column("responsible_person", sa.String(length=255), nullable=True),
        sa.Column("responsible_name", sa.String(length=255), nullable=False),
        sa.Column("responsible_post", sa.String(length=255), nullable=False),
        sa.Column("responsible_phone", sa.String(length=64), nullable=False),
        sa.Column("department_id", base.BigKey, nullable=False),
        sa.Column("department_person", sa.String(length=255), nullable=False),
        sa.Column("committee_id", base.BigKey, nullable=False),
        sa.Column("guaranteeing_leader", sa.String(length=255), nullable=False),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("interim_controls", sa.Text(), nullable=False),
        sa.Column("funds_planned", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("funds_in_place", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("funds_spent", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("due_at", base.UtcDateTime(), nullable=True),
        sa.Column("original_due_at", base.UtcDateTime(), nullable=True),
        sa.Column("confirmed_at", base.UtcDateTime(), nullable=True),
        sa.Column("planned_at", base.UtcDateTime(), nullable=True),
        sa.Column("rectified_at", base.UtcDateTime(), nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("closed_at", base.UtcDateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=255), nullable=True),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("exposed", sa.Boolean(), nullable=False),
        sa.Column("documents", base.Json, nullable=False),
        sa.Column("penalties", sa.String(length=500), nullable=False),
        sa.Column("transfers", sa.String(length=500), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("previous_id", base.BigKey, nullable=True),
        sa.Column("previous_number", sa.String(length=128), nullable=False),
        sa.Column("claimed_result", sa.String(length=255), nullable=False),
        sa.Column("claimed_done_on", sa.Date(), nullable=True),
        sa.Column("instance_id", base.BigKey, nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_hazard_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_hazard_committee_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["organisation.id"], name=op.f("fk_hazard_department_id_organisation")
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_hazard_instance_id_instance")),
        sa.ForeignKeyConstraint(["previous_id"], ["hazard.id"], name=op.f("fk_hazard_previous_id_hazard")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_hazard_region_code_region")),
        sa.ForeignKeyConstraint(["unit_id"], ["organisation.id"], name=op.f("fk_hazard_unit_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
        sa.UniqueConstraint("number", name=op.f("uq_hazard_number")),
    )
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.create_index("ix_hazard_campaign_stage", ["campaign_id", "stage", "id"], unique=False)
        batch_op.create_index("ix_hazard_fingerprint", ["campaign_id", "fingerprint"], unique=False)
        batch_op.create_index(
            "ix_hazard_ledger_account",
            ["responsible_person", "id"],
            unique=False,
            postgresql_where=sa.text("responsible_person IS NOT NULL"),
            sqlite_where=sa.text("responsible_person IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_hazard_ledger_closed",
            ["campaign_id", "closed_at"],
            unique=False,
            postgresql_where=sa.text("closed_at IS NOT NULL"),
            sqlite_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.create_index("ix_hazard_ledger_due", ["campaign_id", "due_at", "id"], unique=False)
        batch_op.create_index(
            "ix_hazard_ledger_exposed",
            ["campaign_id", "id"],
            unique=False,
            postgresql_where=sa.text("exposed"),
            sqlite_where=sa.text("exposed = 1"),
        )
        batch_op.create_index("ix_hazard_ledger_found", ["campaign_id", "found_on", "id"], unique=False)
        batch_op.create_index(
            "ix_hazard_ledger_listed",
            ["campaign_id", "id"],
            unique=False,
            postgresql_where=sa.text("listed"),
            sqlite_where=sa.text("listed = 1"),
        )
        batch_op.create_index("ix_hazard_ledger_number", ["campaign_id", "number"], unique=False)
        batch_op.create_index("ix_hazard_ledger_origin", ["campaign_id", "origin", "id"], unique=False)
        batch_op.create_index(
            "ix_hazard_ledger_rectified",
            ["campaign_id", "rectified_at"],
            unique=False,
            postgresql_where=sa.text("rectified_at IS NOT NULL"),
            sqlite_where=sa.text("rectified_at IS NOT NULL"),
        )
        batch_op.create_index("ix_hazard_ledger_registered", ["campaign_id", "created_at"], unique=False)
        batch_op.create_index("ix_hazard_ledger_responsible", ["responsible_name", "id"], unique=False)
        batch_op.create_index("ix_hazard_ledger_returns", ["campaign_id", "returns", "id"], unique=False)
        batch_op.create_index("ix_hazard_ledger_severity", ["campaign_id", "severity", "id"], unique=False)
        batch_op.create_index("ix_hazard_ledger_source", ["campaign_id", "source", "id"], unique=False)
        batch_op.create_index("ix_hazard_ledger_unit_name", ["campaign_id", "unit_name"], unique=False)
        batch_op.create_index(
            "ix_hazard_ledger_unrectified",
            ["campaign_id", "due_at", "id"],
            unique=False,
            postgresql_where=sa.text("rectified_at IS NULL AND closed_at IS NULL"),
            sqlite_where=sa.text("rectified_at IS NULL AND closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_hazard_ledger_verdict",
            ["campaign_id", "verdict"],
            unique=False,
            postgresql_where=sa.text("verdict IS NOT NULL"),
            sqlite_where=sa.text("verdict IS NOT NULL"),
        )
        batch_op.create_index("ix_hazard_previous", ["previous_id"], unique=False)
        batch_op.create_index("ix_hazard_region", ["campaign_id", "region_path", "sector", "stage"], unique=False)
        batch_op.create_index("ix_hazard_sector", ["campaign_id", "sector", "region_path"], unique=False)
        batch_op.create_index(
            "ix_hazard_source_reference", ["campaign_id", "source_reference", "previous_number"], unique=False
        )
        batch_op.create_index("ix_hazard_unit", ["unit_id", "id"], unique=False)

    op.create_table(
        "ledger_default_view",
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("view_id", base.BigKey, nullable=False),
        sa.ForeignKeyConstraint(
            ["view_id"], ["ledger_view.id"], name=op.f("fk_ledger_default_view_view_id_ledger_view"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_ledger_default_view")),
    )
    with op.batch_alter_table("ledger_default_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_default_view_view_id"), ["view_id"], unique=False)

    op.create_table(
        "ledger_import",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("last_row", sa.Integer(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("wrong_rows", sa.Integer(), nullable=False),
        sa.Column("started_at", base.UtcDateTime(), nullable=False),
        sa.Column("started_by", sa.String(length=255), nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_ledger_import_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import")),
    )
    with op.batch_alter_table("ledger_import", schema=None) as batch_op:
        batch_op.create_index("uq_ledger_import_file", ["campaign_id", "digest"], unique=True)

    op.create_table(
        "ledger_import_job",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("size", base.BigKey, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("fresh", sa.Integer(), nullable=False),
        sa.Column("carried_over", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("wrong_rows", sa.Integer(), nullable=False),
        sa.Column("registered", sa.Integer(), nullable=False),
        sa.Column("preview", base.Json, nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_ledger_import_job_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_import_job")),
    )
    with op.batch_alter_table("ledger_import_job", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_import_job_account", ["account", "id"], unique=False)
        batch_op.create_index("ix_ledger_import_job_state", ["state", "claimed_until", "id"], unique=False)

    op.create_table(
        "reach_choice",
        sa.Column("person_id", base.BigKey, nullable=False),
        sa.Column("way", sa.String(length=32), nullable=False),
        sa.Column("occasion", sa.String(length=32), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reach_choice_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "way", "occasion", name=op.f("pk_reach_choice")),
    )
    op.create_table(
        "role_assignment",
        sa.Column("person_id", base.BigKey, nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_assignment_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_assignment_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", "role", "organisation_id", name=op.f("pk_role_assignment")),
    )
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.create_index("ix_role_assignment_group", ["organisation_id", "role"], unique=False)

    op.create_table(
        "spot_check_round",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("committee_id", base.BigKey, nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("parameters", base.Json, nullable=False),
        sa.Column("closed_since", sa.Date(), nullable=True),
        sa.Column("exclusion_days", sa.Integer(), nullable=False),
        sa.Column("seed", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("witnesses", base.Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_spot_check_round_campaign_id_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_spot_check_round_committee_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_round")),
    )
    with op.batch_alter_table("spot_check_round", schema=None) as batch_op:
        batch_op.create_index("ix_spot_check_round_campaign", ["campaign_id", "status"], unique=False)
        batch_op.create_index("ix_spot_check_round_region", ["region_path", "id"], unique=False)

    op.create_table(
        "statistic",
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("carried_over", sa.Integer(), nullable=False),
        sa.Column("relapsed", sa.Integer(), nullable=False),
        sa.Column("self_check", sa.Integer(), nullable=False),
        sa.Column("special_inspection", sa.Integer(), nullable=False),
        sa.Column("spot_check", sa.Integer(), nullable=False),
        sa.Column("closure", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("exposed", sa.Integer(), nullable=False),
        sa.Column("false_rectification", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("unrectified", sa.Integer(), nullable=False),
        sa.Column("rectified", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_statistic_campaign_id_campaign")),
        sa.PrimaryKeyConstraint("campaign_id", "region_path", "sector", "severity", "day", name=op.f("pk_statistic")),
    )
    with op.batch_alter_table("statistic", schema=None) as batch_op:
        batch_op.create_index("ix_statistic_day", ["campaign_id", "day", "region_path"], unique=False)

    op.create_table(
        "statistic_change",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        sa.Column("carried_over", sa.Integer(), nullable=False),
        sa.Column("relapsed", sa.Integer(), nullable=False),
        sa.Column("self_check", sa.Integer(), nullable=False),
        sa.Column("special_inspection", sa.Integer(), nullable=False),
        sa.Column("spot_check", sa.Integer(), nullable=False),
        sa.Column("closure", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("returns", sa.Integer(), nullable=False),
        sa.Column("listed", sa.Integer(), nullable=False),
        sa.Column("exposed", sa.Integer(), nullable=False),
        sa.Column("false_rectification", sa.Integer(), nullable=False),
        sa.Column("due", sa.Integer(), nullable=False),
        sa.Column("in_time", sa.Integer(), nullable=False),
        sa.Column("unrectified", sa.Integer(), nullable=False),
        sa.Column("rectified", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaign.id"], name=op.f("fk_statistic_change_campaign_id_campaign")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statistic_change")),
    )
    with op.batch_alter_table("statistic_change", schema=None) as batch_op:
        batch_op.create_index("ix_statistic_change_region", ["campaign_id", "region_path"], unique=False)

    op.create_table(
        "zero_report",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("sector", sa.String(length=32), nullable=True),
        sa.Column("period", sa.String(length=32), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("looked_at", sa.String(length=500), nullable=False),
        sa.Column("declared_at", base.UtcDateTime(), nullable=False),
        sa.Column("declared_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_zero_report_campaign_id_campaign")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_zero_report_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_zero_report")),
    )
    with op.batch_alter_table("zero_report", schema=None) as batch_op:
        batch_op.create_index("ix_zero_report_region", ["campaign_id", "region_path", "first_day"], unique=False)
        batch_op.create_index("uq_zero_report", ["campaign_id", "organisation_id", "first_day", "period"], unique=True)

    op.create_table(
        "acknowledgement",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("as_leader", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("holds_until", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_acknowledgement_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_acknowledgement_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acknowledgement")),
    )
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.create_index("ix_acknowledgement_hazard", ["hazard_id", "at", "id"], unique=False)
        batch_op.create_index("uq_acknowledgement_step_person", ["task_id", "due_at", "step", "by"], unique=True)

    op.create_table(
        "comment",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("withdrawn_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_comment_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index("ix_comment_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("answers", base.Json, nullable=False),
        sa.Column("saved_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_draft_task_id_user_task")),
        sa.PrimaryKeyConstraint("task_id", "account", name=op.f("pk_draft")),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_saved", ["saved_at"], unique=False)

    op.create_table(
        "enforcement_case",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("unit_id", base.BigKey, nullable=True),
        sa.Column("unit_name", sa.String(length=255), nullable=False),
        sa.Column("department_id", base.BigKey, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.String(length=255), nullable=False),
        sa.Column("opened_at", base.UtcDateTime(), nullable=False),
        sa.Column("order_number", sa.String(length=128), nullable=True),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("inspectors", sa.String(length=255), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("filed_at", base.UtcDateTime(), nullable=True),
        sa.Column("penalty", sa.String(length=32), nullable=True),
        sa.Column("amount", sa.Numeric(precision=12, scale=2), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("published_in", sa.String(length=255), nullable=False),
        sa.Column("published_by", sa.String(length=255), nullable=True),
        sa.Column("published_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["department_id"], ["organisation.id"], name=op.f("fk_enforcement_case_department_id_organisation")
        ),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_enforcement_case_hazard_id_hazard")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["organisation.id"], name=op.f("fk_enforcement_case_unit_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enforcement_case")),
        sa.UniqueConstraint("order_number", name=op.f("uq_enforcement_case_order_number")),
    )
    with op.batch_alter_table("enforcement_case", schema=None) as batch_op:
        batch_op.create_index("ix_enforcement_case_hazard", ["hazard_id", "id"], unique=False)
        batch_op.create_index("ix_enforcement_case_unit", ["unit_id", "decided_at"], unique=False)
        batch_op.create_index(
            "uq_enforcement_case_undecided",
            ["hazard_id"],
            unique=True,
            postgresql_where=sa.text("decided_at IS NULL"),
            sqlite_where=sa.text("decided_at IS NULL"),
        )

    op.create_table(
        "evidence",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", base.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_evidence_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_digest", ["digest", "hazard_id"], unique=False)
        batch_op.create_index("ix_evidence_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "exposure",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=255), nullable=False),
        sa.Column("proposed_at", base.UtcDateTime(), nullable=False),
        sa.Column("headline", sa.String(length=255), nullable=False),
        sa.Column("public_text", sa.Text(), nullable=False),
        sa.Column("media", sa.String(length=255), nullable=False),
        sa.Column("city_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=32), nullable=True),
        sa.Column("drafted_by", sa.String(length=255), nullable=True),
        sa.Column("drafted_at", base.UtcDateTime(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("published_at", base.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=255), nullable=True),
        sa.Column("withdrawn_at", base.UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_exposure_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exposure")),
    )
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.create_index("ix_exposure_hazard", ["hazard_id", "id"], unique=False)
        batch_op.create_index(
            "ix_exposure_public",
            ["published_at", "id"],
            unique=False,
            postgresql_where=sa.text("status = 'published'"),
            sqlite_where=sa.text("status = 'published'"),
        )
        batch_op.create_index(
            "uq_exposure_under_way",
            ["hazard_id"],
            unique=True,
            postgresql_where=sa.text("status IN ('proposed', 'published')"),
            sqlite_where=sa.text("status IN ('proposed', 'published')"),
        )

    op.create_table(
        "extension_request",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("present_due_at", base.UtcDateTime(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence", base.Json, nullable=False),
        sa.Column("requested_by", sa.String(length=255), nullable=False),
        sa.Column("requested_at", base.UtcDateTime(), nullable=False),
        sa.Column("granted_until", sa.Date(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_extension_request_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extension_request")),
    )
    with op.batch_alter_table("extension_request", schema=None) as batch_op:
        batch_op.create_index("ix_extension_request_hazard", ["hazard_id", "id"], unique=False)
        batch_op.create_index(
            "uq_extension_request_pending",
            ["hazard_id"],
            unique=True,
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )

    op.create_table(
        "good_practice",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(length=12), nullable=False),
        sa.Column(
            "region_path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("city_code", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=32), nullable=True),
        sa.Column("photos", base.Json, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=True),
        sa.Column("organisation_name", sa.String(length=255), nullable=False),
        sa.Column("proposed_by", sa.String(length=255), nullable=False),
        sa.Column("proposed_at", base.UtcDateTime(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("published_at", base.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=255), nullable=True),
        sa.Column("withdrawn_at", base.UtcDateTime(), nullable=True),
        sa.Column("withdrawal_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_good_practice_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_good_practice_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_practice")),
    )
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.create_index("ix_good_practice_hazard", ["hazard_id"], unique=False)
        batch_op.create_index("ix_good_practice_proposed_by", ["proposed_by", "id"], unique=False)
        batch_op.create_index(
            "ix_good_practice_public",
            ["published_at", "id"],
            unique=False,
            postgresql_where=sa.text("status = 'published'"),
            sqlite_where=sa.text("status = 'published'"),
        )
        batch_op.create_index("ix_good_practice_status", ["status", "id"], unique=False)

    op.create_table(
        "hazard_search",
        sa.Column("hazard_id", base.BigKey, autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("grams", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hazard_id"], ["hazard.id"], name=op.f("fk_hazard_search_hazard_id_hazard"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("hazard_id", name=op.f("pk_hazard_search")),
    )
    if op.get_context().dialect.name == "postgresql":
        op.execute("CREATE INDEX ix_hazard_search_grams ON hazard_search USING gin (string_to_array(grams, ' '))")

    if op.get_context().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE hazard_grams USING fts5 (grams, content='hazard_search', content_rowid='hazard_id', tokenize='ascii', detail=none)"
        )
        op.execute(
            "CREATE TRIGGER hazard_search_added AFTER INSERT ON hazard_search BEGIN INSERT INTO hazard_grams (rowid, grams) VALUES (new.hazard_id, new.grams); END"
        )
        op.execute(
            "CREATE TRIGGER hazard_search_removed AFTER DELETE ON hazard_search BEGIN INSERT INTO hazard_grams (hazard_grams, rowid, grams) VALUES ('delete', old.hazard_id, old.grams); END"
        )
        op.execute(
            "CREATE TRIGGER hazard_search_changed AFTER UPDATE ON hazard_search BEGIN INSERT INTO hazard_grams (hazard_grams, rowid, grams) VALUES ('delete', old.hazard_id, old.grams); INSERT INTO hazard_grams (rowid, grams) VALUES (new.hazard_id, new.grams); END"
        )

    op.create_table(
        "imported_hazard",
        sa.Column("hazard_id", base.BigKey, autoincrement=False, nullable=False),
        sa.Column("import_id", base.BigKey, nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_imported_hazard_hazard_id_hazard")),
        sa.ForeignKeyConstraint(
            ["import_id"], ["ledger_import.id"], name=op.f("fk_imported_hazard_import_id_ledger_import")
        ),
        sa.PrimaryKeyConstraint("hazard_id", name=op.f("pk_imported_hazard")),
    )
    with op.batch_alter_table("imported_hazard", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_imported_hazard_import_id"), ["import_id"], unique=False)

    op.create_table(
        "missed_deadline",
        sa.Column("task_id", base.BigKey, autoincrement=False, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_by", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_missed_deadline_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_missed_deadline_task_id_user_task")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_missed_deadline")),
    )
    with op.batch_alter_table("missed_deadline", schema=None) as batch_op:
        batch_op.create_index("ix_missed_deadline_due", ["due_at"], unique=False)
        batch_op.create_index("ix_missed_deadline_hazard", ["hazard_id"], unique=False)

    op.create_table(
        "progress_note",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_progress_note_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_note")),
    )
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.create_index("ix_progress_note_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "read_mark",
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("read_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name=op.f("fk_read_mark_task_id_user_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account", "task_id", name=op.f("pk_read_mark")),
    )
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.create_index("ix_read_mark_task", ["task_id"], unique=False)

    op.create_table(
        "replay_finding",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("replay_id", base.BigKey, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("finding", sa.String(length=32), nullable=False),
        sa.Column("difference", base.Json, nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("paths", sa.Integer(), nullable=False),
        sa.Column("limits", sa.Integer(), nullable=False),
        sa.Column("tellings", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_replay_finding_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["replay_id"], ["replay.id"], name=op.f("fk_replay_finding_replay_id_replay")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replay_finding")),
    )
    with op.batch_alter_table("replay_finding", schema=None) as batch_op:
        batch_op.create_index("ix_replay_finding_finding", ["replay_id", "finding", "place"], unique=False)
        batch_op.create_index("uq_replay_finding_place", ["replay_id", "place"], unique=True)

    op.create_table(
        "sampled_hazard",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("round_id", base.BigKey, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("stratum", sa.String(length=128), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("team_id", base.BigKey, nullable=True),
        sa.Column("expert", sa.String(length=255), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("refusals", base.Json, nullable=False),
        sa.Column("withdrawn", base.Json, nullable=False),
        sa.Column("assigned_at", base.UtcDateTime(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_place", sa.Integer(), nullable=True),
        sa.Column("instance_id", base.BigKey, nullable=True),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("inspected_at", base.UtcDateTime(), nullable=True),
        sa.Column("next_id", base.BigKey, nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_sampled_hazard_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_sampled_hazard_instance_id_instance")),
        sa.ForeignKeyConstraint(["next_id"], ["hazard.id"], name=op.f("fk_sampled_hazard_next_id_hazard")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["spot_check_round.id"], name=op.f("fk_sampled_hazard_round_id_spot_check_round")
        ),
        sa.ForeignKeyConstraint(["team_id"], ["organisation.id"], name=op.f("fk_sampled_hazard_team_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sampled_hazard")),
    )
    with op.batch_alter_table("sampled_hazard", schema=None) as batch_op:
        batch_op.create_index("ix_sampled_hazard_expert", ["expert", "round_id"], unique=False)
        batch_op.create_index("ix_sampled_hazard_hazard", ["hazard_id"], unique=False)
        batch_op.create_index("ix_sampled_hazard_number", ["round_id", "number"], unique=False)
        batch_op.create_index(
            "ix_sampled_hazard_team", ["team_id", "round_id", "visit_on", "visit_place"], unique=False
        )
        batch_op.create_index("uq_sampled_hazard_place", ["round_id", "hazard_id"], unique=True)

    op.create_table(
        "similar_check",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("unit_id", base.BigKey, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("asked_at", base.UtcDateTime(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(length=255), nullable=True),
        sa.Column("answered_at", base.UtcDateTime(), nullable=True),
        sa.Column("found_id", base.BigKey, nullable=True),
        sa.ForeignKeyConstraint(["found_id"], ["hazard.id"], name=op.f("fk_similar_check_found_id_hazard")),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_similar_check_hazard_id_hazard")),
        sa.ForeignKeyConstraint(["unit_id"], ["organisation.id"], name=op.f("fk_similar_check_unit_id_organisation")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_similar_check")),
    )
    with op.batch_alter_table("similar_check", schema=None) as batch_op:
        batch_op.create_index("ix_similar_check_unit_id", ["unit_id", "id"], unique=False)
        batch_op.create_index("uq_similar_check_unit", ["hazard_id", "unit_id"], unique=True)

    op.create_table(
        "spot_check_commitment",
        sa.Column("round_id", base.BigKey, nullable=False),
        sa.Column("seed_hash", sa.String(length=64), nullable=False),
        sa.Column("frame_hash", sa.String(length=64), nullable=False),
        sa.Column("parameters_hash", sa.String(length=64), nullable=False),
        sa.Column("candidates", sa.Integer(), nullable=False),
        sa.Column("committed_at", base.UtcDateTime(), nullable=False),
        sa.Column("committed_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["spot_check_round.id"], name=op.f("fk_spot_check_commitment_round_id_spot_check_round")
        ),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_spot_check_commitment")),
    )
    op.create_table(
        "spot_check_frame",
        sa.Column("round_id", base.BigKey, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("city", sa.String(length=12), nullable=False),
        sa.Column("county", sa.String(length=12), nullable=False),
        sa.Column("sector", sa.String(length=32), nullable=False),
        sa.Column("severity", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_spot_check_frame_hazard_id_hazard")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["spot_check_round.id"], name=op.f("fk_spot_check_frame_round_id_spot_check_round")
        ),
        sa.PrimaryKeyConstraint("round_id", "hazard_id", name=op.f("pk_spot_check_frame")),
    )
    with op.batch_alter_table("spot_check_frame", schema=None) as batch_op:
        batch_op.create_index("ix_spot_check_frame_hazard", ["hazard_id"], unique=False)

    op.create_table(
        "spot_check_itinerary",
        sa.Column("round_id", base.BigKey, nullable=False),
        sa.Column("team_id", base.BigKey, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["spot_check_round.id"], name=op.f("fk_spot_check_itinerary_round_id_spot_check_round")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["organisation.id"], name=op.f("fk_spot_check_itinerary_team_id_organisation")
        ),
        sa.PrimaryKeyConstraint("round_id", "team_id", name=op.f("pk_spot_check_itinerary")),
    )
    op.create_table(
        "spot_check_round_change",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("round_id", base.BigKey, nullable=False),
        sa.Column("before", sa.String(length=32), nullable=True),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("facts", base.Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["round_id"], ["spot_check_round.id"], name=op.f("fk_spot_check_round_change_round_id_spot_check_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spot_check_round_change")),
    )
    with op.batch_alter_table("spot_check_round_change", schema=None) as batch_op:
        batch_op.create_index("ix_spot_check_round_change_round", ["round_id", "id"], unique=False)

    op.create_table(
        "stage_change",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("before", sa.String(length=32), nullable=True),
        sa.Column("after", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_stage_change_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_change")),
    )
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.create_index("ix_stage_change_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "supervision",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("committee_id", base.BigKey, nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.String(length=255), nullable=False),
        sa.Column("proposed_at", base.UtcDateTime(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=True),
        sa.Column("decided_at", base.UtcDateTime(), nullable=True),
        sa.Column("document", sa.String(length=128), nullable=True),
        sa.Column("requirements", sa.Text(), nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=True),
        sa.Column("signed_at", base.UtcDateTime(), nullable=True),
        sa.Column("plan_accepted_by", sa.String(length=255), nullable=True),
        sa.Column("plan_accepted_at", base.UtcDateTime(), nullable=True),
        sa.Column("published_in", sa.String(length=255), nullable=False),
        sa.Column("published_at", base.UtcDateTime(), nullable=True),
        sa.Column("accepted_by", sa.String(length=255), nullable=True),
        sa.Column("accepted_at", base.UtcDateTime(), nullable=True),
        sa.Column("delisted_by", sa.String(length=255), nullable=True),
        sa.Column("delisted_at", base.UtcDateTime(), nullable=True),
        sa.Column("delisting_published_in", sa.String(length=255), nullable=False),
        sa.Column("delisting_published_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_supervision_committee_id_organisation")
        ),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_supervision_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision")),
        sa.UniqueConstraint("document", name=op.f("uq_supervision_document")),
    )
    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_committee", ["committee_id", "status"], unique=False)
        batch_op.create_index("ix_supervision_hazard", ["hazard_id", "id"], unique=False)
        batch_op.create_index(
            "uq_supervision_under_way",
            ["hazard_id"],
            unique=True,
            postgresql_where=sa.text("status IN ('proposed', 'listed')"),
            sqlite_where=sa.text("status IN ('proposed', 'listed')"),
        )

    op.create_table(
        "time_limit",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", base.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_time_limit_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_limit")),
    )
    with op.batch_alter_table("time_limit", schema=None) as batch_op:
        batch_op.create_index("ix_time_limit_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "verification",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("verifiers", base.Json, nullable=False),
        sa.Column("expert", sa.String(length=255), nullable=True),
        sa.Column("document", sa.String(length=128), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_verification_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.create_index("ix_verification_hazard", ["hazard_id", "id"], unique=False)

    op.create_table(
        "escalation",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=32), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("stopped_by_id", base.BigKey, nullable=True),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_escalation_hazard_id_hazard")),
        sa.ForeignKeyConstraint(
            ["stopped_by_id"], ["acknowledgement.id"], name=op.f("fk_escalation_stopped_by_id_acknowledgement")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_escalation_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.create_index("ix_escalation_at", ["at"], unique=False)
        batch_op.create_index("ix_escalation_hazard", ["hazard_id", "id"], unique=False)
        batch_op.create_index("uq_escalation_deadline_step", ["task_id", "due_at", "step"], unique=True)

    op.create_table(
        "mention",
        sa.Column("comment_id", base.BigKey, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("read_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_mention_comment_id_comment")),
        sa.PrimaryKeyConstraint("comment_id", "account", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index(
            "ix_mention_unread",
            ["account", "comment_id"],
            unique=False,
            postgresql_where=sa.text("read_at IS NULL"),
            sqlite_where=sa.text("read_at IS NULL"),
        )

    op.create_table(
        "supervision_note",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("supervision_id", base.BigKey, nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["supervision_id"], ["supervision.id"], name=op.f("fk_supervision_note_supervision_id_supervision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervision_note")),
    )
    with op.batch_alter_table("supervision_note", schema=None) as batch_op:
        batch_op.create_index("ix_supervision_note_supervision", ["supervision_id", "id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("escalation_id", base.BigKey, nullable=False),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("hazard_number", sa.String(length=64), nullable=False),
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("can_act", sa.Boolean(), nullable=False),
        sa.Column("for_digest", sa.Boolean(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("deliver_at", base.UtcDateTime(), nullable=False),
        sa.Column("digest_id", base.BigKey, nullable=True),
        sa.Column("delivered_at", base.UtcDateTime(), nullable=True),
        sa.Column("read_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["digest_id"], ["digest.id"], name=op.f("fk_notice_digest_id_digest")),
        sa.ForeignKeyConstraint(["escalation_id"], ["escalation.id"], name=op.f("fk_notice_escalation_id_escalation")),
        sa.ForeignKeyConstraint(["task_id"], ["user_task.id"], name=op.f("fk_notice_task_id_user_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_digest", ["digest_id"], unique=False)
        batch_op.create_index(
            "ix_notice_for_digest",
            ["recipient", "deliver_at"],
            unique=False,
            postgresql_where=sa.text("delivered_at IS NULL AND for_digest IS true"),
            sqlite_where=sa.text("delivered_at IS NULL AND for_digest IS 1"),
        )
        batch_op.create_index(
            "ix_notice_held",
            ["deliver_at", "id"],
            unique=False,
            postgresql_where=sa.text("delivered_at IS NULL AND for_digest IS false"),
            sqlite_where=sa.text("delivered_at IS NULL AND for_digest IS 0"),
        )
        batch_op.create_index("ix_notice_recipient", ["recipient", "id"], unique=False)
        batch_op.create_index(
            "ix_notice_unread",
            ["recipient", "id"],
            unique=False,
            postgresql_where=sa.text("read_at IS NULL"),
            sqlite_where=sa.text("read_at IS NULL"),
        )
        batch_op.create_index("uq_notice_escalation_recipient", ["escalation_id", "recipient"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index("uq_notice_escalation_recipient")
        batch_op.drop_index(
            "ix_notice_unread", postgresql_where=sa.text("read_at IS NULL"), sqlite_where=sa.text("read_at IS NULL")
        )
        batch_op.drop_index("ix_notice_recipient")
        batch_op.drop_index(
            "ix_notice_held",
            postgresql_where=sa.text("delivered_at IS NULL AND for_digest IS false"),
            sqlite_where=sa.text("delivered_at IS NULL AND for_digest IS 0"),
        )
        batch_op.drop_index(
            "ix_notice_for_digest",
            postgresql_where=sa.text("delivered_at IS NULL AND for_digest IS true"),
            sqlite_where=sa.text("delivered_at IS NULL AND for_digest IS 1"),
        )
        batch_op.drop_index("ix_notice_digest")

    op.drop_table("notice")
    with op.batch_alter_table("supervision_note", schema=None) as batch_op:
        batch_op.drop_index("ix_supervision_note_supervision")

    op.drop_table("supervision_note")
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_mention_unread", postgresql_where=sa.text("read_at IS NULL"), sqlite_where=sa.text("read_at IS NULL")
        )

    op.drop_table("mention")
    with op.batch_alter_table("escalation", schema=None) as batch_op:
        batch_op.drop_index("uq_escalation_deadline_step")
        batch_op.drop_index("ix_escalation_hazard")
        batch_op.drop_index("ix_escalation_at")

    op.drop_table("escalation")
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index("ix_verification_hazard")

    op.drop_table("verification")
    with op.batch_alter_table("time_limit", schema=None) as batch_op:
        batch_op.drop_index("ix_time_limit_hazard")

    op.drop_table("time_limit")
    with op.batch_alter_table("supervision", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_supervision_under_way",
            postgresql_where=sa.text("status IN ('proposed', 'listed')"),
            sqlite_where=sa.text("status IN ('proposed', 'listed')"),
        )
        batch_op.drop_index("ix_supervision_hazard")
        batch_op.drop_index("ix_supervision_committee")

    op.drop_table("supervision")
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_change_hazard")

    op.drop_table("stage_change")
    with op.batch_alter_table("spot_check_round_change", schema=None) as batch_op:
        batch_op.drop_index("ix_spot_check_round_change_round")

    op.drop_table("spot_check_round_change")
    op.drop_table("spot_check_itinerary")
    with op.batch_alter_table("spot_check_frame", schema=None) as batch_op:
        batch_op.drop_index("ix_spot_check_frame_hazard")

    op.drop_table("spot_check_frame")
    op.drop_table("spot_check_commitment")
    with op.batch_alter_table("similar_check", schema=None) as batch_op:
        batch_op.drop_index("uq_similar_check_unit")
        batch_op.drop_index("ix_similar_check_unit_id")

    op.drop_table("similar_check")
    with op.batch_alter_table("sampled_hazard", schema=None) as batch_op:
        batch_op.drop_index("uq_sampled_hazard_place")
        batch_op.drop_index("ix_sampled_hazard_team")
        batch_op.drop_index("ix_sampled_hazard_number")
        batch_op.drop_index("ix_sampled_hazard_hazard")
        batch_op.drop_index("ix_sampled_hazard_expert")

    op.drop_table("sampled_hazard")
    with op.batch_alter_table("replay_finding", schema=None) as batch_op:
        batch_op.drop_index("uq_replay_finding_place")
        batch_op.drop_index("ix_replay_finding_finding")

    op.drop_table("replay_finding")
    with op.batch_alter_table("read_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_read_mark_task")

    op.drop_table("read_mark")
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_note_hazard")

    op.drop_table("progress_note")
    with op.batch_alter_table("missed_deadline", schema=None) as batch_op:
        batch_op.drop_index("ix_missed_deadline_hazard")
        batch_op.drop_index("ix_missed_deadline_due")

    op.drop_table("missed_deadline")
    with op.batch_alter_table("imported_hazard", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_imported_hazard_import_id"))

    op.drop_table("imported_hazard")
    if op.get_context().dialect.name == "sqlite":
        op.execute("DROP TABLE hazard_grams")

    op.drop_table("hazard_search")
    with op.batch_alter_table("good_practice", schema=None) as batch_op:
        batch_op.drop_index("ix_good_practice_status")
        batch_op.drop_index(
            "ix_good_practice_public",
            postgresql_where=sa.text("status = 'published'"),
            sqlite_where=sa.text("status = 'published'"),
        )
        batch_op.drop_index("ix_good_practice_proposed_by")
        batch_op.drop_index("ix_good_practice_hazard")

    op.drop_table("good_practice")
    with op.batch_alter_table("extension_request", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_extension_request_pending",
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )
        batch_op.drop_index("ix_extension_request_hazard")

    op.drop_table("extension_request")
    with op.batch_alter_table("exposure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_exposure_under_way",
            postgresql_where=sa.text("status IN ('proposed', 'published')"),
            sqlite_where=sa.text("status IN ('proposed', 'published')"),
        )
        batch_op.drop_index(
            "ix_exposure_public",
            postgresql_where=sa.text("status = 'published'"),
            sqlite_where=sa.text("status = 'published'"),
        )
        batch_op.drop_index("ix_exposure_hazard")

    op.drop_table("exposure")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_hazard")
        batch_op.drop_index("ix_evidence_digest")

    op.drop_table("evidence")
    with op.batch_alter_table("enforcement_case", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enforcement_case_undecided",
            postgresql_where=sa.text("decided_at IS NULL"),
            sqlite_where=sa.text("decided_at IS NULL"),
        )
        batch_op.drop_index("ix_enforcement_case_unit")
        batch_op.drop_index("ix_enforcement_case_hazard")

    op.drop_table("enforcement_case")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_saved")

    op.drop_table("draft")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index("ix_comment_hazard")

    op.drop_table("comment")
    with op.batch_alter_table("acknowledgement", schema=None) as batch_op:
        batch_op.drop_index("uq_acknowledgement_step_person")
        batch_op.drop_index("ix_acknowledgement_hazard")

    op.drop_table("acknowledgement")
    with op.batch_alter_table("zero_report", schema=None) as batch_op:
        batch_op.drop_index("uq_zero_report")
        batch_op.drop_index("ix_zero_report_region")

    op.drop_table("zero_report")
    with op.batch_alter_table("statistic_change", schema=None) as batch_op:
        batch_op.drop_index("ix_statistic_change_region")

    op.drop_table("statistic_change")
    with op.batch_alter_table("statistic", schema=None) as batch_op:
        batch_op.drop_index("ix_statistic_day")

    op.drop_table("statistic")
    with op.batch_alter_table("spot_check_round", schema=None) as batch_op:
        batch_op.drop_index("ix_spot_check_round_region")
        batch_op.drop_index("ix_spot_check_round_campaign")

    op.drop_table("spot_check_round")
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_role_assignment_group")

    op.drop_table("role_assignment")
    op.drop_table("reach_choice")
    with op.batch_alter_table("ledger_import_job", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_import_job_state")
        batch_op.drop_index("ix_ledger_import_job_account")

    op.drop_table("ledger_import_job")
    with op.batch_alter_table("ledger_import", schema=None) as batch_op:
        batch_op.drop_index("uq_ledger_import_file")

    op.drop_table("ledger_import")
    with op.batch_alter_table("ledger_default_view", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ledger_default_view_view_id"))

    op.drop_table("ledger_default_view")
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_unit")
        batch_op.drop_index("ix_hazard_source_reference")
        batch_op.drop_index("ix_hazard_sector")
        batch_op.drop_index("ix_hazard_region")
        batch_op.drop_index("ix_hazard_previous")
        batch_op.drop_index(
            "ix_hazard_ledger_verdict",
            postgresql_where=sa.text("verdict IS NOT NULL"),
            sqlite_where=sa.text("verdict IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_hazard_ledger_unrectified",
            postgresql_where=sa.text("rectified_at IS NULL AND closed_at IS NULL"),
            sqlite_where=sa.text("rectified_at IS NULL AND closed_at IS NULL"),
        )
        batch_op.drop_index("ix_hazard_ledger_unit_name")
        batch_op.drop_index("ix_hazard_ledger_source")
        batch_op.drop_index("ix_hazard_ledger_severity")
        batch_op.drop_index("ix_hazard_ledger_returns")
        batch_op.drop_index("ix_hazard_ledger_responsible")
        batch_op.drop_index("ix_hazard_ledger_registered")
        batch_op.drop_index(
            "ix_hazard_ledger_rectified",
            postgresql_where=sa.text("rectified_at IS NOT NULL"),
            sqlite_where=sa.text("rectified_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_hazard_ledger_origin")
        batch_op.drop_index("ix_hazard_ledger_number")
        batch_op.drop_index(
            "ix_hazard_ledger_listed", postgresql_where=sa.text("listed"), sqlite_where=sa.text("listed = 1")
        )
        batch_op.drop_index("ix_hazard_ledger_found")
        batch_op.drop_index(
            "ix_hazard_ledger_exposed", postgresql_where=sa.text("exposed"), sqlite_where=sa.text("exposed = 1")
        )
        batch_op.drop_index("ix_hazard_ledger_due")
        batch_op.drop_index(
            "ix_hazard_ledger_closed",
            postgresql_where=sa.text("closed_at IS NOT NULL"),
            sqlite_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_hazard_ledger_account",
            postgresql_where=sa.text("responsible_person IS NOT NULL"),
            sqlite_where=sa.text("responsible_person IS NOT NULL"),
        )
        batch_op.drop_index("ix_hazard_fingerprint")
        batch_op.drop_index("ix_hazard_campaign_stage")

    op.drop_table("hazard")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_person_id"))
        batch_op.drop_index("ix_delegation_last_day")
        batch_op.drop_index("ix_delegation_deputy")

    op.drop_table("delegation")
    op.drop_table("campaign_phase")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_person_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("trial", schema=None) as batch_op:
        batch_op.drop_index("ix_trial_draft")

    op.drop_table("trial")
    with op.batch_alter_table("replay", schema=None) as batch_op:
        batch_op.drop_index("ix_replay_state")
        batch_op.drop_index("ix_replay_draft")

    op.drop_table("replay")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_person_name"))

    op.drop_table("person")
    with op.batch_alter_table("ledger_view", schema=None) as batch_op:
        batch_op.drop_index("uq_ledger_view_name")
        batch_op.drop_index("ix_ledger_view_organisation")

    op.drop_table("ledger_view")
    op.drop_table("campaign")
    with op.batch_alter_table("audit_record", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_record_organisation")
        batch_op.drop_index("ix_audit_record_object")
        batch_op.drop_index("ix_audit_record_kind")
        batch_op.drop_index("ix_audit_record_at")
        batch_op.drop_index("ix_audit_record_actor")

    op.drop_table("audit_record")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_uscc"))
        batch_op.drop_index("ix_organisation_region_path")
        batch_op.drop_index("ix_organisation_region_kind_sector")
        batch_op.drop_index("ix_organisation_place")
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_name"))

    op.drop_table("organisation")
    with op.batch_alter_table("upload", schema=None) as batch_op:
        batch_op.drop_index("ix_upload_reference")
        batch_op.drop_index("ix_upload_expires")
        batch_op.drop_index("ix_upload_account")

    op.drop_table("upload")
    with op.batch_alter_table("sign_in_record", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_record_outcome")
        batch_op.drop_index("ix_sign_in_record_at")
        batch_op.drop_index("ix_sign_in_record_address")
        batch_op.drop_index("ix_sign_in_record_account_at")
        batch_op.drop_index("ix_sign_in_record_account")

    op.drop_table("sign_in_record")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_parent_code"))

    op.drop_table("region")
    op.drop_table("photo")
    op.drop_table("number_series")
    with op.batch_alter_table("ledger_export_job", schema=None) as batch_op:
        batch_op.drop_index("ix_ledger_export_job_state")
        batch_op.drop_index("ix_ledger_export_job_expires")
        batch_op.drop_index("ix_ledger_export_job_account")

    op.drop_table("ledger_export_job")
    with op.batch_alter_table("issued_number", schema=None) as batch_op:
        batch_op.drop_index("uq_issued_number_place")

    op.drop_table("issued_number")
    with op.batch_alter_table("digest", schema=None) as batch_op:
        batch_op.drop_index("uq_digest_recipient_day")

    op.drop_table("digest")
    op.drop_table("calendar_year")
    op.drop_table("calendar_day")
