"""Somebody opened the direct message with us: the agent view, or the Messages tab without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.helpdesk.codec import new_task
from bot.helpdesk.incoming import Opened, Place
from bot.slack.wire import Accepted, Ignored, event_team, map_at, text_at

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload


def home_opened(body: Payload, _settings: SlackSettings) -> Decoded:
    """An `app_home_opened` event → an opening, if it was that of the messages.

    What else the person looks at meanwhile (`context`, in some of these events) is not read.
    """
    event = map_at(body, "event")
    if event.get("tab") != "messages":
        return Ignored("another tab")
    team, channel, ts = event_team(body), text_at(event, "channel"), text_at(event, "event_ts")
    if not (team and channel and ts):
        return Ignored("malformed")
    place = Place(team, channel, "home")
    return Accepted((new_task(f"open:{team}:{channel}:{ts}", place.key, Opened(place, ts)),))
