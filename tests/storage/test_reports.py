"""What the bot kept is read beside it, while it runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import StorageError
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Report
from bot.storage.reports import kept_reports

if TYPE_CHECKING:
    from pathlib import Path

    from bot.storage.mailbox import SqlMailbox


def report(number: int) -> Report:
    return Report(Place("T1", "C1", str(number)), f"U{number}", str(number), f"paste {number}")


def keep(sql: SqlMailbox, *numbers: int) -> None:
    tasks = [new_task(f"msg:{n}", report(n).place.key, report(n)) for n in numbers]
    sql.accept(tasks, 100.0)


def test_reports_are_read_while_the_bot_has_the_database(sql: SqlMailbox, url: str) -> None:
    keep(sql, *range(2_500))
    texts = [one.text for one in kept_reports(url)]
    assert sorted(texts) == sorted(f"paste {n}" for n in range(2_500))
    keep(sql, 9_999)  # and the bot goes on writing


def test_what_was_purged_is_gone(sql: SqlMailbox, url: str) -> None:
    keep(sql, 1)
    lease = sql.claim("w", 100.0)
    assert lease
    sql.set_aside(lease, "x", 100.0)
    sql.purge(200.0)
    assert not list(kept_reports(url))


def test_a_database_that_is_not_there_is_named_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "none.sqlite3"
    with pytest.raises(StorageError, match="There is no database"):
        list(kept_reports(f"sqlite:///{path}"))
    assert not path.exists()


def test_what_is_no_database_of_ours_is_said(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    path.write_bytes(b"no database at all, but long enough to be one" * 100)
    with pytest.raises(StorageError, match="could not be read"):
        list(kept_reports(f"sqlite:///{path}"))
