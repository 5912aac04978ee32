"""Payload → tasks: one table of what Slack sends and who reads it. Pure, and never raises.

What can change nothing (other bots, edits without new words, unknown buttons) is ignored here,
before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.slack.listeners.actions import press
from bot.slack.listeners.commands import command
from bot.slack.listeners.messages import message
from bot.slack.listeners.shortcuts import shortcut
from bot.slack.settings import SlackSettings
from bot.slack.wire import Decoded, Ignored, Payload, map_at

Listener = Callable[[Payload, SlackSettings], Decoded]

EVENTS: Mapping[str, Listener] = MappingProxyType({"message": message, "app_mention": message})
INTERACTIONS: Mapping[str, Listener] = MappingProxyType(
    {"block_actions": press, "message_action": shortcut}
)


def decode(body: Payload, settings: SlackSettings) -> Decoded:
    """What a request or Socket Mode envelope asks for."""
    listener = _listener(body)
    return listener(body, settings) if listener else Ignored("not listened for")


def _listener(body: Payload) -> Listener | None:
    kind = body.get("type")
    if kind == "event_callback":
        return EVENTS.get(str(map_at(body, "event").get("type")))
    if kind is None and "command" in body:
        return command
    return INTERACTIONS.get(str(kind))
