"""What we ask Slack for, each with its reason; nothing more than what is used.

The app manifest and `firstcheck doctor` are checked against these tables.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grant:
    """A scope or an event subscription."""

    name: str
    reason: str
    optional: bool = False
    """Without it something small is missing, and nothing fails."""


BOT_SCOPES: tuple[Grant, ...] = (
    Grant("app_mentions:read", "to answer when somebody mentions the bot"),
    Grant(
        "channels:history",
        "to see errors pasted in public channels it was invited to, and to"
        " find its own posts again",
    ),
    Grant("groups:history", "the same in private channels it was invited to"),
    Grant("im:history", "to see what is written to it directly"),
    Grant("chat:write", "to answer, and to take the buttons off its answers"),
    Grant(
        "assistant:write",
        "to offer example errors to who opens its direct message; it works without, too",
        optional=True,
    ),
    Grant("im:write", "to open the direct message that /firstcheck answers in"),
    Grant("commands", "for /firstcheck and the shortcut Diagnose this message"),
)

APP_SCOPES: tuple[Grant, ...] = (
    Grant("connections:write", "for Socket Mode, on the app-level token"),
)

EVENTS: tuple[Grant, ...] = (
    Grant("app_mention", "a mention, also in a thread the bot has not spoken in"),
    Grant("message.channels", "messages in public channels it was invited to"),
    Grant("message.groups", "messages in private channels it was invited to"),
    Grant("message.im", "direct messages"),
    Grant("app_home_opened", "somebody opened its direct message, where examples are offered"),
)
