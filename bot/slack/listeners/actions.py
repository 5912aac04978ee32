"""Presses of our buttons.

The button's value says which conversation it belongs to; where it was pressed only tells whether
staff pressed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Press
from bot.slack.ids import ButtonValue, action_of
from bot.slack.wire import Accepted, Ignored, interaction_team, map_at, maps_at, text_at

if TYPE_CHECKING:
    from bot.helpdesk.ports import NewTask
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload


def press(body: Payload, settings: SlackSettings) -> Decoded:
    """A `block_actions` payload → presses; buttons that are not ours are ignored."""
    found = [_press(body, action, settings) for action in maps_at(body, "actions")]
    tasks = tuple(task for task in found if task)
    return Accepted(tasks) if tasks else Ignored("unknown action")


def _press(body: Payload, button: Payload, settings: SlackSettings) -> NewTask | None:
    action = action_of(text_at(button, "action_id"))
    value = ButtonValue.decode(text_at(button, "value"))
    who = text_at(map_at(body, "user"), "id")
    if action is None or value is None or not who:
        return None
    channel = _channel(body)
    pressed = Press(
        place=Place.of(value.lane),
        who=who,
        action=action,
        value=value.value,
        turn=value.turn,
        message_ts=_message_ts(body),
        staff=who in settings.staff or (bool(channel) and channel == settings.triage_channel),
    )
    return new_task(_key(body, button, who), value.lane, pressed)


def _key(body: Payload, button: Payload, who: str) -> str:
    where = [interaction_team(body), _channel(body), _message_ts(body)]
    return ":".join(
        ["act", *where, text_at(button, "action_id"), text_at(button, "action_ts"), who]
    )


def _channel(body: Payload) -> str:
    container = text_at(map_at(body, "container"), "channel_id")
    return text_at(map_at(body, "channel"), "id") or container


def _message_ts(body: Payload) -> str:
    container = text_at(map_at(body, "container"), "message_ts")
    return container or text_at(map_at(body, "message"), "ts")
