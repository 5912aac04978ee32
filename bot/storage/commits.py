"""The transactions of several threads in one commit.

SQLite has one writer, and a commit waits for the disk for some milliseconds. So whoever gets the
write lock does all the work that queued up behind it, commits once, and everybody has their result
(flat combining: Hendler, Incze, Shavit & Tzafrir, SPAA 2010). Work that comes alone is done by the
thread that brought it, without meeting another.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock
from time import sleep
from typing import TYPE_CHECKING, Any, Final, TypeVar

from sqlalchemy import Connection
from typing_extensions import override

if TYPE_CHECKING:
    from sqlalchemy import Engine

T = TypeVar("T")
Work = Callable[[Connection], T]
"""Statements that belong together; may be run again where the transaction was undone."""

_MOST: Final = 50
"""Pieces of work in one commit."""

_TRIES: Final = 5
_GIVE_WAY: Final = 0.02
"""Seconds, longer each time: the other, for whose sake it was undone, must get its locks first."""
_COLLISIONS: Final = {"40001", "40P01", "25P03"}
"""PostgreSQL's codes for a serialisation failure, a deadlock and a transaction that stood still."""


class _Undone(Exception):  # noqa: N818  (an outcome: nothing of it was kept)
    """A transaction that may well succeed if it is done again."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    work: Work[Any]
    outcome: Future[Any] = field(default_factory=Future)
    called: Event = field(default_factory=Event)
    """It is done, or it is this thread's turn to do all that waits."""


class Commits:
    """Runs work in transactions of `engine`, each in its own; usable from any thread."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def run(self, work: Work[T]) -> T:
        """The result of `work`, once it is committed. Raises what it or the commit raises.

        Two transactions that wait for each other are PostgreSQL's to see: it undoes one of them,
        which is then done again. So is one that stood still for too long (see `engine`), and one
        whose connection was cut before it was to be committed.
        """
        for tries in range(1, _TRIES):
            with suppress(_Undone):
                return self._once(work)
            sleep(tries * _GIVE_WAY)
        try:
            return self._once(work)
        except _Undone as undone:
            raise undone.error from undone

    def _once(self, work: Work[T]) -> T:
        try:
            with self._engine.begin() as db:
                return self._within(db, work)
        except Exception as error:
            if _collided(error):
                raise _Undone(error) from error
            raise

    def _within(self, db: Connection, work: Work[T]) -> T:
        raw = db.connection.dbapi_connection
        try:
            return work(db)
        except self._engine.dialect.loaded_dbapi.Error as error:
            if self._engine.dialect.is_disconnect(error, raw, None):
                db.invalidate(error)
                raise _Undone(error) from error
            raise


class SharedCommits(Commits):
    """The same, one transaction at a time, which takes along all that waits for its turn."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._lock = Lock()
        self._busy = False
        self._waiting: list[_Request] = []

    @override
    def run(self, work: Work[T]) -> T:
        """The result of `work`, once it is committed, whoever did it."""
        mine = _Request(work)
        if not self._first(mine):
            mine.called.wait()
        if not mine.outcome.done():
            self._work_off()
        result: T = mine.outcome.result()
        return result

    def _first(self, request: _Request) -> bool:
        """Put it in the queue; whether nobody is at work."""
        with self._lock:
            self._waiting.append(request)
            first, self._busy = not self._busy, True
        return first

    def _work_off(self) -> None:
        """Do all that waits; then it is the turn of who came meanwhile."""
        with self._lock:
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        try:
            self._commit(batch)
        finally:
            with self._lock:
                following = self._waiting[:1]
                self._busy = bool(following)
            for request in batch:
                request.outcome.cancel()  # whatever is not done now never will be: interrupted
            for request in (*following, *batch):
                request.called.set()

    def _commit(self, batch: list[_Request]) -> None:
        """All of it; where something in it fails, each by itself, so that the others do not."""
        try:
            results = super().run(lambda db: [request.work(db) for request in batch])
        except Exception as error:  # noqa: BLE001  (it is raised in the thread that asked)
            self._failed(batch, error)
        else:
            for request, result in zip(batch, results, strict=True):
                request.outcome.set_result(result)

    def _failed(self, batch: list[_Request], error: Exception) -> None:
        if len(batch) == 1:
            batch[0].outcome.set_exception(error)
        else:
            for request in batch:
                self._commit([request])


def _collided(error: Exception) -> bool:
    """Whether the same work may well succeed now: it was undone for another's sake."""
    cause = getattr(error, "orig", None) or error
    return getattr(cause, "sqlstate", None) in _COLLISIONS
