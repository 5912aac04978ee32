"""conversations.open, .info, .list, .members, .join, and users.conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.arguments import page
from bot.workbench.standin.methods.method import (
    Method,
    need_channel_scope,
    need_scope,
    visible_channel,
)
from bot.workbench.standin.model import ChannelKind
from bot.workbench.standin.refusal import Refused
from bot.workbench.standin.wire import channel_json

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Channel, Json

_KIND: Final = {
    "public_channel": ChannelKind.PUBLIC,
    "private_channel": ChannelKind.PRIVATE,
    "im": ChannelKind.DIRECT,
}
_SCOPE: Final = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "im": "im:read",
    "mpim": "mpim:read",  # there are none here, but asking is no mistake
}


def open_direct(desk: Desk, args: Arguments) -> Json:
    """The direct message with one person, opened when it is not yet."""
    if "channel" in args:
        channel = visible_channel(desk, args)
        if channel.kind is not ChannelKind.DIRECT:
            raise Refused("method_not_supported_for_channel_type")
    else:
        channel = _with(desk, args.text("users"))
    if args.flag("return_im"):
        return {"channel": channel_json(channel, desk.workspace)}
    return {"channel": {"id": channel.id}}


def info(desk: Desk, args: Arguments) -> Json:
    """The card of a channel."""
    channel = visible_channel(desk, args)
    need_channel_scope(desk, channel, "read")
    drawn = channel_json(channel, desk.workspace)
    if not args.flag("include_num_members"):
        drawn.pop("num_members", None)
    return {"channel": drawn}


def list_all(desk: Desk, args: Arguments) -> Json:
    """Every channel of the wanted types that the bot may know of."""
    return _listing(desk, args, "")


def list_of_user(desk: Desk, args: Arguments) -> Json:
    """The channels somebody (the bot, when nobody is named) is in."""
    user = args.text("user", desk.workspace.bot.id)
    if user not in desk.workspace.users:
        raise Refused("user_not_found")
    return _listing(desk, args, user)


def members(desk: Desk, args: Arguments) -> Json:
    """User ids of a channel."""
    channel = visible_channel(desk, args)
    need_channel_scope(desk, channel, "read")
    some, after = page(channel.members, args)
    return {"members": some, "response_metadata": after}


def join(desk: Desk, args: Arguments) -> Json:
    """The bot joins a public channel."""
    channel = visible_channel(desk, args)
    if channel.kind is not ChannelKind.PUBLIC:
        raise Refused("method_not_supported_for_channel_type")
    if channel.archived:
        raise Refused("is_archived")
    joined = desk.workspace.join(channel, desk.workspace.bot)
    drawn = channel_json(desk.workspace.channels[channel.id], desk.workspace)
    return {"channel": drawn} | ({} if joined else {"warning": "already_in_channel"})


def _with(desk: Desk, users: str) -> Channel:
    ids = [u.strip() for u in users.split(",") if u.strip()]
    if not ids:
        raise Refused("users_list_not_supplied")
    if len(ids) > 1:
        raise Refused("method_not_supported_for_channel_type")
    if ids[0] not in desk.workspace.users:
        raise Refused("user_not_found")
    if desk.workspace.users[ids[0]].bot_id:
        raise Refused("cannot_dm_bot")
    return desk.workspace.direct(ids[0])


def _listing(desk: Desk, args: Arguments, member: str) -> Json:
    kinds = []
    for name in args.text("types", "public_channel").split(","):
        if name not in _SCOPE:
            raise Refused("invalid_types")
        need_scope(desk, _SCOPE[name])
        kinds.append(_KIND.get(name))
    fitting = [c for c in desk.workspace.channels.values() if c.kind in kinds]
    shown = [c for c in fitting if _may_know(desk, c) and member in ("", *c.members)]
    if args.flag("exclude_archived"):
        shown = [c for c in shown if not c.archived]
    some, after = page(shown, args)
    drawn = [channel_json(c, desk.workspace) for c in some]
    return {"channels": drawn, "response_metadata": after}


def _may_know(desk: Desk, channel: Channel) -> bool:
    return channel.kind is ChannelKind.PUBLIC or desk.workspace.bot.id in channel.members


_PAGED: Final = ("limit", "cursor")

METHODS: Final = {
    "conversations.open": Method(
        run=open_direct,
        optional=("users", "channel", "return_im"),
        inert={"prevent_creation": False},
        scopes=("im:write",),
    ),
    "conversations.info": Method(
        run=info,
        required=("channel",),
        optional=("include_num_members",),
        inert={"include_locale": False},
        scopes=("channels:read", "groups:read", "im:read"),
    ),
    "conversations.list": Method(run=list_all, optional=("types", "exclude_archived", *_PAGED)),
    "users.conversations": Method(
        run=list_of_user, optional=("types", "exclude_archived", "user", *_PAGED)
    ),
    "conversations.members": Method(run=members, required=("channel",), optional=_PAGED),
    "conversations.join": Method(run=join, required=("channel",), scopes=("channels:join",)),
}
