"""Create the engine's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage import base

revision = "59892183f73f"
down_revision = None
branch_labels = ("engine",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deployment",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("deployed_by", sa.String(length=255), nullable=False),
        sa.Column("deployed_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deployment")),
    )
    with op.batch_alter_table("deployment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_deployment_content_hash"), ["content_hash"], unique=False)

    op.create_table(
        "draft_content",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("compressed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_draft_content")),
    )
    op.create_table(
        "element_pace",
        sa.Column("root_id", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("median", base.BigKey, nullable=False),
        sa.Column("ninth", base.BigKey, nullable=False),
        sa.Column("measured_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("root_id", "version", "process_id", "element_id", name=op.f("pk_element_pace")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("operation", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("response", base.Json, nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index("ix_idempotency_key_created", ["created_at"], unique=False)

    op.create_table(
        "instance_batch",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("selection", base.Json, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(length=255), nullable=False),
        sa.Column("requested_at", base.UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("beginning", base.BigKey, nullable=False),
        sa.Column("position", base.BigKey, nullable=True),
        sa.Column("expected", base.BigKey, nullable=False),
        sa.Column("acted", base.BigKey, nullable=False),
        sa.Column("refused", base.BigKey, nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance_batch")),
    )
    with op.batch_alter_table("instance_batch", schema=None) as batch_op:
        batch_op.create_index("ix_instance_batch_state", ["state", "id"], unique=False)

    op.create_table(
        "load_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("counted_at", base.UtcDateTime(), nullable=False),
        sa.Column("rows", base.BigKey, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_count")),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=128), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("data", base.Json, nullable=False),
        sa.Column("delivered_at", base.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_outbox_event_event_id")),
    )
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_event_undelivered",
            ["id"],
            unique=False,
            postgresql_where=sa.text("delivered_at IS NULL"),
            sqlite_where=sa.text("delivered_at IS NULL"),
        )

    op.create_table(
        "process_definition",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("deployment_id", base.BigKey, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("resource_name", sa.String(length=255), nullable=False),
        sa.Column("suspended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_process_definition_deployment_id_deployment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_definition")),
    )
    with op.batch_alter_table("process_definition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_process_definition_deployment_id"), ["deployment_id"], unique=False)
        batch_op.create_index("uq_process_definition_version", ["process_id", "version"], unique=True)

    op.create_table(
        "process_draft",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("base_id", base.BigKey, nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.String(length=255), nullable=False),
        sa.Column("begun_at", base.UtcDateTime(), nullable=False),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("changed_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["base_id"], ["deployment.id"], name=op.f("fk_process_draft_base_id_deployment")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_draft")),
    )
    with op.batch_alter_table("process_draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_process_draft_base_id"), ["base_id"], unique=False)
        batch_op.create_index("ix_process_draft_state", ["state", "changed_at", "id"], unique=False)

    op.create_table(
        "resource",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("deployment_id", base.BigKey, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_resource_deployment_id_deployment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
    )
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resource_deployment_id"), ["deployment_id"], unique=False)

    op.create_table(
        "definition_load",
        sa.Column("definition_id", base.BigKey, nullable=False),
        sa.Column("running", base.BigKey, nullable=False),
        sa.Column("suspended", base.BigKey, nullable=False),
        sa.Column("completed", base.BigKey, nullable=False),
        sa.Column("cancelled", base.BigKey, nullable=False),
        sa.Column("failed", base.BigKey, nullable=False),
        sa.Column("since", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["process_definition.id"],
            name=op.f("fk_definition_load_definition_id_process_definition"),
        ),
        sa.PrimaryKeyConstraint("definition_id", name=op.f("pk_definition_load")),
    )
    op.create_table(
        "draft_revision",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("draft_id", base.BigKey, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(length=255), nullable=False),
        sa.Column("change", sa.String(length=32), nullable=False),
        sa.Column("origin", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_hash"], ["draft_content.hash"], name=op.f("fk_draft_revision_content_hash_draft_content")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["process_draft.id"], name=op.f("fk_draft_revision_draft_id_process_draft")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
    )
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.create_index("ix_draft_revision_file", ["draft_id", "file", "number"], unique=False)
        batch_op.create_index("uq_draft_revision_number", ["draft_id", "number"], unique=True)

    op.create_table(
        "element_load",
        sa.Column("definition_id", base.BigKey, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("open", base.BigKey, nullable=False),
        sa.Column("overdue", base.BigKey, nullable=False),
        sa.Column("waiting", base.BigKey, nullable=False),
        sa.Column("failed", base.BigKey, nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_element_load_definition_id_process_definition")
        ),
        sa.PrimaryKeyConstraint("definition_id", "process_id", "element_id", name=op.f("pk_element_load")),
    )
    op.create_table(
        "instance",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("definition_id", base.BigKey, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("business_key", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_by", sa.String(length=255), nullable=False),
        sa.Column("started_at", base.UtcDateTime(), nullable=False),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.Column("suspended_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_instance_definition_id_process_definition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance")),
    )
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.create_index("ix_instance_business_key", ["business_key", "id"], unique=False)
        batch_op.create_index("ix_instance_definition", ["definition_id", "status", "id"], unique=False)
        batch_op.create_index("ix_instance_process", ["process_id", "status", "id"], unique=False)

    op.create_table(
        "migration",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("from_id", base.BigKey, nullable=False),
        sa.Column("to_id", base.BigKey, nullable=False),
        sa.Column("mapping", base.Json, nullable=False),
        sa.Column("deadlines", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("examined", sa.Integer(), nullable=False),
        sa.Column("last_seen", base.BigKey, nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("passed_over", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("begun_by", sa.String(length=255), nullable=False),
        sa.Column("begun_at", base.UtcDateTime(), nullable=False),
        sa.Column("acted_by", sa.String(length=255), nullable=False),
        sa.Column("finished_at", base.UtcDateTime(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_id"], ["process_definition.id"], name=op.f("fk_migration_from_id_process_definition")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["process_definition.id"], name=op.f("fk_migration_to_id_process_definition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration")),
    )
    with op.batch_alter_table("migration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_migration_from_id"), ["from_id"], unique=False)
        batch_op.create_index("ix_migration_state", ["state", "claimed_until", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_migration_to_id"), ["to_id"], unique=False)

    op.create_table(
        "process_release",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("draft_id", base.BigKey, nullable=True),
        sa.Column("draft_revision", sa.Integer(), nullable=True),
        sa.Column("base_id", base.BigKey, nullable=True),
        sa.Column("confirmed_base_id", base.BigKey, nullable=True),
        sa.Column("restores_id", base.BigKey, nullable=True),
        sa.Column("editors", base.Json, nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("approvals_needed", sa.Integer(), nullable=False),
        sa.Column("emergency", sa.Boolean(), nullable=False),
        sa.Column("proposed_by", sa.String(length=255), nullable=False),
        sa.Column("proposed_at", base.UtcDateTime(), nullable=False),
        sa.Column("wanted_at", base.UtcDateTime(), nullable=True),
        sa.Column("effective_at", base.UtcDateTime(), nullable=True),
        sa.Column("scheduled_by", sa.String(length=255), nullable=True),
        sa.Column("deployment_id", base.BigKey, nullable=True),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["base_id"], ["deployment.id"], name=op.f("fk_process_release_base_id_deployment")),
        sa.ForeignKeyConstraint(
            ["confirmed_base_id"], ["deployment.id"], name=op.f("fk_process_release_confirmed_base_id_deployment")
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_process_release_deployment_id_deployment")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["process_draft.id"], name=op.f("fk_process_release_draft_id_process_draft")
        ),
        sa.ForeignKeyConstraint(
            ["restores_id"], ["deployment.id"], name=op.f("fk_process_release_restores_id_deployment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_release")),
    )
    with op.batch_alter_table("process_release", schema=None) as batch_op:
        batch_op.create_index("ix_process_release_deployment", ["deployment_id"], unique=False)
        batch_op.create_index("ix_process_release_draft", ["draft_id", "id"], unique=False)
        batch_op.create_index("ix_process_release_due", ["state", "effective_at", "id"], unique=False)
        batch_op.create_index(
            "ix_process_release_under_way",
            ["id"],
            unique=False,
            postgresql_where=sa.text("state IN ('proposed', 'approved', 'scheduled', 'held')"),
            sqlite_where=sa.text("state IN ('proposed', 'approved', 'scheduled', 'held')"),
        )

    op.create_table(
        "history_event",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("kind", sa.String(length=48), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=True),
        sa.Column("element_name", sa.String(length=255), nullable=True),
        sa.Column("process_id", sa.String(length=255), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=True),
        sa.Column("data", base.Json, nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_history_event_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history_event")),
    )
    with op.batch_alter_table("history_event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_history_event_deed_actor",
            ["actor", "at", "id"],
            unique=False,
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )
        batch_op.create_index(
            "ix_history_event_deed_at",
            ["at", "id"],
            unique=False,
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )
        batch_op.create_index(
            "ix_history_event_deed_kind",
            ["kind", "at", "id"],
            unique=False,
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )
        batch_op.create_index("ix_history_event_instance", ["instance_id", "id"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("raised_at", base.UtcDateTime(), nullable=False),
        sa.Column("resolved_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_incident_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("ix_incident_instance", ["instance_id", "resolved_at"], unique=False)
        batch_op.create_index(
            "ix_incident_unresolved",
            ["process_id", "element_id", "instance_id"],
            unique=False,
            postgresql_where=sa.text("resolved_at IS NULL"),
            sqlite_where=sa.text("resolved_at IS NULL"),
        )

    op.create_table(
        "instance_batch_problem",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("batch_id", base.BigKey, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["instance_batch.id"], name=op.f("fk_instance_batch_problem_batch_id_instance_batch")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_instance_batch_problem_instance_id_instance")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instance_batch_problem")),
    )
    with op.batch_alter_table("instance_batch_problem", schema=None) as batch_op:
        batch_op.create_index("ix_instance_batch_problem_batch", ["batch_id", "id"], unique=False)

    op.create_table(
        "job",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("token", sa.Uuid(), nullable=True),
        sa.Column("element_id", sa.String(length=255), nullable=True),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("payload", base.Json, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("claimed_by", sa.String(length=64), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_job_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
    )
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.create_index(
            "ix_job_due",
            ["due_at", "id"],
            unique=False,
            postgresql_where=sa.text("paused IS false"),
            sqlite_where=sa.text("paused IS 0"),
        )
        batch_op.create_index("ix_job_instance", ["instance_id", "due_at", "id"], unique=False)
        batch_op.create_index("ix_job_token", ["token"], unique=False)

    op.create_table(
        "migration_group",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("migration_id", base.BigKey, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("position", base.Json, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["migration_id"], ["migration.id"], name=op.f("fk_migration_group_migration_id_migration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_group")),
    )
    with op.batch_alter_table("migration_group", schema=None) as batch_op:
        batch_op.create_index("uq_migration_group_digest", ["migration_id", "digest"], unique=True)

    op.create_table(
        "process_release_decision",
        sa.Column("release_id", base.BigKey, nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("verdict", sa.String(length=32), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["process_release.id"], name=op.f("fk_process_release_decision_release_id_process_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "by", name=op.f("pk_process_release_decision")),
    )
    op.create_table(
        "process_release_file",
        sa.Column("release_id", base.BigKey, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["content_hash"], ["draft_content.hash"], name=op.f("fk_process_release_file_content_hash_draft_content")
        ),
        sa.ForeignKeyConstraint(
            ["release_id"], ["process_release.id"], name=op.f("fk_process_release_file_release_id_process_release")
        ),
        sa.PrimaryKeyConstraint("release_id", "name", name=op.f("pk_process_release_file")),
    )
    op.create_table(
        "process_release_step",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("release_id", base.BigKey, nullable=False),
        sa.Column("act", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release_id"], ["process_release.id"], name=op.f("fk_process_release_step_release_id_process_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_release_step")),
    )
    with op.batch_alter_table("process_release_step", schema=None) as batch_op:
        batch_op.create_index("ix_process_release_step_release", ["release_id", "id"], unique=False)

    op.create_table(
        "subscription",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("business_key", sa.String(length=255), nullable=False),
        sa.Column("correlation", base.Json, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_subscription_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.create_index("ix_subscription_element", ["process_id", "element_id", "instance_id"], unique=False)
        batch_op.create_index("ix_subscription_instance", ["instance_id"], unique=False)
        batch_op.create_index("ix_subscription_name", ["kind", "name", "business_key"], unique=False)

    op.create_table(
        "user_task",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("business_key", sa.String(length=255), nullable=False),
        sa.Column("process_id", sa.String(length=255), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("form", sa.String(length=255), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("assignee", sa.String(length=255), nullable=True),
        sa.Column("on_behalf_of", sa.String(length=255), nullable=True),
        sa.Column("owner", sa.String(length=255), nullable=True),
        sa.Column("excluded", base.Json, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=True),
        sa.Column("follow_up_at", base.UtcDateTime(), nullable=True),
        sa.Column("completed_at", base.UtcDateTime(), nullable=True),
        sa.Column("completed_by", sa.String(length=255), nullable=True),
        sa.Column("outcome", base.Json, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_user_task_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_task")),
        sa.UniqueConstraint("token", name=op.f("uq_user_task_token")),
    )
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.create_index("ix_user_task_assignee", ["assignee", "status"], unique=False)
        batch_op.create_index("ix_user_task_business_key", ["business_key"], unique=False)
        batch_op.create_index("ix_user_task_completed_by", ["completed_by", "completed_at"], unique=False)
        batch_op.create_index("ix_user_task_element", ["process_id", "element_id", "status", "id"], unique=False)
        batch_op.create_index("ix_user_task_instance", ["instance_id", "status"], unique=False)
        batch_op.create_index(
            "ix_user_task_on_behalf_of",
            ["business_key"],
            unique=False,
            postgresql_where=sa.text("on_behalf_of IS NOT NULL"),
            sqlite_where=sa.text("on_behalf_of IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_user_task_open_due",
            ["due_at"],
            unique=False,
            postgresql_where=sa.text("status = 'open'"),
            sqlite_where=sa.text("status = 'open'"),
        )

    op.create_table(
        "migration_item",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("migration_id", base.BigKey, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("group_id", base.BigKey, nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("obstacles", base.Json, nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"], ["migration_group.id"], name=op.f("fk_migration_item_group_id_migration_group")
        ),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_migration_item_instance_id_instance")),
        sa.ForeignKeyConstraint(
            ["migration_id"], ["migration.id"], name=op.f("fk_migration_item_migration_id_migration")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_item")),
    )
    with op.batch_alter_table("migration_item", schema=None) as batch_op:
        batch_op.create_index("ix_migration_item_group", ["group_id", "instance_id"], unique=False)
        batch_op.create_index("ix_migration_item_of_instance", ["instance_id"], unique=False)
        batch_op.create_index(
            "ix_migration_item_pending",
            ["migration_id", "attempts", "instance_id"],
            unique=False,
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index("ix_migration_item_state", ["migration_id", "state", "instance_id"], unique=False)
        batch_op.create_index("uq_migration_item_instance", ["migration_id", "instance_id"], unique=True)

    op.create_table(
        "task_candidate",
        sa.Column("task_id", base.BigKey, nullable=False),
        sa.Column("identity", sa.String(length=255), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["task_id"], ["user_task.id"], name=op.f("fk_task_candidate_task_id_user_task"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("task_id", "identity", name=op.f("pk_task_candidate")),
    )
    with op.batch_alter_table("task_candidate", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_candidate_inbox",
            ["identity", "due_at", "task_id"],
            unique=False,
            postgresql_where=sa.text("held IS false"),
            sqlite_where=sa.text("held IS 0"),
        )

    op.create_table(
        "kept_state",
        sa.Column("item_id", base.BigKey, autoincrement=False, nullable=False),
        sa.Column("definition_id", base.BigKey, nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("tasks", base.Json, nullable=False),
        sa.Column("kept_at", base.UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["process_definition.id"], name=op.f("fk_kept_state_definition_id_process_definition")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["migration_item.id"], name=op.f("fk_kept_state_item_id_migration_item")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_kept_state")),
    )
    with op.batch_alter_table("kept_state", schema=None) as batch_op:
        batch_op.create_index("ix_kept_state_kept_at", ["kept_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("kept_state", schema=None) as batch_op:
        batch_op.drop_index("ix_kept_state_kept_at")

    op.drop_table("kept_state")
    with op.batch_alter_table("task_candidate", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_candidate_inbox", postgresql_where=sa.text("held IS false"), sqlite_where=sa.text("held IS 0")
        )

    op.drop_table("task_candidate")
    with op.batch_alter_table("migration_item", schema=None) as batch_op:
        batch_op.drop_index("uq_migration_item_instance")
        batch_op.drop_index("ix_migration_item_state")
        batch_op.drop_index(
            "ix_migration_item_pending",
            postgresql_where=sa.text("state = 'pending'"),
            sqlite_where=sa.text("state = 'pending'"),
        )
        batch_op.drop_index("ix_migration_item_of_instance")
        batch_op.drop_index("ix_migration_item_group")

    op.drop_table("migration_item")
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_user_task_open_due",
            postgresql_where=sa.text("status = 'open'"),
            sqlite_where=sa.text("status = 'open'"),
        )
        batch_op.drop_index(
            "ix_user_task_on_behalf_of",
            postgresql_where=sa.text("on_behalf_of IS NOT NULL"),
            sqlite_where=sa.text("on_behalf_of IS NOT NULL"),
        )
        batch_op.drop_index("ix_user_task_instance")
        batch_op.drop_index("ix_user_task_element")
        batch_op.drop_index("ix_user_task_completed_by")
        batch_op.drop_index("ix_user_task_business_key")
        batch_op.drop_index("ix_user_task_assignee")

    op.drop_table("user_task")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_name")
        batch_op.drop_index("ix_subscription_instance")
        batch_op.drop_index("ix_subscription_element")

    op.drop_table("subscription")
    with op.batch_alter_table("process_release_step", schema=None) as batch_op:
        batch_op.drop_index("ix_process_release_step_release")

    op.drop_table("process_release_step")
    op.drop_table("process_release_file")
    op.drop_table("process_release_decision")
    with op.batch_alter_table("migration_group", schema=None) as batch_op:
        batch_op.drop_index("uq_migration_group_digest")

    op.drop_table("migration_group")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_token")
        batch_op.drop_index("ix_job_instance")
        batch_op.drop_index(
            "ix_job_due", postgresql_where=sa.text("paused IS false"), sqlite_where=sa.text("paused IS 0")
        )

    op.drop_table("job")
    with op.batch_alter_table("instance_batch_problem", schema=None) as batch_op:
        batch_op.drop_index("ix_instance_batch_problem_batch")

    op.drop_table("instance_batch_problem")
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_incident_unresolved",
            postgresql_where=sa.text("resolved_at IS NULL"),
            sqlite_where=sa.text("resolved_at IS NULL"),
        )
        batch_op.drop_index("ix_incident_instance")

    op.drop_table("incident")
    with op.batch_alter_table("history_event", schema=None) as batch_op:
        batch_op.drop_index("ix_history_event_instance")
        batch_op.drop_index(
            "ix_history_event_deed_kind",
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )
        batch_op.drop_index(
            "ix_history_event_deed_at",
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )
        batch_op.drop_index(
            "ix_history_event_deed_actor",
            postgresql_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
            sqlite_where=sa.text(
                "kind IN ('instance_started', 'instance_cancelled', 'instance_suspended', 'instance_resumed', 'task_claimed', 'task_unclaimed', 'task_delegated', 'task_reassigned', 'task_completed', 'task_rescheduled', 'incident_resolved', 'token_moved')"
            ),
        )

    op.drop_table("history_event")
    with op.batch_alter_table("process_release", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_process_release_under_way",
            postgresql_where=sa.text("state IN ('proposed', 'approved', 'scheduled', 'held')"),
            sqlite_where=sa.text("state IN ('proposed', 'approved', 'scheduled', 'held')"),
        )
        batch_op.drop_index("ix_process_release_due")
        batch_op.drop_index("ix_process_release_draft")
        batch_op.drop_index("ix_process_release_deployment")

    op.drop_table("process_release")
    with op.batch_alter_table("migration", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_migration_to_id"))
        batch_op.drop_index("ix_migration_state")
        batch_op.drop_index(batch_op.f("ix_migration_from_id"))

    op.drop_table("migration")
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_index("ix_instance_process")
        batch_op.drop_index("ix_instance_definition")
        batch_op.drop_index("ix_instance_business_key")

    op.drop_table("instance")
    op.drop_table("element_load")
    with op.batch_alter_table("draft_revision", schema=None) as batch_op:
        batch_op.drop_index("uq_draft_revision_number")
        batch_op.drop_index("ix_draft_revision_file")

    op.drop_table("draft_revision")
    op.drop_table("definition_load")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_deployment_id"))

    op.drop_table("resource")
    with op.batch_alter_table("process_draft", schema=None) as batch_op:
        batch_op.drop_index("ix_process_draft_state")
        batch_op.drop_index(batch_op.f("ix_process_draft_base_id"))

    op.drop_table("process_draft")
    with op.batch_alter_table("process_definition", schema=None) as batch_op:
        batch_op.drop_index("uq_process_definition_version")
        batch_op.drop_index(batch_op.f("ix_process_definition_deployment_id"))

    op.drop_table("process_definition")
    with op.batch_alter_table("outbox_event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_event_undelivered",
            postgresql_where=sa.text("delivered_at IS NULL"),
            sqlite_where=sa.text("delivered_at IS NULL"),
        )

    op.drop_table("outbox_event")
    op.drop_table("load_count")
    with op.batch_alter_table("instance_batch", schema=None) as batch_op:
        batch_op.drop_index("ix_instance_batch_state")

    op.drop_table("instance_batch")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index("ix_idempotency_key_created")

    op.drop_table("idempotency_key")
    op.drop_table("element_pace")
    op.drop_table("draft_content")
    with op.batch_alter_table("deployment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deployment_content_hash"))

    op.drop_table("deployment")
