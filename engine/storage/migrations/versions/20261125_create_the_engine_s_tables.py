"""Create the engine's tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage import base

revision = "e6fc80986b71"
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
        batch_op.create_index(batch_op.f("ix_instance_definition_id"), ["definition_id"], unique=False)

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
        "subscription",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("instance_id", base.BigKey, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("business_key", sa.String(length=255), nullable=False),
        sa.Column("correlation", base.Json, nullable=False),
        sa.Column("token", sa.Uuid(), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["instance_id"], ["instance.id"], name=op.f("fk_subscription_instance_id_instance")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    with op.batch_alter_table("subscription", schema=None) as batch_op:
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


def downgrade() -> None:
    with op.batch_alter_table("task_candidate", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_candidate_inbox", postgresql_where=sa.text("held IS false"), sqlite_where=sa.text("held IS 0")
        )

    op.drop_table("task_candidate")
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
        batch_op.drop_index("ix_user_task_completed_by")
        batch_op.drop_index("ix_user_task_business_key")
        batch_op.drop_index("ix_user_task_assignee")

    op.drop_table("user_task")
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_index("ix_subscription_name")
        batch_op.drop_index("ix_subscription_instance")

    op.drop_table("subscription")
    with op.batch_alter_table("job", schema=None) as batch_op:
        batch_op.drop_index("ix_job_token")
        batch_op.drop_index("ix_job_instance")
        batch_op.drop_index(
            "ix_job_due", postgresql_where=sa.text("paused IS false"), sqlite_where=sa.text("paused IS 0")
        )

    op.drop_table("job")
    with op.batch_alter_table("incident", schema=None) as batch_op:
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
    with op.batch_alter_table("instance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_instance_definition_id"))
        batch_op.drop_index("ix_instance_business_key")

    op.drop_table("instance")
    with op.batch_alter_table("resource", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resource_deployment_id"))

    op.drop_table("resource")
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
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index("ix_idempotency_key_created")

    op.drop_table("idempotency_key")
    with op.batch_alter_table("deployment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deployment_content_hash"))

    op.drop_table("deployment")
