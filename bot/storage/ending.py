"""The end of a workspace's conversations: what they hold is forgotten, nothing more is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, func, not_, null, or_, select, update

from bot.storage.tables import conversation, lane, task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from sqlalchemy import ColumnElement, Connection

    T = TypeVar("T")
    Write = Callable[[Callable[[Connection], int]], int]

_BATCH: Final = 200


def end(write: Write, prefix: str, now: float, spare: Sequence[str]) -> int:
    """End all lanes whose key begins with `prefix` but with none of `spare`; how many."""
    ended = 0
    while lanes := write(lambda db: _end_some(db, prefix, now, spare)):
        ended += lanes
    while write(lambda db: _forget_some(db, prefix, spare)):
        pass
    return ended


def _end_some(db: Connection, prefix: str, now: float, spare: Sequence[str]) -> int:
    """One batch. The fence moves: whoever is at one of them finds its lease lost."""
    alive = or_(lane.c.state.is_not(null()), lane.c.wake_at.is_not(None))
    query = (
        select(lane.c.key)
        .where(alive, _begins(prefix), *(not_(_begins(other)) for other in spare))
        .order_by(lane.c.key)
        .limit(_BATCH)
        .with_for_update()
    )
    keys = db.execute(query).scalars().all()
    if not keys:
        return 0
    theirs = task.c.lane.in_(keys)
    open_ = update(task).where(theirs, task.c.done_at.is_(None))
    db.execute(open_.values(done_at=now, error="ended"))
    db.execute(update(task).where(theirs).values(body=null(), result=null()))
    db.execute(delete(conversation).where(conversation.c.lane.in_(keys)))
    idle = {"state": null(), "wake_at": None, "owner": None, "lease_until": 0.0, "idle_since": now}
    db.execute(update(lane).where(lane.c.key.in_(keys)).values(fence=lane.c.fence + 1, **idle))
    return len(keys)


def _forget_some(db: Connection, prefix: str, spare: Sequence[str]) -> int:
    """A batch of texts in lanes that ended, or came to nothing, before."""
    held = or_(task.c.body.is_not(null()), task.c.result.is_not(null()))
    theirs = (_begins(prefix, task.c.lane), *(not_(_begins(o, task.c.lane)) for o in spare))
    query = select(task.c.seq).where(task.c.done_at.is_not(None), held, *theirs).limit(_BATCH)
    seqs = db.execute(query).scalars().all()
    if seqs:
        db.execute(update(task).where(task.c.seq.in_(seqs)).values(body=null(), result=null()))
    return len(seqs)


def _begins(prefix: str, key: ColumnElement[str] = lane.c.key) -> ColumnElement[bool]:
    """Exactly: LIKE would ask for escapes, and a range for a collation."""
    return func.substr(key, 1, len(prefix)) == prefix
