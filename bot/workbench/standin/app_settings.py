"""What the app is allowed and subscribed to, as its manifest says it.

Started with the manifest that people install, the stand-in shows whether its scopes and events
suffice: a missing one fails here as it would in Slack.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

SCOPE_OF_EVENT: Final[Mapping[str, str]] = {
    "app_home_opened": "",
    "app_mention": "app_mentions:read",
    "app_uninstalled": "",
    "member_joined_channel": "channels:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "team_access_revoked": "",
    "tokens_revoked": "",
}
"""The events the stand-in sends, and the scope Slack demands for each."""

SCOPES: Final = (
    "app_mentions:read",
    "assistant:write",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "team:read",
    "users:read",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSettings:
    """The app's side of the workspace."""

    scopes: tuple[str, ...] = SCOPES
    events: tuple[str, ...] = tuple(SCOPE_OF_EVENT)
    commands: tuple[str, ...] = ("/firstcheck",)
    message_shortcuts: tuple[str, ...] = ("firstcheck_diagnose",)
    """Callback ids; empty lets people use any."""
    global_shortcuts: tuple[str, ...] = ()
    agent: bool = True
    """The manifest has `agent_view`."""

    def __post_init__(self) -> None:
        for event in self.events:
            if event not in SCOPE_OF_EVENT:
                raise ValueError(f"the stand-in does not send the event {event!r}")
            if (scope := SCOPE_OF_EVENT[event]) and scope not in self.scopes:
                raise ValueError(f"the event {event!r} needs the scope {scope!r}")

    @classmethod
    def from_manifest(cls, manifest: Mapping[str, Any]) -> AppSettings:
        """The settings of an app manifest (parsed YAML or JSON).

        Raises:
            ValueError: an event lacks its scope, or the stand-in does not know it.
        """
        features = manifest.get("features", {})
        shortcuts = features.get("shortcuts", [])
        events = manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", [])
        return cls(
            scopes=tuple(manifest["oauth_config"]["scopes"]["bot"]),
            events=tuple(events),
            commands=tuple(c["command"] for c in features.get("slash_commands", [])),
            message_shortcuts=_callbacks(shortcuts, "message"),
            global_shortcuts=_callbacks(shortcuts, "global"),
            agent="agent_view" in features,
        )


def _callbacks(shortcuts: list[dict[str, str]], kind: str) -> tuple[str, ...]:
    return tuple(s["callback_id"] for s in shortcuts if s["type"] == kind)
