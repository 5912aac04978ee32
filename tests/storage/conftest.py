from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.storage.mailbox import SqlMailbox, open_mailbox
from bot.storage.memory import MemoryMailbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.helpdesk.ports import Mailbox

LEASE_SECONDS = 30.0


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/firstcheck.sqlite3"


@pytest.fixture
def sql(url: str) -> Iterator[SqlMailbox]:
    mailbox = open_mailbox(url, lease_seconds=LEASE_SECONDS)
    yield mailbox
    mailbox.close()


@pytest.fixture(params=["memory", "sqlite"])
def mailbox(request: pytest.FixtureRequest) -> Mailbox:
    """Each implementation in turn: what a test says here holds for all."""
    if request.param == "memory":
        return MemoryMailbox(lease_seconds=LEASE_SECONDS)
    sql: SqlMailbox = request.getfixturevalue("sql")
    return sql
