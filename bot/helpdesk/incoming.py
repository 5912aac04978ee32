"""What can come in from any face, already decoded: the helpdesk knows no payloads.

Each is the body of a mailbox task; `bot.helpdesk.codec` turns them to JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.text.redact import Secret
from bot.core.triage.model import Ticket, TicketStatus
from bot.core.wording.reply import Action


@dataclass(frozen=True, slots=True)
class Place:
    """Where a conversation is held; its `key` is the lane."""

    team: str
    channel: str
    thread: str = ""
    """The thread's ts; empty where we began to speak in a direct message, which needs no thread."""

    @property
    def key(self) -> str:
        """`team:channel:thread`, the lane of everything that happens here."""
        return f"{self.team}:{self.channel}:{self.thread}"

    @property
    def in_dm(self) -> bool:
        """In a direct message: nobody else reads there (Slack's ids of them begin with D)."""
        return self.channel.startswith("D")

    @classmethod
    def of(cls, key: str) -> Place:
        """The place whose `key` this is."""
        team, channel, thread = key.split(":", 2)
        return cls(team, channel, thread)


@dataclass(frozen=True, slots=True)
class Report:
    """A message a person wrote."""

    place: Place
    who: str
    """User id."""
    ts: str
    text: str
    """Markup undone (see `bot.slack.extract`) and redacted: what is said here is stored."""
    direct: bool = False
    """Said to us: a direct message, a mention, a command or a shortcut. Else overheard."""
    in_thread: bool = False
    """A reply in an existing thread."""
    edited: bool = False
    """A new text of a message seen before."""
    asker: str = ""
    """Whose error it is, when that is not `who` (a shortcut on somebody's message)."""
    has_files: bool = False
    """Pictures or files came with it (not read yet)."""
    locale: str = ""
    """The person's Slack locale where the payload says it; last resort for the language."""
    secrets: tuple[Secret, ...] = ()
    """Kinds of what was taken out of the text and should be changed by its writer."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button somebody pressed."""

    place: Place
    """The conversation the button belongs to (from its value), not where it was pressed."""
    who: str
    action: Action
    value: str
    """The button's own value, e.g. an answer id, a rule id, a ticket id."""
    turn: int
    """The turn of the message that held the button; an older one is stale."""
    message_ts: str
    staff: bool = False
    """Pressed in the triage channel, or by somebody on the staff list."""
    language: str = ""
    """Of the buttons on that message, where they tell."""
    elsewhere: str = ""
    """The channel it was pressed in, where that is not the conversation's own."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A reminder set earlier is due."""

    place: Place
    name: str
    """`nudge` or `close`."""
    turn: int
    """The turn it was set in; it means nothing once the conversation went on."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A conversation was handed over: `place` is the lane of its ticket."""

    place: Place
    ticket: Ticket
    conversation: Place


@dataclass(frozen=True, slots=True)
class TicketChanged:
    """One end tells the other: staff claimed or resolved it, or the asker solved it."""

    place: Place
    """The lane told: the conversation's, or (solved by the asker) the ticket's."""
    status: TicketStatus
    by: str
    """User id of who did it."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The person deleted the message the conversation is about."""

    place: Place
    ts: str


@dataclass(frozen=True, slots=True)
class ReloadAsked:
    """Staff want the rules read again. `place` is a lane of its own."""

    place: Place
    who: str


@dataclass(frozen=True, slots=True)
class Opened:
    """Somebody opened the direct message with us. `place` is a lane of its own."""

    place: Place
    ts: str
    """When, as Slack says it."""


class Wish(StrEnum):
    """What somebody wants of what is kept of them."""

    SHOW = "show"
    ASK = "ask"
    """To be forgotten; they are asked whether they are sure."""
    FORGET = "forget"
    """They are sure."""


@dataclass(frozen=True, slots=True)
class OwnDataAsked:
    """A person asks for what is kept of them. `place` is a lane of its own."""

    place: Place
    who: str
    wish: Wish
    language: str = ""
    """As the person asked for it, where that tells."""
    direct: Place | None = None
    """The direct message in which they confirmed it."""


Incoming = (
    Report
    | Press
    | TimerFired
    | HandedOver
    | TicketChanged
    | Withdrawn
    | ReloadAsked
    | OwnDataAsked
    | Opened
)
