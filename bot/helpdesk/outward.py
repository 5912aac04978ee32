"""The tasks that reach out: what a face (Slack's messenger) is asked to do.

`kind` of the task → body → result:

==========  ==============  =====================================================================
`post`      `Post`          `{"ts": …}`; a new message; looked up before it is sent again
`settle`    `Settle`        a message of ours is replaced (buttons gone)
`notice`    `Notice`        seen by one person only; at most once, never the diagnosis
`open_dm`   `OpenDm`        opens the direct message with a person; what is to do goes on there
`prompts`   `Prompts`       what is offered to who opens the direct message; tried once
`title`     `Title`         what a thread of a direct message is called in the list; tried once
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


@dataclass(frozen=True, slots=True)
class Prompt:
    """A message that can be sent with one press."""

    title: str
    """On the button."""
    message: str
    """What is sent in the person's name."""


@dataclass(frozen=True, slots=True)
class Prompts:
    """Offer these above the conversation, in place of those before."""

    place: Place
    title: str
    """The greeting above them."""
    prompts: tuple[Prompt, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """Name the thread in the person's list of conversations with us."""

    place: Place
    text: str


Outward = Post | Settle | Notice | OpenDm | Prompts | Title
