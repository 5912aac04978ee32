"""Builds what Slack sends to apps: event envelopes and interaction payloads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.workbench.standin import cast, mint, wire
from bot.workbench.standin.model import ChannelKind

if TYPE_CHECKING:
    from bot.workbench.standin.model import Channel, Json, Message, User
    from bot.workbench.standin.workspace import Workspace

VERIFICATION_TOKEN = "standin"  # noqa: S105  (Slack's deprecated token; apps verify signatures)


def event_callback(event: Json, workspace: Workspace) -> Json:
    """The outer envelope of an event, as the request body or the Socket Mode payload."""
    channel = workspace.channels.get(_channel_of(event))
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": workspace.team.id,
        "context_team_id": workspace.team.id,
        "context_enterprise_id": workspace.team.enterprise or None,
        "api_app_id": cast.APP_ID,
        "event": event,
        "type": "event_callback",
        "event_id": mint.slack_id("Ev", 12),
        "event_time": int(workspace.clock.now()),
        "authorizations": [
            {
                "enterprise_id": workspace.team.enterprise or None,
                "team_id": workspace.team.id,
                "user_id": workspace.bot.id,
                "is_bot": True,
                "is_enterprise_install": workspace.team.org_install,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared),
        "event_context": mint.slack_id("4-", 40),
    }


def organisation_callback(event: Json, workspace: Workspace) -> Json:
    """The envelope of an event about the organisation's installation: it names no workspace."""
    (granted,) = event_callback(event, workspace)["authorizations"]
    return event_callback(event, workspace) | {
        "team_id": None,
        "enterprise_id": workspace.team.enterprise,
        "context_team_id": None,
        "authorizations": [granted | {"team_id": None, "is_enterprise_install": True}],
    }


def message_event(message: Message, workspace: Workspace) -> Json:
    """The `message` event of a new message."""
    channel = workspace.channels[message.channel]
    drawn = wire.message_json(message, workspace, metadata=True)
    if message.user and workspace.user(message.user).team != workspace.team.id:
        team = workspace.user(message.user).team
        drawn |= {"user_team": team, "source_team": team}
    return {
        **drawn,
        "channel": channel.id,
        "event_ts": message.ts,
        "channel_type": str(channel.kind),
    }


def mention_event(message: Message, workspace: Workspace) -> Json:
    """The `app_mention` event of the same message: same ts, no channel type."""
    event = message_event(message, workspace) | {"type": "app_mention"}
    del event["channel_type"]
    return event


def changed_event(new: Message, old: Message, workspace: Workspace) -> Json:
    """The `message_changed` event of an edit."""
    return _hidden(new, workspace, "message_changed") | {
        "message": wire.root_json(new, workspace, metadata=True),
        "previous_message": wire.root_json(old, workspace, metadata=True),
    }


def deleted_event(message: Message, workspace: Workspace) -> Json:
    """The `message_deleted` event."""
    return _hidden(message, workspace, "message_deleted") | {
        "deleted_ts": message.ts,
        "previous_message": wire.message_json(message, workspace, metadata=True),
    }


def interaction(kind: str, user: User, workspace: Workspace) -> Json:
    """What every interaction payload says: who, where, which app."""
    return {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": cast.APP_ID,
        "team": None
        if workspace.team.org_install
        else {"id": workspace.team.id, "domain": workspace.team.domain},
        "user": {
            "id": user.id,
            "username": user.handle,
            "name": user.handle,
            "team_id": user.team,
        },
        "enterprise": {"id": workspace.team.enterprise} if workspace.team.enterprise else None,
        "is_enterprise_install": workspace.team.org_install,
    }


def channel_ref(channel: Channel) -> Json:
    """How an interaction names the channel."""
    direct = channel.kind is ChannelKind.DIRECT
    return {"id": channel.id, "name": "directmessage" if direct else channel.name}


def container(message: Message) -> Json:
    """Where a pressed button is."""
    drawn: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": bool(message.only_for),
    }
    return drawn | ({"thread_ts": message.thread_ts} if message.thread_ts else {})


def _hidden(message: Message, workspace: Workspace, subtype: str) -> Json:
    ts = workspace.clock.ts()
    return {
        "type": "message",
        "subtype": subtype,
        "hidden": True,
        "channel": message.channel,
        "channel_type": str(workspace.channels[message.channel].kind),
        "ts": ts,
        "event_ts": ts,
    }


def _channel_of(event: Json) -> str:
    channel = event.get("channel") or event.get("item", {}).get("channel", "")
    return str(channel)
