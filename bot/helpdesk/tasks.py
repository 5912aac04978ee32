"""Tasks with deterministic ids: the same thing to do is kept once, however often it is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.helpdesk.codec import KIND_OF, new_task

if TYPE_CHECKING:
    from bot.helpdesk.incoming import Incoming, Place
    from bot.helpdesk.outward import Outward
    from bot.helpdesk.ports import NewTask


def task(place: Place, name: str, body: Incoming | Outward, due_at: float = 0.0) -> NewTask:
    """A task in the lane of `place`; `name` tells it from the lane's others of its kind."""
    return new_task(f"{KIND_OF[type(body)]}:{place.key}:{name}", place.key, body, due_at)


def timer_id(place: Place, case_id: str, turn: int, name: str) -> str:
    """The id of a reminder, so that it can be cancelled without looking for it."""
    return f"timer:{place.key}:{timer_name(case_id, turn, name)}"


def timer_name(case_id: str, turn: int, name: str) -> str:
    """What tells a reminder from the lane's others."""
    return f"{case_id}:{turn}:{name}"
