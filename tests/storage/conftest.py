"""Mailboxes to test: in memory, on SQLite, and on a PostgreSQL that comes from a wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine

from bot.storage.mailbox import SqlMailbox, open_mailbox
from bot.storage.memory import MemoryMailbox
from bot.storage.workspace_tables import metadata

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.helpdesk.ports import Mailbox
    from tests.postgres import Postgres

LEASE_SECONDS = 30.0


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/firstcheck.sqlite3"


@pytest.fixture
def sql(url: str) -> Iterator[SqlMailbox]:
    mailbox = open_mailbox(url, lease_seconds=LEASE_SECONDS)
    yield mailbox
    mailbox.close()


@pytest.fixture(scope="session")
def postgresql_database(postgres: Postgres) -> str:
    """One database for many tests, its tables made."""
    url = postgres.database()
    open_mailbox(url).close()
    return url


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """The same, empty: quicker than a new one for each test."""
    empty_tables(postgresql_database)
    return postgresql_database


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[SqlMailbox]:
    mailbox = open_mailbox(postgresql_url, lease_seconds=LEASE_SECONDS)
    yield mailbox
    mailbox.close()


@pytest.fixture(params=["memory", "sql", "postgresql"])
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    """Each implementation in turn: what a test says here holds for all."""
    if request.param == "memory":
        return MemoryMailbox(lease_seconds=LEASE_SECONDS)
    sql: SqlMailbox = request.getfixturevalue(request.param)
    return sql


@pytest.fixture(params=["sqlite", "postgresql"])
def any_url(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    fixture = {"sqlite": "url", "postgresql": "postgresql_url"}[request.param]
    chosen: str = request.getfixturevalue(fixture)
    return chosen


@pytest.fixture(params=["sqlite", "postgresql"])
def open_empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], SqlMailbox]:
    """Opens an empty mailbox, as often as it is called."""
    if request.param == "postgresql":
        return lambda: _opened(request.getfixturevalue("postgresql_database"))
    made: list[int] = []

    def fresh() -> SqlMailbox:
        made.append(len(made))
        return open_mailbox(f"sqlite:///{tmp_path}/{len(made)}.sqlite3")

    return fresh


def _opened(url: str) -> SqlMailbox:
    empty_tables(url)
    return open_mailbox(url)


def empty_tables(url: str) -> None:
    names = ", ".join(table.name for table in metadata.sorted_tables)
    engine = create_engine(url)
    with engine.begin() as db:
        db.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
    engine.dispose()
