"""What the workspace consists of. Values; the changing whole is `workspace.Workspace`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class ChannelKind(StrEnum):
    """Slack's `channel_type` in message events."""

    PUBLIC = "channel"
    PRIVATE = "group"
    DIRECT = "im"


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The workspace's own card."""

    id: str
    name: str
    domain: str
    enterprise: str = ""
    """The organisation (Enterprise Grid) it belongs to, `E…`."""
    org_install: bool = False
    """The app is installed for the whole organisation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or a bot user."""

    id: str
    handle: str
    """Unique short name, as in `@sakura`."""
    real_name: str
    display_name: str
    team: str
    """Differs from the workspace's own for a guest from a Slack Connect partner."""
    locale: str = "ja-JP"
    tz: str = "Asia/Tokyo"
    bot_id: str = ""
    """`B…`; set for the app's own user only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel or the direct message of one person with the bot."""

    id: str
    name: str
    kind: ChannelKind = ChannelKind.PUBLIC
    members: tuple[str, ...] = ()
    """User ids, in joining order."""
    shared: bool = False
    """Slack Connect: another company is in it."""
    archived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, in a channel or (ephemeral) for one person only."""

    ts: str
    channel: str
    user: str = ""
    """Empty for a legacy `bot_message`."""
    text: str = ""
    """As Slack hands it out: escaped, links marked up."""
    blocks: tuple[Json, ...] = ()
    thread_ts: str = ""
    """The root's ts for a reply; empty for a root."""
    broadcast: bool = False
    """A reply also sent to the channel."""
    subtype: str = ""
    bot_id: str = ""
    app_id: str = ""
    username: str = ""
    client_msg_id: str = ""
    metadata: Json | None = None
    edited: Json | None = None
    files: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    reactions: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Emoji name and who reacted with it."""
    only_for: str = ""
    """Ephemeral: the one person who sees it."""

    @property
    def root_ts(self) -> str:
        """The ts that names the thread this message is in or would start."""
        return self.thread_ts or self.ts


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A modal or a Home tab somebody has open."""

    id: str
    user: str
    content: Json
    """What the app sent: type, title, blocks, callback_id, private_metadata …"""
    hash: str
    root_id: str
    previous_id: str | None = None
    errors: Json = field(default_factory=dict)
    """Sentences under inputs, by block id (the app's answer to a submission)."""

    @property
    def external_id(self) -> str:
        """The app's own name for the view, or empty."""
        return str(self.content.get("external_id") or "")


class ChangeKind(StrEnum):
    """What happened; the name of the live feed's entry."""

    MESSAGE_POSTED = "message_posted"
    MESSAGE_UPDATED = "message_updated"
    MESSAGE_DELETED = "message_deleted"
    EPHEMERAL_POSTED = "ephemeral_posted"
    EPHEMERAL_UPDATED = "ephemeral_updated"
    EPHEMERAL_DELETED = "ephemeral_deleted"
    REACTION_ADDED = "reaction_added"
    REACTION_REMOVED = "reaction_removed"
    MEMBER_JOINED = "member_joined"
    CHANNEL_OPENED = "channel_opened"
    VIEW_OPENED = "view_opened"
    VIEW_UPDATED = "view_updated"
    VIEW_CLOSED = "view_closed"
    HOME_PUBLISHED = "home_published"
    PROMPTS_SET = "prompts_set"
    SESSION_CHANGED = "session_changed"
    APP_CONNECTED = "app_connected"
    APP_DISCONNECTED = "app_disconnected"
    APP_SILENT = "app_silent"
    """The app did not acknowledge; Slack shows the person a warning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened in the workspace."""

    kind: ChangeKind
    channel: str = ""
    message: Message | None = None
    previous: Message | None = None
    """The message before an update or a deletion."""
    user: str = ""
    """Who did it, or whom it concerns."""
    view: View | None = None
    note: str = ""
    """Emoji name, or what the app was silent about."""
    hidden: bool = False
    """No person did it (a link preview arriving): the text is unchanged."""
