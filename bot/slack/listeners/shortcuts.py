"""The message shortcut "Diagnose this message": anybody may ask about anybody's message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.text.redact import looked_through
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Report
from bot.slack.extract import extract
from bot.slack.ids import Wire
from bot.slack.wire import Accepted, Ignored, interaction_team, map_at, text_at

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload


def shortcut(body: Payload, _settings: SlackSettings) -> Decoded:
    """A `message_action` payload → a report told to us, in that message's thread."""
    message, who = map_at(body, "message"), text_at(map_at(body, "user"), "id")
    channel, trigger = text_at(map_at(body, "channel"), "id"), text_at(body, "trigger_id")
    if body.get("callback_id") != Wire.DIAGNOSE:
        return Ignored("unknown shortcut")
    if not (who and channel and trigger):
        return Ignored("malformed")
    ts = text_at(message, "ts") or text_at(body, "message_ts")
    thread = text_at(message, "thread_ts")
    kept = looked_through(extract(message).text)
    report = Report(
        place=Place(interaction_team(body), channel, thread or ts),
        who=who,
        ts=ts,
        text=kept.text,
        direct=True,
        in_thread=thread not in {"", ts},
        asker=_asker(message, who),
        secrets=kept.secrets,
    )
    return Accepted((new_task(f"trigger:{trigger}", report.place.key, report),))


def _asker(message: Payload, who: str) -> str:
    author = text_at(message, "user")
    return "" if message.get("bot_id") or author == who else author
