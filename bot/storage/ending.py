"""The end of conversations before their time: what they hold is forgotten, nothing more is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import case, delete, func, not_, null, or_, select, update

from bot.storage import tallies
from bot.storage.tables import conversation, lane, task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from sqlalchemy import ColumnElement, Connection

    T = TypeVar("T")
    Write = Callable[[Callable[[Connection], int]], int]

BATCH: Final = 200
ALIVE: Final = or_(lane.c.state.is_not(null()), lane.c.wake_at.is_not(None))


def end(write: Write, prefix: str, now: float, spare: Sequence[str]) -> int:
    """End all lanes whose key begins with `prefix` but with none of `spare`; how many."""
    theirs = (begins(prefix), *(not_(begins(other)) for other in spare))
    ended = 0
    while lanes := write(lambda db: end_some(db, theirs, now)):
        ended += lanes
    while write(lambda db: _forget_some(db, prefix, spare)):
        pass
    return ended


def end_some(
    db: Connection, which: Sequence[ColumnElement[bool]], now: float, *, counted: bool = False
) -> int:
    """One batch of the lanes that are not ended yet.

    Args:
        db: in a transaction that writes.
        which: conditions on the lane.
        now: Unix seconds.
        counted: what became of their cases is kept in numbers.
    """
    query = (
        select(lane.c.key, lane.c.state)
        .where(ALIVE, *which)
        .order_by(lane.c.key)
        .limit(BATCH)
        .with_for_update()
    )
    found = [(key, state) for key, state in db.execute(query)]
    if counted:
        tallies.count(db, found)
    end_lanes(db, [key for key, _ in found], now)
    return len(found)


def end_lanes(db: Connection, keys: Sequence[str], now: float) -> None:
    """The fence moves: whoever is at one of them finds its lease lost."""
    if not keys:
        return
    done = {
        "done_at": func.coalesce(task.c.done_at, now),
        "error": case((task.c.done_at.is_(None), "ended"), else_=task.c.error),
    }  # in one statement: to find tasks that are done, all rows are looked at
    theirs = update(task).where(task.c.lane.in_(keys))
    db.execute(theirs.values(body=null(), result=null(), **done))
    db.execute(delete(conversation).where(conversation.c.lane.in_(keys)))
    idle = {"state": null(), "wake_at": None, "owner": None, "lease_until": 0.0, "idle_since": now}
    db.execute(update(lane).where(lane.c.key.in_(keys)).values(fence=lane.c.fence + 1, **idle))


def _forget_some(db: Connection, prefix: str, spare: Sequence[str]) -> int:
    """A batch of texts in lanes that ended, or came to nothing, before."""
    held = or_(task.c.body.is_not(null()), task.c.result.is_not(null()))
    theirs = (begins(prefix, task.c.lane), *(not_(begins(o, task.c.lane)) for o in spare))
    query = select(task.c.seq).where(task.c.done_at.is_not(None), held, *theirs).limit(BATCH)
    seqs = db.execute(query).scalars().all()
    if seqs:
        db.execute(update(task).where(task.c.seq.in_(seqs)).values(body=null(), result=null()))
    return len(seqs)


def begins(prefix: str, key: ColumnElement[str] = lane.c.key) -> ColumnElement[bool]:
    """Exactly: LIKE would ask for escapes, and a range for a collation."""
    return func.substr(key, 1, len(prefix)) == prefix
