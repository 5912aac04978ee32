"""Presses of our buttons.

The button's value says which conversation it belongs to; where it was pressed only tells whether
staff pressed it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.text.language import language_of
from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Place, Press
from bot.slack.ids import ButtonValue, action_of
from bot.slack.wire import Accepted, Ignored, interaction_team, map_at, maps_at, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    place, channel = Place.of(value.lane), _channel(body)
    pressed = Press(
        place=place,
        who=who,
        action=action,
        value=value.value,
        turn=value.turn,
        message_ts=_message_ts(body),
        staff=who in settings.staff or (bool(channel) and channel == settings.triage_channel),
        language=language_of(" ".join(_labels(body, button))) or "",
        elsewhere=channel if channel != place.channel else "",
    )
    return new_task(_key(body, button, who), value.lane, pressed)


def _labels(body: Payload, button: Payload) -> Iterator[str]:
    """What is written on the message's buttons: our words, in the conversation's language."""
    blocks = maps_at(map_at(body, "message"), "blocks")
    for drawn in (button, *(one for block in blocks for one in maps_at(block, "elements"))):
        yield text_at(map_at(drawn, "text"), "text")


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
