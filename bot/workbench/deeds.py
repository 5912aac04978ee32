"""What people do on the page: from a request's JSON to a deed of the stand-in's people."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from bot.workbench.standin import ChannelKind, Delivery, Message

if TYPE_CHECKING:
    from aiohttp import web

    from bot.workbench.standin import People, Standin

Json = Mapping[str, Any]

ACK_PATIENCE: Final = 4.0
"""Seconds a press waits for the bot's acknowledgement: a little more than Slack's three."""


class BadBodyError(ValueError):
    """A request's JSON is not what it should be; the text is the answer."""


class UnknownDeedError(LookupError):
    """The page asked for something that people cannot do."""


@dataclass(frozen=True, slots=True)
class Body:
    """The fields of a request."""

    fields: Json

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there. Raises BadBodyError."""
        value = self.fields.get(name, default)
        if not isinstance(value, str):
            raise BadBodyError(f"The field {name!r} must be a text.")
        return value

    def values(self, name: str) -> Json:
        """An object; empty when it is missing. Raises BadBodyError."""
        value = self.fields.get(name, {})
        if not isinstance(value, Mapping):
            raise BadBodyError(f"The field {name!r} must be an object.")
        return value


async def body_of(request: web.Request) -> Body:
    """The JSON object of a request. Raises BadBodyError."""
    if request.content_type != "application/json":
        raise BadBodyError("Send JSON.")
    try:
        fields = json.loads(await request.text())
    except (ValueError, RecursionError) as error:
        raise BadBodyError("This is not JSON.") from error
    if not isinstance(fields, dict):
        raise BadBodyError("Send a JSON object.")
    return Body(fields)


def _post(people: People, b: Body) -> object:
    user, channel, text = b.text("user"), b.text("channel"), b.text("text")
    if b.fields.get("broadcast") is True:
        return people.broadcast(user, channel, text, b.text("thread_ts"))
    return people.post(user, channel, text, b.text("thread_ts", ""))


def _press(people: People, b: Body) -> object:
    return people.press(
        b.text("user"),
        b.text("message_ts"),
        b.text("channel"),
        b.text("action_id"),
        b.text("value", ""),
    )


def _press_view(people: People, b: Body) -> object:
    return people.press_in_view(b.text("user"), b.text("action_id"), b.text("value", ""))


def _edit(people: People, b: Body) -> object:
    return people.edit(b.text("user"), b.text("channel"), b.text("ts"), b.text("text"))


def _delete(people: People, b: Body) -> object:
    return people.delete(b.text("user"), b.text("channel"), b.text("ts"))


def _command(people: People, b: Body) -> object:
    return people.command(b.text("user"), b.text("channel"), b.text("command"), b.text("text", ""))


def _submit_view(people: People, b: Body) -> object:
    return people.submit_view(b.text("user"), b.values("values"))


def _close_view(people: People, b: Body) -> object:
    return people.close_view(b.text("user"))


def _open_home(people: People, b: Body) -> object:
    return people.open_home(b.text("user"))


def _open_messages(people: People, b: Body) -> object:
    return people.open_messages(b.text("user"))


_DEEDS: Final[Mapping[str, Callable[[People, Body], object]]] = {
    "post": _post,
    "press": _press,
    "press_view": _press_view,
    "edit": _edit,
    "delete": _delete,
    "command": _command,
    "submit_view": _submit_view,
    "close_view": _close_view,
    "open_home": _open_home,
    "open_messages": _open_messages,
}


def do(standin: Standin, name: str, body: Body) -> object:
    """Do the deed called `name`; what the stand-in made of it, for `outcome`.

    Raises:
        BadBodyError: a field is missing or of the wrong kind.
        UnknownDeedError: there is no such deed.
        LookupError: what it is about does not exist.
        ValueError: this person may not.
    """
    if name != "shortcut" and name not in _DEEDS:
        raise UnknownDeedError(f"Nobody can {name!r} here.")
    _enter(standin, body)
    return _shortcut(standin, body) if name == "shortcut" else _DEEDS[name](standin.people, body)


def _shortcut(standin: Standin, b: Body) -> object:
    """The shortcut needs the message itself, and a channel has it only while it exists."""
    channel, ts = b.text("channel"), b.text("message_ts")
    found = [m for m in standin.messages(channel) if m.ts == ts]
    if not found:
        raise LookupError("The message is gone.")
    return standin.people.shortcut(b.text("user"), found[0], b.text("callback_id", ""))


def _enter(standin: Standin, body: Body) -> None:
    """Whoever acts in a channel of their company joins it first, as Slack lets them."""
    user, channel = body.fields.get("user"), body.fields.get("channel")
    if not isinstance(user, str) or not isinstance(channel, str):
        return
    place = standin.workspace.channel(channel)
    if (
        place.kind is not ChannelKind.DIRECT
        and standin.workspace.user(user).id not in place.members
    ):
        standin.people.join(place, user)


async def outcome(done: object) -> dict[str, Any]:
    """What the page is told: where a message is, or whether the bot acknowledged."""
    if isinstance(done, Message):
        return {"ts": done.ts, "channel": done.channel}
    if isinstance(done, Delivery):
        with suppress(TimeoutError):
            await asyncio.wait_for(done.finished.wait(), ACK_PATIENCE)
        return {"acked": done.acked}
    return {}
