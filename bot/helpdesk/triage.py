"""The helpdesk's end of a handover: a card that is claimed and resolved; both ends are told."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.core.triage.model import Ticket, TicketStatus
from bot.core.wording.card import card
from bot.core.wording.reply import Action, Line, Reply
from bot.core.wording.sentences import sentence
from bot.helpdesk.incoming import HandedOver, Incoming, Place, Press, TicketChanged
from bot.helpdesk.moment import Moment, Outcome, silent
from bot.helpdesk.outward import Notice, Post, Settle
from bot.helpdesk.tasks import task

if TYPE_CHECKING:
    from bot.helpdesk.ports import NewTask

_CARD: Final = 0
"""The turn under which a card's ts is kept: a ticket has one card."""

_LEADS_TO: Final = {
    (TicketStatus.OPEN, Action.CLAIM): TicketStatus.CLAIMED,
    (TicketStatus.OPEN, Action.RESOLVE): TicketStatus.RESOLVED,
    (TicketStatus.CLAIMED, Action.RESOLVE): TicketStatus.RESOLVED,
}

BUTTONS: Final = {action for _, action in _LEADS_TO}


def handle(moment: Moment, incoming: Incoming) -> Outcome:
    """What follows for a ticket's lane."""
    match incoming:
        case HandedOver():
            return open_ticket(moment, incoming)
        case Press():
            return press(moment, incoming)
        case TicketChanged():
            return solved_by_asker(moment, incoming)
        case _:
            return silent(moment, "a ticket takes no such thing")


def open_ticket(moment: Moment, handed_over: HandedOver) -> Outcome:
    """A handover arrives: post its card. Handed over again, it gets a fresh card."""
    place, ticket = handed_over.place, handed_over.ticket
    body = Post(_channel(place), place.key, _CARD, card(ticket, moment.policy.language))
    state = replace(moment.state, ticket=ticket, conversation=handed_over.conversation)
    return Outcome(state=state, tasks=(task(place, f"card:{ticket.id}:{moment.now}", body),))


def press(moment: Moment, press: Press) -> Outcome:
    """Staff claim or resolve it."""
    ticket = moment.state.ticket
    if ticket is None:  # forgotten, or newer than a restored copy
        return _told(moment, press, "gone_ticket")
    status = _LEADS_TO.get((ticket.status, press.action))
    if status is None:
        return _told(moment, press, "stale")
    changed = replace(ticket, status=status, by=press.who)
    tasks = [_redraw(moment, press.place, changed, press.message_ts)]
    if moment.state.conversation:
        told = TicketChanged(moment.state.conversation, status, press.who)
        tasks.append(task(moment.state.conversation, f"{ticket.id}:{moment.now}", told))
    return Outcome(state=replace(moment.state, ticket=changed), tasks=tuple(tasks))


def solved_by_asker(moment: Moment, changed: TicketChanged) -> Outcome:
    """The asker pressed "It works now" after the handover: the card says so."""
    ticket = moment.state.ticket
    if ticket is None:
        return silent(moment, "there is no such ticket")
    ticket = replace(ticket, status=changed.status, by=changed.by)
    tasks = (_redraw(moment, changed.place, ticket, ""),)
    return Outcome(state=replace(moment.state, ticket=ticket), tasks=tasks)


def _redraw(moment: Moment, place: Place, ticket: Ticket, ts: str) -> NewTask:
    reply = card(ticket, moment.policy.language)
    body = Settle(_channel(place), place.key, _CARD, reply, ts)
    return task(place, f"{ticket.id}:{ticket.status.value}:{moment.now}", body)


def _channel(place: Place) -> Place:
    """The card stands in the channel itself; its lane is the ticket's."""
    return replace(place, thread="")


def _told(moment: Moment, press: Press, key: str) -> Outcome:
    """Told to the presser only; at most once a press."""
    said = Line(sentence(key, moment.policy.language))
    body = Notice(_channel(press.place), press.who, Reply((said,)))
    name = f"{press.message_ts}:{press.who}:{press.action.value}"
    return Outcome(state=moment.state, tasks=(task(press.place, name, body),), why=key)
