"""What is kept of one person, found and forgotten.

A person is named in bodies and states by their id as a JSON string, so that `"U0123"` in the text
of the column finds all of it; a full scan, for something done once in a while. It is read without
a lock and forgotten in short batches, each to be done again without harm: a bot may be at work
meanwhile, in this process or another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Text, and_, cast, func, null, or_, select, true, update

from bot.helpdesk.ports import Forgotten, Kept
from bot.storage import ending, naming
from bot.storage.tables import conversation, lane, task

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Column, ColumnElement

Write = Callable[[Callable[[Connection], int]], int]
Read = Callable[[Callable[[Connection], list[Any]]], list[Any]]
_BATCH: Final = 200


def kept_of(db: Connection, who: str, team: str) -> Kept:
    """Everything that names the person, and all of their own conversations."""
    own = _own(who, team)
    theirs = select(conversation.c.lane).where(*own)
    here, there = _within(lane.c.key, team), _within(task.c.lane, team)
    states = select(lane.c.key, lane.c.state).where(
        here, lane.c.state.is_not(null()), or_(lane.c.key.in_(theirs), _named(lane.c.state, who))
    )
    tasks = (
        select(task.c.lane, task.c.kind, task.c.due_at, task.c.done_at, task.c.body)
        .where(there, task.c.body.is_not(null()))
        .where(or_(task.c.lane.in_(theirs), _named(task.c.body, who), _named(task.c.result, who)))
        .order_by(task.c.seq)
    )
    notes = select(conversation).where(*own)
    found = [tuple(dict(row) for row in db.execute(q).mappings()) for q in (notes, states, tasks)]
    return Kept(*found)


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Deletes it; ids of tasks stay as long as Slack may deliver again."""

    _read: Read
    _write: Write
    _who: str
    _now: float
    _team: str
    _spare: str

    def do(self) -> Forgotten:
        """All of it, in the order in which nothing of it can come back."""
        direct: set[str] = set()
        entries = mentions = 0
        conversations = self._end(self._noted())
        for rows in self._tasks():
            theirs = [row for row in rows if naming.is_theirs(row.body, self._who)]
            others = [row for row in rows if not naming.is_theirs(row.body, self._who)]
            for row in theirs:
                direct.add(naming.direct_lanes(row.lane, row.body, row.result, self._who))
            entries += self._write(lambda db, rows=theirs: self._erase(db, rows))  # type: ignore[misc]
            mentions += self._write(lambda db, rows=others: self._clean(db, rows))  # type: ignore[misc]
        for prefix in direct - {""}:
            conversations += self._end(ending.begins(prefix))
            self._write(lambda db, prefix=prefix: self._empty(db, prefix))  # type: ignore[misc]
        mentions += self._states()
        return Forgotten(conversations, entries, mentions)

    def _noted(self) -> ColumnElement[bool]:
        """Lanes of the person's conversations and tickets."""
        own = select(conversation.c.lane).where(*_own(self._who, self._team))
        return lane.c.key.in_(own)

    def _end(self, which: ColumnElement[bool]) -> int:
        where = (which, lane.c.key != self._spare)
        ended = 0
        while some := self._write(lambda db: ending.end_some(db, where, self._now, counted=True)):
            ended += some
        return ended

    def _tasks(self) -> Iterator[list[Any]]:
        """Tasks that name the person, in batches."""
        last = -1
        columns = (task.c.seq, task.c.lane, task.c.body, task.c.result, task.c.done_at)
        while True:
            query = (
                select(*columns)
                .where(task.c.seq > last, task.c.body.is_not(null()))
                .where(_within(task.c.lane, self._team), task.c.lane != self._spare)
                .where(or_(_named(task.c.body, self._who), _named(task.c.result, self._who)))
                .order_by(task.c.seq)
                .limit(_BATCH)
            )
            rows = self._read(lambda db, query=query: list(db.execute(query)))  # type: ignore[misc]
            if not rows:
                return
            last = rows[-1].seq
            yield rows

    def _erase(self, db: Connection, rows: Sequence[Any]) -> int:
        """Nothing is left of them but the id; whoever is at one loses its lease."""
        open_ = {row.lane for row in rows if row.done_at is None}
        self._take_away(db, lane.c.key.in_(open_))
        gone = {"body": null(), "result": null(), "error": null()}
        done = func.coalesce(task.c.done_at, self._now)
        some = update(task).where(task.c.seq.in_([row.seq for row in rows]))
        db.execute(some.values(done_at=done, **gone))
        return len(rows)

    def _clean(self, db: Connection, rows: Sequence[Any]) -> int:
        self._take_away(db, lane.c.key.in_({row.lane for row in rows if row.done_at is None}))
        for row in rows:
            body, result = (naming.without(one, self._who) for one in (row.body, row.result))
            kept = update(task).where(task.c.seq == row.seq, task.c.body.is_not(null()))
            db.execute(kept.values(body=body, result=null() if result is None else result))
        return len(rows)

    def _empty(self, db: Connection, prefix: str) -> int:
        """What was said in the direct message, where no conversation was."""
        there = (func.substr(task.c.lane, 1, len(prefix)) == prefix, task.c.body.is_not(null()))
        done = func.coalesce(task.c.done_at, self._now)
        return db.execute(
            update(task).where(*there).values(done_at=done, body=null(), result=null())
        ).rowcount

    def _states(self) -> int:
        """Lanes whose state still names the person."""
        query = (
            select(lane.c.key)
            .where(_within(lane.c.key, self._team), lane.c.key != self._spare)
            .where(_named(lane.c.state, self._who))
        )
        keys = self._read(lambda db: [key for (key,) in db.execute(query)])
        batches = (keys[n : n + _BATCH] for n in range(0, len(keys), _BATCH))
        return sum(
            self._write(lambda db, some=some: self._clean_states(db, some))  # type: ignore[misc]
            for some in batches
        )

    def _clean_states(self, db: Connection, keys: Sequence[str]) -> int:
        query = (
            select(lane.c.key, lane.c.state)
            .where(lane.c.key.in_(keys), lane.c.state.is_not(null()))
            .order_by(lane.c.key)
            .with_for_update()
        )
        rows = list(db.execute(query))
        about = [key for key, state in rows if naming.is_about(state, self._who)]
        ending.end_lanes(db, about, self._now)
        for key, state in rows:
            if key not in about:
                clean = {"state": naming.without(state, self._who), "fence": lane.c.fence + 1}
                db.execute(update(lane).where(lane.c.key == key).values(**clean, **_FREE))
        return len(rows)

    def _take_away(self, db: Connection, where: ColumnElement[bool]) -> None:
        """The fence moves: whoever works there now must not write back what it was given."""
        held = and_(where, lane.c.owner.is_not(None), lane.c.key != self._spare)
        db.execute(update(lane).where(held).values(fence=lane.c.fence + 1, **_FREE))


_FREE: Final = {"owner": None, "lease_until": 0.0}


def _own(who: str, team: str) -> tuple[ColumnElement[bool], ...]:
    return (
        conversation.c.asker == who,
        conversation.c.team == team if team else true(),
    )


def _named(column: Column[Any], who: str) -> ColumnElement[bool]:
    return cast(column, Text).contains(f'"{who}"', autoescape=True)


def _within(column: Column[Any], team: str) -> ColumnElement[bool]:
    """Lanes begin with the workspace."""
    return func.substr(column, 1, len(team) + 1) == f"{team}:" if team else true()
