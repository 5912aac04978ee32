"""What is kept of one person, found and forgotten.

A person is named in bodies and states by their id as a JSON string, so that `"U0123"` in the text
of the column finds all of it; a full scan, for something done once in a while.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Text, and_, bindparam, cast, delete, func, null, or_, select, update

from bot.helpdesk.ports import Forgotten, Kept
from bot.storage.tables import conversation, lane, task

if TYPE_CHECKING:
    from bot.storage.prepared import Sql

_OTHERS_WAIT: Final = ("post", "settle", "handover", "ticket", "timer")
"""Kinds that somebody else waits for: in their conversations these are still done."""

_theirs = select(conversation.c.lane).where(conversation.c.asker == bindparam("who_"))
_mine = or_(
    task.c.lane.in_(_theirs),
    cast(task.c.body, Text).contains(bindparam("named"), autoescape=False),
    cast(task.c.result, Text).contains(bindparam("named"), autoescape=False),
)
_NOTES = select(conversation).where(conversation.c.asker == bindparam("who_"))
_STATES = select(lane.c.key, lane.c.state).where(
    lane.c.state.is_not(null()),
    or_(lane.c.key.in_(_theirs), cast(lane.c.state, Text).contains(bindparam("named"))),
)
_TASKS = select(task.c.lane, task.c.kind, task.c.due_at, task.c.done_at, task.c.body).where(
    task.c.body.is_not(null()), _mine
)
_CLEAR_TASKS = (
    update(task)
    .where(
        _mine,
        or_(
            task.c.done_at.is_not(null()),
            task.c.lane.in_(_theirs),
            and_(*(task.c.kind != kind for kind in _OTHERS_WAIT)),
        ),
    )
    .values(
        body=null(),
        result=null(),
        error=null(),
        done_at=func.coalesce(task.c.done_at, bindparam("now")),
    )
)
_CLEAR_LANES = (
    update(lane)
    .where(or_(lane.c.key.in_(_theirs), cast(lane.c.state, Text).contains(bindparam("named"))))
    .values(state=null(), owner=None, lease_until=0.0, fence=lane.c.fence + 1)
)
"""The fence moves: whoever works there now must not write the state back."""
_CLEAR_NOTES = delete(conversation).where(conversation.c.asker == bindparam("who_"))


def kept_of(db: Sql, who: str) -> Kept:
    """Everything that names the person."""
    named = {"who_": who, "named": f'"{who}"'}
    return Kept(
        conversations=tuple(map(dict, db.rows(_NOTES, {"who_": who}))),
        states=tuple(map(dict, db.rows(_STATES, named))),
        tasks=tuple(map(dict, db.rows(_TASKS, named))),
    )


def forget(db: Sql, who: str, now: float) -> Forgotten:
    """Delete it; ids of tasks stay as long as Slack may deliver again."""
    named: dict[str, Any] = {"who_": who, "named": f'"{who}"'}
    tasks = db.do(_CLEAR_TASKS, named | {"now": now})
    states = db.do(_CLEAR_LANES, named)
    return Forgotten(db.do(_CLEAR_NOTES, {"who_": who}), states, tasks)
