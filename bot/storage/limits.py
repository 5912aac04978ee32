"""The mailbox's numbers, apart from any database: the twin in memory starts without loading one."""

from __future__ import annotations

OUTWARD = frozenset({"post"})
"""Kinds whose effect outside cannot be undone and must not be doubled."""

LEASE_SECONDS = 30.0
"""How long a worker may be silent; far more than the time-out of one call to Slack."""

LONGEST_CLOSED = 3600.0
"""Neither a lease nor a back-off is as long: a lane closed until later was closed by a clock that
was ahead."""

KEEP_IDS = 7 * 86400.0
"""How long an id is known after its task's text was purged: Slack may deliver again that late."""

CRON = "cron:"
"""Lanes whose key begins so are no conversations: they remember when something is due again."""
