"""Where a person is named in what the mailbox keeps. Pure.

A person is their user id: a string by itself, never a part of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.helpdesk.ports import Json


def is_theirs(body: Json, who: str) -> bool:
    """Whether a task is something the person said, did, asked for or is told."""
    ticket = body.get("ticket")
    asker = ticket.get("asker") if isinstance(ticket, Mapping) else None
    return who in {body.get("who"), body.get("asker"), asker}


def is_about(state: Json, who: str) -> bool:
    """Whether a lane is the person's own conversation, or the ticket of it."""
    found = (state.get("case"), state.get("ticket"))
    return any(isinstance(one, Mapping) and one.get("asker") == who for one in found)


def names(value: Any, who: str) -> bool:
    """Whether the person is named anywhere in it."""
    match value:
        case Mapping():
            return any(names(one, who) for one in value.values())
        case list() | tuple():
            return any(names(one, who) for one in value)
    return bool(value == who)


def without(value: Any, who: str) -> Any:
    """The same, naming nobody where it named the person."""
    match value:
        case Mapping():
            return {key: without(one, who) for key, one in value.items()}
        case list() | tuple():
            return [without(one, who) for one in value]
    return "" if value == who else value


def direct_lanes(lane: str, body: Json, result: Json | None, who: str) -> str:
    """How the lanes of the person's direct message with us begin, where a task of theirs tells."""
    if body.get("who") != who:
        return ""
    for told in (result, body.get("place")):
        channel = told.get("channel") if isinstance(told, Mapping) else None
        if isinstance(channel, str) and channel.startswith("D"):
            return f"{lane.split(':', 1)[0]}:{channel}:"
    return ""
