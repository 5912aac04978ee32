"""The tasks that reach out: what a face (Slack's messenger) is asked to do.

`kind` of the task → body → result:

==========  ==============  =====================================================================
`post`      `Post`          `{"ts": …}`; a new message; looked up before it is sent again
`settle`    `Settle`        a message of ours is replaced (buttons gone)
`notice`    `Notice`        seen by one person only; at most once, never the diagnosis
`open_dm`   `OpenDm`        opens the direct message with a person; what is to do goes on there
==========  ==============  =====================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.text.redact import Secret
from bot.core.wording.reply import Reply
from bot.helpdesk.incoming import Place


@dataclass(frozen=True, slots=True)
class Post:
    """Say this in the conversation's thread (or channel, where the place has no thread)."""

    place: Place
    """Where it is posted."""
    lane: str
    """The lane its buttons belong to."""
    turn: int
    reply: Reply
    tracked: bool = True
    """Its ts is kept in the lane's state under this turn, so that it can be settled."""
    brief: bool = False
    """What it says is forgotten as soon as it is posted."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Replace an earlier message of ours."""

    place: Place
    lane: str
    turn: int
    """Which one: its ts is in the lane's state under `posted`."""
    reply: Reply
    ts: str = ""
    """Its ts where the press told it; wins over `posted`."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Tell one person in passing."""

    place: Place
    who: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class OpenDm:
    """Open the direct message with a person: `text` becomes their report there."""

    team: str
    who: str
    text: str
    ts: str
    locale: str = ""
    reply: Reply | None = None
    """Said there instead, where we are who has something to say."""
    secrets: tuple[Secret, ...] = ()
    """As in a `Report`."""
    brief: bool = False
    """As in a `Post`."""


Outward = Post | Settle | Notice | OpenDm
