"""Reminders: when they ring, and that none rings after the conversation went on."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.core.conversation.model import Limits
from bot.core.wording.reply import Action
from bot.helpdesk.incoming import TimerFired
from tests.helpdesk.office import CHANNEL, DM, MAIL_EN, Lane, as_handed_out, delivered, desk

HOUR, DAY = 3600.0, 86400.0


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def opened(now: float = 1_700_000_000.0, **limits: float) -> Lane:
    lane = Lane(desk(limits=Limits(**limits)), now=now)  # type: ignore[arg-type]
    lane.say(MAIL_EN)
    return lane


def timers(lane: Lane) -> dict[str, float]:
    """Reminder → when it is due."""
    reminders = [(delivered(t), t.due_at) for t in lane.tasks if t.kind == "timer"]
    return {r.name: due for r, due in reminders if isinstance(r, TimerFired)}


def test_a_reminder_rings_in_working_hours_and_the_close_after_a_week() -> None:
    lane = opened(at("2026-11-20T16:59"))  # Friday; the helpdesk closes at six
    assert timers(lane) == {
        "nudge": at("2026-11-23T12:00"),
        "close": at("2026-11-20T17:00") + 7 * DAY,
    }


@pytest.mark.parametrize(
    ("limits", "set_"),
    [
        ({"nudge_after": 0.0}, {"close"}),
        ({"close_after": 0.0}, {"nudge"}),
        ({"nudge_after": 0.0, "close_after": 0.0}, set()),
    ],
)
def test_zero_is_never(limits: dict[str, float], set_: set[str]) -> None:
    assert set(timers(opened(**limits))) == set_


@pytest.mark.parametrize("action", [Action.FAILED, Action.FIXED, Action.HUMAN, Action.NOT_AN_ERROR])
def test_once_the_conversation_went_on_no_reminder_of_before_is_left(action: Action) -> None:
    lane = opened()
    before = {t.id for t in lane.tasks if t.kind == "timer"}
    assert len(before) == 2
    lane.press(action)
    assert set(lane.cancelled) == before
    assert bool(timers(lane)) is (action is Action.FAILED)


def test_what_changes_nothing_cancels_nothing() -> None:
    lane = opened()
    lane.say("thanks, trying")
    assert not lane.cancelled
    lane.press(Action.FIXED, turn=99)
    assert not lane.cancelled


def test_a_reminder_itself_leaves_the_close_standing() -> None:
    lane = opened()
    lane.take(TimerFired(CHANNEL, "nudge", 1))
    assert lane.posts
    assert not lane.cancelled


def test_reminders_are_for_the_turn_they_were_set_in() -> None:
    lane = opened()
    lane.press(Action.FAILED)
    reminders = [delivered(t) for t in lane.tasks if t.kind == "timer"]
    assert {r.turn for r in reminders if isinstance(r, TimerFired)} == {2}
    assert {as_handed_out(t).lane for t in lane.tasks} == {CHANNEL.key}


def test_to_a_direct_message_there_is_no_link_as_nobody_else_could_open_it() -> None:
    lane = Lane(place=DM)
    lane.say(MAIL_EN, direct=True)
    lane.press(Action.HUMAN)
    assert lane.tickets[0].ticket.url == ""


def test_the_link_of_a_ticket_is_the_admins() -> None:
    lane = Lane(desk(thread_url="https://acme.slack.com/archives/{channel}/p{ts}"))
    lane.say(MAIL_EN)
    lane.press(Action.HUMAN)
    assert lane.tickets[0].ticket.url == "https://acme.slack.com/archives/C1/p10"
