"""What only a database can promise: restarts, all-or-nothing, a full disk, text that is gone."""

from __future__ import annotations

import re
import traceback
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot.errors import LostLease, StorageError
from bot.helpdesk.ports import CaseNote, Done, Lease, NewTask
from bot.storage import migrations
from bot.storage.engine import make_engine
from bot.storage.mailbox import SqlMailbox, open_mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

PASTED = "the password is hunter2"


def task(id_: str, lane: str = "A", kind: str = "event", due: float = 0.0) -> NewTask:
    return NewTask(id=id_, lane=lane, kind=kind, body={"text": PASTED}, due_at=due)


def note(lane: str) -> CaseNote:
    return CaseNote(
        lane=lane,
        team="T1",
        channel="C1",
        asker="U1",
        rule_id="r",
        phase="asking",
        opened_at=1.0,
        updated_at=1.0,
    )


def claim(mailbox: SqlMailbox, now: float) -> Lease:
    lease = mailbox.claim("w1", now)
    assert lease is not None
    return lease


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    migrations.upgrade(engine)
    yield engine
    engine.dispose()


def test_after_a_restart_everything_is_there_at_once(url: str) -> None:
    with closing(open_mailbox(url)) as before:
        before.accept([task("p1", "A", "post"), task("e1", "B"), task("p2", "C", "post")], 1.0)
        before.accept([task("nudge", "D", "timer", due=900.0)], 1.0)
        _in_flight, ended, backing_off = (claim(before, 1.0) for _ in range(3))
        before.finish(ended, Done(state={"n": 1}, new=[task("p3", "E", "post", due=2.0)]), 1.0)
        before.retry(backing_off, 60.0, "rate limited", maybe_sent=False)

    with closing(open_mailbox(url)) as after:
        in_flight, fresh = claim(after, 2.0), claim(after, 2.0)
        assert (in_flight.task.id, in_flight.task.maybe_sent) == ("p1", True)
        assert (fresh.task.id, fresh.task.maybe_sent) == ("p3", False)
        assert after.peek("B") == {"n": 1}
        assert after.claim("w1", 2.0) is None, "a back-off outlives a restart"
        after.finish(in_flight, Done(), 2.0)
        after.finish(fresh, Done(), 2.0)
        assert after.next_wake() == 60.0
        later = claim(after, 60.0)
        assert (later.task.id, later.task.maybe_sent) == ("p2", False)
        after.finish(later, Done(), 60.0)
        assert claim(after, 900.0).task.id == "nudge"


def test_a_lease_from_before_the_restart_is_worth_nothing(url: str) -> None:
    with closing(open_mailbox(url)) as before:
        before.accept([task("e1")], 1.0)
        lease = claim(before, 1.0)
    with closing(open_mailbox(url)) as after, pytest.raises(LostLease):
        after.finish(lease, Done(), 2.0)


def test_finishing_is_all_or_nothing(any_url: str) -> None:
    sql = open_mailbox(any_url)
    sql.accept([task("e1"), task("nudge", kind="timer", due=50.0)], 1.0)
    lease = claim(sql, 1.0)
    case = note("A")
    done = Done(state={"n": 1}, new=[task("p1", "B", "post")], cancel=["nudge"], note=case)
    broken = replace(done, note=replace(case, asker=cast("Any", None)))
    with pytest.raises(StorageError, match="could not be written"):
        sql.finish(lease, broken, 2.0)
    assert (sql.peek("A"), sql.peek("B"), sql.next_wake()) == ({}, None, lease.until)

    following = sql.finish(lease, done, 3.0)
    assert following is not None, "the same lease is still good"
    assert following.task.id == "p1"
    assert (sql.peek("A"), sql.recent_case("T1", "C1", "U1", 0.0)) == ({"n": 1}, case)
    assert sql.finish(following, Done(), 60.0) is None, "the timer was cancelled"
    sql.close()


def test_a_full_disk_is_reported_and_survived(engine: Engine) -> None:
    mailbox = SqlMailbox(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 40")
    big = NewTask(id="big", lane="A", kind="event", body={"text": "x" * 400_000})
    with pytest.raises(StorageError, match="full"):
        mailbox.accept([task("e1"), big], 1.0)
    assert mailbox.next_wake() is None, "nothing of it was kept, so Slack must send it again"
    mailbox.accept([task("e1")], 2.0)
    assert claim(mailbox, 2.0).task.id == "e1"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_error_does_not_carry_what_was_pasted(
    kind: str, url: str, request: pytest.FixtureRequest
) -> None:
    own = url if kind == "sqlite" else request.getfixturevalue("postgres").database()
    engine = make_engine(own)
    migrations.upgrade(engine)
    mailbox = SqlMailbox(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE task")
    with pytest.raises(StorageError) as failed:
        mailbox.accept([task("e1")], 1.0)
    assert re.search(r"no such table|does not exist", str(failed.value))
    assert PASTED not in "".join(traceback.format_exception(failed.value))
    mailbox.close()


def test_purged_text_is_in_no_file_any_more(url: str, tmp_path: Path) -> None:
    mailbox = open_mailbox(url)
    mailbox.accept([task(f"e{n}", f"lane{n % 7}") for n in range(50)], 1.0)
    lease = mailbox.claim("w1", 2.0)
    while lease:
        done = Done(state={"text": PASTED}, result={"text": PASTED}, note=note(lease.lane))
        lease = mailbox.finish(lease, done, 2.0) or mailbox.claim("w1", 2.0)
    assert holding(PASTED, tmp_path / "data")
    mailbox.purge(3.0)
    mailbox.close()
    assert holding(PASTED, tmp_path / "data") == []


def holding(text: str, folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if text.encode() in path.read_bytes()]
