"""The tables. Times are Unix seconds; every change here needs a migration (a test compares them).

::

    lane ──< task          a conversation and what is to be done in it, in order
    lane ──  conversation  the few facts asked for across lanes
    outcome                what became of conversations that are forgotten, in numbers

No foreign keys: a task outlives its lane for a week, so that its id is still known.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
)

metadata = MetaData()

lane = Table(
    "lane",
    metadata,
    Column("key", Text, primary_key=True),
    Column("state", JSON(none_as_null=True)),
    Column("wake_at", Double),  # when it wants attention; NULL: nothing to do
    Column("lease_until", Double, nullable=False),  # with an owner: leased; without: backing off
    Column("owner", Text),
    Column("fence", Integer, nullable=False),  # one higher with every hand-out and every return
    Column("idle_since", Double),  # set while nothing is to do
)
Index(
    "lane_waiting",
    lane.c.wake_at,
    sqlite_where=lane.c.wake_at.is_not(None),
    postgresql_where=lane.c.wake_at.is_not(None),
)
Index(
    "lane_idle",
    lane.c.idle_since,
    sqlite_where=lane.c.idle_since.is_not(None),
    postgresql_where=lane.c.idle_since.is_not(None),
)

task = Table(
    "task",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("lane", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("body", JSON(none_as_null=True)),  # NULL once purged
    Column("attempts", Integer, nullable=False),
    Column("maybe_sent", Boolean, nullable=False),
    Column("looked", Boolean, nullable=False, server_default=false()),  # once, and in vain
    Column("first_try", Double),
    Column("last_try", Double),
    Column("done_at", Double),
    Column("result", JSON(none_as_null=True)),
    Column("error", Text),  # the latest; on a done task: why it was set aside
)
Index(
    "task_open",
    task.c.lane,
    task.c.due_at,
    task.c.seq,
    sqlite_where=task.c.done_at.is_(None),
    postgresql_where=task.c.done_at.is_(None),
)
Index(
    "task_done",
    task.c.done_at,
    sqlite_where=task.c.done_at.is_not(None),
    postgresql_where=task.c.done_at.is_not(None),
)

conversation = Table(
    "conversation",
    metadata,
    Column("lane", Text, primary_key=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("asker", Text, nullable=False),
    Column("rule_id", Text, nullable=False),
    Column("phase", Text, nullable=False),
    Column("opened_at", Double, nullable=False),
    Column("updated_at", Double, nullable=False),
)
Index(
    "conversation_recent",
    conversation.c.team,
    conversation.c.channel,
    conversation.c.asker,
    conversation.c.updated_at,
)

outcome = Table(
    "outcome",
    metadata,
    Column("day", Text, primary_key=True),  # 2026-11-26, UTC: when the case was opened
    Column("team", Text, primary_key=True),
    Column("rule", Text, primary_key=True),  # empty: no rule knew it
    Column("ended", Text, primary_key=True),
    Column("step", Text, primary_key=True),  # what was on the table; names a cause or a check
    Column("cases", Integer, nullable=False),
)
"""What became of cases whose conversation is forgotten: no person, no channel, no text."""

generation = Table(
    "generation",
    metadata,
    Column("name", Text, primary_key=True),
    Column("number", BigInteger, nullable=False),
)
