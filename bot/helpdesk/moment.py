"""What every use case is given, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.core.conversation.hours import WorkingHours
from bot.core.conversation.model import Case, Limits
from bot.core.matching.matcher import Matcher
from bot.core.rulebook.model import Bilingual, Rulebook
from bot.core.text.language import Language
from bot.core.triage.model import Ticket
from bot.core.wording.write import Context
from bot.helpdesk.incoming import Place
from bot.helpdesk.ports import CaseNote, NewTask


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the admin decides."""

    hours: WorkingHours
    limits: Limits = field(default_factory=Limits)
    language: Language = Language.JA
    """The helpdesk's own language, and the answer's when nothing else tells."""
    only_language: Language | None = None
    """Answer in this one whatever the person writes (`ask --lang`)."""
    triage_channel: str = ""
    contact: Bilingual | None = None
    """Whom to contact; used when there is no triage channel."""
    anyone_may_answer: bool = False
    same_case_within: float = 1800.0
    """Seconds in which the same error by the same person in a channel is the same case."""
    thread_url: str = "https://slack.com/archives/{channel}/p{ts}"


STATE_VERSION: Final = 1
"""One higher when an older version would spoil a state by reading it; see `LaneState.v`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneState:
    """What the mailbox keeps for a lane: a conversation's, or a ticket's."""

    v: int = STATE_VERSION
    case: Case | None = None
    ticket: Ticket | None = None
    conversation: Place | None = None
    """Of a ticket's lane: whose ticket it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The helpdesk as it stands, and the lane something comes in for."""

    rulebook: Rulebook
    matcher: Matcher
    policy: Policy
    state: LaneState
    now: float
    """Unix seconds."""
    recent: CaseNote | None = None
    """The person's latest case here, for a message outside a thread or in a direct message."""

    def context(self, ticket: Ticket | None = None) -> Context:
        """What wording needs."""
        contact = None if self.policy.triage_channel else self.policy.contact
        return Context(self.rulebook, ticket, contact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a use case decides."""

    state: LaneState
    tasks: tuple[NewTask, ...] = ()
    cancel: tuple[str, ...] = ()
    why: str = ""
    """Why nothing was said, in words (for the workbench and the log); empty when it was."""


def silent(moment: Moment, why: str) -> Outcome:
    """Nothing changes and nothing is said."""
    return Outcome(state=moment.state, why=why)
