"""What a method of the Web API is, and what it works on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.workbench.standin import cast
from bot.workbench.standin.agent_view import AgentView
from bot.workbench.standin.app_settings import AppSettings
from bot.workbench.standin.arguments import Arguments
from bot.workbench.standin.faults import Faults
from bot.workbench.standin.files import HeldFile
from bot.workbench.standin.model import ChannelKind, Json
from bot.workbench.standin.refusal import Refused, unsupported
from bot.workbench.standin.socket_mode import SocketMode
from bot.workbench.standin.views import Triggers, Views
from bot.workbench.standin.workspace import Workspace

if TYPE_CHECKING:
    from bot.workbench.standin.model import Channel, Message


@dataclass(slots=True)
class Desk:
    """Everything the methods work on."""

    workspace: Workspace
    views: Views
    triggers: Triggers
    app: AppSettings
    faults: Faults
    sockets: SocketMode
    files: dict[str, HeldFile]
    agent: AgentView
    origin: Callable[[], str]
    """Where the stand-in is served, e.g. `http://127.0.0.1:8080`."""


Handler = Callable[[Desk, Arguments], Json]


class TokenKind(StrEnum):
    """Whose token a method takes."""

    NONE = ""
    BOT = "bot"
    APP = "app"


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One method: who may call it, with which arguments."""

    run: Handler
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    inert: Mapping[str, Any] = field(default_factory=dict)
    """Arguments that may be given with this value only, where another would change something."""
    scopes: tuple[str, ...] = ()
    """Any one of them lets the app call it; none: no scope is needed."""
    token: TokenKind = TokenKind.BOT

    def check(self, args: Arguments, team: str = cast.TEAM.id) -> None:
        """Refuse what is missing, would be ignored, or is another workspace's.

        Raises Refused.
        """
        missing = [f"missing required field: {n}" for n in self.required if n not in args]
        if missing:
            raise unsupported(missing)
        if args.text("team_id", team) != team:
            raise Refused("team_not_found")
        known = {*self.required, *self.optional, *self.inert, "team_id"}
        strange = [n for n in args.given if n in args and n not in known]
        loud = [n for n, value in self.inert.items() if n in args and not _same(args, n, value)]
        if strange or loud:
            raise unsupported([f"unsupported argument: {name}" for name in (*strange, *loud)])


QUIET = {"link_names": False, "parse": "none"}
"""Formatting options of chat methods, at the values that change nothing."""


def visible_channel(desk: Desk, args: Arguments, name: str = "channel") -> Channel:
    """The channel an argument means, if the bot may know of it. Raises Refused."""
    ref = args.text(name)
    try:
        channel = desk.workspace.channel(ref)
    except LookupError:
        raise Refused("channel_not_found") from None
    if channel.kind is not ChannelKind.PUBLIC and desk.workspace.bot.id not in channel.members:
        raise Refused("channel_not_found")
    return channel


def joined_channel(desk: Desk, args: Arguments, name: str = "channel") -> Channel:
    """The same, if the bot is in it. Raises Refused."""
    channel = visible_channel(desk, args, name)
    if desk.workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")
    if channel.archived:
        raise Refused("is_archived")
    return channel


def existing_message(desk: Desk, args: Arguments, name: str = "ts") -> Message:
    """The message that `channel` and a timestamp argument mean. Raises Refused."""
    channel = joined_channel(desk, args)
    found = desk.workspace.find(channel.id, args.text(name))
    if found is None:
        raise Refused("message_not_found")
    return found


def need_scope(desk: Desk, *any_of: str) -> None:
    """Refuse, naming the scope, when the app has none of them. Raises Refused."""
    if any_of and not set(any_of) & set(desk.app.scopes):
        provided = ",".join(desk.app.scopes)
        raise Refused("missing_scope", needed=any_of[0], provided=provided)


_PREFIX = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.DIRECT: "im",
}


def need_channel_scope(desk: Desk, channel: Channel, right: str) -> None:
    """The scope for this kind of channel, e.g. `im:history`. Raises Refused."""
    need_scope(desk, f"{_PREFIX[channel.kind]}:{right}")


def _same(args: Arguments, name: str, value: object) -> bool:
    if isinstance(value, bool):
        return args.flag(name) is value
    return args.text(name) == value
