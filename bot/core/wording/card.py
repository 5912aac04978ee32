"""The handover card: what the helpdesk reads in the triage channel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.core.triage.model import Finding, Ticket, TicketStatus
from bot.core.wording.reply import Action, Button, Line, LineKind, Reply
from bot.core.wording.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.core.rulebook.model import Bilingual
    from bot.core.text.language import Language


def card(ticket: Ticket, language: Language) -> Reply:
    """The card of `ticket` in the helpdesk's language, with the buttons its status allows."""
    page = _Card(ticket, language)
    return Reply(tuple(page.lines()), page.buttons())


class _Card:
    """One card being written."""

    def __init__(self, ticket: Ticket, language: Language) -> None:
        self._ticket = ticket
        self._language = language

    def lines(self) -> Iterable[Line]:
        ticket = self._ticket
        title = self._in(ticket.title)
        yield Line(self._say("ticket_title", ticket=ticket.id, title=title), LineKind.LEAD)
        yield Line(self._say("ticket_asker", team=self._in(ticket.team)), who=ticket.asker)
        if ticket.quote:
            yield Line(self._say("ticket_quote", quote=ticket.quote), LineKind.QUOTE)
        yield from self._findings("ticket_answers", ticket.answers)
        yield from self._findings("ticket_tried", ticket.tried)
        yield from self._list("ticket_ruled_out", map(self._in, ticket.ruled_out))
        yield from self._list("ticket_likely", map(self._in, ticket.likely))
        yield from self._list("ticket_bring", map(self._in, ticket.bring))
        if ticket.url:
            yield Line(self._say("ticket_thread"), url=ticket.url)
        if ticket.rule:
            rule = self._say("ticket_rule", rule=ticket.rule, version=ticket.rules_version)
            yield Line(rule, LineKind.SMALL)
        yield self._status()

    def buttons(self) -> tuple[Button, ...]:
        claim = Button(self._say("button_claim"), Action.CLAIM, self._ticket.id, "primary")
        resolve = Button(self._say("button_resolve"), Action.RESOLVE, self._ticket.id)
        return {
            TicketStatus.OPEN: (claim, resolve),
            TicketStatus.CLAIMED: (resolve,),
        }.get(self._ticket.status, ())

    def _status(self) -> Line:
        words = self._say(f"ticket_{self._ticket.status.value}")
        by_staff = self._ticket.status in (TicketStatus.CLAIMED, TicketStatus.RESOLVED)
        return Line(words, LineKind.SMALL, who=self._ticket.by if by_staff else "")

    def _findings(self, key: str, findings: Iterable[Finding]) -> Iterable[Line]:
        return self._list(
            key,
            (
                self._say("pair", about=self._in(f.about), result=self._in(f.result))
                for f in findings
            ),
        )

    def _list(self, key: str, items: Iterable[str]) -> Iterable[Line]:
        words = self._say("list_separator").join(items)
        if words:
            yield Line(self._say(key, list=words))

    def _in(self, text: Bilingual) -> str:
        return text.in_(self._language)

    def _say(self, key: str, **values: str) -> str:
        return sentence(key, self._language, **values)
