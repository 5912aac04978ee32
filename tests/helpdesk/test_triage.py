"""The helpdesk's end: a card that is claimed and resolved, and both ends are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.core.triage.model import TicketStatus
from bot.core.wording.reply import Action
from bot.helpdesk.incoming import HandedOver, Report, TicketChanged, TimerFired
from tests.helpdesk.office import ASKER, CHANNEL, COLLEAGUE, MAIL_EN, STAFF, Lane, delivered

if TYPE_CHECKING:
    from collections.abc import Callable


def handed_over() -> tuple[Lane, Lane]:
    """The person's conversation and the lane of its ticket, its card posted."""
    asker = Lane()
    asker.say(MAIL_EN)
    asker.press(Action.HUMAN)
    (task,) = (t for t in asker.tasks if t.kind == "handover")
    incoming = delivered(task)
    assert isinstance(incoming, HandedOver)
    ticket = Lane(place=incoming.place)
    ticket.take(incoming)
    return asker, ticket


def claim(lane: Lane, who: str = STAFF) -> None:
    lane.press(Action.CLAIM, who=who, staff=True, message_ts="8.8")


def resolve(lane: Lane, who: str = STAFF) -> None:
    lane.press(Action.RESOLVE, who=who, staff=True, message_ts="8.8")


def status(lane: Lane) -> TicketStatus | None:
    return lane.lane.ticket.status if lane.lane.ticket else None


def test_a_handover_posts_a_card_in_the_triage_channel() -> None:
    asker, ticket = handed_over()
    (post,) = ticket.posts
    assert (post.place.channel, post.place.thread) == ("C-triage", "")
    assert post.lane == ticket.place.key
    assert asker.case.ticket in post.reply.text
    assert "担当する" in [b.label for b in post.reply.buttons]
    assert post.reply.lines[1].who == ASKER
    assert "https://slack.com/archives/C1/p10" in [line.url for line in post.reply.lines]


def test_a_claim_redraws_the_card_and_tells_the_person() -> None:
    _, ticket = handed_over()
    claim(ticket)
    (redrawn,) = ticket.settled
    assert (redrawn.turn, redrawn.ts) == (0, "8.8")
    assert redrawn.reply.lines[-1].who == STAFF
    assert [b.action for b in redrawn.reply.buttons] == [Action.RESOLVE]
    (news,) = ticket.news
    assert (news.place, news.status, news.by) == (CHANNEL, TicketStatus.CLAIMED, STAFF)


def test_it_is_claimed_once_and_the_second_is_kindly_told() -> None:
    _, ticket = handed_over()
    claim(ticket)
    claim(ticket, COLLEAGUE)
    assert [n.who for n in ticket.notices] == [COLLEAGUE]
    assert "回答済み" in ticket.notices[0].reply.text
    assert not ticket.settled
    assert ticket.lane.ticket is not None
    assert ticket.lane.ticket.by == STAFF


@pytest.mark.parametrize("press", [claim, resolve])
def test_the_card_of_a_ticket_long_forgotten_answers_where_it_stands(
    press: Callable[[Lane], None],
) -> None:
    _, ticket = handed_over()
    forgotten = Lane(place=ticket.place)
    press(forgotten)
    assert [(n.who, n.place.thread) for n in forgotten.notices] == [(STAFF, "")]
    assert "記録はもう残っていません" in forgotten.notices[0].reply.text


@pytest.mark.parametrize("first", [claim, None], ids=["claimed", "unclaimed"])
def test_it_is_resolved_by_whoever_finishes_it(first: object) -> None:
    _, ticket = handed_over()
    if callable(first):
        first(ticket)
    resolve(ticket, COLLEAGUE)
    assert status(ticket) is TicketStatus.RESOLVED
    assert not ticket.settled[0].reply.buttons
    assert ticket.news[0].status is TicketStatus.RESOLVED
    resolve(ticket)
    assert ticket.notices
    assert not ticket.news


def test_solved_by_the_asker_the_card_says_so() -> None:
    asker, ticket = handed_over()
    asker.press(Action.FIXED)
    (task,) = (t for t in asker.tasks if t.kind == "ticket")
    ticket.take(delivered(task))
    assert status(ticket) is TicketStatus.SOLVED_BY_ASKER
    (redrawn,) = ticket.settled
    assert "直りました" in redrawn.reply.lines[-1].text
    assert not redrawn.reply.buttons
    assert not ticket.news, "the person knows"


def test_a_ticket_that_comes_back_gets_a_fresh_card() -> None:
    asker, ticket = handed_over()
    first = [t.id for t in ticket.tasks]
    resolve(ticket)
    asker.take(delivered(next(t for t in ticket.tasks if t.kind == "ticket")))
    asker.press(Action.FAILED)
    ticket.take(delivered(next(t for t in asker.tasks if t.kind == "handover")))
    assert status(ticket) is TicketStatus.OPEN
    (post,) = ticket.posts
    assert [b.action for b in post.reply.buttons] == [Action.CLAIM, Action.RESOLVE]
    assert [t.id for t in ticket.tasks] != first, "a card of its own"


def test_what_a_ticket_does_not_take_is_passed_over() -> None:
    _, ticket = handed_over()
    for incoming in (
        TimerFired(ticket.place, "nudge", 0),
        Report(ticket.place, STAFF, "9.0", "I'll look at it"),
    ):
        ticket.take(incoming)
        assert not ticket.tasks
        assert ticket.why


def test_news_for_a_ticket_that_is_gone_is_passed_over() -> None:
    asker, _ = handed_over()
    gone = Lane(place=asker.tickets[0].place)
    gone.take(TicketChanged(gone.place, TicketStatus.SOLVED_BY_ASKER, ASKER))
    assert not gone.tasks


def test_its_note_tells_who_asked_and_how_it_stands() -> None:
    asker, ticket = handed_over()
    claim(ticket)
    done = ticket.take(TicketChanged(ticket.place, TicketStatus.SOLVED_BY_ASKER, ASKER))
    assert done.note is not None
    assert (done.note.asker, done.note.rule_id, done.note.phase) == (
        ASKER,
        asker.case.rule_id,
        "solved_by_asker",
    )
