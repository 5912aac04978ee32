"""chat.postMessage, .update, .delete, .postEphemeral, .getPermalink."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.workbench.standin import cast
from bot.workbench.standin.block_kit import accept_blocks
from bot.workbench.standin.methods.method import (
    QUIET,
    Method,
    existing_message,
    joined_channel,
    visible_channel,
)
from bot.workbench.standin.refusal import Refused
from bot.workbench.standin.wire import message_json
from bot.workbench.standin.workspace import TOMBSTONE

if TYPE_CHECKING:
    from bot.workbench.standin.arguments import Arguments
    from bot.workbench.standin.methods.method import Desk
    from bot.workbench.standin.model import Channel, Json, Message

POST_LIMIT: Final = 40_000
UPDATE_LIMIT: Final = 4_000
METADATA_BYTES: Final = 8_000


def post_message(desk: Desk, args: Arguments) -> Json:
    """Posts to a channel, a thread or (given a user id) a direct message."""
    channel = _target(desk, args)
    body = body_of(args, POST_LIMIT)
    thread = thread_of(desk, args, channel)
    broadcast = args.flag("reply_broadcast") and bool(thread)
    message = desk.workspace.post(
        channel.id,
        **author(desk),
        **body,
        thread_ts=thread,
        broadcast=broadcast,
        subtype="thread_broadcast" if broadcast else "",
        metadata=_metadata(args),
    )
    drawn = message_json(message, desk.workspace, metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": drawn}


def update(desk: Desk, args: Arguments) -> Json:
    """Replaces a message of the app's own.

    A text without blocks removes the blocks; blocks without a text keep the text; metadata stays
    unless it is given.
    """
    old = _own(desk, args, "cant_update_message")
    fields = body_of(args, UPDATE_LIMIT)
    if "text" not in args:
        del fields["text"]
    if "metadata" in args:
        fields["metadata"] = _metadata(args)
    if not fields["blocks"]:
        fields["edited"] = {"user": desk.workspace.bot.id, "ts": desk.workspace.clock.ts()}
    new = desk.workspace.change(old, **fields)
    drawn = message_json(new, desk.workspace, metadata=True)
    return {"channel": new.channel, "ts": new.ts, "text": new.text, "message": drawn}


def delete(desk: Desk, args: Arguments) -> Json:
    """Deletes a message of the app's own."""
    message = _own(desk, args, "cant_delete_message")
    desk.workspace.delete(message)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(desk: Desk, args: Arguments) -> Json:
    """Shows a message to one member of the channel."""
    channel = joined_channel(desk, args)
    if args.text("user") not in channel.members:
        raise Refused("user_not_in_channel")
    message = desk.workspace.whisper(
        channel.id,
        args.text("user"),
        **author(desk),
        **body_of(args, POST_LIMIT),
        thread_ts=thread_of(desk, args, channel),
    )
    return {"message_ts": message.ts}


def get_permalink(desk: Desk, args: Arguments) -> Json:
    """An address for a message. It leads back to the stand-in, never to slack.com."""
    channel = visible_channel(desk, args)
    message = desk.workspace.find(channel.id, args.text("message_ts"))
    if message is None:
        raise Refused("message_not_found")
    link = f"{desk.origin()}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def body_of(args: Arguments, limit: int) -> dict[str, Any]:
    """Text and blocks, judged. Raises Refused."""
    given = args.structure("blocks", "invalid_blocks_format")
    blocks = accept_blocks(given) if given is not None else ()
    text = args.text("text")
    if len(text) > limit:
        raise Refused("msg_too_long")
    if not text.strip() and not blocks:
        raise Refused("no_text")
    return {"text": text, "blocks": blocks}


def author(desk: Desk) -> dict[str, str]:
    """The fields that say the app wrote it."""
    bot = desk.workspace.bot
    return {"user": bot.id, "bot_id": bot.bot_id, "app_id": cast.APP_ID}


def thread_of(desk: Desk, args: Arguments, channel: Channel) -> str:
    """The thread to reply in, or empty. A reply's own ts names no thread. Raises Refused."""
    ts = args.ts("thread_ts", "invalid_thread_ts")
    if not ts:
        return ""
    root = desk.workspace.find(channel.id, ts)
    if root is None:
        raise Refused("thread_not_found")
    if root.thread_ts:
        raise Refused("cannot_reply_to_message")
    return ts


def _target(desk: Desk, args: Arguments) -> Channel:
    person = desk.workspace.users.get(args.text("channel"))
    if person is not None and not person.bot_id:
        return desk.workspace.direct(person)
    channel = visible_channel(desk, args)
    if channel.archived:
        raise Refused("is_archived")
    is_member = desk.workspace.bot.id in channel.members
    if not is_member and "chat:write.public" not in desk.app.scopes:
        raise Refused("not_in_channel")
    return channel


def _own(desk: Desk, args: Arguments, error: str) -> Message:
    message = existing_message(desk, args)
    if message.bot_id != desk.workspace.bot.bot_id or message.subtype == TOMBSTONE:
        raise Refused(error)
    return message


def _metadata(args: Arguments) -> Json | None:
    given = args.structure("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict) or set(given) != {"event_type", "event_payload"}:
        raise Refused("invalid_metadata_format")
    if not isinstance(given["event_payload"], dict) or not isinstance(given["event_type"], str):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(given).encode()) > METADATA_BYTES:
        raise Refused("metadata_too_large")
    return given


_BODY: Final = ("text", "blocks")
_NO_UNFURL: Final = {"unfurl_links": False, "unfurl_media": False}

METHODS: Final = {
    "chat.postMessage": Method(
        run=post_message,
        required=("channel",),
        optional=(*_BODY, "thread_ts", "reply_broadcast", "metadata"),
        inert={**QUIET, **_NO_UNFURL, "mrkdwn": True},
        scopes=("chat:write",),
    ),
    "chat.update": Method(
        run=update,
        required=("channel", "ts"),
        optional=(*_BODY, "metadata"),
        inert={**QUIET, "reply_broadcast": False},
        scopes=("chat:write",),
    ),
    "chat.delete": Method(run=delete, required=("channel", "ts"), scopes=("chat:write",)),
    "chat.postEphemeral": Method(
        run=post_ephemeral,
        required=("channel", "user"),
        optional=(*_BODY, "thread_ts"),
        inert=QUIET,
        scopes=("chat:write",),
    ),
    "chat.getPermalink": Method(run=get_permalink, required=("channel", "message_ts")),
}
