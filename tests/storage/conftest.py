"""Mailboxes to test; with `TEST_POSTGRES=postgresql://user@host/database` also on PostgreSQL.

There the tests keep to a schema of their own, which they drop; the driver (psycopg) is needed.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from bot.storage.mailbox import SqlMailbox, open_mailbox
from bot.storage.memory import MemoryMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.helpdesk.ports import Mailbox

LEASE_SECONDS = 30.0
POSTGRES = os.environ.get("TEST_POSTGRES", "")
SCHEMA = "firstcheck_test"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/firstcheck.sqlite3"


@pytest.fixture
def sql(url: str) -> Iterator[SqlMailbox]:
    mailbox = open_mailbox(url, lease_seconds=LEASE_SECONDS)
    yield mailbox
    mailbox.close()


@pytest.fixture
def postgresql() -> Iterator[SqlMailbox]:
    engine = create_engine(POSTGRES, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        db.exec_driver_sql(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
        db.exec_driver_sql(f"CREATE SCHEMA {SCHEMA}")
        url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={SCHEMA}"})
        mailbox = open_mailbox(
            url.render_as_string(hide_password=False), lease_seconds=LEASE_SECONDS
        )
        yield mailbox
        mailbox.close()
        db.exec_driver_sql(f"DROP SCHEMA {SCHEMA} CASCADE")
    engine.dispose()


@pytest.fixture(params=["memory", "sql", *(["postgresql"] if POSTGRES else [])])
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    """Each implementation in turn: what a test says here holds for all."""
    if request.param == "memory":
        return MemoryMailbox(lease_seconds=LEASE_SECONDS)
    sql: SqlMailbox = request.getfixturevalue(request.param)
    return sql
