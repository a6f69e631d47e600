"""Create the domain's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage import base

revision = "b52e9ff1c023"
down_revision = None
branch_labels = ("workflows",)
depends_on = "04241d61a192"


def upgrade() -> None:
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
        "number_series",
        sa.Column("series", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_number_series")),
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
        batch_op.create_index("ix_sign_in_record_address", ["address", "at"], unique=False)

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
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_organisation_region_code_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index("ix_organisation_region_kind_sector", ["region_code", "kind", "sector"], unique=False)
        batch_op.create_index("ix_organisation_region_path", ["region_path", "kind", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_organisation_uscc"), ["uscc"], unique=False)

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
        sa.ForeignKeyConstraint(
            ["committee_id"], ["organisation.id"], name=op.f("fk_campaign_committee_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("code", name=op.f("uq_campaign_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", base.BigKey, nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("specialities", base.Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("account", name=op.f("uq_person_account")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_organisation_id"), ["organisation_id"], unique=False)

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
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_delegation_deputy_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_delegation_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.create_index("ix_delegation_deputy", ["deputy_id", "last_day"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegation_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hazard",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", base.BigKey, nullable=False),
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
        batch_op.create_index("ix_hazard_previous", ["previous_id"], unique=False)
        batch_op.create_index("ix_hazard_region", ["campaign_id", "region_path", "sector", "stage"], unique=False)
        batch_op.create_index("ix_hazard_sector", ["campaign_id", "sector", "region_path"], unique=False)
        batch_op.create_index("ix_hazard_source_reference", ["campaign_id", "source_reference"], unique=False)
        batch_op.create_index("ix_hazard_unit", ["unit_id", "id"], unique=False)

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
        "evidence",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hazard_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("added_at", base.UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["hazard_id"], ["hazard.id"], name=op.f("fk_evidence_hazard_id_hazard")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index("ix_evidence_hazard", ["hazard_id", "id"], unique=False)

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


def downgrade() -> None:
    with op.batch_alter_table("verification", schema=None) as batch_op:
        batch_op.drop_index("ix_verification_hazard")

    op.drop_table("verification")
    with op.batch_alter_table("time_limit", schema=None) as batch_op:
        batch_op.drop_index("ix_time_limit_hazard")

    op.drop_table("time_limit")
    with op.batch_alter_table("stage_change", schema=None) as batch_op:
        batch_op.drop_index("ix_stage_change_hazard")

    op.drop_table("stage_change")
    with op.batch_alter_table("progress_note", schema=None) as batch_op:
        batch_op.drop_index("ix_progress_note_hazard")

    op.drop_table("progress_note")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_evidence_hazard")

    op.drop_table("evidence")
    with op.batch_alter_table("role_assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_role_assignment_group")

    op.drop_table("role_assignment")
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.drop_index("ix_hazard_unit")
        batch_op.drop_index("ix_hazard_source_reference")
        batch_op.drop_index("ix_hazard_sector")
        batch_op.drop_index("ix_hazard_region")
        batch_op.drop_index("ix_hazard_previous")
        batch_op.drop_index("ix_hazard_campaign_stage")

    op.drop_table("hazard")
    with op.batch_alter_table("delegation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delegation_person_id"))
        batch_op.drop_index("ix_delegation_deputy")

    op.drop_table("delegation")
    op.drop_table("campaign_phase")
    with op.batch_alter_table("api_token", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_token_person_id"))

    op.drop_table("api_token")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_organisation_id"))

    op.drop_table("person")
    op.drop_table("campaign")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_uscc"))
        batch_op.drop_index("ix_organisation_region_path")
        batch_op.drop_index("ix_organisation_region_kind_sector")
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))
        batch_op.drop_index(batch_op.f("ix_organisation_name"))

    op.drop_table("organisation")
    with op.batch_alter_table("sign_in_record", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_record_address")
        batch_op.drop_index("ix_sign_in_record_account")

    op.drop_table("sign_in_record")
    with op.batch_alter_table("region", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_parent_code"))

    op.drop_table("region")
    op.drop_table("number_series")
    with op.batch_alter_table("issued_number", schema=None) as batch_op:
        batch_op.drop_index("uq_issued_number_place")

    op.drop_table("issued_number")
