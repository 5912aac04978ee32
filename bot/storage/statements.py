"""The mailbox's SQL, built once: building a statement per call costs more than running it.

Names of bound values that would clash with a column's end in `_`. The only difference between the
databases is which `insert` knows ON CONFLICT; SQLite ignores FOR UPDATE, as it has one writer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Double,
    bindparam,
    case,
    delete,
    false,
    func,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.limits import CRON
from bot.storage.tables import conversation, lane, task

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, Executable, Insert

# --- lanes ---------------------------------------------------------------------------------------

_open_here = (task.c.lane == bindparam("lane_"), task.c.done_at.is_(None))
_now: BindParameter[float] = bindparam("now", type_=Double())
_next_due = select(func.min(task.c.due_at)).where(*_open_here).scalar_subquery()
_first_awake = (
    select(lane.c.key)
    .where(lane.c.wake_at <= bindparam("now"), lane.c.lease_until <= bindparam("now"))
    .order_by(lane.c.wake_at, lane.c.key)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_held = {
    "fence": lane.c.fence + 1,
    "owner": bindparam("worker"),
    "lease_until": bindparam("until"),
}

CLAIM = (
    update(lane)
    .where(lane.c.key == _first_awake)
    .values(_held)
    .returning(lane.c.key, lane.c.fence, lane.c.state)
)

HOLD = (
    update(lane)
    .where(lane.c.key == bindparam("lane_"), lane.c.fence == bindparam("held"))
    .values(_held)
)
"""Takes, prolongs or closes a lane that is still at fence `held`."""

HOLD_WITH_STATE = HOLD.values(state=bindparam("state_", type_=lane.c.state.type))

GIVE_BACK = (
    update(lane)
    .where(lane.c.key == bindparam("lane_"))
    .values(
        owner=None,
        lease_until=0.0,
        wake_at=case((_next_due < _now, _now), else_=_next_due),
        idle_since=case((_next_due.is_(None), _now)),
    )
)
DROP_LEASES = (
    update(lane)
    .where(lane.c.owner.is_not(None))
    .values(owner=None, lease_until=0.0, fence=lane.c.fence + 1)
)
"""Lanes that are closed for a back-off have no owner and stay closed."""

_due_here = (
    select(task.c.seq)
    .where(
        task.c.lane == lane.c.key,
        task.c.done_at.is_(None),
        or_(task.c.due_at <= bindparam("now"), task.c.first_try.is_not(None)),
    )
    .exists()
)
WAKE_LATE = (
    update(lane)
    .where(lane.c.wake_at > bindparam("far"), _due_here)
    .values(wake_at=bindparam("now"))
)
OPEN_LATE = (
    update(lane)
    .where(lane.c.lease_until > bindparam("far"))
    .values(owner=None, lease_until=0.0, fence=lane.c.fence + 1)
)
"""What a clock that was ahead put off: far more than anything is."""

STATE = select(lane.c.state).where(lane.c.key == bindparam("lane_"))

_first = (
    select(lane.c.wake_at, lane.c.lease_until)
    .where(lane.c.wake_at.is_not(None))
    .order_by(lane.c.wake_at)
    .limit(100)
    .subquery()
)
NEXT_WAKE = select(
    func.min(
        case(
            (_first.c.wake_at < _first.c.lease_until, _first.c.lease_until), else_=_first.c.wake_at
        )
    ).label("wake")
)
"""Of the first lanes that wait: there may be very many, and nobody sleeps for long."""

LATE = select(func.count().label("lanes"), func.min(lane.c.wake_at).label("since")).where(
    lane.c.wake_at <= bindparam("now")
)
"""How much is due, and since when."""

SERVER_TIME = select(func.extract("epoch", func.clock_timestamp()))
"""PostgreSQL's own clock."""

# --- tasks ---------------------------------------------------------------------------------------

HEAD = (
    select(
        task.c.seq,
        task.c.id,
        task.c.lane,
        task.c.kind,
        task.c.body,
        task.c.due_at,
        task.c.attempts,
        task.c.maybe_sent,
        task.c.looked,
        task.c.first_try,
        task.c.last_try,
    )
    .where(*_open_here, or_(task.c.due_at <= bindparam("now"), task.c.first_try.is_not(None)))
    .order_by(task.c.first_try.is_(None), task.c.due_at, task.c.seq)
    .limit(1)
)
"""One that was begun comes first, whatever has arrived since; then by due time."""

_this = update(task).where(task.c.seq == bindparam("seq_"))
HAND_OUT = _this.values(
    attempts=task.c.attempts + 1,
    maybe_sent=bindparam("sent"),
    looked=false(),  # this try may send it: if nothing is heard of it, looking starts again
    first_try=func.coalesce(task.c.first_try, bindparam("now")),
    last_try=bindparam("now"),
)
CLOSE = _this.values(
    done_at=bindparam("now"), result=bindparam("outcome", type_=task.c.result.type), error=None
)
ERASE = _this.values(
    done_at=bindparam("now"),
    result=bindparam("outcome", type_=task.c.result.type),
    body=null(),
    error=None,
)
"""As CLOSE, and what the task held is forgotten."""
SET_ASIDE = _this.values(done_at=bindparam("now"), error=bindparam("why"))
RETRY = _this.values(maybe_sent=bindparam("sent"), looked=bindparam("seen"), error=bindparam("why"))
DEFER = _this.values(
    maybe_sent=bindparam("sent"),
    looked=bindparam("seen"),
    error=bindparam("why"),
    attempts=task.c.attempts - 1,
    last_try=bindparam("before"),
)
"""As RETRY, but the hand-out is not counted and the time of the last real attempt is kept."""
CANCEL = (
    update(task)
    .where(task.c.id == bindparam("id_"), task.c.done_at.is_(None))
    .values(done_at=bindparam("now"))
)

_LATEST = select(func.max(func.coalesce(task.c.done_at, task.c.last_try)))
DOUBT = (
    update(task)
    .where(task.c.done_at.is_(None), task.c.due_at <= bindparam("now"))
    .values(
        maybe_sent=true(),
        looked=false(),
        first_try=func.coalesce(task.c.first_try, _LATEST.scalar_subquery(), bindparam("now")),
        last_try=func.coalesce(task.c.last_try, _LATEST.scalar_subquery(), bindparam("now")),
    )
)
"""In an older copy: all of this may have been done since the last thing that the copy knows of."""

# --- retention -----------------------------------------------------------------------------------

_done = (
    select(task.c.seq)
    .where(task.c.done_at < bindparam("before"))
    .order_by(task.c.done_at)
    .limit(bindparam("batch"))
    .with_for_update(skip_locked=True)  # replicas that tidy at the same moment share the work
)
FORGET_IDS = delete(task).where(task.c.seq.in_(_done))
FORGET_BODIES = (
    update(task)
    .where(task.c.seq.in_(_done.where(task.c.body.is_not(null()))))
    .values(body=null(), result=null())
)
FORGETTABLE_LANES = (
    select(lane.c.key, lane.c.state)
    .where(lane.c.idle_since < bindparam("before"), func.substr(lane.c.key, 1, len(CRON)) != CRON)
    .order_by(lane.c.idle_since)
    .limit(bindparam("batch"))
    .with_for_update(skip_locked=True)
)
"""All but those that remember when something is due again."""
FORGET_LANE = delete(lane).where(lane.c.key == bindparam("lane_"))
FORGET_NOTE = delete(conversation).where(conversation.c.lane == bindparam("lane_"))

RECENT_CASE = (
    select(conversation)
    .where(
        conversation.c.team == bindparam("team_"),
        conversation.c.channel == bindparam("channel_"),
        conversation.c.asker == bindparam("asker_"),
        conversation.c.updated_at >= bindparam("since"),
    )
    .order_by(conversation.c.updated_at.desc(), conversation.c.lane)
    .limit(1)
)


class Upserts:
    """The three statements that need the database's own `insert`."""

    def __init__(self, dialect: str) -> None:
        insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
        self.task: Executable = (
            insert(task)
            .values(attempts=0, looked=false())
            .on_conflict_do_nothing(index_elements=[task.c.id])
        )
        self.wake: Executable = self._wake(insert(lane).values(lease_until=0.0, fence=0))
        note = insert(conversation)
        self.note: Executable = note.on_conflict_do_update(
            index_elements=[conversation.c.lane],
            set_={c.name: note.excluded[c.name] for c in conversation.c if not c.primary_key},
        )

    @staticmethod
    def _wake(insert: Any) -> Insert:
        """A lane wakes at the earlier of what it waited for and what is new."""
        earlier = or_(lane.c.wake_at.is_(None), lane.c.wake_at > insert.excluded.wake_at)
        return insert.on_conflict_do_update(  # type: ignore[no-any-return]  # two dialects' Insert
            index_elements=[lane.c.key],
            set_={
                "wake_at": case((earlier, insert.excluded.wake_at), else_=lane.c.wake_at),
                "idle_since": None,
            },
        )
