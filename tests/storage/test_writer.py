"""Many accepts, one commit."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING

import pytest

from bot.errors import StorageError
from bot.helpdesk.ports import NewTask
from bot.storage.memory import MemoryMailbox
from bot.storage.writer import GroupCommit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.storage.mailbox import SqlMailbox


class SlowDisk(MemoryMailbox):
    """Commits only when told to, and tells how many tasks each commit held."""

    def __init__(self) -> None:
        super().__init__()
        self.ready = threading.Event()
        self.begun = threading.Event()
        self.commits: list[list[str]] = []

    def commit(self, tasks: Sequence[NewTask], now: float) -> int:
        self.begun.set()
        self.ready.wait()
        self.commits.append([task.id for task in tasks])
        return super().accept(tasks, now)

    accept = commit


def event(n: int) -> NewTask:
    return NewTask(id=f"e{n}", lane=f"L{n}", kind="event", body={})


def test_what_arrives_during_a_commit_shares_the_next_one() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk)
    first = commit.accept([event(0)], 1.0)
    disk.begun.wait()
    rest = [commit.accept([event(n)], 1.0) for n in range(1, 10)]
    assert not first.done()
    disk.ready.set()
    for kept in (first, *rest):
        kept.result()
    commit.close()
    assert disk.commits == [["e0"], [f"e{n}" for n in range(1, 10)]]


def test_an_answer_means_it_is_on_disk(sql: SqlMailbox) -> None:
    commit = GroupCommit(sql)

    async def deliver(n: int) -> int:
        await asyncio.wrap_future(commit.accept([event(n)], 1.0))
        return sql.accept([event(n)], 1.0)

    async def deliver_all() -> list[int]:
        return await asyncio.gather(*(deliver(n) for n in range(50)))

    assert asyncio.run(deliver_all()) == [0] * 50, "each was known when its answer came"
    commit.close()


def test_everybody_waiting_hears_of_a_failure(sql: SqlMailbox) -> None:
    commit = GroupCommit(sql)
    with sql._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE task")
    for n in range(3):
        with pytest.raises(StorageError):
            commit.accept([event(n)], 1.0).result()
    commit.close()


def test_somebody_who_gave_up_waiting_disturbs_nobody() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk)
    commit.accept([event(0)], 1.0)
    disk.begun.wait()
    impatient, patient = (commit.accept([event(n)], 1.0) for n in (1, 2))
    assert impatient.cancel()
    disk.ready.set()
    patient.result()
    commit.close()
    assert disk.peek("L1") == {}, "kept all the same: Slack would only send it again"


def test_it_says_how_long_the_first_has_waited() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk)
    assert commit.waiting() == 0.0
    first = commit.accept([event(0)], 1.0)
    time.sleep(0.1)
    second = commit.accept([event(1)], 1.0)
    assert commit.waiting() >= 0.1
    disk.ready.set()
    first.result()
    second.result()
    commit.close()
    assert commit.waiting() == 0.0


def test_closing_commits_what_was_accepted_and_refuses_the_rest() -> None:
    disk = SlowDisk()
    commit = GroupCommit(disk)
    waiting = [commit.accept([event(n)], 1.0) for n in range(5)]
    closing = threading.Thread(target=commit.close)
    closing.start()
    disk.ready.set()
    closing.join()
    assert all(kept.done() for kept in waiting)
    assert sum(len(ids) for ids in disk.commits) == 5
    with pytest.raises(StorageError, match="closed"):
        commit.accept([event(9)], 1.0)
