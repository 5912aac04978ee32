"""Draws the workspace's values as the JSON Slack sends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbench.standin import cast
from bot.workbench.standin.model import ChannelKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.workbench.standin.model import Channel, Json, Message, User, View
    from bot.workbench.standin.workspace import Workspace


def user_json(user: User, *, locale: bool = False) -> Json:
    """As `users.info` gives it; `locale` only when asked for, as at Slack."""
    drawn: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.handle,
        "real_name": user.real_name,
        "deleted": False,
        "tz": user.tz,
        "is_bot": bool(user.bot_id),
        "is_app_user": False,
        "is_stranger": user.team != cast.TEAM.id,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.display_name,
            "team": user.team,
        },
    }
    return {**drawn, "locale": user.locale} if locale else drawn


def channel_json(channel: Channel, workspace: Workspace) -> Json:
    """As `conversations.info` gives it to the bot."""
    if channel.kind is ChannelKind.DIRECT:
        person = next(m for m in channel.members if m != workspace.bot.id)
        return {"id": channel.id, "is_im": True, "is_archived": False, "user": person}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.kind is ChannelKind.PRIVATE,
        "is_archived": channel.archived,
        "is_general": channel.name == "general",
        "is_member": workspace.bot.id in channel.members,
        "is_ext_shared": channel.shared,
        "is_shared": channel.shared,
        "context_team_id": workspace.team.id,
        "num_members": len(channel.members),
    }


def message_json(message: Message, workspace: Workspace, *, metadata: bool = False) -> Json:
    """A message as events and `conversations.*` carry it; without a channel, as at Slack."""
    drawn: Json = {"type": "message", "ts": message.ts, "text": message.text}
    author = workspace.users.get(message.user)
    optional = {
        "user": message.user,
        "subtype": message.subtype,
        "username": message.username,
        "client_msg_id": message.client_msg_id,
        "team": author.team if author else workspace.team.id,
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "thread_ts": message.thread_ts,
        "edited": message.edited,
        "files": list(message.files),
        "reactions": _reactions(message),
        "metadata": message.metadata if metadata else None,
        **_authorship(message, workspace),
    }
    drawn.update({name: value for name, value in optional.items() if value})
    if message.thread_ts and (root := workspace.find(message.channel, message.thread_ts)):
        drawn["parent_user_id"] = root.user
    if message.files:
        drawn["upload"] = False
    return drawn


def root_json(message: Message, workspace: Workspace, *, metadata: bool = False) -> Json:
    """The same with the counts a thread's root carries in histories."""
    drawn = message_json(message, workspace, metadata=metadata)
    if message.thread_ts or not (replies := workspace.replies(message.channel, message.ts)):
        return drawn
    authors = list(dict.fromkeys(r.user for r in replies))
    return drawn | {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(authors),
        "reply_users": authors,
        "latest_reply": replies[-1].ts,
        "is_locked": False,
        "subscribed": False,
    }


def view_json(view: View, state: Json | None = None) -> Json:
    """A view as answers and interaction payloads carry it."""
    empty = {"private_metadata": "", "callback_id": "", "external_id": "", "title": None}
    switches = {"clear_on_close": False, "notify_on_close": False, "close": None, "submit": None}
    return {
        **empty,
        **switches,
        **view.content,
        "id": view.id,
        "team_id": cast.TEAM.id,
        "app_id": cast.APP_ID,
        "bot_id": cast.BOT_ID,
        "app_installed_team_id": cast.TEAM.id,
        "hash": view.hash,
        "state": {"values": state or {}},
        "root_view_id": view.root_id,
        "previous_view_id": view.previous_id,
    }


def draw_all(messages: Sequence[Message], workspace: Workspace) -> list[Json]:
    """Messages as the live page shows them: with channel, and what only it needs."""
    return [page_json(m, workspace) for m in messages]


def page_json(message: Message, workspace: Workspace) -> Json:
    """A message as the live page shows it."""
    drawn = root_json(message, workspace, metadata=True) | {"channel": message.channel}
    return drawn | {"only_for": message.only_for} if message.only_for else drawn


def _authorship(message: Message, workspace: Workspace) -> Json:
    if not message.bot_id:
        return {}
    author = workspace.users.get(message.user)
    profile = {
        "id": message.bot_id,
        "app_id": message.app_id,
        "name": author.real_name if author else message.username,
        "team_id": workspace.team.id,
        "deleted": False,
    }
    return {"bot_id": message.bot_id, "app_id": message.app_id, "bot_profile": profile}


def _reactions(message: Message) -> list[Json]:
    return [
        {"name": name, "users": list(users), "count": len(users)}
        for name, users in message.reactions
    ]
