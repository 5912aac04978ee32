"""The mailbox of `bot.helpdesk.ports` in SQL, the same on SQLite and PostgreSQL.

A worker leases a lane, never a task, so what happens in one conversation happens in order. Each
hand-out and each return raises the lane's *fence*: a lease is good for one call, and a worker that
was frozen past its lease finds the fence moved (`LostLease`) and leaves no trace. A task of an
outward kind is marked `maybe_sent` in the very transaction that hands it out: whoever finds the
mark must look before sending again.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError

from bot.errors import LostLease, StorageError
from bot.helpdesk.ports import Backlog, CaseNote, Lease, Task
from bot.storage import ending, migrations, person, retention, statements, tallies
from bot.storage.commits import Commits, SharedCommits
from bot.storage.database_clock import DatabaseClock
from bot.storage.engine import READS, forget_log, make_engine, why
from bot.storage.limits import LEASE_SECONDS, LONGEST_CLOSED, OUTWARD
from bot.storage.prepared import Prepared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeVar

    from sqlalchemy import Connection, Engine

    from bot.helpdesk.ports import Done, Forgotten, Json, Kept, NewTask, Tally
    from bot.storage.prepared import Sql

    T = TypeVar("T")


def open_mailbox(
    url: str, *, lease_seconds: float = LEASE_SECONDS, outward: frozenset[str] = OUTWARD
) -> SqlMailbox:
    """The mailbox at this URL, its tables brought up to date.

    Raises:
        StorageError: see `bot.storage.engine.make_engine` and `bot.storage.migrations.upgrade`.
    """
    engine = make_engine(url)
    try:
        migrations.upgrade(engine)
        mailbox = SqlMailbox(engine, lease_seconds=lease_seconds, outward=outward)
        if engine.dialect.name == "sqlite":
            mailbox.drop_all_leases()
    except StorageError:
        engine.dispose()
        raise
    return mailbox


class SqlMailbox:
    """A `bot.helpdesk.ports.Mailbox`: what a method did survives `kill -9` and power loss.

    The Protocol says what each method promises; what is said here is how.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        lease_seconds: float = LEASE_SECONDS,
        outward: frozenset[str] = OUTWARD,
    ) -> None:
        self._engine = engine
        self._lease_seconds = lease_seconds
        self._outward = outward
        self._prepared = Prepared(engine.dialect)
        self._errors = (SQLAlchemyError, engine.dialect.loaded_dbapi.Error)
        self._upserts = statements.Upserts(engine.dialect.name)
        # SQLite has one writer: sharing its commits is fair and quick, its busy loop is neither.
        shared = engine.dialect.name == "sqlite"
        self._commits = SharedCommits(engine) if shared else Commits(engine)
        # What is read is one statement: PostgreSQL need not begin and end a transaction for it.
        options = {READS: True} if shared else {"isolation_level": "AUTOCOMMIT"}
        self._reads = engine.execution_options(**options)

    @property
    def engine(self) -> Engine:
        """What it is kept on, for the other tables there."""
        return self._engine

    def clock(self) -> Callable[[], float] | None:
        """The clock that all who share this database go by; None where nobody shares it.

        Raises StorageError.
        """
        if self._engine.dialect.name == "sqlite":
            return None
        try:
            return DatabaseClock(self._engine)
        except self._errors as error:
            raise StorageError(f"The database could not be read: {why(error)}.") from error

    def drop_all_leases(self) -> None:
        """Free what a dead process held; only for SQLite, which no other process shares."""
        self._write(lambda db: db.do(statements.DROP_LEASES, {}))

    def accept(self, tasks: Sequence[NewTask], now: float) -> int:
        """Insert what is new and wake its lanes."""
        return self._write(lambda db: self._add(db, tasks, now))

    def claim(self, worker: str, now: float) -> Lease | None:
        """Lock the lane that woke first (skipping those locked), lease it, hand out its head."""
        return self._write(lambda db: self._claim(db, worker, now))

    def finish(self, lease: Lease, done: Done, now: float) -> Lease | None:
        """Prolong the lease first, which checks the fence; then everything else."""
        until = now + self._lease_seconds
        state = None if done.state is None else json.loads(json.dumps(done.state))

        def work(db: Sql) -> Lease | None:
            fence = _hold(db, lease, lease.worker, until, state)
            _close(db, lease.task, done, now)
            self._add(db, done.new, now, of=lease.task)
            if done.note:
                db.do(self._upserts.note, asdict(done.note))
            if task := self._hand_out(db, lease.lane, now):
                kept = lease.state if state is None else state
                return _lease(lease.worker, fence, until, kept, task)
            _give_back(db, lease.lane, now)
            return self._claim(db, lease.worker, now)

        return self._write(work)

    def retry(  # noqa: PLR0913  (see the Protocol)
        self,
        lease: Lease,
        due_at: float,
        error: str,
        *,
        maybe_sent: bool,
        counts: bool = True,
        looked: bool = False,
    ) -> None:
        """Close the lane by a lease without an owner; the task keeps its place at the head."""
        outcome = {"seq_": lease.task.seq, "why": error, "sent": maybe_sent, "seen": looked}

        def work(db: Sql) -> None:
            _hold(db, lease, None, due_at)
            if counts:
                db.do(statements.RETRY, outcome)
            else:
                db.do(statements.DEFER, outcome | {"before": lease.task.last_try})

        self._write(work)

    def set_aside(self, lease: Lease, error: str, now: float, new: Sequence[NewTask] = ()) -> None:
        """Mark the task done, with its error, and give the lane back."""

        def work(db: Sql) -> None:
            _hold(db, lease, None, now)
            db.do(statements.SET_ASIDE, {"seq_": lease.task.seq, "now": now, "why": error})
            self._add(db, new, now, of=lease.task)
            _give_back(db, lease.lane, now)

        self._write(work)

    def peek(self, lane: str) -> Json | None:
        """Read one row."""
        with self._read() as db:
            row = db.row(statements.STATE, {"lane_": lane})
        return None if row is None else row["state"] or {}

    def recent_case(self, team: str, channel: str, asker: str, since: float) -> CaseNote | None:
        """Read the first row of an index."""
        wanted = {"team_": team, "channel_": channel, "asker_": asker, "since": since}
        with self._read() as db:
            row = db.row(statements.RECENT_CASE, wanted)
        return CaseNote(**row) if row else None

    def next_wake(self) -> float | None:
        """Read the beginning of the index of waiting lanes."""
        with self._read() as db:
            (row,) = db.rows(statements.NEXT_WAKE, {})
        wake: float | None = row["wake"]
        return wake

    def backlog(self, now: float) -> Backlog:
        """Read the part of the index of waiting lanes that is due."""
        with self._read() as db:
            (row,) = db.rows(statements.LATE, {"now": now})
        return Backlog(row["lanes"], 0.0 if row["since"] is None else now - row["since"])

    def set_right(self, now: float) -> int:
        """Two statements, which look at the lanes that wait or are closed."""
        limits = {"now": now, "far": now + LONGEST_CLOSED}
        return self._write(
            lambda db: (
                db.do(statements.WAKE_LATE, limits)
                + db.do(statements.OPEN_LATE, {"far": limits["far"]})
            )
        )

    def purge(self, before: float) -> int:
        """Forget in short batches, so that nobody waits long for the write lock."""
        forgotten = 0
        for step in retention.STEPS:
            while rows := self._write_on(partial(step, prepared=self._prepared, before=before)):
                forgotten += rows
        return self._gone(forgotten)

    def tallies(self) -> Sequence[Tally]:
        """Look through all lanes."""
        return self._read_on(tallies.read)

    def kept_of(self, who: str, team: str = "") -> Kept:
        """Look through all rows."""
        return self._read_on(lambda db: person.kept_of(db, who, team))

    def forget(self, who: str, now: float, team: str = "", spare: str = "") -> Forgotten:
        """In short batches, so that nobody waits long for the write lock."""
        work = person.Forgetting(self._read_on, self._write_on, who, now, team, spare)
        return self._gone(work.do())

    def end(self, prefix: str, now: float, spare: Sequence[str] = ()) -> int:
        """End the lanes in short batches, so that nobody waits long for the write lock."""
        return self._gone(ending.end(self._write_on, prefix, now, spare))

    def close(self) -> None:
        """Close the connections; on SQLite also free the lock file."""
        self._engine.dispose()

    # --- steps inside a transaction --------------------------------------------------------------

    def _write(self, work: Callable[[Sql], T]) -> T:
        return self._write_on(lambda connection: work(self._prepared.on(connection)))

    def _write_on(self, work: Callable[[Connection], T]) -> T:
        try:
            return self._commits.run(work)
        except self._errors as error:
            raise StorageError(f"The database could not be written: {why(error)}.") from error

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self._reads.connect() as db:
                yield db
        except self._errors as error:
            raise StorageError(f"The database could not be read: {why(error)}.") from error

    @contextmanager
    def _read(self) -> Iterator[Sql]:
        with self._reading() as db:
            yield self._prepared.on(db)

    def _gone(self, how_much: T) -> T:
        """What was deleted is in no file any more."""
        try:
            forget_log(self._engine)
        except self._errors as error:
            raise StorageError(f"The database could not be written: {why(error)}.") from error
        return how_much

    def _read_on(self, work: Callable[[Connection], T]) -> T:
        with self._reading() as db:
            return work(db)

    def _add(self, db: Sql, tasks: Sequence[NewTask], now: float, of: Task | None = None) -> int:
        """Insert what is unknown and wake its lanes, sorted: replicas must not deadlock.

        Where they follow from a task, its own lane need not be woken: whoever holds it looks before
        giving it back.
        """
        if not tasks:
            return 0
        first: dict[str, NewTask] = {}
        for task in tasks:
            first.setdefault(task.id, task)
        rows = [_row(task, now, of) for task in sorted(first.values(), key=lambda task: task.lane)]
        new = {row["id"] for row in rows if db.do(self._upserts.task, row)}
        wakes: dict[str, float] = {}
        for row in rows:
            if row["id"] in new and not (of and row["lane"] == of.lane):
                wake = max(row["due_at"], now)
                wakes[row["lane"]] = min(wake, wakes.get(row["lane"], wake))
        for key, wake_at in wakes.items():
            db.do(self._upserts.wake, {"key": key, "wake_at": wake_at})
        return len(new)

    def _claim(self, db: Sql, worker: str, now: float) -> Lease | None:
        until = now + self._lease_seconds
        while lane := db.row(statements.CLAIM, {"now": now, "worker": worker, "until": until}):
            if task := self._hand_out(db, lane["key"], now):
                return _lease(worker, lane["fence"], until, lane["state"] or {}, task)
            _give_back(db, lane["key"], now)  # what it woke for was cancelled
        return None

    def _hand_out(self, db: Sql, lane: str, now: float) -> Task | None:
        row = db.row(statements.HEAD, {"lane_": lane, "now": now})
        if row is None:
            return None
        task = Task(**{**row, "attempts": row["attempts"] + 1})
        sent = task.maybe_sent or task.kind in self._outward
        db.do(statements.HAND_OUT, {"seq_": task.seq, "now": now, "sent": sent})
        return task


def _row(task: NewTask, now: float, of: Task | None) -> dict[str, Any]:
    doubt = of if of and of.maybe_sent and task.due_at <= now else None
    return {
        "id": task.id,
        "lane": task.lane,
        "kind": task.kind,
        "due_at": task.due_at,
        "body": dict(task.body),
        "maybe_sent": bool(doubt),
        "first_try": doubt and doubt.first_try,
        "last_try": doubt and doubt.last_try,
    }


def _hold(
    db: Sql, lease: Lease, worker: str | None, until: float, state: Json | None = None
) -> int:
    """Prolong or (without a worker) close the lane, and keep its state if there is one; its fence.

    Where a lease is used this comes first: it locks the lane's row, so that nothing accepted
    meanwhile is missed.
    """
    values = {"lane_": lease.lane, "held": lease.fence, "worker": worker, "until": until}
    if state is None:
        held = db.do(statements.HOLD, values)
    else:
        held = db.do(statements.HOLD_WITH_STATE, {**values, "state_": state})
    if not held:
        raise LostLease(f"Lane {lease.lane} was taken over by another worker.")
    return lease.fence + 1


def _close(db: Sql, task: Task, done: Done, now: float) -> None:
    outcome = {"seq_": task.seq, "now": now, "outcome": dict(done.result)}
    db.do(statements.ERASE if done.erase else statements.CLOSE, outcome)
    for id_ in done.cancel:
        db.do(statements.CANCEL, {"id_": id_, "now": now})


def _give_back(db: Sql, lane: str, now: float) -> None:
    db.do(statements.GIVE_BACK, {"lane_": lane, "now": now})


def _lease(worker: str, fence: int, until: float, state: Json, task: Task) -> Lease:
    return Lease(lane=task.lane, worker=worker, fence=fence, until=until, state=state, task=task)
