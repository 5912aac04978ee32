"""The transactions of several threads in one commit."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from bot.storage.commits import SharedCommits
from bot.storage.engine import make_engine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

PATIENCE = 10.0


class Held:
    """Work that lasts until it is let go, while other work queues up behind it."""

    def __init__(self) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()

    def work(self, db: Connection) -> None:
        put(db, "held")
        self.begun.set()
        assert self.go_on.wait(PATIENCE)


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    with engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE word (word TEXT PRIMARY KEY)")
    yield engine
    engine.dispose()


@pytest.fixture
def commits(engine: Engine) -> list[str]:
    """Grows by one with each commit that left something."""
    made: list[str] = []
    event.listen(engine, "commit", lambda _: made.append("commit"))
    return made


def put(db: Connection, word: str) -> str:
    db.exec_driver_sql("INSERT INTO word VALUES (?)", (word,))
    return word.upper()


def words(engine: Engine) -> list[str]:
    with engine.begin() as db:
        return sorted(db.exec_driver_sql("SELECT word FROM word").scalars())


def behind(shared: SharedCommits, wanted: list[str]) -> list[Future[str]]:
    """Each word put by a thread of its own, all of them while other work is being done."""
    held = Held()
    with ThreadPoolExecutor(len(wanted) + 1) as pool:
        pool.submit(shared.run, held.work)
        assert held.begun.wait(PATIENCE)
        waiting = [pool.submit(shared.run, partial(put, word=word)) for word in wanted]
        until(lambda: len(shared._waiting) == len(wanted))
        held.go_on.set()
    return waiting


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_what_waits_for_its_turn_shares_one_commit(engine: Engine, commits: list[str]) -> None:
    waiting = behind(SharedCommits(engine), ["a", "b", "c", "d"])
    assert [w.result() for w in waiting] == ["A", "B", "C", "D"], "everybody has their own result"
    assert len(commits) == 2, "the first, and one for the four"
    assert words(engine) == ["a", "b", "c", "d", "held"]


def test_only_the_one_that_fails_fails(engine: Engine) -> None:
    waiting = behind(SharedCommits(engine), ["a", "held", "c"])
    assert [waiting[0].result(), waiting[2].result()] == ["A", "C"]
    with pytest.raises(Exception, match="UNIQUE"):
        waiting[1].result()
    assert words(engine) == ["a", "c", "held"], "and nobody's work is done twice or lost"


def test_after_a_failure_work_goes_on(engine: Engine) -> None:
    shared = SharedCommits(engine)
    with pytest.raises(OperationalError):
        shared.run(lambda db: db.exec_driver_sql("INSERT INTO nowhere VALUES (1)"))
    assert shared.run(partial(put, word="a")) == "A"


def test_many_threads_lose_nothing(engine: Engine, commits: list[str]) -> None:
    shared = SharedCommits(engine)
    wanted = [f"{n:03}" for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda word: shared.run(partial(put, word=word)), wanted))
    assert results == words(engine) == wanted
    assert len(commits) <= len(wanted)
