"""The app was removed from a workspace, or its token revoked. One workspace alone need not know.

An organisation may also take it from some of its workspaces and keep it in the others: its token
stays good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.helpdesk.ports import NewTask
from bot.slack.wire import (
    Accepted,
    Ignored,
    event_team,
    is_org_wide,
    map_at,
    team_key,
    text_at,
    texts_at,
)

if TYPE_CHECKING:
    from bot.slack.settings import SlackSettings
    from bot.slack.wire import Decoded, Payload

LEFT: Final = "left"
"""The task's kind. It is not the helpdesk's: `bot.slack.handler` does it."""
TAKEN: Final = "taken"
"""The same, where an organisation took the app from one of its workspaces."""


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


def access_revoked(body: Payload, settings: SlackSettings) -> Decoded:
    """`team_access_revoked` → a task for each workspace it names."""
    enterprise, dot, _ = event_team(body).partition(".")
    teams, id_ = texts_at(map_at(body, "event"), "team_ids"), text_at(body, "event_id")
    if not settings.many:
        return Ignored("one workspace")
    if not (dot and teams and id_):
        return Ignored("malformed")
    return Accepted(tuple(_taken(team_key(enterprise, team), id_) for team in teams))


def _taken(team: str, id_: str) -> NewTask:
    lane = f"{TAKEN}:{team}:{id_}"
    return NewTask(id=lane, lane=lane, kind=TAKEN, body={"team": team})
