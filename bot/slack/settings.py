"""Everything the Slack face is told by the operator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.helpdesk.ports import MARGIN_S

EVENTS_PATH: Final = "/slack/events"
"""Where Slack's requests come in, in HTTP mode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSettings:
    """Who we are in Slack and how patient we are. Times in seconds."""

    bot_token: str = field(repr=False)
    app_token: str = field(default="", repr=False)
    """For Socket Mode (`xapp-…`)."""
    signing_secret: str = field(default="", repr=False)
    """For HTTP; without it no request can be trusted."""
    base_url: str = "https://slack.com/api/"
    triage_channel: str = ""
    """Channel id where staff work; what is pressed there is pressed by staff."""
    staff: frozenset[str] = frozenset()
    """User ids that are staff wherever they press."""
    answer_connect: bool = False
    """Answer in channels shared with other companies."""
    many: bool = False
    """Whether many workspaces install the app; then `bot_token` is empty."""
    events_path: str = EVENTS_PATH
    http_timeout_s: float = 10.0
    margin_s: float = MARGIN_S
    """What is left of a lease after a call that took as long as it may."""
    quiet_s: float = 6.0
    """How long after a post of unknown outcome it is looked up: Slack's reads lag behind."""
    sockets: int = 1
    """Connections in Socket Mode."""
    recent_s: float = 3600.0
    """How far back a person's earlier case in a channel is looked for."""
    recent_dm_s: float = 7 * 86400.0
    """The same in a direct message, for answers written below the thread."""
    workers: int = 8
    """Threads; more of them starve the acknowledgements."""
    poll_s: float = 0.5
    """How often other processes' work is looked for."""
    attempts: int = 8
    """Failed tries after which a task is set aside."""
    backoff_s: float = 2.0
    """Pause after the first failed try; three times as long after each further one."""
    backoff_max_s: float = 600.0
