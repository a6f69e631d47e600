"""Create the tables of webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.storage import base

revision = "588bb7b68b52"
down_revision = None
branch_labels = ("webhooks",)
depends_on = "engine"


def upgrade() -> None:
    op.create_table(
        "incoming_hook",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("most_per_minute", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("previous_secret", sa.Text(), nullable=True),
        sa.Column("previous_secret_until", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("disabled_at", base.UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_hook")),
        sa.UniqueConstraint("name", name=op.f("uq_incoming_hook_name")),
    )
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("shown", sa.String(length=2000), nullable=False),
        sa.Column("event_types", base.Json, nullable=False),
        sa.Column("audience", base.Json, nullable=False),
        sa.Column("region", sa.String(length=255), nullable=False),
        sa.Column("sectors", base.Json, nullable=False),
        sa.Column("owner", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("concurrency", sa.Integer(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("previous_secret", sa.Text(), nullable=True),
        sa.Column("previous_secret_until", base.UtcDateTime(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", base.UtcDateTime(), nullable=True),
        sa.Column("paused_until", base.UtcDateTime(), nullable=True),
        sa.Column("next_at", base.UtcDateTime(), nullable=True),
        sa.Column("created_at", base.UtcDateTime(), nullable=False),
        sa.Column("disabled_at", base.UtcDateTime(), nullable=True),
        sa.Column("disabled_because", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_table(
        "incoming_call",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("hook_id", base.BigKey, nullable=False),
        sa.Column("message_id", sa.String(length=255), nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["hook_id"], ["incoming_hook.id"], name=op.f("fk_incoming_call_hook_id_incoming_hook")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_call")),
    )
    with op.batch_alter_table("incoming_call", schema=None) as batch_op:
        batch_op.create_index("ix_incoming_call_at", ["at"], unique=False)
        batch_op.create_index("ix_incoming_call_hook", ["hook_id", "at"], unique=False)

    op.create_table(
        "webhook_delivery",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("endpoint_id", base.BigKey, nullable=False),
        sa.Column("event_id", base.BigKey, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("due_at", base.UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", base.UtcDateTime(), nullable=True),
        sa.Column("ended_at", base.UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_webhook_delivery_endpoint_id_webhook_endpoint")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["outbox_event.id"], name=op.f("fk_webhook_delivery_event_id_outbox_event")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
    )
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_webhook_delivery_claimed",
            ["endpoint_id", "claimed_until"],
            unique=False,
            postgresql_where=sa.text("claimed_until IS NOT NULL"),
            sqlite_where=sa.text("claimed_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_webhook_delivery_dead",
            ["id"],
            unique=False,
            postgresql_where=sa.text("status = 'dead'"),
            sqlite_where=sa.text("status = 'dead'"),
        )
        batch_op.create_index(
            "ix_webhook_delivery_due",
            ["endpoint_id", "due_at", "event_id"],
            unique=False,
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )
        batch_op.create_index("ix_webhook_delivery_endpoint", ["endpoint_id", "id"], unique=False)
        batch_op.create_index("ix_webhook_delivery_key", ["key", "id"], unique=False)
        batch_op.create_index(
            "ix_webhook_delivery_order",
            ["endpoint_id", "key", "event_id"],
            unique=False,
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )
        batch_op.create_index("uq_webhook_delivery_event", ["event_id", "endpoint_id"], unique=True)

    op.create_table(
        "webhook_attempt",
        sa.Column("id", base.BigKey, autoincrement=True, nullable=False),
        sa.Column("delivery_id", base.BigKey, nullable=False),
        sa.Column("at", base.UtcDateTime(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["webhook_delivery.id"], name=op.f("fk_webhook_attempt_delivery_id_webhook_delivery")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_attempt")),
    )
    with op.batch_alter_table("webhook_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_webhook_attempt_delivery", ["delivery_id", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("webhook_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_webhook_attempt_delivery")

    op.drop_table("webhook_attempt")
    with op.batch_alter_table("webhook_delivery", schema=None) as batch_op:
        batch_op.drop_index("uq_webhook_delivery_event")
        batch_op.drop_index(
            "ix_webhook_delivery_order",
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )
        batch_op.drop_index("ix_webhook_delivery_key")
        batch_op.drop_index("ix_webhook_delivery_endpoint")
        batch_op.drop_index(
            "ix_webhook_delivery_due",
            postgresql_where=sa.text("status = 'pending'"),
            sqlite_where=sa.text("status = 'pending'"),
        )
        batch_op.drop_index(
            "ix_webhook_delivery_dead",
            postgresql_where=sa.text("status = 'dead'"),
            sqlite_where=sa.text("status = 'dead'"),
        )
        batch_op.drop_index(
            "ix_webhook_delivery_claimed",
            postgresql_where=sa.text("claimed_until IS NOT NULL"),
            sqlite_where=sa.text("claimed_until IS NOT NULL"),
        )

    op.drop_table("webhook_delivery")
    with op.batch_alter_table("incoming_call", schema=None) as batch_op:
        batch_op.drop_index("ix_incoming_call_hook")
        batch_op.drop_index("ix_incoming_call_at")

    op.drop_table("incoming_call")
    op.drop_table("webhook_endpoint")
    op.drop_table("incoming_hook")
