"""conversations.history and .replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.workbench.standin.arguments import page
from bot.workbench.standin.methods.method import Method, joined_channel, need_channel_scope
from bot.workbench.standin.refusal import Refused
from bot.workbench.standin.wire import root_json

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Json, Message


def history(desk: Desk, args: Arguments) -> Json:
    """What a channel shows (no replies), newest first."""
    channel = joined_channel(desk, args)
    need_channel_scope(desk, channel, "history")
    shown = _readable(desk, _within(desk.workspace.roots(channel.id), args))
    return _answer(desk, args, list(reversed(shown)))


def replies(desk: Desk, args: Arguments) -> Json:
    """A thread, oldest first; its root comes first whatever the time range says."""
    channel = joined_channel(desk, args)
    need_channel_scope(desk, channel, "history")
    thread = _readable(desk, desk.workspace.thread(channel.id, args.text("ts")))
    if not thread:
        raise Refused("thread_not_found")
    roots = [m for m in thread if not m.thread_ts]
    return _answer(desk, args, [*roots, *_within([m for m in thread if m.thread_ts], args)])


def _within(messages: list[Message], args: Arguments) -> list[Message]:
    """Those between `oldest` and `latest`, the ends included only on request."""
    oldest = float(args.ts("oldest", "invalid_ts_oldest") or 0)
    latest = float(args.ts("latest", "invalid_ts_latest") or "inf")
    ends = {oldest, latest} if args.flag("inclusive") else set()
    return [m for m in messages if oldest < float(m.ts) < latest or float(m.ts) in ends]


def _readable(desk: Desk, messages: list[Message]) -> list[Message]:
    """Without what Slack's reading side does not show yet."""
    lag = desk.faults.read_lag
    newest = desk.workspace.clock.now() - lag
    return [m for m in messages if float(m.ts) <= newest] if lag else messages


def _answer(desk: Desk, args: Arguments, messages: list[Message]) -> Json:
    some, after = page(messages, args)
    metadata = args.flag("include_all_metadata")
    drawn = [root_json(m, desk.workspace, metadata=metadata) for m in some]
    more = bool(after["next_cursor"])
    return {"messages": drawn, "has_more": more, "response_metadata": after}


_RANGE: Final = ("oldest", "latest", "inclusive", "limit", "cursor", "include_all_metadata")
_SCOPES: Final = ("channels:history", "groups:history", "im:history")

METHODS: Final = {
    "conversations.history": Method(
        run=history, required=("channel",), optional=_RANGE, scopes=_SCOPES
    ),
    "conversations.replies": Method(
        run=replies, required=("channel", "ts"), optional=_RANGE, scopes=_SCOPES
    ),
}
