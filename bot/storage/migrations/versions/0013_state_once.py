"""A state of an install link is written when it is consumed, and never twice."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("slack_oauth_states_once", "slack_oauth_states", ["state"], unique=True)
