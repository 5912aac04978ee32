"""The words of a conversation: its phases, what can happen, and what follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.diagnosis.model import Evidence
from bot.core.text.language import Language


class Phase(StrEnum):
    """Where a conversation stands. Every phase has an exit, and a way to a person."""

    OFFERED = "offered"
    """A step (fix or check) is on the table."""
    CHOOSING = "choosing"
    """Several rules may fit; the person is asked which."""
    PEOPLE = "people"
    """The helpdesk is offered."""
    ESCALATED = "escalated"
    """Handed over; the bot is quiet."""
    SOLVED = "solved"
    DISMISSED = "dismissed"
    """"Not an error", or withdrawn: muted."""
    EXPIRED = "expired"
    """Closed because nobody answered; a press revives it."""


class Kind(StrEnum):
    """What can happen in a conversation."""

    ANSWERED = "answered"
    """The current check was answered; value: the answer id (or the text given)."""
    FIXED = "fixed"
    FAILED = "failed"
    NOT_SURE = "not_sure"
    OTHER_CHECKS = "other_checks"
    WANTS_HUMAN = "wants_human"
    NOT_AN_ERROR = "not_an_error"
    CHOSE = "chose"
    """One of the candidates; value: rule id."""
    OTHER_ERROR = "other_error"
    """A different error appeared in the thread; value: rule id."""
    UNCLEAR = "unclear"
    """The asker wrote something we don't understand."""
    HELPER_JOINED = "helper_joined"
    """Another person answered in the thread."""
    CLAIMED = "claimed"
    """Staff took the ticket; value: user id."""
    RESOLVED = "resolved"
    """Staff closed the ticket; value: user id."""
    NUDGE = "nudge"
    EXPIRE = "expire"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened."""

    kind: Kind
    value: str = ""


class Topic(StrEnum):
    """What a message of ours is about; wording turns it into sentences."""

    STEP = "step"
    CHOOSE = "choose"
    NO_RULE = "no_rule"
    PEOPLE = "people"
    HELPDESK_ONLY = "helpdesk_only"
    ESCALATED = "escalated"
    SOLVED = "solved"
    DISMISSED = "dismissed"
    NUDGE = "nudge"
    EXPIRED = "expired"
    OTHER_ERROR = "other_error"
    UNCLEAR = "unclear"
    CLAIMED = "claimed"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The state of a conversation."""

    id: str
    asker: str
    language: Language
    opened_at: float
    """Unix seconds."""
    phase: Phase = Phase.OFFERED
    rule_id: str = ""
    """Empty when no rule fits or the person is still choosing."""
    rules_version: str = ""
    quote: str = ""
    """The recognised words, redacted."""
    others: tuple[str, ...] = ()
    """Other rules recognised in the same paste."""
    candidates: tuple[str, ...] = ()
    """Rules to choose from."""
    turn: int = 0
    """Counts our messages with buttons; only those of the latest are live."""
    topic: Topic = Topic.STEP
    """What the message of this turn is about."""
    step: str = ""
    """`fix:<cause>` or `ask:<check>` on the table."""
    answers: Mapping[str, str] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    from_paste: tuple[str, ...] = ()
    """Checks the paste itself answered."""
    past_limits: bool = False
    """People were offered and the person chose to go on."""
    other_error: str = ""
    """Rule of a different error seen in the thread and offered."""
    said: int = 0
    """How many messages we have posted in this thread."""
    puzzled: int = -1
    """The turn in which we said that we did not understand; once a turn is enough."""
    nudged: bool = False
    quiet: bool = False
    """A human helper is at it: no typed text is taken for ours, no nudge."""
    ticket: str = ""
    """Ticket id, once handed over."""

    @property
    def evidence(self) -> Evidence:
        """What diagnosis needs to know."""
        return Evidence(dict(self.answers), frozenset(self.failed), frozenset(self.skipped))

    @property
    def questions(self) -> int:
        """How many questions the person has answered (the paste's own answers don't count)."""
        return len([c for c in self.answers if c not in self.from_paste])


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long we go on before people are offered."""

    failed_fixes: int = 2
    questions: int = 5
    not_sure: int = 2
    messages: int = 30
    """Hard cap of our messages in one thread."""
    nudge_after: float = 4 * 3600
    """Working seconds; 0: never."""
    close_after: float = 7 * 86400
    """Seconds; 0: never."""


@dataclass(frozen=True, slots=True)
class Say:
    """Tell the person; with buttons when the case's turn moved on."""

    topic: Topic
    value: str = ""


@dataclass(frozen=True, slots=True)
class Settle:
    """The message of the turn before is answered: its buttons go."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Make a ticket."""


@dataclass(frozen=True, slots=True)
class TellTicket:
    """The asker solved it after the handover: tell the helpdesk."""


@dataclass(frozen=True, slots=True)
class Await:
    """The person's turn: set the reminders of this turn (older ones lapse)."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing is awaited any more: reminders lapse."""


Effect = Say | Settle | HandOver | TellTicket | Await | Rest


@dataclass(frozen=True, slots=True)
class Advance:
    """The new state and what follows from it."""

    case: Case
    effects: tuple[Effect, ...] = ()
