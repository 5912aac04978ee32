"""A ticket: all that is known, so that nobody has to ask again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.rulebook.model import Bilingual
from bot.core.text.language import Language


class TicketStatus(StrEnum):
    """Where a ticket is."""

    OPEN = "open"
    CLAIMED = "claimed"
    RESOLVED = "resolved"
    SOLVED_BY_ASKER = "solved_by_asker"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was asked or tried, and what came of it."""

    about: Bilingual
    result: Bilingual


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a handover tells the helpdesk."""

    id: str
    asker: str
    language: Language
    """The asker's, so that staff answer in it."""
    rule: str
    """Rule id; empty when no rule fitted."""
    rules_version: str
    title: Bilingual
    quote: str
    """The recognised words, redacted."""
    team: Bilingual
    """Whom it is for."""
    answers: tuple[Finding, ...] = ()
    tried: tuple[Finding, ...] = ()
    ruled_out: tuple[Bilingual, ...] = ()
    likely: tuple[Bilingual, ...] = ()
    """What is left, likeliest first."""
    bring: tuple[Bilingual, ...] = ()
    """Facts still to be asked for."""
    url: str = ""
    """The thread."""
    status: TicketStatus = TicketStatus.OPEN
    by: str = ""
    """Who claimed, resolved or solved it."""
