"""Messages and mentions: new, edited, deleted.

A mention arrives twice, as `message` and as `app_mention`, with different event ids: the key is
the message's own ts, so both are one task. So are Slack's retries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.core.text.redact import looked_through
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Report, Withdrawn
from bot.slack.extract import extract, mentions
from bot.slack.wire import Accepted, Ignored, Payload, event_team, map_at, own_user, text_at

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded

NEW = (None, "", "file_share", "thread_broadcast")
"""Subtypes of messages somebody has just written."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """Where an event came from."""

    event: Payload
    team: str
    channel: str
    bot: str
    """Our own user id."""

    @property
    def direct(self) -> bool:
        return self.event.get("channel_type") == "im" or self.event.get("type") == "app_mention"

    def place(self, message: Payload) -> Place:
        """Each thread is one conversation, in a direct message too: so Slack shows agents."""
        thread = text_at(message, "thread_ts") or text_at(message, "ts")
        return Place(self.team, self.channel, thread)

    def key(self, *parts: str) -> str:
        """Kept once under this name."""
        kind, *rest = parts
        return ":".join([kind, self.team, self.channel, *rest])


def message(body: Payload, settings: SlackSettings) -> Decoded:
    """A `message` or `app_mention` event → a report, a withdrawal or nothing."""
    if body.get("is_ext_shared_channel") is True and not settings.answer_connect:
        return Ignored("connect")
    event = map_at(body, "event")
    heard = _Heard(event, event_team(body), text_at(event, "channel"), own_user(body))
    if not heard.channel:
        return Ignored("malformed")
    match event.get("subtype"):
        case "message_changed":
            return _changed(heard)
        case "message_deleted":
            return _deleted(heard, map_at(event, "previous_message"))
        case subtype if subtype in NEW:
            return _written(heard)
    return Ignored("subtype")


def _written(heard: _Heard) -> Decoded:
    """A new message; a mention added by an edit comes as `app_mention` with `edited`."""
    edit = text_at(map_at(heard.event, "edited"), "ts")
    if edit and heard.event.get("type") == "app_mention":
        return _report(heard, heard.event, edit)
    return _report(heard, heard.event)


def _changed(heard: _Heard) -> Decoded:
    """An edit, if words changed: link previews and reactions to threads arrive the same way."""
    new, old = map_at(heard.event, "message"), map_at(heard.event, "previous_message")
    if new.get("subtype") == "tombstone":
        return _deleted(heard, old)
    if new.get("subtype") not in NEW:
        return Ignored("subtype")
    if _same(heard, new, old):
        return Ignored("unchanged")
    return _report(heard, new, text_at(map_at(new, "edited"), "ts") or text_at(heard.event, "ts"))


def _same(heard: _Heard, new: Payload, old: Payload) -> bool:
    told = mentions(new, heard.bot) and not mentions(old, heard.bot)
    return bool(old) and not told and extract(new).text == extract(old).text


def _deleted(heard: _Heard, old: Payload) -> Decoded:
    if refusal := _not_a_person(heard, old):
        return refusal
    ts = text_at(old, "ts") or text_at(heard.event, "deleted_ts")
    place = heard.place({**old, "ts": ts})
    return Accepted((new_task(heard.key("del", ts), place.key, Withdrawn(place, ts)),))


def _report(heard: _Heard, message: Payload, edit: str = "") -> Decoded:
    if refusal := _not_a_person(heard, message):
        return refusal
    said = extract(message)
    told = mentions(message, heard.bot) or heard.event.get("type") == "app_mention"
    # A mention without words, or a picture sent to us, deserves an answer; overheard ones do not.
    if not said.text and not told and not (heard.direct and said.files):
        return Ignored("empty")
    place, ts, kept = heard.place(message), text_at(message, "ts"), looked_through(said.text)
    report = Report(
        place=place,
        who=text_at(message, "user"),
        ts=ts,
        text=kept.text,
        direct=told or heard.direct,
        in_thread=text_at(message, "thread_ts") not in {"", ts},
        edited=bool(edit),
        has_files=bool(said.files),
        secrets=kept.secrets,
    )
    key = heard.key("edit", ts, edit) if edit else heard.key("msg", ts)
    return Accepted((new_task(key, place.key, report),), report=report)


def _not_a_person(heard: _Heard, message: Payload) -> Ignored | None:
    user = text_at(message, "user")
    if message.get("bot_id") or user in {heard.bot, "USLACKBOT"} - {""}:
        return Ignored("bot")
    if not user or not text_at(message, "ts"):
        return Ignored("malformed")
    return None
