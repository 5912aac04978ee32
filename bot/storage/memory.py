"""The mailbox without a database: for `ask`, `chat`, `replay` and the workbench.

The same promises as `SqlMailbox`, kept by the same tests, except that nothing outlives the process.
Bodies, states and results go through JSON here too, so that what works here works there.
"""

from __future__ import annotations

import itertools
import json
from threading import Lock
from typing import TYPE_CHECKING

from bot.errors import LostLease
from bot.helpdesk.outcomes import summed, tally_of
from bot.helpdesk.ports import Backlog, Lease, Task
from bot.storage.limits import CRON, KEEP_IDS, LEASE_SECONDS, LONGEST_CLOSED, OUTWARD
from bot.storage.memory_people import People
from bot.storage.memory_rows import Lane, Row, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.helpdesk.ports import CaseNote, Done, Forgotten, Json, Kept, NewTask, Tally


class MemoryMailbox:
    """A `bot.helpdesk.ports.Mailbox` in dictionaries; safe to use from several threads."""

    def __init__(
        self, *, lease_seconds: float = LEASE_SECONDS, outward: frozenset[str] = OUTWARD
    ) -> None:
        self._lease_seconds = lease_seconds
        self._outward = outward
        self._lock = Lock()
        self._seq = itertools.count(1)
        self._rows: dict[str, Row] = {}
        self._lanes: dict[str, Lane] = {}
        self._waiting: dict[str, Lane] = {}
        self._notes: dict[str, CaseNote] = {}
        self._counted: list[Tally] = []
        self._people = People(
            self._rows, self._lanes, self._notes, self._close, self._end, self._count
        )

    def accept(self, tasks: Sequence[NewTask], now: float) -> int:
        """Keep what is new and wake its lanes."""
        with self._lock:
            return self._add(tasks, now)

    def claim(self, worker: str, now: float) -> Lease | None:
        """Lease the lane that woke first and hand out its head."""
        with self._lock:
            return self._claim(worker, now)

    def finish(self, lease: Lease, done: Done, now: float) -> Lease | None:
        """Apply everything, or nothing where the lease is lost."""
        state = None if done.state is None else json.dumps(done.state)
        result = json.dumps(done.result)
        with self._lock:
            lane = self._hold(lease)
            lane.state = lane.state if state is None else state
            self._close(lease.task.id, now)
            row = self._rows[lease.task.id]
            row.body, row.result = "" if done.erase else row.body, result
            for id_ in done.cancel:
                self._close(id_, now)
            self._add(done.new, now, lease.task)
            if done.note:
                self._notes[done.note.lane] = done.note
            if following := self._hand_out(lane, lease.worker, now):
                return following
            self._give_back(lane, now)
            return self._claim(lease.worker, now)

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
        """Close the lane until then; the task keeps its place at the head."""
        del error  # a log is the place to look for it
        with self._lock:
            lane = self._hold(lease)
            lane.owner, lane.lease_until = None, due_at
            row = self._rows[lease.task.id]
            row.maybe_sent, row.looked = maybe_sent, looked
            if not counts:
                row.attempts -= 1
                row.last_try = lease.task.last_try

    def set_aside(self, lease: Lease, error: str, now: float, new: Sequence[NewTask] = ()) -> None:
        """Close the task and give the lane back."""
        del error
        with self._lock:
            lane = self._hold(lease)
            self._close(lease.task.id, now)
            self._add(new, now, lease.task)
            self._give_back(lane, now)

    def peek(self, lane: str) -> Json | None:
        """The lane's state."""
        with self._lock:
            found = self._lanes.get(lane)
            return None if found is None else state_of(found)

    def recent_case(self, team: str, channel: str, asker: str, since: float) -> CaseNote | None:
        """The latest of the notes that fit."""
        with self._lock:
            fitting = [
                note
                for note in self._notes.values()
                if (note.team, note.channel, note.asker) == (team, channel, asker)
                and note.updated_at >= since
            ]
        return min(fitting, key=lambda note: (-note.updated_at, note.lane), default=None)

    def next_wake(self) -> float | None:
        """The earliest of the waiting lanes."""
        with self._lock:
            return min((lane.ready_at() for lane in self._waiting.values()), default=None)

    def backlog(self, now: float) -> Backlog:
        """Count the waiting lanes that are due."""
        with self._lock:
            due = [lane.wake_at for lane in self._waiting.values() if (lane.wake_at or 0.0) <= now]
        return Backlog(len(due), now - min(at or 0.0 for at in due) if due else 0.0)

    def set_right(self, now: float) -> int:
        """Look at all lanes."""
        far = now + LONGEST_CLOSED
        with self._lock:
            late = [
                lane
                for lane in self._waiting.values()
                if (lane.wake_at or 0.0) > far and any(row.is_due(now) for row in lane.open)
            ]
            closed = [lane for lane in self._lanes.values() if lane.lease_until > far]
            for lane in late:
                lane.wake_at = now
            for lane in closed:
                lane.owner, lane.lease_until, lane.fence = None, 0.0, lane.fence + 1
            return len(late) + len(closed)

    def purge(self, before: float) -> int:
        """Forget; ids stay known for a while, as in the database."""
        with self._lock:
            return (
                self._purge_ids(before - KEEP_IDS)
                + self._purge_bodies(before)
                + self._purge_lanes(before)
            )

    def tallies(self) -> Sequence[Tally]:
        """Those counted, and those of the lanes at hand."""
        with self._lock:
            at_hand = (tally_of(key, state_of(lane)) for key, lane in self._lanes.items())
            return summed([*self._counted, *filter(None, at_hand)])

    def kept_of(self, who: str, team: str = "") -> Kept:
        """Look through all of it."""
        with self._lock:
            return self._people.kept_of(who, team)

    def forget(self, who: str, now: float, team: str = "", spare: str = "") -> Forgotten:
        """All at once."""
        with self._lock:
            return self._people.forget(who, now, team, spare)

    def end(self, prefix: str, now: float, spare: Sequence[str] = ()) -> int:
        """All at once."""
        with self._lock:
            theirs = {
                key: lane
                for key, lane in self._lanes.items()
                if key.startswith(prefix) and not key.startswith(tuple(spare))
            }
            alive = [o for o in theirs.values() if o.state is not None or o.wake_at is not None]
            for lane in alive:
                self._end(lane, now)
            for row in self._rows.values():
                row.body = "" if row.lane in theirs else row.body
            return len(alive)

    def close(self) -> None:
        """Nothing to release."""

    # --- steps under the lock --------------------------------------------------------------------

    def _add(self, tasks: Sequence[NewTask], now: float, of: Task | None = None) -> int:
        known = len(self._rows)
        for task in tasks:
            if task.id not in self._rows:
                self._insert(task, now, of)
        return len(self._rows) - known

    def _insert(self, task: NewTask, now: float, of: Task | None) -> None:
        body = json.dumps(dict(task.body))
        row = Row(next(self._seq), task.id, task.lane, task.kind, task.due_at, body)
        if of and of.maybe_sent and row.due_at <= now:
            row.maybe_sent, row.first_try, row.last_try = True, of.first_try, of.last_try
        lane = self._lanes.setdefault(row.lane, Lane(row.lane))
        lane.open.append(row)
        wake = max(row.due_at, now)
        lane.wake_at = wake if lane.wake_at is None else min(wake, lane.wake_at)
        lane.idle_since = None
        self._rows[row.id] = row
        self._waiting[lane.key] = lane

    def _claim(self, worker: str, now: float) -> Lease | None:
        ready = [lane for lane in self._waiting.values() if lane.ready_at() <= now]
        for lane in sorted(ready, key=lambda lane: (lane.wake_at, lane.key)):
            if lease := self._hand_out(lane, worker, now):
                return lease
            self._give_back(lane, now)  # what it woke for was cancelled
        return None

    def _hand_out(self, lane: Lane, worker: str, now: float) -> Lease | None:
        row = min((r for r in lane.open if r.is_due(now)), key=lambda r: r.turn, default=None)
        if row is None:
            return None
        row.attempts += 1
        task = _task(row)
        row.maybe_sent = row.maybe_sent or task.kind in self._outward
        row.looked = False
        row.first_try = now if row.first_try is None else row.first_try
        row.last_try = now
        lane.owner, lane.lease_until = worker, now + self._lease_seconds
        lane.fence += 1
        return Lease(
            lane=lane.key,
            worker=worker,
            fence=lane.fence,
            until=lane.lease_until,
            state=state_of(lane),
            task=task,
        )

    def _hold(self, lease: Lease) -> Lane:
        lane = self._lanes.get(lease.lane)
        if lane is None or lane.fence != lease.fence:
            raise LostLease(f"Lane {lease.lane} was taken over by another worker.")
        lane.fence += 1
        return lane

    def _close(self, id_: str, now: float) -> None:
        row = self._rows.get(id_)
        if row is not None and row.done_at is None:
            row.done_at = now
            self._lanes[row.lane].open.remove(row)

    def _give_back(self, lane: Lane, now: float) -> None:
        lane.owner, lane.lease_until = None, 0.0
        due = min((row.due_at for row in lane.open), default=None)
        lane.wake_at, lane.idle_since = (None, now) if due is None else (max(due, now), None)
        if due is None:
            self._waiting.pop(lane.key, None)

    def _end(self, lane: Lane, now: float) -> None:
        for row in list(lane.open):
            self._close(row.id, now)
        lane.state, lane.fence = None, lane.fence + 1
        self._give_back(lane, now)
        self._notes.pop(lane.key, None)

    def _count(self, lane: Lane) -> None:
        if tally := tally_of(lane.key, state_of(lane)):
            self._counted = summed([*self._counted, tally])

    def _purge_ids(self, before: float) -> int:
        old = [id_ for id_, row in self._rows.items() if _is_past(row.done_at, before)]
        for id_ in old:
            del self._rows[id_]
        return len(old)

    def _purge_bodies(self, before: float) -> int:
        old = [row for row in self._rows.values() if row.body and _is_past(row.done_at, before)]
        for row in old:
            row.body = ""
        return len(old)

    def _purge_lanes(self, before: float) -> int:
        old = [
            key
            for key, lane in self._lanes.items()
            if _is_past(lane.idle_since, before) and not key.startswith(CRON)
        ]
        for key in old:
            self._count(self._lanes.pop(key))
            self._notes.pop(key, None)
        return len(old)


def _is_past(at: float | None, before: float) -> bool:
    return at is not None and at < before


def _task(row: Row) -> Task:
    return Task(
        seq=row.seq,
        id=row.id,
        lane=row.lane,
        kind=row.kind,
        body=json.loads(row.body),
        due_at=row.due_at,
        attempts=row.attempts,
        maybe_sent=row.maybe_sent,
        first_try=row.first_try,
        last_try=row.last_try,
        looked=row.looked,
    )
