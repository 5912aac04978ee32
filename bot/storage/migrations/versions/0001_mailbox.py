"""Lanes, tasks and conversations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "lane",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("state", sa.JSON),
        sa.Column("wake_at", sa.Double),
        sa.Column("lease_until", sa.Double, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("fence", sa.Integer, nullable=False),
        sa.Column("idle_since", sa.Double),
    )
    _partial_index("lane_waiting", "lane", ["wake_at"], "wake_at IS NOT NULL")
    _partial_index("lane_idle", "lane", ["idle_since"], "idle_since IS NOT NULL")
    op.create_table(
        "task",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("lane", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("due_at", sa.Double, nullable=False),
        sa.Column("body", sa.JSON),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("maybe_sent", sa.Boolean, nullable=False),
        sa.Column("first_try", sa.Double),
        sa.Column("last_try", sa.Double),
        sa.Column("done_at", sa.Double),
        sa.Column("result", sa.JSON),
        sa.Column("error", sa.Text),
    )
    _partial_index("task_open", "task", ["lane", "due_at", "seq"], "done_at IS NULL")
    _partial_index("task_done", "task", ["done_at"], "done_at IS NOT NULL")
    op.create_table(
        "conversation",
        sa.Column("lane", sa.Text, primary_key=True),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("asker", sa.Text, nullable=False),
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("opened_at", sa.Double, nullable=False),
        sa.Column("updated_at", sa.Double, nullable=False),
    )
    op.create_index(
        "conversation_recent", "conversation", ["team", "channel", "asker", "updated_at"]
    )


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    condition = sa.text(where)
    op.create_index(name, table, columns, sqlite_where=condition, postgresql_where=condition)
