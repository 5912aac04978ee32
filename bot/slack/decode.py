"""Payload → tasks: one table of what Slack sends and who reads it. Pure, and never raises.

What can change nothing (other bots, edits without new words, unknown buttons) is ignored here,
before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.slack.ids import ButtonValue
from bot.slack.listeners.actions import press
from bot.slack.listeners.commands import command
from bot.slack.listeners.home import home_opened
from bot.slack.listeners.leaving import access_revoked, leaving
from bot.slack.listeners.messages import message
from bot.slack.listeners.shortcuts import shortcut
from bot.slack.settings import SlackSettings
from bot.slack.wire import (
    Decoded,
    Ignored,
    Payload,
    event_team,
    interaction_team,
    map_at,
    maps_at,
    team_key,
    text_at,
)

Listener = Callable[[Payload, SlackSettings], Decoded]

EVENTS: Mapping[str, Listener] = MappingProxyType(
    {
        "message": message,
        "app_mention": message,
        "app_home_opened": home_opened,
        "app_uninstalled": leaving,
        "tokens_revoked": leaving,
        "team_access_revoked": access_revoked,
    }
)
INTERACTIONS: Mapping[str, Listener] = MappingProxyType(
    {"block_actions": press, "message_action": shortcut}
)


def decode(body: Payload, settings: SlackSettings) -> Decoded:
    """What a request or Socket Mode envelope asks for."""
    listener = _listener(body)
    return listener(body, settings) if listener else Ignored("not listened for")


def team_of(body: Payload) -> str:
    """The key of the workspace whose settings and token count for this payload.

    A button belongs to the conversation it was posted for, wherever it is pressed: only we can have
    posted it, and in a channel shared between workspaces somebody of the other one may press.
    """
    if body.get("type") == "event_callback":
        return event_team(body)
    if "command" in body:
        return team_key(text_at(body, "enterprise_id"), text_at(body, "team_id"))
    for action in maps_at(body, "actions"):
        if value := ButtonValue.decode(text_at(action, "value")):
            return value.lane.split(":", 1)[0]
    return interaction_team(body)


def _listener(body: Payload) -> Listener | None:
    kind = body.get("type")
    if kind == "event_callback":
        return EVENTS.get(str(map_at(body, "event").get("type")))
    if kind is None and "command" in body:
        return command
    return INTERACTIONS.get(str(kind))
