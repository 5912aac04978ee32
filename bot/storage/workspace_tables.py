"""The tables of many workspaces: three of slack_sdk, one of ours. One workspace never imports them.

Sealed tokens are longer than slack_sdk's columns, so those are widened.
"""

from __future__ import annotations

from typing import Final

from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy import Column, Index, Table, Text

from bot.storage.tables import metadata

__all__ = ["SEALED", "bots", "installations", "metadata", "oauth_states", "workspace_setting"]

SEALED: Final = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token")
"""Columns that hold secrets; `incoming_webhook_url` too, but we ask for no webhook."""

installations = SQLAlchemyInstallationStore.build_installations_table(
    metadata, "slack_installations"
)
bots = SQLAlchemyInstallationStore.build_bots_table(metadata, "slack_bots")
oauth_states = SQLAlchemyOAuthStateStore.build_oauth_states_table(metadata, "slack_oauth_states")
Index("slack_oauth_states_once", oauth_states.c.state, unique=True)
for _table in (installations, bots):
    for _column in _table.c:
        if _column.name in SEALED:
            _column.type = Text()

workspace_setting = Table(
    "workspace_setting",
    metadata,
    Column("team", Text, primary_key=True),  # `T…`, `E….T…`, or `E…` for all of an organisation
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
