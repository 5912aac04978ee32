"""The app was removed from a workspace, or its token revoked. One workspace alone need not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.helpdesk.ports import NewTask
from bot.slack.wire import Accepted, Ignored, event_team, is_org_wide, map_at, text_at

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload

LEFT: Final = "left"
"""The task's kind. It is not the helpdesk's: `bot.slack.handler` does it."""


def leaving(body: Payload, settings: SlackSettings) -> Decoded:
    """`app_uninstalled`, or `tokens_revoked` for the bot's → a task in a lane of its own."""
    event, at = map_at(body, "event"), body.get("event_time")
    if not settings.many:
        return Ignored("one workspace")
    if event.get("type") == "tokens_revoked" and not map_at(event, "tokens").get("bot"):
        return Ignored("no token of ours")
    team, id_ = event_team(body), text_at(body, "event_id")
    if not (team and id_ and isinstance(at, int | float)):
        return Ignored("malformed")
    org = is_org_wide(body) or team.endswith(".")  # then it names no team
    about = {"team": team, "at": float(at), "org": org}
    # not in a lane of the workspace: those are ended
    lane = f"{LEFT}:{team}:{id_}"
    return Accepted((NewTask(id=lane, lane=lane, kind=LEFT, body=about),))
